/* SPDX-License-Identifier: MIT */
/*
 * The demonstration: all programs in turn, each with a caption, on a machine
 * of its own, so that nothing of the operator's is touched.
 */
#ifndef UI_DEMO_H
#define UI_DEMO_H

#include "desk.h"
#include "library.h"

struct demo {
    struct desk desk;
    struct program program; /* what is shown; its head is the caption */
    struct moment moment;   /* where that is a state */
    unsigned shown, next;   /* of the library's programs */
    uint64_t end;           /* of this program's time */
    bool ending;            /* it has stopped, and is shown a while longer */
};

/* Begins with the first program of LIBRARY. */
void demo_start(struct demo *demo, const struct library *library, uint64_t now);

/* Runs what is due, and goes on to the next program when it is time. */
void demo_turn(struct demo *demo, const struct library *library, uint64_t now,
               bool last_of_frame);

#endif
