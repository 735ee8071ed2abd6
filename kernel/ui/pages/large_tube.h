/* SPDX-License-Identifier: MIT */
/* The tube alone, with digits two cells wide, for projectors. */
#ifndef UI_PAGES_LARGE_TUBE_H
#define UI_PAGES_LARGE_TUBE_H

#include "ui/base/view.h"

void large_draw(struct view *view);
void large_event(struct view *view, const struct event *event);

#endif
