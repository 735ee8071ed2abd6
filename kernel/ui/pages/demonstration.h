/* SPDX-License-Identifier: MIT */
/* The demonstration, and the choice that any key opens. */
#ifndef UI_PAGES_DEMONSTRATION_H
#define UI_PAGES_DEMONSTRATION_H

#include "ui/base/view.h"

void demo_draw(struct view *view);
void demo_event(struct view *view, const struct event *event);
void offer_draw(struct view *view);
void offer_event(struct view *view, const struct event *event);

#endif
