/* SPDX-License-Identifier: MIT */
/* Seeks in history; F7 and the completion of seeks work on every page. */
#pragma once

#include "debugger_state.h"

/* Completes a seek that has ended; to be called after each key and in each
   turn. */
void debug_complete_seek(struct view *view);
void debug_cancel_seek(struct view *view);

void debug_back(struct view *view);
void debug_back_to_breakpoint(struct view *view);
void debug_back_to_write(struct view *view);
void debug_go(struct view *view);
/* Goes to the present if LAST, else to the beginning of history. */
void debug_go_to_end(struct view *view, bool last);
void debug_profile(struct view *view);
void debug_compare(struct view *view);
