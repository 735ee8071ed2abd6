/* SPDX-License-Identifier: MIT */
#include "qr.h"
#include <limits.h>
#include <string.h>

bool qr_is_dark(const struct qr *qr, unsigned x, unsigned y)
{
    return qr->dark[y][x / 8] >> x % 8 & 1;
}

static void set(struct qr *qr, unsigned x, unsigned y, bool dark)
{
    uint8_t bit = (uint8_t)(1u << x % 8);

    qr->dark[y][x / 8] =
        (uint8_t)((qr->dark[y][x / 8] & ~bit) | (dark ? bit : 0));
}

/* ---------------------------------------------------- function patterns --- */

static unsigned distance(unsigned a, unsigned b)
{
    return a > b ? a - b : b - a;
}

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

/* Alignment patterns in a row or column; 0 in version 1. */
static unsigned alignments(const struct qr *qr)
{
    return qr->codewords.version == 1 ? 0 : qr->codewords.version / 7 + 2;
}

/* Returns the centre of alignment pattern I (ISO/IEC 18004:2015, annex E): the
   first is at 6, the others are spaced evenly up to the seventh module from
   the far side. */
static unsigned alignment(const struct qr *qr, unsigned i)
{
    unsigned version = qr->codewords.version, gaps = version / 7 + 1;
    unsigned step = (version * 8 + gaps * 3 + 8) / (gaps * 4) * 2;

    return i == 0 ? 6 : qr->size - 7 - (gaps - i) * step;
}

/* Returns the distance to the centre of the nearest alignment pattern, at most
   3.  There is none in the three corners with finder patterns. */
static unsigned from_alignment(const struct qr *qr, unsigned x, unsigned y)
{
    unsigned count = alignments(qr);

    for (unsigned i = 0; i < count; i++)
        for (unsigned j = 0; j < count; j++) {
            bool corner = (i == 0 && j == 0) || (i == 0 && j == count - 1) ||
                          (i == count - 1 && j == 0);
            unsigned away = larger(distance(x, alignment(qr, i)),
                                   distance(y, alignment(qr, j)));

            if (!corner && away <= 2)
                return away;
        }
    return 3;
}

/* Returns the distance to the centre of the finder pattern in this corner, or
   5 or more in the fourth corner and outside. */
static unsigned from_finder(const struct qr *qr, unsigned x, unsigned y)
{
    unsigned last = qr->size - 4;
    unsigned centre_x = x < qr->size / 2 ? 3 : last;
    unsigned centre_y = y < qr->size / 2 ? 3 : last;

    if (centre_x == last && centre_y == last)
        return 5;
    return larger(distance(x, centre_x), distance(y, centre_y));
}

static bool is_format(const struct qr *qr, unsigned x, unsigned y)
{
    unsigned far = qr->size - 8;

    return (y == 8 && (x <= 8 || x >= far)) || (x == 8 && (y <= 8 || y >= far));
}

static bool is_version(const struct qr *qr, unsigned x, unsigned y)
{
    unsigned first = qr->size - 11;

    return qr->codewords.version >= 7 &&
           ((x < 6 && y >= first && y < first + 3) ||
            (y < 6 && x >= first && x < first + 3));
}

/* Returns whether the module holds no codeword. */
static bool is_function(const struct qr *qr, unsigned x, unsigned y)
{
    return from_finder(qr, x, y) <= 4 || x == 6 || y == 6 ||
           from_alignment(qr, x, y) <= 2 || is_format(qr, x, y) ||
           is_version(qr, x, y);
}

/* Draws finder patterns with separators, alignment and timing patterns. */
static void draw_patterns(struct qr *qr)
{
    for (unsigned y = 0; y < qr->size; y++)
        for (unsigned x = 0; x < qr->size; x++) {
            unsigned finder = from_finder(qr, x, y);
            unsigned aligned = from_alignment(qr, x, y);

            if (finder <= 4)
                set(qr, x, y, finder != 2 && finder != 4);
            else if (aligned <= 2)
                set(qr, x, y, aligned != 1);
            else if (x == 6 || y == 6)
                set(qr, x, y, (x + y) % 2 == 0);
        }
}

/* ------------------------------------- format and version information --- */

/* Appends the remainder by GENERATOR, which has DEGREE, to VALUE. */
static uint32_t bch(uint32_t value, uint32_t generator, unsigned degree)
{
    uint32_t rest = value << degree;

    for (unsigned bit = 31; bit >= degree; bit--)
        if (rest >> bit & 1)
            rest ^= generator << (bit - degree);
    return value << degree | rest;
}

/* Draws the two copies of the level and the mask (7.9 of the standard). */
static void draw_format(struct qr *qr, unsigned mask)
{
    unsigned level = qr->codewords.level == QR_LEVEL_L ? 1 : 0;
    uint32_t bits = bch(level << 3 | mask, 0x537, 10) ^ 0x5412;
    unsigned last = qr->size - 1;

    for (unsigned i = 0; i < 15; i++) {
        bool dark = bits >> i & 1;
        /* The copy at the upper left passes over the timing patterns. */
        unsigned near = i < 6 ? i : i < 8 ? i + 1 : i == 8 ? 7 : 14 - i;

        if (i < 8) {
            set(qr, 8, near, dark);
            set(qr, last - i, 8, dark);
        } else {
            set(qr, near, 8, dark);
            set(qr, 8, last - 14 + i, dark);
        }
    }
    set(qr, 8, last - 7, true);
}

