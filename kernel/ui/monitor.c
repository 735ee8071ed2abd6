/* SPDX-License-Identifier: MIT */
#include "monitor.h"
#include "looks.h"

/* They differ on a terminal as well, without our palette. */
const uint8_t monitor_level[MONITOR_LEVELS] = {0x08, 0x02, 0x07,
                                               0x0A, 0x0E, 0x0F};

/* What each of them is below, in 1/GLOW_ONE accesses a bar. */
static const uint32_t below[MONITOR_LEVELS] = {
    GLOW_ONE / 12,    GLOW_ONE / 8,     GLOW_ONE * 3 / 16,
    GLOW_ONE * 3 / 8, GLOW_ONE * 3 / 4, UINT32_MAX,
};

/* A and C are accessed once in a bar and shown on 32 lines alike. */
#define REGISTER_ATTRIBUTE 0x0A

/* From dot to dash by how much of the frame the digit was 1; and the same in
   two cells. */
static const uint8_t stages[] = {CHAR_DOT, CHAR_QUARTER, CHAR_HALF,
                                 CHAR_THREE_QUARTERS, CHAR_DASH};
static const uint8_t heads[] = {CHAR_DOT, CHAR_HALF, CHAR_WIDE, CHAR_WIDE,
                                CHAR_WIDE};
static const uint8_t tails[] = {' ', ' ', ' ', CHAR_WIDE_TAIL_SHORT,
                                CHAR_WIDE_TAIL};

/* Two lines in a row of 16: upper digit, lower digit; the same in two. */
static const uint8_t halves[2][2] = {
    {CHAR_DOT, CHAR_LOWER_HALF},
    {CHAR_UPPER_HALF, CHAR_BOTH_HALVES},
};
static const uint8_t half_heads[2][2] = {
    {CHAR_DOT, CHAR_WIDE_LOWER},
    {CHAR_WIDE_UPPER, CHAR_WIDE},
};
static const uint8_t half_tails[2][2] = {
    {' ', CHAR_WIDE_LOWER_TAIL},
    {CHAR_WIDE_UPPER_TAIL, CHAR_WIDE_TAIL},
};

/* One line as the tube shows it. */
struct trace {
    const uint8_t *share; /* of 32 digits */
    uint8_t attribute;
    unsigned rank; /* of its brightness */
};

static unsigned rank_of(uint32_t level)
{
    unsigned rank = 0;

    while (level >= below[rank])
        rank++;
    return rank;
}

static struct trace store_line(const struct desk *desk, unsigned line)
{
    unsigned rank = rank_of(desk->glow.level[line]);

    return (struct trace){desk->glow.share[line], monitor_level[rank], rank};
}

static struct trace register_line(const struct desk *desk,
                                  enum glow_register which)
{
    return (struct trace){desk->glow.register_share[which], REGISTER_ATTRIBUTE,
                          0};
}

/* C: CI and PI on alternate lines while instructions are performed, however
   slowly, CI alone when not; Sharp's simulator and the replica have CI on the
   even ones. */
static struct trace trace_of(const struct desk *desk, enum monitor monitor,
                             bool keep_pi, unsigned line)
{
    bool performing = desk_runs(desk) || desk->glow.active || keep_pi;

    switch (monitor) {
    case MONITOR_A:
        return register_line(desk, GLOW_A);
    case MONITOR_C:
        return register_line(desk, line % 2 && performing ? GLOW_PI : GLOW_CI);
    default:
        return store_line(desk, line);
    }
}

static bool at(const struct monitor_look *look, unsigned line, unsigned digit)
{
    return look->line == (int)line && look->digit == (int)digit;
}

static void draw_digit(struct cells *cells, const struct monitor_look *look,
                       unsigned row, unsigned digit, uint8_t narrow,
                       uint8_t head, uint8_t tail, uint8_t attribute)
{
    unsigned column = look->column + digit * look->width;

    cells_put(cells, row, column, look->width == 2 ? head : narrow, attribute);
    if (look->width == 2)
        cells_put(cells, row, column + 1, tail, attribute);
}

static void draw_line(struct cells *cells, const struct monitor_look *look,
                      unsigned line, struct trace trace)
{
    for (unsigned digit = 0; digit < DIGITS; digit++) {
        unsigned share = trace.share[digit];

        draw_digit(cells, look, look->row + line, digit, stages[share],
                   heads[share], tails[share],
                   at(look, line, digit) ? LOOK_CURSOR : trace.attribute);
    }
}

/* LINE and the one after it in one row, which is as bright as the brighter. */
static void draw_two_lines(struct cells *cells, const struct monitor_look *look,
                           unsigned line, struct trace upper,
                           struct trace lower)
{
    uint8_t attribute =
        upper.rank > lower.rank ? upper.attribute : lower.attribute;

    for (unsigned digit = 0; digit < DIGITS; digit++) {
        bool up = upper.share[digit] > 2, low = lower.share[digit] > 2;
        bool here = at(look, line, digit) || at(look, line + 1, digit);

        draw_digit(cells, look, look->row + line / 2, digit, halves[up][low],
                   half_heads[up][low], half_tails[up][low],
                   here ? LOOK_CURSOR : attribute);
    }
}

void monitor_draw(struct cells *cells, const struct desk *desk,
                  enum monitor monitor, const struct monitor_look *look)
{
    struct trace trace[LINES];

    for (unsigned line = 0; line < LINES; line++)
        trace[line] = trace_of(desk, monitor, look->keep_pi, line);
    for (unsigned line = 0; line < LINES; line += look->halves ? 2 : 1) {
        if (look->halves)
            draw_two_lines(cells, look, line, trace[line], trace[line + 1]);
        else
            draw_line(cells, look, line, trace[line]);
    }
}

void monitor_draw_register(struct cells *cells, const struct desk *desk,
                           enum glow_register which, unsigned row,
                           unsigned column, uint8_t attribute)
{
    for (unsigned digit = 0; digit < DIGITS; digit++)
        cells_put(cells, row, column + digit,
                  stages[desk->glow.register_share[which][digit]], attribute);
}

const char *monitor_name(enum monitor monitor)
{
    static const char *const names[MONITORS] = {
        [MONITOR_C] = "C, control",
        [MONITOR_A] = "A, the accumulator",
        [MONITOR_S] = "S, the store",
        [MONITOR_M] = "M, not there yet: S",
        [MONITOR_B] = "B, not there yet: S",
    };

    return names[monitor];
}
