/* SPDX-License-Identifier: MIT */
/* The editor: tube, listing, registers; entry of words, digits and notes. */
#pragma once

#include "ui/base/view.h"

void editor_draw(struct view *view);
void editor_event(struct view *view, const struct event *event);
/* Stores the entry in the cursor's line.  False: it is no word; the message
   says why, and the entry stays. */
bool editor_commit(struct view *view);
