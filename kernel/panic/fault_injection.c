/* SPDX-License-Identifier: MIT */
/*
 * QEMU without KVM does not check the code segment limit on near jumps.  Faults
 * that this limit must catch use far calls instead, except the *-near faults.
 */
#include "fault_injection.h"
#include "far_call.h"
#include "arch/gdt.h"
#include "platform/code_memory.h"
#include "services/option_table.h"
#include "services/options.h"
#include <limits.h>

#define RETURN     0xC3
#define FAR_RETURN 0xCB
#define FILL       0x55

/* Functions in the data section that simply return if they can be executed. */
static uint8_t far_function[] = {FAR_RETURN}, near_function[] = {RETURN};

static volatile unsigned zero, depth;

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
    far_call(far_function);
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
    far_call(code_area.at);
}

static void call_open_near(void)
{
    code_area.open(&code_area);
    code_area.at[0] = RETURN;
    __asm__ volatile("call *%0" : : "r"(code_area.at) : "memory");
}

/* The addition after the recursive call prevents a tail call. */
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

/* Signed overflow is detected only by a kernel built with `make debug`. */
static void overflow(void)
{
    volatile int maximum = INT_MAX;

    maximum = maximum + 1;
}

static void (*const injectors[FAULTS])(void) = {
    [FAULT_DIVIDE] = divide,
    [FAULT_OPCODE] = opcode,
    [FAULT_INT] = interrupt,
    [FAULT_READ_NULL] = read_null,
    [FAULT_CALL_NULL] = call_null,
    [FAULT_CODE] = write_code,
    [FAULT_CONSTANT] = write_constant,
    [FAULT_DATA] = call_data,
    [FAULT_SEALED] = write_sealed,
    [FAULT_OPEN] = call_open,
    [FAULT_STACK] = overrun,
    [FAULT_SMASH] = smash,
    [FAULT_HANG] = hang,
    [FAULT_UNDEFINED] = overflow,
    [FAULT_DATA_NEAR] = call_data_near,
    [FAULT_OPEN_NEAR] = call_open_near,
};

void inject_fault(unsigned kind)
{
    if (kind < FAULTS && injectors[kind] != NULL)
        injectors[kind]();
}
