/* SPDX-License-Identifier: MIT */
/* Save and receive: the store or the whole state out by the port for data, a
   program or a state in, and the store as a short text for a photograph. */
#pragma once

#include "emu/format/compact.h"
#include "ui/base/view.h"

struct save {
    unsigned row;             /* selected */
    struct program program;   /* being sent */
    struct snapshot snapshot; /* of the state being sent */
    bool whole;               /* the text being sent contains everything */
    bool is_state;
    uint32_t edit;              /* the last edit that the text contains */
    char compact[COMPACT_SIZE]; /* the store when the page was opened */
};

void save_open(struct view *view);
void save_draw(struct view *view);
void save_event(struct view *view, const struct event *event);
/* Continues a transfer, and reports its end; due in each turn. */
void save_turn(struct view *view, uint64_t now);
/* Loads the program or state received. */
void save_load(struct view *view);
/* Cancels a transfer. */
void save_cancel(struct view *view);
