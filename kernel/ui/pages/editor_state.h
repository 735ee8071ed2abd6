/* SPDX-License-Identifier: MIT */
/* State of the editor page and of the guided tour. */
#pragma once

#include "emu/text/names.h"
#include "ui/base/view.h"

#define TOUR_PAGES 10

struct tour {
    unsigned page; /* current page, counted from 0 */
    bool done;     /* true if the task of this page is done */
    void (*prepared)(struct view *view); /* most recent prepare function */
    uint64_t prepulses; /* prepulse count when the page was opened */
};

/* Lines moved since the operands last referred to the right ones. */
struct moves {
    bool begun;            /* false if no line has moved */
    uint8_t to[LINES];     /* where the line is now, by its former number */
    uint32_t actions, end; /* of the journal after the last move */
    uint32_t store[LINES]; /* the store at that time */
};

struct editor {
    struct line clipboard;
    bool clipboard_full;
    struct moves moves;
    struct names names; /* of lines, when a word was entered last */
    struct tour tour;
};

static inline struct editor *editor_of(const struct view *view)
{
    return view->state[PAGE_EDITOR];
}
