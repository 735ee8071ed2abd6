/* SPDX-License-Identifier: MIT */
/* The pages, by enum page_id. */
#ifndef UI_PAGE_TABLE_H
#define UI_PAGE_TABLE_H

#include "ui/base/view.h"

extern const struct page page_table[PAGES];

#endif
