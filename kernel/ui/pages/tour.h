/* SPDX-License-Identifier: MIT */
/* The guided tour: short pages beside the editor, which keeps working. */
#pragma once

#include "ui/base/view.h"

void tour_begin(struct view *view);
void tour_draw(struct view *view);
/* Notices that the task of the page is done. */
void tour_turn(struct view *view);
/* Handles a key of the tour; false: it is the editor's. */
bool tour_event(struct view *view, const struct event *event);
