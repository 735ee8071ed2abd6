/* SPDX-License-Identifier: MIT */
/*
 * Interrupt descriptor table, and a handler for each vector.
 */
#pragma once

#include <stdint.h>

#define VECTORS           256
#define VECTOR_EXCEPTIONS 32 /* 0 to 31 are the processor's own */

#define VECTOR_NMI            2
#define VECTOR_INVALID_OPCODE 6
#define VECTOR_DOUBLE_FAULT   8
#define VECTOR_PAGE_FAULT     14

/* The interrupted registers, as the stubs of traps.S push them. */
struct trap_frame {
    uint32_t edi, esi, ebp, esp, ebx, edx, ecx, eax; /* PUSHA */
    uint32_t vector, error;                          /* error code, or 0 */
    uint32_t eip, cs, eflags;
};

typedef void trap_handler(struct trap_frame *frame);

/* Loads the GDT and an IDT with all 256 gates; leaves interrupts off.  HANDLER
   is called for vectors 0 to 31, and for an INT instruction (the kernel has
   none) with any other unhandled vector.  It must not return, because a double
   fault calls it from another task. */
void traps_start(trap_handler *handler);

/* Calls HANDLER for VECTOR from now on, with interrupts off.  Interrupts of
   devices without a handler are ignored: firmware may leave a timer running. */
void traps_handle(unsigned vector, trap_handler *handler);

/* Returns the frame of the interrupt being handled. */
struct trap_frame *traps_interrupted(void);

/* Returns the number of ignored interrupts. */
uint32_t traps_ignored(void);
