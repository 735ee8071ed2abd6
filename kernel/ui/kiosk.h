/* SPDX-License-Identifier: MIT */
/* Kiosk mode (option kiosk=), which starts the demonstration by itself */
#pragma once

#include "ui_state.h"

void kiosk_start_demo(struct ui *ui, uint64_t now);
/* Returns the start time of the demonstration, or UINT64_MAX if never. */
uint64_t kiosk_due(const struct ui *ui);
/* Resets the console and starts the demonstration if it is due. */
void kiosk_turn(struct ui *ui, uint64_t now);
