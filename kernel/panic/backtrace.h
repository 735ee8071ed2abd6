/* SPDX-License-Identifier: MIT */
/*
 * Backtrace without frame pointers.  The stack is scanned for return addresses,
 * which are words that point just past a call instruction.  A direct call must
 * also target the function of the previous entry.  If it does not, the word may
 * be stale and the entry is doubtful.
 */
#pragma once

#include "symbols.h"

struct backtrace {
    const uint32_t *at, *end; /* part of the stack not yet scanned */
    uint32_t function; /* start of the expected callee, or 0 if unknown */
};

struct backtrace_entry {
    struct symbol function;
    uint32_t offset; /* offset of the return address in the function */
    bool doubtful;
};

/* Starts a backtrace at instruction pointer EIP and stack pointer ESP. */
void backtrace_start(struct backtrace *trace, uint32_t eip, uint32_t esp);

/* Finds the next caller.  Returns false if there is none. */
bool backtrace_next(struct backtrace *trace, struct backtrace_entry *entry);
