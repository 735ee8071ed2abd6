/* SPDX-License-Identifier: MIT */
/* What keys do: see keys.c. */
#pragma once

#include "ui_state.h"

void ui_event(struct ui *ui, const struct event *event);

/* A key such as Shift, which causes no event, was pressed: it counts as any
   other key for a visitor. */
void keys_modifier(struct ui *ui);

/* The PC's power button was pressed: asks whether to switch the PC off.  In
   kiosk mode, requests that at once. */
void keys_power_button(struct ui *ui);

/* Redraws all screens and queries the terminal again. */
void ui_repaint(struct ui *ui);

/* Handles the keys that were queued during a seek, if it is over. */
void keys_handle_queued(struct ui *ui);

/* Returns true if the session is paused by a report or the demonstration. */
bool keys_session_is_paused(const struct ui *ui);
