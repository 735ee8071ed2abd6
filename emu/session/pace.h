/* SPDX-License-Identifier: MIT */
/*
 * Speed control: the speeds on offer, and the number of prepulses due.  Times
 * are in microseconds of the caller's clock.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct speed {
    const char *name;   /* as in `speed=NAME` */
    const char *label;  /* as on the screen */
    uint32_t period_ns; /* from one prepulse to the next; 0: no waiting */
    uint32_t bar_us;    /* machine time of one bar */
};

enum { SPEED_1, SPEED_2, SPEED_7, SPEED_REAL, SPEED_MAX = 8, SPEEDS };

extern const struct speed speeds[SPEEDS];

/* The index of the speed called NAME (LENGTH characters), or -1. */
int speed_find(const char *name, size_t length);

struct pace {
    unsigned speed;     /* index into speeds[] */
    uint64_t last;      /* time of the last update */
    uint64_t credit_ns; /* time not yet used */
    uint32_t call;      /* maximum prepulses in one call */
    uint32_t asked;     /* prepulses requested of the last call */
    const void *path;   /* executor for which `call` was measured */
    uint32_t watch;     /* maximum bars logged for the tube in one call */
    bool watch_known;   /* `watch` was measured since the last load */
    bool watching;      /* the last call measures `watch` */
};

void pace_start(struct pace *pace, unsigned speed, uint64_t now);

/* Changes the speed, and drops prepulses due at the old one. */
void pace_set(struct pace *pace, unsigned speed);

/* Returns the prepulses due at NOW in one call.  A delay is made up to at most
   100 ms. */
uint32_t pace_due(struct pace *pace, uint64_t now);

/* Whether more are due at NOW than one call may run. */
bool pace_is_behind(struct pace *pace, uint64_t now);

/* COUNT of the prepulses due have run. */
void pace_used(struct pace *pace, uint32_t count);

/* Drops the time up to NOW: the machine is at rest. */
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
 * own work (translator_limit_work()).
 */
#define PACE_SLICE_US 5000u
#define PACE_CALL_US  1000u
#define PACE_CALLS    64u /* maximum in a slice, should the clock stand still */
#define PACE_CALL_MIN 16u

/* The next call uses PATH; NULL: a new one. */
void pace_along(struct pace *pace, const void *path);

/* The last call took TOOK microseconds. */
void pace_learn(struct pace *pace, uint64_t took);

/* The size of the next call after one of SIZE prepulses took TOOK
   microseconds. */
uint32_t pace_resize(uint32_t size, uint64_t took);
