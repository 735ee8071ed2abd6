/* SPDX-License-Identifier: MIT */
/* Receives programs and states by the port for data. */
#pragma once

#include "save_state.h"

void save_receive(struct view *view);
/* Returns true while a transfer or the reading of a received file goes on. */
bool save_is_active(const struct view *view);
/* Returns true while the QR code on the page is not complete. */
bool save_is_encoding(const struct view *view);
/* Continues a transfer, reports its result, and continues the QR code.  Must be
   called once per turn. */
void save_turn(struct view *view, uint64_t now);
/* Loads the program or state received. */
void save_load(struct view *view);
/* Cancels a transfer. */
void save_cancel(struct view *view);
