/* SPDX-License-Identifier: MIT */
/*
 * What happened, a row for each step: how many instructions there were then,
 * the line, the instruction, what was read of its line, and what it changed:
 *
 *          12 20 SUB 27      131072 A 131072
 */
#ifndef EMU_HISTORY_TRACE_H
#define EMU_HISTORY_TRACE_H

#include "history.h"
#include "emu/text/strbuf.h"

#define TRACE_WIDTH 57 /* characters of a row at most; ten less while .. */
#define TRACE_COUNT 10 /* .. the count has no more digits than its column */

/* What stands over the rows. */
#define TRACE_HEAD "     after line    operand is  and makes"

/* Adds the row of the step from BEFORE to AFTER; BAR as the prepulse had it,
   NULL: it was an action. */
void trace_write(struct strbuf *text, const struct snapshot *before,
                 const struct snapshot *after, const struct bar *bar);

#endif
