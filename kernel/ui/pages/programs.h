/* SPDX-License-Identifier: MIT */
/* The list of programs, with the head comments of the selected one. */
#pragma once

#include "ui/base/view.h"

#define PROGRAMS_SHOWN 12 /* maximum in the list */

struct programs {
    unsigned chosen; /* index in the library */
    /* Titles on the screen, so that drawing reads no file. */
    struct {
        bool known;
        unsigned index; /* in the library */
        struct library_info info;
    } row[PROGRAMS_SHOWN];
    bool more; /* a title has not been read yet */
};

void programs_open(struct view *view);
void programs_draw(struct view *view);
void programs_event(struct view *view, const struct event *event);
/* Reads the next title; due in each turn. */
void programs_turn(struct view *view);
