/* SPDX-License-Identifier: MIT */
/* Draws the operator's panel beside the tube. */
#pragma once

#include "ui/base/view.h"

void panel_draw(struct view *view);
