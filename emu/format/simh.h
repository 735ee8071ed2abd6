/* SPDX-License-Identifier: MIT */
/*
 * Reads programs for SIMH's SSEM.  Internal to the file reader.
 *
 * An .st file is what the commands LOAD and DUMP read and write: 34
 * little-endian words with A, CI and lines 0 to 31.
 *
 * A script has a command of SIMH in each row:
 *
 *   row    = deposit switch* ["CPU"] list value | "GO" [N] | "RUN" [N] | other
 *   switch = "-D" decimal | "-H" hexadecimal | "-M" instruction
 *   list   = part ("," part)*
 *   part   = N | N "-" N | N ":" N | "ALL" | "A" | "CI"     N is decimal
 *   value  = an instruction, or a number as the switch says; without a switch,
 *            digits if it consists of 0 and 1, and hexadecimal otherwise
 *
 * `deposit` is DEPOSIT or the beginning of it.  The value for CI is decimal.
 * RESET, EXAMINE, STEP, SET, SHOW, ECHO, CONTINUE and QUIT and their beginnings
 * change no program and are skipped.  Unlike SIMH, notes may follow a value,
 * and an instruction needs no switch.
 */
#pragma once

#include "line_reader.h"
#include "program_builder.h"
#include <stddef.h>

/* Returns true if TEXT is an .st file.  It must have 136 bytes and contain a
   zero, as every program does, but must not be UTF-16 text.  TEXT may be NULL
   if SIZE is 0. */
bool simh_is(const char *text, size_t size);

/* Reads TEXT, which simh_is() must have accepted, into PROGRAM.  Clears the
   comments and sets `numbers` by instruction_is_number(). */
void simh_read(struct program *program, const char *text);

/* Returns true if DATA is a DEPOSIT command. */
bool simh_is_deposit(struct span data);

/* Executes a row of a script.  Returns false after reporting an error. */
bool simh_script_row(struct builder *builder, const struct text_row *row);
