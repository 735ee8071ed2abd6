/* SPDX-License-Identifier: MIT */
/* Menu of all commands with their keys */
#pragma once

#include "view.h"

void menu_open(struct view *view);
void menu_draw(struct view *view);
void menu_event(struct view *view, const struct event *event);
