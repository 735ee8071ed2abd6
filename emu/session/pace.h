/* SPDX-License-Identifier: MIT */
/*
 * How fast the machine goes: the speeds on offer, and how many prepulses are
 * due.  Times are microseconds of whatever clock the caller reads.
 */
#ifndef EMU_SESSION_PACE_H
#define EMU_SESSION_PACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct speed {
    const char *name;   /* as in `speed=NAME` */
    const char *label;  /* as on the screen */
    uint32_t period_ns; /* from one prepulse to the next; 0: no waiting */
    uint32_t bar_us;    /* machine time that a bar counts as */
};

enum { SPEED_1, SPEED_2, SPEED_7, SPEED_REAL, SPEED_MAX = 8, SPEEDS };

extern const struct speed speeds[SPEEDS];

/* The index of the speed called NAME (LENGTH characters), or -1. */
int speed_find(const char *name, size_t length);

struct pace {
    unsigned speed;     /* index into speeds[] */
    uint64_t last;      /* when time was last let in */
    uint64_t credit_ns; /* time let in and not yet used up */
    uint32_t call;      /* most prepulses in one call of the machine */
    uint32_t asked;     /* how many the last call was to give */
    const void *path;   /* what obeys, and `call` was learned of */
    uint32_t watch;     /* most bars that are logged for the tube at once */
    bool watch_known;   /* .. was measured since the last load */
    bool watching;      /* .. is being measured by the last call */
};

void pace_start(struct pace *pace, unsigned speed, uint64_t now);

/* Changes the speed; what was due at the old one is dropped. */
void pace_set(struct pace *pace, unsigned speed);

/*
 * Lets the time up to NOW in and returns how many prepulses are due in one
 * call.  At most 100 ms are ever made up.
 */
uint32_t pace_due(struct pace *pace, uint64_t now);

/* Whether more are due at NOW than one call may give. */
bool pace_is_behind(struct pace *pace, uint64_t now);

/* COUNT prepulses of those due were given. */
void pace_used(struct pace *pace, uint32_t count);

/* Time passes that is not to be made up: the machine stands still. */
void pace_idle(struct pace *pace, uint64_t now);

/* Microseconds from the last NOW until the next prepulse is due. */
uint32_t pace_wait(const struct pace *pace);

/*
 * A slice runs the machine for 5 ms, in calls of at most 1 ms.  The caller
 * reads the clock between two calls, so a slice may last one call longer.
 *
 * The size of a call, in prepulses, is learned separately for each PATH (an
 * engine, the reference, an engine with a profile), as one path may be far
 * slower than another; each starts with PACE_CALL_MIN.  On one path the work
 * per prepulse varies little.  The translator is the exception and limits its
 * own work (translator_weigh()).
 */
#define PACE_SLICE_US 5000u
#define PACE_CALL_US  1000u
#define PACE_CALLS    64u /* most in a slice, should the clock stand still */
#define PACE_CALL_MIN 16u

/* The next call goes along PATH; NULL: along another than before. */
void pace_along(struct pace *pace, const void *path);

/* TOOK microseconds went by in the last call. */
void pace_learn(struct pace *pace, uint64_t took);

/* The size of the next call after one of SIZE prepulses took TOOK
   microseconds. */
uint32_t pace_resize(uint32_t size, uint64_t took);

#endif
