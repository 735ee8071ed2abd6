/* SPDX-License-Identifier: MIT */
/*
 * QEMU without KVM does not look where a segment ends when it jumps within it:
 * where the segment is what protects, calls say the segment, too, which every
 * processor looks at.
 */
#include "fault_injection.h"
#include "arch/gdt.h"
#include "platform/code_memory.h"
#include "services/options.h"
#include <limits.h>

#define RETURN     0xC3
#define FAR_RETURN 0xCB
#define FILL       0x55

/* In data: what returns at once, if it can be called. */
static uint8_t far_function[] = {FAR_RETURN}, near_function[] = {RETURN};

static volatile unsigned zero, depth;

/* Calls ADDRESS in the segment that is in use. */
static void call(const void *address)
{
    uint16_t segment;
    struct {
        const void *offset;
        uint16_t selector;
    } __attribute__((packed)) target;

    __asm__ volatile("movw %%cs, %0" : "=rm"(segment));
    target.offset = address;
    target.selector = segment;
    __asm__ volatile("lcall *%0" : : "m"(target) : "memory");
}

static void divide(void)
{
    __asm__ volatile("divl %0" : : "r"(zero), "a"(1), "d"(0) : "cc", "memory");
}

static void opcode(void)
{
    __asm__ volatile("ud2");
}

static void interrupt(void)
{
    __asm__ volatile("int $0x80");
}

static void read_null(void)
{
    *(const volatile uint8_t *)(uintptr_t)zero;
}

static void call_null(void)
{
    ((void (*)(void))(uintptr_t)zero)();
}

static void write_code(void)
{
    *(volatile uint8_t *)inject_fault = RETURN;
}

static void write_constant(void)
{
    *(volatile char *)option_table[0].name = '\0';
}

static void call_data(void)
{
    call(far_function);
}

static void call_data_near(void)
{
    __asm__ volatile("call *%0" : : "r"(near_function) : "memory");
}

static void write_sealed(void)
{
    *(volatile uint8_t *)code_area.at = FAR_RETURN;
}

static void call_open(void)
{
    code_area.open(&code_area);
    code_area.at[0] = FAR_RETURN;
    call(code_area.at);
}

static void call_open_near(void)
{
    code_area.open(&code_area);
    code_area.at[0] = RETURN;
    __asm__ volatile("call *%0" : : "r"(code_area.at) : "memory");
}

/* Each frame is left with something to do, so that none is saved. */
static unsigned sink(void)
{
    volatile unsigned here = depth++;

    return depth == 0 ? here : sink() + here;
}

static void overrun(void)
{
    sink();
}

static void smash(void)
{
    volatile char buffer[16];

    for (unsigned i = 0; i < 2 * sizeof buffer + zero; i++)
        buffer[i] = FILL;
}

static void hang(void)
{
    while (zero == 0)
        continue;
}

/* Noticed in a kernel of `make debug` only. */
static void overflow(void)
{
    volatile int most = INT_MAX;

    most = most + 1;
}

static void (*const ways[PROVOCATIONS])(void) = {
    [PROVOKE_DIVIDE] = divide,
    [PROVOKE_OPCODE] = opcode,
    [PROVOKE_INT] = interrupt,
    [PROVOKE_READ_NULL] = read_null,
    [PROVOKE_CALL_NULL] = call_null,
    [PROVOKE_CODE] = write_code,
    [PROVOKE_CONSTANT] = write_constant,
    [PROVOKE_DATA] = call_data,
    [PROVOKE_SEALED] = write_sealed,
    [PROVOKE_OPEN] = call_open,
    [PROVOKE_STACK] = overrun,
    [PROVOKE_SMASH] = smash,
    [PROVOKE_HANG] = hang,
    [PROVOKE_UNDEFINED] = overflow,
    [PROVOKE_DATA_NEAR] = call_data_near,
    [PROVOKE_OPEN_NEAR] = call_open_near,
};

void inject_fault(unsigned what)
{
    if (what < PROVOCATIONS && ways[what] != NULL)
        ways[what]();
}
