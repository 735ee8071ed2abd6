/* SPDX-License-Identifier: MIT */
/* The built-in help pages. */
#pragma once

#include "ui/base/view.h"

struct help {
    unsigned page;
};

void help_open(struct view *view);
void help_draw(struct view *view);
void help_event(struct view *view, const struct event *event);
