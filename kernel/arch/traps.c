/* SPDX-License-Identifier: MIT */
/*
 * A double fault may mean that the stack is unusable, so it is handled by a
 * task with its own stack (Intel SDM vol. 3, "IDT Descriptors").
 */
#include "traps.h"
#include "gdt.h"
#include <stdbool.h>
#include <stddef.h>

#define STUB_SIZE      16
#define INTERRUPT_GATE 0x8E00u /* present, ring 0, 32-bit, clears IF */
#define USER_GATE      0xEE00u /* the same for INT in ring 3 */
#define TASK_GATE      0x8500u

#define INT_OPCODE 0xCD
#define INT_SIZE   2

void trap_dispatch(struct trap_frame *frame);
extern const char trap_stubs[];

static uint64_t idt[VECTORS];
static trap_handler *handlers[VECTORS], *on_trap, *on_user_trap;
static struct trap_frame *interrupted;
static uint32_t unexpected;

static uint64_t gate(unsigned kind, unsigned selector, uint32_t address)
{
    uint32_t low = selector << 16 | (address & 0xFFFF);
    uint32_t high = (address & 0xFFFF0000u) | kind;

    return (uint64_t)high << 32 | low;
}

bool trap_is_from_user(const struct trap_frame *frame)
{
    return frame->cs & SELECTOR_RING;
}

/* Returns true if an INT instruction of the kernel, not a device, raised the
   interrupt.  In ring 3, INT with another vector than VECTOR_CALL is a #GP. */
static bool is_software(const struct trap_frame *frame)
{
    const uint8_t *before = (const uint8_t *)frame->eip - INT_SIZE;

    return !trap_is_from_user(frame) && before[0] == INT_OPCODE &&
           before[1] == frame->vector;
}

/* Returns whether the code in ring 3 caused the trap. */
static bool is_caused_by_user(const struct trap_frame *frame)
{
    return trap_is_from_user(frame) && frame->vector != VECTOR_NMI &&
           frame->vector != VECTOR_MACHINE_CHECK &&
           (frame->vector < VECTOR_EXCEPTIONS || frame->vector == VECTOR_CALL);
}

static void call_handler(struct trap_frame *frame)
{
    trap_handler *handler = handlers[frame->vector];

    if (handler != NULL)
        handler(frame);
    else if (is_software(frame))
        on_trap(frame);
    else
        unexpected++;
}

void trap_dispatch(struct trap_frame *frame)
{
    /* PUSHA saved the stub's ESP; replace it with the interrupted code's, or
       with the kernel's own if that was in ring 3. */
    frame->esp = (uint32_t)(trap_is_from_user(frame) ? (void *)(frame + 1)
                                                     : &frame->user_esp);
    interrupted = frame;
    if (!is_caused_by_user(frame))
        call_handler(frame);
    if (trap_is_from_user(frame))
        on_user_trap(frame);
}

static void double_fault(void)
{
    const struct task_state *was = segments_faulted_state();
    struct trap_frame frame = {
        .edi = was->edi,
        .esi = was->esi,
        .ebp = was->ebp,
        .esp = was->esp,
        .ebx = was->ebx,
        .edx = was->edx,
        .ecx = was->ecx,
        .eax = was->eax,
        .vector = VECTOR_DOUBLE_FAULT,
        .eip = was->eip,
        .cs = was->cs,
        .eflags = was->eflags,
    };

    on_trap(&frame);
}

struct trap_frame *traps_interrupted(void)
{
    return interrupted;
}

uint32_t traps_ignored(void)
{
    return unexpected;
}

void traps_start(trap_handler *handler)
{
    struct segments_table pointer = {sizeof idt - 1, (uint32_t)idt};

    segments_start(double_fault);
    on_trap = handler;
    for (unsigned vector = 0; vector < VECTORS; vector++)
        idt[vector] = gate(INTERRUPT_GATE, SELECTOR_KERNEL_CODE,
                           (uint32_t)trap_stubs + vector * STUB_SIZE);
    idt[VECTOR_DOUBLE_FAULT] = gate(TASK_GATE, SELECTOR_FAULT_TASK, 0);
    idt[VECTOR_CALL] = gate(USER_GATE, SELECTOR_KERNEL_CODE,
                            (uint32_t)trap_stubs + VECTOR_CALL * STUB_SIZE);
    for (unsigned vector = 0; vector < VECTOR_EXCEPTIONS; vector++)
        handlers[vector] = handler;
    __asm__ volatile("lidt %0" : : "m"(pointer) : "memory");
}

void traps_handle_user(trap_handler *handler)
{
    on_user_trap = handler;
}

void traps_handle(unsigned vector, trap_handler *handler)
{
    handlers[vector] = handler;
}
