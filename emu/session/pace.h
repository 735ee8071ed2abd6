/* SPDX-License-Identifier: MIT */
/*
 * Speed control: determines how many prepulses are due at each speed.  Times
 * are in microseconds of the caller's clock.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct speed {
    const char *name;   /* value of the speed= option */
    const char *label;  /* name shown on the screen */
    uint32_t period_ns; /* time between prepulses, or 0 for full speed */
    uint32_t bar_us;    /* machine time of one bar, in microseconds */
};

enum { SPEED_1, SPEED_2, SPEED_7, SPEED_REAL, SPEED_MAX = 8, SPEEDS };

extern const struct speed speeds[SPEEDS];

/* Returns the index of the speed with the given name, or -1 if not found. */
int speed_find(const char *name, size_t length);

struct pace {
    unsigned speed;     /* index into speeds[] */
    uint64_t last;      /* time of the last update */
    uint64_t credit_ns; /* unused time, in nanoseconds */
    uint32_t call;      /* maximum number of prepulses per call */
    uint32_t call_us;   /* maximum duration of a call, at least PACE_CALL_US */
    uint32_t asked;     /* number of prepulses requested by the last call */
    const void *path;   /* executor for which `call` was measured */
    uint32_t watch;     /* maximum number of bars logged per call */
    bool watch_known;   /* true if `watch` was measured since the last load */
    bool watching;      /* true if the last call was made to measure `watch` */
};

void pace_start(struct pace *pace, unsigned speed, uint64_t now);

/* Changes the speed and discards prepulses due at the old speed. */
void pace_set(struct pace *pace, unsigned speed);

/* Returns the number of prepulses due at NOW, up to the maximum per call.
   Delays beyond 500 ms are not made up. */
uint32_t pace_due(struct pace *pace, uint64_t now);

/* Returns true if more prepulses are due at NOW than one call may run. */
bool pace_is_behind(struct pace *pace, uint64_t now);

/* Records that COUNT of the prepulses due have been run. */
void pace_used(struct pace *pace, uint32_t count);

/* Discards the time up to NOW.  Used while the machine is at rest. */
void pace_idle(struct pace *pace, uint64_t now);

/* Returns the time until the next prepulse is due, in microseconds. */
uint32_t pace_wait(const struct pace *pace);

/*
 * A slice runs the machine for 5 ms, in calls of at most 1 ms.  The caller
 * reads the clock between calls, so a slice may overrun by one call.  On a slow
 * PC, the overhead of a call takes up to a millisecond, so pace_adapt() allows
 * longer calls and slices.
 *
 * The number of prepulses per call is measured separately for each executor (an
 * engine, the reference, or an engine with profiling), as their speeds differ
 * widely.  The time per prepulse varies little, except in the translator, which
 * limits its own work (see translator_limit_work()).
 */
#define PACE_SLICE_US 5000u
#define PACE_CALL_US  1000u
#define PACE_CALL_MAX 20000u /* maximum duration of a call in microseconds */
#define PACE_CALLS    64u /* maximum calls per slice, in case the clock stops */
#define PACE_CALL_MIN 16u /* initial and minimum call size in prepulses */

/* Adapts calls to a PC that takes TURN microseconds to compose a page.  As this
   is much the same work on every PC, it shows how fast the processor is. */
void pace_adapt(struct pace *pace, uint64_t turn);

/* Returns the duration of a slice in microseconds. */
uint32_t pace_slice(const struct pace *pace);

/* Sets the executor of the next call, or NULL to start measuring again. */
void pace_along(struct pace *pace, const void *path);

/* Adjusts the call size.  TOOK is the last call's duration in microseconds. */
void pace_learn(struct pace *pace, uint64_t took);

/* Returns the next call size, given that a call of SIZE prepulses took TOOK
   microseconds. */
uint32_t pace_resize(const struct pace *pace, uint32_t size, uint64_t took);
