/* SPDX-License-Identifier: MIT */
/*
 * Sends a trace to the data port: a row for each step of history (trace.h).
 * The port sets the pace; a machine that is traced live waits for it.
 */
#pragma once

#include "trace_state.h"
#include "ui/base/view.h"

/* Follows the machine; to be called after each action of the operator. */
void trace_export_follow(struct view *view);
/* Writes rows; to be called in each turn, before the machine runs. */
void trace_export_poll(struct view *view, uint64_t now);
/* Returns the maximum of prepulses to run now, so that the port keeps up. */
uint32_t trace_export_room(const struct view *view);
bool trace_export_is_active(const struct view *view);
/* Like transfer_next() and transfer_sent(). */
size_t trace_export_pending(const struct trace_export *trace,
                            const char **bytes);
void trace_export_sent(struct trace_export *trace, size_t count, uint64_t now);

/* Returns why a trace is impossible, or NULL if it is possible. */
const char *trace_export_obstacle(const struct view *view);
/* Starts a live trace. */
void trace_export_begin(struct view *view);
/* Command: starts or ends a live trace. */
void trace_export_live(struct view *view);
/* Command: sends the last TRACER_STEPS steps. */
void trace_export_last(struct view *view);
