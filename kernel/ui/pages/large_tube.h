/* SPDX-License-Identifier: MIT */
/* A full-screen tube with digits two cells wide, for use with a projector. */
#pragma once

#include "ui/base/view.h"

void large_draw(struct view *view);
void large_event(struct view *view, const struct event *event);
