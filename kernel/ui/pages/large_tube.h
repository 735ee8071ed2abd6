/* SPDX-License-Identifier: MIT */
/* The tube alone, with digits two cells wide, for projectors. */
#pragma once

#include "ui/base/view.h"

void large_draw(struct view *view);
void large_event(struct view *view, const struct event *event);
