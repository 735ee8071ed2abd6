/* SPDX-License-Identifier: MIT */
/* Sends an execution trace to the data port, with a row for each step of
   history (see trace.h).  A machine that is traced live waits for the port. */
#pragma once

#include "trace_state.h"
#include "ui/base/view.h"

/* Updates the trace.  Must be called after each operator action. */
void trace_export_follow(struct view *view);
/* Writes more rows.  Must be called once per turn, before the machine runs. */
void trace_export_poll(struct view *view, uint64_t now);
/* Returns how many prepulses may be run now without outpacing the port. */
uint32_t trace_export_room(const struct view *view);
bool trace_export_is_active(const struct view *view);
/* These work like transfer_next() and transfer_sent(). */
size_t trace_export_pending(const struct trace_export *trace,
                            const char **bytes);
void trace_export_sent(struct trace_export *trace, size_t count, uint64_t now);

/* Returns an error message if tracing is impossible, or NULL otherwise. */
const char *trace_export_obstacle(const struct view *view);
void trace_export_begin(struct view *view);
void trace_export_live(struct view *view);
/* Sends the last TRACER_STEPS steps. */
void trace_export_last(struct view *view);
