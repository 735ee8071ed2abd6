/* SPDX-License-Identifier: MIT */
/*
 * What a guest in ring 3 would have to trap on for this processor to be
 * virtualized by trapping alone.
 *
 * An instruction is privileged if it traps in ring 3, and sensitive if it
 * changes the state of the machine or reveals it.  A machine can be virtualized
 * by running it in ring 3 if all sensitive instructions are privileged (Popek
 * and Goldberg 1974).  On the i386 they are not: some are ignored, some read
 * the kernel's state (Robin and Irvine 2000).  UMIP of newer processors makes
 * some of them trap, but the kernel leaves it off.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum sensitive_result {
    SENSITIVE_TRAPS,   /* the processor reports it to the kernel */
    SENSITIVE_IGNORED, /* the processor does nothing, and reports nothing */
    SENSITIVE_READS,   /* reads the kernel's state, and reports nothing */
};

struct sensitive_row {
    const char *name; /* the instruction */
    const char *what; /* what it would do in the kernel */
    enum sensitive_result result;
    uint32_t detail; /* vector of the trap, else the value read, else 0 */
};

#define SENSITIVE_ROWS 18

/* Executes each instruction in ring 3 on this processor and fills in ROWS.
   Returns false if there is no ring 3 (see vm.h). */
bool sensitive_run(struct sensitive_row rows[SENSITIVE_ROWS]);
