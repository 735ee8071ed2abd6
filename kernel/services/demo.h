/* SPDX-License-Identifier: MIT */
/* The demonstration shows all programs in turn, in a session of its own. */
#pragma once

#include "emu/session/session.h"
#include "library.h"

struct demo {
    struct session session;
    union engine_state engine_state;
    struct library_reader reading; /* reader of the next program */
    struct library_info info;      /* title and author of the current program */
    unsigned next;  /* index of the next program in the library */
    unsigned tries; /* number of unreadable programs in a row */
    uint64_t end;   /* time at which to show the next program */
    bool stopped;   /* true once the program has stopped */
};

/* Starts the demonstration with the first program of the library. */
void demo_start(struct demo *demo, const struct library *library, uint64_t now);

/* Runs the current program and switches to the next one when its time is up. */
void demo_turn(struct demo *demo, const struct library *library, uint64_t now,
               bool last_of_frame);
