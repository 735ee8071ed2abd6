/* SPDX-License-Identifier: MIT */
/*
 * The demonstration: all programs in turn, each with a caption, on a machine
 * of its own, so that nothing of the operator's is touched.
 */
#ifndef SERVICES_DEMO_H
#define SERVICES_DEMO_H

#include "emu/session/session.h"
#include "library.h"

struct demo {
    struct session session;
    struct library_reader reading; /* the next program */
    struct library_card card;      /* of the one shown; all zero: none yet */
    unsigned next;                 /* of the library's programs */
    unsigned tries;  /* programs that could not be read since one could */
    uint64_t end;    /* of this program's time */
    bool over; /* it has stopped, and is shown a while longer */
};

/* Begins with the first program of LIBRARY. */
void demo_start(struct demo *demo, const struct library *library, uint64_t now);

/* Runs what is due, reads on, and goes on to the next program of LIBRARY when
   it is time. */
void demo_turn(struct demo *demo, const struct library *library, uint64_t now,
               bool last_of_frame);

#endif
