/* SPDX-License-Identifier: MIT */
/*
 * How control came to where it is, as the stack tells.  The kernel keeps no
 * frame pointers: what on the stack is an address right behind a call is taken
 * for a return address.  Behind a call that says whom it calls the callee must
 * be the function before it; else the entry is doubtful, as it may be left
 * over from a call that is done.
 */
#ifndef PANIC_BACKTRACE_H
#define PANIC_BACKTRACE_H

#include "symbols.h"

struct backtrace {
    const uint32_t *at, *end; /* of the stack, what is still to be looked at */
    uint32_t function;        /* that the call is to lead to; 0: unknown */
};

struct backtrace_entry {
    struct symbol function;
    uint32_t offset; /* in it: where it goes on after the call */
    bool doubtful;
};

/* Begins at EIP in the function that runs with the stack pointer ESP. */
void backtrace_start(struct backtrace *trace, uint32_t eip, uint32_t esp);

/* The next caller; false: there is none more to be found. */
bool backtrace_next(struct backtrace *trace, struct backtrace_entry *entry);

#endif
