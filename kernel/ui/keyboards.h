/* SPDX-License-Identifier: MIT */
/* Advice and demonstration for a PC that seems to have no keyboard, and notices
   of keyboards that are plugged in or unplugged */
#pragma once

#include "ui_state.h"

/* Returns the time when advice is due, or UINT64_MAX if never. */
uint64_t keyboards_advice_due(const struct ui *ui);

/* Gives advice if it is due. */
void keyboards_turn(struct ui *ui, uint64_t now);

/* Sets whether the PC has a keyboard.  If one was plugged in, advice to do so
   disappears. */
void keyboards_set_presence(struct ui *ui, enum keyboard_presence presence);

/* Adds a sentence to the message on the screen.  It replaces the last one. */
void keyboards_notice(struct ui *ui, const char *sentence);
