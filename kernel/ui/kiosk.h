/* SPDX-License-Identifier: MIT */
/* Kiosk mode (option kiosk=), which starts the demonstration by itself */
#pragma once

#include "ui_state.h"

void kiosk_start_demo(struct ui *ui, uint64_t now);
/* Returns when kiosk_turn() has something to do, or UINT64_MAX if never. */
uint64_t kiosk_due(const struct ui *ui);
/* Counts down, and then resets the console and starts the demonstration. */
void kiosk_turn(struct ui *ui, uint64_t now);
