/* SPDX-License-Identifier: MIT */
/*
 * Interrupt gates, and who is called for which vector.
 */
#ifndef ARCH_TRAPS_H
#define ARCH_TRAPS_H

#include <stdint.h>

#define VECTORS           256
#define VECTOR_EXCEPTIONS 32 /* 0 to 31 are the processor's own */

#define VECTOR_NMI            2
#define VECTOR_INVALID_OPCODE 6
#define VECTOR_DOUBLE_FAULT   8
#define VECTOR_PAGE_FAULT     14

/* What the stubs leave on the stack, lowest address first: the registers as
   they were. */
struct trap_frame {
    uint32_t edi, esi, ebp, esp, ebx, edx, ecx, eax; /* as PUSHA does */
    uint32_t vector, error;                          /* error 0 if none */
    uint32_t eip, cs, eflags;
};

typedef void trap_handler(struct trap_frame *frame);

/*
 * Loads our own segments and an IDT with all 256 gates.  HANDLER is called for
 * vectors 0 to 31, and for an INT instruction, of which we have none, with any
 * other that nobody handles.  It must not return: the double fault's stack is
 * not the others'.  Interrupts stay off.
 */
void traps_start(trap_handler *handler);

/* HANDLER is called for VECTOR from now on, with interrupts off.  Where a
   device interrupts with a vector that has none, that does no harm: firmware
   may have left a timer on. */
void traps_handle(unsigned vector, trap_handler *handler);

/* What the interrupt being handled has interrupted. */
struct trap_frame *traps_interrupted(void);

/* How many of those were passed over. */
uint32_t traps_unexpected(void);

#endif
