/* SPDX-License-Identifier: MIT */
/*
 * Code discovery of a static translator, which sees a program only before it
 * runs.  The lab compares its result with the lines that were executed.
 *
 * All jumps of the machine are indirect: `JMP n` leads to where line n says.  A
 * static translator can follow a jump only if line n is constant, that is, if
 * no code that it has found stores there.  At any other jump it has lost the
 * way, as it has where code is rewritten.
 */
#pragma once

#include "emu/machine/machine.h"

/* Bitmasks of lines. */
struct static_code {
    uint32_t code;       /* lines that may be executed */
    uint32_t stores;     /* lines that this code may store to */
    uint32_t resolved;   /* jumps in it whose operand is constant */
    uint32_t unresolved; /* jumps in it whose operand is not */
    uint32_t targets;    /* lines that resolved jumps lead to */
};

/* Finds the code of a program in STORE that starts with CI. */
struct static_code static_discover(const uint32_t store[LINES], uint32_t ci);
