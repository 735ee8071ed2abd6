/* SPDX-License-Identifier: MIT */
/* Draws the operator's panel beside the tube. */
#ifndef UI_PAGES_PANEL_VIEW_H
#define UI_PAGES_PANEL_VIEW_H

#include "ui/base/view.h"

void panel_draw(struct view *view);

#endif
