/* SPDX-License-Identifier: MIT */
/* Functions that switch between pages */
#pragma once

#include "view.h"

/* Opens PAGE.  If it is a base page, it becomes the current base. */
void page_open(struct view *view, enum page_id page);
void page_back(struct view *view);
/* Releases all keys held on the current page. */
void page_release(struct view *view);
/* Completes the entry being typed.  If it is invalid, shows a message and
   returns false. */
bool page_commit(struct view *view);
