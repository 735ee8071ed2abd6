/* SPDX-License-Identifier: MIT */
/*
 * The binary .st format of SIMH's LOAD and DUMP commands: 34 little-endian
 * words with A, CI and lines 0 to 31.  Internal to the file reader.
 */
#pragma once

#include "emu/machine/program.h"
#include <stddef.h>

/* Returns true if TEXT is an .st file.  It must have 136 bytes and contain a
   zero, as every program does, but must not be UTF-16 text.  TEXT may be NULL
   if SIZE is 0. */
bool simh_is(const char *text, size_t size);

/* Reads TEXT, which simh_is() must have accepted, into PROGRAM.  Clears the
   comments and sets `numbers` by instruction_is_number(). */
void simh_read(struct program *program, const char *text);
