/* SPDX-License-Identifier: MIT */
/* The tube with its frame, line numbers and marks; the registers below it. */
#pragma once

#include "view.h"

void tube_draw(struct view *view);
void tube_draw_registers(struct view *view);

#define LARGE_COLUMN 8 /* of digit 0 */

/* The store of SESSION with two columns for each digit. */
void tube_draw_large(struct view *view, const struct session *session,
                     enum monitor monitor);
