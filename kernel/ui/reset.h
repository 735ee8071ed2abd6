/* SPDX-License-Identifier: MIT */
/* Resets the console to the state requested on the boot command line. */
#pragma once

#include "ui_state.h"

void reset_console(struct ui *ui, uint64_t now);
/* Appends WARNINGS to the message on the screen. */
void reset_warn(struct view *view, const char *warnings);
