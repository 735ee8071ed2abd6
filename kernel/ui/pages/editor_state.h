/* SPDX-License-Identifier: MIT */
/* State of the editor page and of the guided tour. */
#pragma once

#include "ui/base/view.h"

#define TOUR_PAGES 10

struct tour {
    unsigned page; /* current page, counted from 0 */
    bool done;     /* true if the task of this page is done */
    void (*prepared)(struct view *view); /* most recent prepare function */
    uint64_t prepulses; /* prepulse count when the page was opened */
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
