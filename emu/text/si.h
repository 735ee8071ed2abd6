/* SPDX-License-Identifier: MIT */
/*
 * Writes measured values in three figures with an SI prefix: 867 M/s, 1.54 G/s,
 * 2.41 ms.  The width of the text is bounded for any value.
 */
#pragma once

#include "strbuf.h"
#include <stdint.h>

enum si_unit {
    SI_PURE,       /* a ratio: "0.34", "12.3 k" */
    SI_PER_SECOND, /* "694 /s" */
    SI_SECONDS,    /* "2.41 ms"; microseconds are "us" */
};

/* The maximum number of characters that strbuf_add_si() adds. */
#define SI_PURE_WIDTH       6
#define SI_PER_SECOND_WIDTH 8
#define SI_SECONDS_WIDTH    7

/*
 * Adds NUMBER * 1000^POWER of UNIT, where POWER is -3 to 0, rounded half up.
 * Only seconds have prefixes below 1; other units below 1 are written as 0.34.
 * A NUMBER below 1000 that keeps the prefix of POWER is exact and is written
 * without decimal places: 7 /s, 5 ns.
 */
void strbuf_add_si(struct strbuf *text, uint64_t number, int power,
                   enum si_unit unit);
