/* SPDX-License-Identifier: MIT */
/* The list of programs, with the head comments of the selected program. */
#pragma once

#include "ui/base/view.h"

#define PROGRAMS_SHOWN 12 /* maximum number of rows in the list */

struct programs {
    unsigned chosen;            /* library index of the selected program */
    const struct command *then; /* what to do with it, such as load it */
    enum page_id back;          /* page to return to if nothing is chosen */
    /* Titles on the screen, cached so that drawing does not read files. */
    struct {
        bool known;
        unsigned index; /* library index of the program */
        struct library_info info;
    } row[PROGRAMS_SHOWN];
    bool more; /* true while some titles have not been read */
};

void programs_open(struct view *view);
/* Opens the list to choose a program for the command THEN, or to go BACK. */
void programs_open_for(struct view *view, const struct command *then,
                       enum page_id back);
void programs_draw(struct view *view);
void programs_event(struct view *view, const struct event *event);
/* Reads the next titles.  Must be called once per turn of the main loop. */
void programs_turn(struct view *view);
