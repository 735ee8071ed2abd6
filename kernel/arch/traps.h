/* SPDX-License-Identifier: MIT */
/*
 * Segment descriptors, interrupt gates, and who is called for which vector.
 */
#ifndef ARCH_TRAPS_H
#define ARCH_TRAPS_H

#include <stdint.h>

#define VECTORS           256
#define VECTOR_EXCEPTIONS 32 /* 0 to 31 are the processor's own */

/* What the stubs leave on the stack, lowest address first. */
struct trap_frame {
    uint32_t edi, esi, ebp, esp, ebx, edx, ecx, eax; /* as PUSHA does */
    uint32_t vector, error;                          /* error 0 if none */
    uint32_t eip, cs, eflags;
};

typedef void trap_handler(struct trap_frame *frame);

/*
 * Loads our own GDT and an IDT with all 256 gates.  ON_EXCEPTION is called
 * for vectors 0 to 31 and must not return.  Interrupts stay off.
 */
void traps_start(trap_handler *on_exception);

/* HANDLER is called for VECTOR from now on, with interrupts off.  One that
   has none does no harm: it is passed over. */
void traps_handle(unsigned vector, trap_handler *handler);

/* How many came so that were passed over. */
uint32_t traps_unexpected(void);

#endif
