/* SPDX-License-Identifier: MIT */
/* Interrupt descriptor table and trap handlers. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define VECTORS           256
#define VECTOR_EXCEPTIONS 32 /* 0 to 31 are processor exceptions */

#define VECTOR_NMI            2
#define VECTOR_INVALID_OPCODE 6
#define VECTOR_DOUBLE_FAULT   8
#define VECTOR_PAGE_FAULT     14
#define VECTOR_MACHINE_CHECK  18
#define VECTOR_CALL           64 /* INT by which ring 3 calls the kernel */

/* Registers of the interrupted code, in the order pushed by traps.S. */
struct trap_frame {
    uint32_t edi, esi, ebp, esp, ebx, edx, ecx, eax; /* pushed by PUSHA */
    uint32_t vector, error;                          /* 0 if no error code */
    uint32_t eip, cs, eflags;
    uint32_t user_esp, user_ss; /* pushed only by a trap from ring 3 */
};

/* Returns whether the trap interrupted ring 3. */
bool trap_is_from_user(const struct trap_frame *frame);

typedef void trap_handler(struct trap_frame *frame);

/* Loads the GDT and IDT, leaving interrupts disabled.  HANDLER handles vectors
   0 to 31, and INT instructions (the kernel has none) with other unhandled
   vectors.  It must not return: a double fault calls it from another task. */
void traps_start(trap_handler *handler);

/* Installs HANDLER for VECTOR, called with interrupts disabled.  Device
   interrupts without a handler are ignored: firmware may leave a timer on. */
void traps_handle(unsigned vector, trap_handler *handler);

/* Installs HANDLER for what happens in ring 3: INT VECTOR_CALL, and exceptions,
   except those that are not the doing of the interrupted code (NMI, machine
   check, double fault).  It is also called after the handler of an interrupt
   that arrives in ring 3.  Ring 3 goes on if HANDLER returns. */
void traps_handle_user(trap_handler *handler);

/* Returns the registers saved by the current interrupt. */
struct trap_frame *traps_interrupted(void);

uint32_t traps_ignored(void);