/* Draws the two copies of the version (7.10 of the standard). */
static void draw_version(struct qr *qr)
{
    uint32_t bits = bch(qr->codewords.version, 0x1F25, 12);

    if (qr->codewords.version < 7)
        return;
    for (unsigned i = 0; i < 18; i++) {
        unsigned along = i / 3, across = qr->size - 11 + i % 3;

        set(qr, along, across, bits >> i & 1);
        set(qr, across, along, bits >> i & 1);
    }
}

/* ---------------------------------------------------------- data, masks --- */

static bool is_masked(unsigned mask, unsigned x, unsigned y)
{
    switch (mask) {
    case 0:
        return (x + y) % 2 == 0;
    case 1:
        return y % 2 == 0;
    case 2:
        return x % 3 == 0;
    case 3:
        return (x + y) % 3 == 0;
    case 4:
        return (x / 3 + y / 2) % 2 == 0;
    case 5:
        return x * y % 2 + x * y % 3 == 0;
    case 6:
        return (x * y % 2 + x * y % 3) % 2 == 0;
    default:
        return ((x + y) % 2 + x * y % 3) % 2 == 0;
    }
}

/* Draws the codewords in columns two modules wide, upwards and downwards in
   turn, from the right to the left; column 6 has a timing pattern. */
static void draw_codewords(struct qr *qr, unsigned mask)
{
    unsigned bit = 0, count = qr->codewords.count * 8;

    for (unsigned right = qr->size - 1; right < qr->size; right -= 2) {
        bool up;

        right -= right == 6;
        up = ((right + 1) & 2) == 0;
        for (unsigned i = 0; i < 2 * qr->size; i++) {
            unsigned x = right - i % 2;
            unsigned y = up ? qr->size - 1 - i / 2 : i / 2;
            bool dark = false; /* of a remainder bit */

            if (is_function(qr, x, y))
                continue;
            if (bit < count)
                dark =
                    codewords_get(&qr->codewords, bit / 8) >> (7 - bit % 8) & 1;
            bit++;
            set(qr, x, y, dark != is_masked(mask, x, y));
        }
    }
}

/* -------------------------------------------------------------- penalty --- */

/* Reads along a row, or along a column if ACROSS is set. */
static bool module_at(const struct qr *qr, bool across, unsigned line,
                      unsigned i)
{
    return across ? qr_is_dark(qr, line, i) : qr_is_dark(qr, i, line);
}

/* Penalties for long runs of one colour, and for patterns like a finder. */
static unsigned line_penalty(const struct qr *qr, bool across, unsigned line)
{
    unsigned penalty = 0, run = 0;
    unsigned last = 0; /* the last 11 modules */

    for (unsigned i = 0; i < qr->size; i++) {
        bool dark = module_at(qr, across, line, i);

        run = i > 0 && (last & 1) == dark ? run + 1 : 1;
        penalty += run == 5 ? 3 : run > 5;
        last = (last << 1 | dark) & 0x7FF;
        if (i >= 10 && (last == 0x05D || last == 0x5D0))
            penalty += 40;
    }
    return penalty;
}

/* The penalty for 2x2 squares of one colour. */
static unsigned square_penalty(const struct qr *qr)
{
    unsigned penalty = 0;

    for (unsigned y = 1; y < qr->size; y++)
        for (unsigned x = 1; x < qr->size; x++) {
            bool dark = qr_is_dark(qr, x, y);

            if (qr_is_dark(qr, x - 1, y) == dark &&
                qr_is_dark(qr, x, y - 1) == dark &&
                qr_is_dark(qr, x - 1, y - 1) == dark)
                penalty += 3;
        }
    return penalty;
}

/* The penalty for an unequal number of dark and light modules. */
static unsigned balance_penalty(const struct qr *qr)
{
    unsigned dark = 0, all = qr->size * qr->size;

    for (unsigned y = 0; y < qr->size; y++)
        for (unsigned x = 0; x < qr->size; x++)
            dark += qr_is_dark(qr, x, y);
    if (all == 0)
        return 0; /* no code */
    return distance(2 * dark, all) * 10 / all * 10;
}

static unsigned penalty_of(const struct qr *qr)
{
    unsigned penalty = square_penalty(qr) + balance_penalty(qr);

    for (unsigned i = 0; i < qr->size; i++)
        penalty += line_penalty(qr, false, i) + line_penalty(qr, true, i);
    return penalty;
}

static void draw(struct qr *qr, unsigned mask)
{
    draw_codewords(qr, mask);
    draw_format(qr, mask);
}

bool qr_start(struct qr *qr, const char *text, size_t length,
              unsigned version_max)
{
    memset(qr, 0, sizeof *qr);
    if (!codewords_encode(&qr->codewords, text, length, version_max))
        return false;
    qr->size = 17 + 4 * qr->codewords.version;
    qr->penalty = UINT_MAX;
    draw_patterns(qr);
    draw_version(qr);
    return true;
}

bool qr_step(struct qr *qr)
{
    if (qr->size == 0 || qr->done)
        return false;
    if (qr->mask == QR_MASKS) {
        draw(qr, qr->best);
        qr->done = true;
        return true;
    }
    draw(qr, qr->mask);
    unsigned penalty = penalty_of(qr);

    if (penalty < qr->penalty) {
        qr->penalty = penalty;
        qr->best = qr->mask;
    }
    qr->mask++;
    return true;
}
