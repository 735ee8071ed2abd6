/* SPDX-License-Identifier: MIT */
/* The pages, by enum page_id. */
#ifndef UI_PAGE_LIST_H
#define UI_PAGE_LIST_H

#include "ui/base/view.h"

extern const struct page page_list[PAGES];

#endif
