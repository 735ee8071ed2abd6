/* SPDX-License-Identifier: MIT */
/* Opens pages, and returns to the base page. */
#pragma once

#include "view.h"

/* Opens PAGE; a base page becomes the base. */
void page_open(struct view *view, enum page_id page);
/* Back to the base page. */
void page_back(struct view *view);
/* Releases all keys that the open page holds. */
void page_release(struct view *view);
/* Completes an entry of the base page; false: it is no word, as the message
   says. */
bool page_commit(struct view *view);
