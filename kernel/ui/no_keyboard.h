/* SPDX-License-Identifier: MIT */
/* Advice and demonstration for a PC that seems to have no keyboard, and notices
   of keyboards that are plugged in or unplugged */
#pragma once

#include "ui_state.h"

/* Returns the time when the advice is due, or UINT64_MAX if never. */
uint64_t no_keyboard_due(const struct ui *ui);
void no_keyboard_turn(struct ui *ui, uint64_t now);
