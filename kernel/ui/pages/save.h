/* SPDX-License-Identifier: MIT */
/* The page that sends the store or the state through the data port, receives
   programs and states, and shows the store as a short text to photograph. */
#pragma once

#include "emu/format/compact.h"
#include "ui/base/view.h"

struct save {
    unsigned row;             /* selected row of the page */
    struct program program;   /* program being sent */
    struct snapshot snapshot; /* snapshot of the state being sent */
    bool whole;               /* true if the text contains everything */
    bool is_state;
    uint32_t edit;              /* last edit included in the text being sent */
    char compact[COMPACT_SIZE]; /* the store when the page was opened */
};

void save_open(struct view *view);
void save_draw(struct view *view);
void save_event(struct view *view, const struct event *event);
/* Continues a transfer and reports its result.  Must be called once per turn.
 */
void save_turn(struct view *view, uint64_t now);
/* Loads the program or state that was received. */
void save_load(struct view *view);
void save_cancel(struct view *view);
