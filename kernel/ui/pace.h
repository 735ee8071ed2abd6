/* SPDX-License-Identifier: MIT */
/*
 * How fast the machine goes: the speeds on offer, and how many prepulses are
 * due.  Times are microseconds of whatever clock the caller reads.
 */
#ifndef UI_PACE_H
#define UI_PACE_H

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
    uint32_t slice;     /* most prepulses a turn may take, 5 ms' worth */
    uint32_t used;      /* given in this turn */
};

void pace_start(struct pace *pace, unsigned speed, uint64_t now);

/* Changes the speed; what was due at the old one is dropped. */
void pace_set(struct pace *pace, unsigned speed);

/*
 * Lets the time up to NOW in and returns how many prepulses are due.  At
 * most 100 ms are ever made up.
 */
uint32_t pace_due(struct pace *pace, uint64_t now);

/* COUNT prepulses of those due were given. */
void pace_used(struct pace *pace, uint32_t count);

/* Time passes that is not to be made up: the machine stands still. */
void pace_idle(struct pace *pace, uint64_t now);

/* Microseconds from the last NOW until the next prepulse is due. */
uint32_t pace_wait(const struct pace *pace);

/* The machine may be slower from now on: short turns to begin with. */
void pace_relearn(struct pace *pace);

/* TOOK microseconds went by in the turn that gave those prepulses. */
void pace_learn(struct pace *pace, uint64_t took);

#endif
