/* SPDX-License-Identifier: MIT */
/*
 * Measured values in three figures with a prefix of the SI: 867 M/s, 1.54 G/s,
 * 2.41 ms.  However large the value, its text has a bounded width.
 */
#ifndef EMU_TEXT_SI_H
#define EMU_TEXT_SI_H

#include "strbuf.h"
#include <stdint.h>

enum si_unit {
    SI_PURE,       /* a ratio: "0.34", "12.3 k" */
    SI_PER_SECOND, /* "694 /s" */
    SI_SECONDS,    /* "2.41 ms"; "us" is microseconds, as ASCII has it */
};

/* Characters that strbuf_add_si() adds at most. */
#define SI_PURE_WIDTH       6
#define SI_PER_SECOND_WIDTH 8
#define SI_SECONDS_WIDTH    7

/*
 * Adds NUMBER * 1000^POWER of UNIT, where POWER is -3 to 0, rounded half up.
 * Only seconds have prefixes below 1; less than 1 of another unit is written
 * as 0.34.  A NUMBER below 1000 that keeps the prefix of POWER is exact and
 * is written without places: 7 /s, 5 ns.
 */
void strbuf_add_si(struct strbuf *text, uint64_t number, int power,
                   enum si_unit unit);

#endif
