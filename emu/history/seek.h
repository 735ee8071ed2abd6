/* SPDX-License-Identifier: MIT */
/* Moves through the history.  A seek changes position only on completion. */
#pragma once

#include "history.h"

/* Start a seek to the given step, clamped to the reachable range, or to the
   first position with the given instruction count, if it is reachable. */
void history_seek_step(struct history *history, uint64_t step);
bool history_seek_count(struct history *history, uint64_t instructions);

/* Makes the seek in progress end with SEEK_PREVIEW instead of moving. */
void history_seek_preview(struct history *history);

/* Continues the seek for about as much work as BUDGET engine prepulses.  The
   result is in history->at, or in history->seek.at after SEEK_PREVIEW. */
enum seek_status history_seek_advance(struct history *history, uint32_t budget);
void history_seek_cancel(struct history *history);

/* Finds the state at STEP without changing the position.  STEP must be
   reachable.  Adds a checkpoint near it, so that the next call is fast. */
void history_peek(struct history *history, uint64_t step,
                  struct position *position);

/* Advances POSITION, which must not be the last, by one step.  Returns false if
   the step is an action, and otherwise sets *BAR to the bar executed. */
bool history_next(const struct history *history, struct position *position,
                  struct bar *bar);

/* Starts a seek that is continued by calling ADVANCE. */
void seek_begin(struct history *history,
                bool (*advance)(struct history *history, uint32_t budget));
