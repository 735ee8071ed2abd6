/* SPDX-License-Identifier: MIT */
/* The editor page, where the operator enters words, digits and notes. */
#pragma once

#include "ui/base/view.h"

void editor_draw(struct view *view);
void editor_event(struct view *view, const struct event *event);
/* Stores the entry in the line under the cursor.  If it is not a valid word,
   shows an error message, keeps the entry and returns false. */
bool editor_commit(struct view *view);
