/* SPDX-License-Identifier: MIT */
/*
 * Entering ring 3 and coming back.  This is the VM entry and the VM exit of a
 * hypervisor, made of what a 386 has: IRET loads all registers of the guest and
 * lowers the privilege, and any trap raises it again.  Processors with VT-x or
 * AMD-V have instructions of their own for both.
 */
#pragma once

#include "arch/traps.h"

struct user_registers {
    uint32_t eip, esp, eax;
    uint32_t eflags; /* IF is taken from the kernel instead */
};

/* Enters ring 3 with REGISTERS; all other registers are cleared.  Returns when
   a trap handler calls user_leave(), with the interrupt flag as before.  Must
   not be called while ring 3 is already entered. */
void user_enter(const struct user_registers *registers);

/* Makes user_enter() return.  Must be called from a trap handler. */
_Noreturn void user_leave(void);

/* Calls of the kernel by ring 3: INT VECTOR_CALL with one of these in EAX. */
enum user_call {
    USER_CALL_DONE,    /* the guest has done what it was entered for */
    USER_CALL_OPEN,    /* make the guest's code area writable */
    USER_CALL_SEAL,    /* make it executable again */
    USER_CALL_SMASHED, /* the stack protector found a damaged stack */
    USER_CALLS
};

/* Calls the kernel from ring 3.  Returns only from OPEN and SEAL. */
static inline void user_call(enum user_call call)
{
    __asm__ volatile("int %0" : : "i"(VECTOR_CALL), "a"(call) : "memory");
}

/* Returns whether the calling code executes in ring 3. */
static inline bool user_mode(void)
{
    uint16_t cs;

    __asm__ volatile("movw %%cs, %0" : "=rm"(cs));
    return cs & 3;
}
