/* SPDX-License-Identifier: MIT */
/* Resets the console to the state requested on the boot command line. */
#pragma once

#include "ui_state.h"

void reset_console(struct ui *ui, uint64_t now);
/* Appends WARNINGS to the message on the screen. */
void reset_warn(struct view *view, const char *warnings);

/* Resets what belongs to the machine that was in focus before, if another one
   has come into focus. */
void reset_for_focus(struct ui *ui);
