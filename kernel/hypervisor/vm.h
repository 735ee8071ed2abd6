/* SPDX-License-Identifier: MIT */
/*
 * One entry of a guest into ring 3, and why it came back.
 *
 * Interrupts of devices are handled by the kernel, and the guest goes on.  What
 * ends the entry is a call by the guest, an exception, or the timer when the
 * guest takes too long.  Without timer interrupts (the option noirq) nothing
 * ends an endless loop.
 */
#pragma once

#include "user_mode.h"

enum vm_exit_reason {
    VM_EXIT_DONE,      /* the guest called USER_CALL_DONE */
    VM_EXIT_EXCEPTION, /* see frame.vector */
    VM_EXIT_OVERRUN,   /* the guest did not return in time */
    VM_EXIT_SMASHED,   /* the stack protector of the engine reported it */
    VM_EXIT_BAD_CALL,  /* the guest called with an unknown number */
    VM_EXIT_WRONG,     /* the guest returned an impossible result */
    VM_EXIT_REASONS
};

struct vm_exit {
    enum vm_exit_reason reason;
    struct trap_frame frame; /* the guest's registers */
    uint32_t cr2;            /* address of a page fault */
    uint64_t cycles;         /* from entry to exit, or 0 if not counted */
};

/* Prepares the traps of ring 3.  Paging must be on. */
void vm_start(void);

/* Returns false if there is no ring 3, as paging is off. */
bool vm_is_started(void);

/* Enters ring 3.  After LIMIT timer ticks the guest is stopped.  The guest's
   code area is executable before and after. */
struct vm_exit vm_enter(const struct user_registers *registers, uint32_t limit);

/* Counts a timer tick.  Called by the watchdog, for each tick that is not one
   of a burst. */
void vm_tick(void);
