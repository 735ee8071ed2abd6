/* SPDX-License-Identifier: MIT */
/*
 * Backtrace without frame pointers.  Scans the stack for return addresses:
 * words that point just after a call instruction.  A direct call must also
 * target the previous entry's function; if it does not, the word may be stale
 * and the entry is doubtful.
 */
#pragma once

#include "symbols.h"

struct backtrace {
    const uint32_t *at, *end; /* part of the stack not yet scanned */
    uint32_t function;        /* start of the expected callee; 0: unknown */
};

struct backtrace_entry {
    struct symbol function;
    uint32_t offset; /* of the return address in the function */
    bool doubtful;
};

/* Starts a backtrace at instruction pointer EIP and stack pointer ESP. */
void backtrace_start(struct backtrace *trace, uint32_t eip, uint32_t esp);

/* Finds the next caller.  Returns false if there is none. */
bool backtrace_next(struct backtrace *trace, struct backtrace_entry *entry);
