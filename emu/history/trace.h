/* SPDX-License-Identifier: MIT */
/*
 * Execution trace with one row per step: the new instruction count, the line,
 * the instruction, its operand and its effect, for example:
 *
 *          12 20 SUB 27      131072 A 131072
 */
#pragma once

#include "history.h"
#include "emu/text/strbuf.h"

#define TRACE_COUNT 10 /* width of the count column */
#define TRACE_WIDTH 57 /* maximum row width, or 47 if the count fits */

#define TRACE_HEAD "     after line    operand is  and makes"

/* Adds the row for one step.  BAR is NULL if it was an operator action. */
void trace_write(struct strbuf *text, const struct snapshot *before,
                 const struct snapshot *after, const struct bar *bar);
