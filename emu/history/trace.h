/* SPDX-License-Identifier: MIT */
/*
 * The trace, one row for each step: instruction count after it, line,
 * instruction, operand, and effect:
 *
 *          12 20 SUB 27      131072 A 131072
 */
#pragma once

#include "history.h"
#include "emu/text/strbuf.h"

#define TRACE_COUNT 10 /* width of the count's column */
#define TRACE_WIDTH 57 /* maximum of a row; 47 if the count fits its column */

#define TRACE_HEAD "     after line    operand is  and makes"

/* Adds the row of the step from BEFORE to AFTER.  BAR is that of the prepulse;
   NULL: the step is an operator action. */
void trace_write(struct strbuf *text, const struct snapshot *before,
                 const struct snapshot *after, const struct bar *bar);
