/* SPDX-License-Identifier: MIT */
/* Confirmation page with a yes-or-no question */
#pragma once

#include "view.h"

void confirm_draw(struct view *view);
void confirm_event(struct view *view, const struct event *event);
