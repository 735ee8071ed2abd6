/* SPDX-License-Identifier: MIT */
/* The menu of all commands, with their keys. */
#ifndef UI_BASE_MENU_H
#define UI_BASE_MENU_H

#include "view.h"

void menu_open(struct view *view);
void menu_draw(struct view *view);
void menu_event(struct view *view, const struct event *event);

#endif
