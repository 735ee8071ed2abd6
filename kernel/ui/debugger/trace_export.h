/* SPDX-License-Identifier: MIT */
/*
 * The trace to the port for data: a row for each step of history (trace.h).
 * Rows are made as the port takes them; a machine traced live waits for it.
 */
#ifndef UI_DEBUGGER_TRACE_EXPORT_H
#define UI_DEBUGGER_TRACE_EXPORT_H

#include "trace_state.h"
#include "ui/base/view.h"

/* Follows the machine; due after each action of the operator. */
void trace_export_follow(struct view *view);
/* Makes rows; due in each turn, before the machine runs. */
void trace_export_turn(struct view *view, uint64_t now);
/* Prepulses that the machine may run now. */
uint32_t trace_export_room(const struct view *view);
bool trace_export_is_active(const struct view *view);
/* As transfer_next() and transfer_sent(). */
size_t trace_export_next(const struct trace_export *trace, const char **bytes);
void trace_export_took(struct trace_export *trace, size_t count, uint64_t now);

/* Why there can be no trace; NULL: there can. */
const char *trace_export_hindrance(const struct view *view);
/* Commands: from now on (again: no more); the last TRACER_STEPS. */
void trace_export_begin(struct view *view);
void trace_export_live(struct view *view);
void trace_export_last(struct view *view);

#endif
