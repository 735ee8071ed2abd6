/* SPDX-License-Identifier: MIT */
/* The Save page: saves and receives programs and states, edits title and
   author, and shows the program as a short text and as a QR code. */
#pragma once

#include "save_state.h"

void save_open(struct view *view);
void save_draw(struct view *view);
void save_event(struct view *view, const struct event *event);
