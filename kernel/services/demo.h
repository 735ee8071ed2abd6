/* SPDX-License-Identifier: MIT */
/*
 * The demonstration: shows all programs in turn, each with a caption.  Uses a
 * session of its own and leaves the operator's alone.
 */
#pragma once

#include "emu/session/session.h"
#include "library.h"

struct demo {
    struct session session;
    struct library_reader reading; /* the next program */
    struct library_info info; /* of the current program; all zero: none yet */
    unsigned next;            /* index in the library */
    unsigned tries;           /* unreadable programs in a row */
    uint64_t end;             /* time to switch to the next program */
    bool stopped;             /* the program has stopped; END may be earlier */
};

/* Starts with the first program of LIBRARY. */
void demo_start(struct demo *demo, const struct library *library, uint64_t now);

/* Runs the program, and reads and starts the next one of LIBRARY when it is
   time. */
void demo_turn(struct demo *demo, const struct library *library, uint64_t now,
               bool last_of_frame);
