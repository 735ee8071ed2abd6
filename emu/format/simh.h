/* SPDX-License-Identifier: MIT */
/*
 * SIMH's .st, the binary format of its LOAD and DUMP: 34 words of four bytes
 * each, least significant first: A, CI, and lines 0 to 31.  Private to the
 * reader.
 */
#pragma once

#include "emu/machine/program.h"
#include <stddef.h>

/* Whether SIZE bytes at TEXT (may be NULL if SIZE is 0) are an .st: 136 bytes
   with a zero, which every program has and no text but UTF-16, and not that. */
bool simh_is(const char *text, size_t size);

/* Fills *PROGRAM from TEXT, checked by simh_is(), without comments, with
   `numbers` from instruction_is_number(). */
void simh_read(struct program *program, const char *text);
