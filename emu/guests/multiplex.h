/* SPDX-License-Identifier: MIT */
/*
 * Runs the guests in turn.  The console calls these functions in place of those
 * of the session in focus, at the same times:
 *
 *   guests_turn(), once in each turn of the console's loop
 *   guests_more(), until the slice of that turn is used up or nothing is due
 *   guests_account(), after each of these calls, with its duration
 *   guests_end_frame(), every 20 ms
 *
 * A call lasts about a millisecond at most, as with one session, so a key is
 * answered as soon.  A guest keeps the processor for a slice of several calls,
 * possibly over several turns, because changing guests costs time.
 *
 * A guest that is alone, not paused and without a cap runs exactly as a session
 * without guests.
 */
#pragma once

#include "guests.h"

/* Does what the session in focus needs in every turn, such as keys and seeks.
   LAST_OF_FRAME as for session_turn(). */
void guests_turn(struct guests *guests, uint64_t now, bool last_of_frame);

/* Makes one call of the guest whose turn it is.  Returns false if none is due.
   Call session_record() for the session in focus at the end of the slice. */
bool guests_more(struct guests *guests, uint64_t now);

/* Charges the guest of the last call, which TOOK so many microseconds. */
void guests_account(struct guests *guests, uint64_t took);

/* Ends a frame of all tubes shown.  Returns false if none needs more updates.
   The tube of a guest that waits for its slice does not change. */
bool guests_end_frame(struct guests *guests);

/* Returns the time in microseconds until more work is due, or UINT32_MAX. */
uint32_t guests_wait(struct guests *guests, uint64_t now);
