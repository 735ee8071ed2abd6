/* SPDX-License-Identifier: MIT */
/* Moves through the history.  A seek changes the position only at its end. */
#pragma once

#include "history.h"

/* Begins a seek to STEP, clamped to what can be reached; or to the first
   position with INSTRUCTIONS, false if that cannot be reached. */
void history_seek_step(struct history *history, uint64_t step);
bool history_seek_count(struct history *history, uint64_t instructions);

/* Makes the seek in progress end with SEEK_PREVIEW. */
void history_seek_preview(struct history *history);

/* Continues the seek, for about the work of BUDGET prepulses by an engine.  Its
   result is history->at; after SEEK_PREVIEW, history->seek.at. */
enum seek_status history_seek_advance(struct history *history, uint32_t budget);
void history_seek_cancel(struct history *history);

/* Sets *POSITION to that of STEP, which can be reached, without a seek.  Adds a
   checkpoint near it if there is none, so that the next call is fast. */
void history_peek(struct history *history, uint64_t step,
                  struct position *position);

/* Moves POSITION, which is not the last, to the next.  Returns false if that
   step is an action; else sets *BAR to the prepulse. */
bool history_next(const struct history *history, struct position *position,
                  struct bar *bar);

/* For the kinds of seek in other files: begins one that ADVANCE continues. */
void seek_begin(struct history *history,
                bool (*advance)(struct history *history, uint32_t budget));
