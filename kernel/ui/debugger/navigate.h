/* SPDX-License-Identifier: MIT */
/* Movement through history, which works on other pages, too. */
#ifndef UI_DEBUGGER_NAVIGATE_H
#define UI_DEBUGGER_NAVIGATE_H

#include "debugger_state.h"

/* Completes a seek that has ended; due after each key and in each turn. */
void debug_turn(struct view *view);
void debug_cancel_seek(struct view *view);

void debug_back(struct view *view);
void debug_back_to_stop(struct view *view);
void debug_back_to_write(struct view *view);
void debug_go(struct view *view);
/* To the present, if LAST; else to the beginning of history. */
void debug_go_to_end(struct view *view, bool last);
void debug_profile(struct view *view);
void debug_compare(struct view *view);

#endif
