/* SPDX-License-Identifier: MIT */
/* Asks for the PIN that ends kiosk mode. */
#pragma once

#include "ui/base/view.h"

struct pin {
    char typed[PIN_MAX + 1];
    bool wrong;        /* true if the last PIN was wrong */
    enum page_id from; /* page to reopen if the answer is no */
};

void pin_open(struct view *view);
void pin_draw(struct view *view);
void pin_event(struct view *view, const struct event *event);
