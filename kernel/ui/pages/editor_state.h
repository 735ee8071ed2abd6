/* SPDX-License-Identifier: MIT */
/* State of the editor and of the tour beside it. */
#pragma once

#include "ui/base/view.h"

#define TOUR_PAGES 10

struct tour {
    unsigned page;                       /* from 0 */
    bool done;                           /* the task of the page is done */
    void (*prepared)(struct view *view); /* last preparation of the store */
    uint64_t prepulses;                  /* count when the page was opened */
};

struct editor {
    struct line clipboard;
    bool clipboard_full;
    struct tour tour;
};

static inline struct editor *editor_of(const struct view *view)
{
    return view->state[PAGE_EDITOR];
}
