/* SPDX-License-Identifier: MIT */
/* The demonstration, which starts by itself in a kiosk (option kiosk=). */
#pragma once

#include "ui_state.h"

void kiosk_start_demo(struct ui *ui, uint64_t now);
/* When the demonstration starts by itself; UINT64_MAX: never. */
uint64_t kiosk_due(const struct ui *ui);
/* Resets the console when the user has left, and starts the demonstration. */
void kiosk_turn(struct ui *ui, uint64_t now);
