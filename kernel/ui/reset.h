/* SPDX-License-Identifier: MIT */
/* Puts the console in the state that the boot line asks for. */
#pragma once

#include "ui_state.h"

void reset_console(struct ui *ui, uint64_t now);
/* Adds WARNINGS to the message. */
void reset_warn(struct view *view, const char *warnings);
