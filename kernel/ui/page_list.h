/* SPDX-License-Identifier: MIT */
/* Table of all pages, indexed by enum page_id */
#pragma once

#include "ui/base/view.h"

extern const struct page page_list[PAGES];
