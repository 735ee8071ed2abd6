/* SPDX-License-Identifier: MIT */
/*
 * If the PC seems to have no keyboard: shows advice, and starts the
 * demonstration as a sign that the PC works.
 */
#pragma once

#include "ui_state.h"

/* When the advice is due; UINT64_MAX: never. */
uint64_t no_keyboard_due(const struct ui *ui);
void no_keyboard_turn(struct ui *ui, uint64_t now);
