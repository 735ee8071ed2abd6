/* SPDX-License-Identifier: MIT */
/* Writes measured values in three figures with an SI prefix, and counts. */
#pragma once

#include "strbuf.h"
#include <stdint.h>

enum si_unit {
    SI_PURE,       /* ratio, such as "0.34" or "12.3 k" */
    SI_PER_SECOND, /* rate, such as "694 /s" */
    SI_SECONDS,    /* time, such as "2.41 ms" or "17.0 us" */
};

/* Maximum number of characters that strbuf_add_si() appends for each unit. */
#define SI_PURE_WIDTH       6
#define SI_PER_SECOND_WIDTH 8
#define SI_SECONDS_WIDTH    7

/* Appends NUMBER * 1000^POWER in the given unit, rounded half up.  POWER must
   be from -3 to 0.  Only seconds have prefixes below 1; other units use decimal
   fractions such as 0.34.  Numbers that need no rounding, such as 7 /s or 5 ns,
   are written without decimal places. */
void strbuf_add_si(struct strbuf *text, uint64_t number, int power,
                   enum si_unit unit);

/* Appends COUNT, with all digits up to EXACT_MAX, and otherwise as SI_PURE. */
void strbuf_add_count(struct strbuf *text, uint64_t count, uint64_t exact_max);
