/* SPDX-License-Identifier: MIT */
/* The guided tour, shown beside the editor, which remains usable. */
#pragma once

#include "ui/base/view.h"

void tour_begin(struct view *view);
void tour_draw(struct view *view);
/* Checks whether the task of the current page is done. */
void tour_turn(struct view *view);
/* Handles a key.  Returns false if the key must be passed to the editor. */
bool tour_event(struct view *view, const struct event *event);
