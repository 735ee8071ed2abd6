/* SPDX-License-Identifier: MIT */
/* The demonstration, and the menu that opens when any key is pressed. */
#pragma once

#include "ui/base/view.h"

void demo_draw(struct view *view);
void demo_event(struct view *view, const struct event *event);
void offer_draw(struct view *view);
void offer_event(struct view *view, const struct event *event);
