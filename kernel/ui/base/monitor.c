/* SPDX-License-Identifier: MIT */
#include "monitor.h"
#include "console/attributes.h"

/* Colours that remain distinguishable with any terminal palette */
const uint8_t monitor_level[MONITOR_LEVELS] = {0x08, 0x02, 0x07,
                                               0x0A, 0x0E, 0x0F};

/* Upper limit of each brightness level, in 1/PHOSPHOR_ONE accesses per bar */
static const uint32_t level_end[MONITOR_LEVELS] = {
    PHOSPHOR_ONE / 12,    PHOSPHOR_ONE / 8,     PHOSPHOR_ONE * 3 / 16,
    PHOSPHOR_ONE * 3 / 8, PHOSPHOR_ONE * 3 / 4, UINT32_MAX,
};

/* A and C are accessed once per bar and look the same on all 32 lines. */
#define REGISTER_ATTRIBUTE 0x0A
#define REGISTER_LIGHT     50
#define REGISTER_DIM       30 /* brightness of a value no longer valid */

/* Maximum brightness, from the two action beats per bar and the refresh scan */
#define LEVEL_MAX (PHOSPHOR_ONE * 33 / 16)

/* Characters indexed by the quarters of the frame for which the digit was 1.
   Wide digits consist of a head and a tail. */
static const uint8_t stages[] = {CHAR_DOT, CHAR_QUARTER, CHAR_HALF,
                                 CHAR_THREE_QUARTERS, CHAR_DASH};
static const uint8_t heads[] = {CHAR_DOT, CHAR_HALF, CHAR_WIDE, CHAR_WIDE,
                                CHAR_WIDE};
static const uint8_t tails[] = {' ', ' ', ' ', CHAR_WIDE_TAIL_SHORT,
                                CHAR_WIDE_TAIL};

/* Characters for two lines that share a row, indexed by the upper and the lower
   digit.  Wide digits consist of a head and a tail. */
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

struct trace {
    const uint8_t *share; /* share of the frame during which each digit was 1 */
    uint8_t attribute;
    unsigned rank; /* index of the brightness level */
    uint8_t light;
    bool coarse; /* true for few steps of brightness */
};

/* Brightness between two steps of a coarse trace, of LIGHT_MAX */
#define COARSE_LIGHT 12

static unsigned rank_of(uint32_t level)
{
    unsigned rank = 0;

    while (level >= level_end[rank])
        rank++;
    return rank;
}

/* Lightness varies as the cube root of luminance (CIE 1976 L*). */
static uint8_t light_of(uint32_t level)
{
    uint32_t light = 1;

    while (light < LIGHT_MAX &&
           (light + 1) * (light + 1) * (light + 1) * LEVEL_MAX <=
               level * (LIGHT_MAX * LIGHT_MAX * LIGHT_MAX))
        light++;
    return (uint8_t)light;
}

static struct trace store_line(const struct session *session, unsigned line)
{
    unsigned rank = rank_of(session->phosphor.level[line]);

    return (struct trace){
        .share = session->phosphor.share[line],
        .attribute = monitor_level[rank],
        .rank = rank,
        .light = light_of(session->phosphor.level[line]),
    };
}

static struct trace register_line(const struct session *session,
                                  enum phosphor_register which)
{
    return (struct trace){
        .share = session->phosphor.register_share[which],
        .attribute = REGISTER_ATTRIBUTE,
        .light = REGISTER_LIGHT,
    };
}

/* While the machine runs, even slowly, C shows CI on even lines and PI on
   odd lines, as on the replica and in Sharp's simulator.  At rest it shows
   only CI. */
static enum phosphor_register control_on(const struct session *session,
                                         bool keep_pi, unsigned line)
{
    bool performing =
        session_runs(session) || session->phosphor.active || keep_pi;

    return line % 2 && performing ? PHOSPHOR_PI : PHOSPHOR_CI;
}

static struct trace trace_of(const struct session *session,
                             enum monitor monitor,
                             const struct monitor_look *look, unsigned line)
{
    struct trace trace;

    if (monitor == MONITOR_A)
        trace = register_line(session, PHOSPHOR_A);
    else if (monitor == MONITOR_C)
        trace =
            register_line(session, control_on(session, look->keep_pi, line));
    else
        trace = store_line(session, line);
    trace.coarse = look->coarse;
    return trace;
}

static bool at(const struct monitor_look *look, unsigned line, unsigned digit)
{
    return look->line == (int)line && look->digit == (int)digit;
}

struct digit_look {
    uint8_t narrow, head, tail;
    uint8_t attribute;
    struct beam beam;
};

static void draw_cell(struct cells *cells, unsigned row, unsigned column,
                      uint8_t character, const struct digit_look *digit,
                      enum beam_part part)
{
    struct beam beam = digit->beam;

    beam.part = (uint8_t)part;
    /* The cursor is not drawn by the beam. */
    if (digit->attribute == ATTR_CURSOR)
        beam = (struct beam){0};
    cells_put_beam(cells, row, column, character, digit->attribute, beam);
}

static void draw_digit(struct cells *cells, const struct monitor_look *look,
                       unsigned row, unsigned digit,
                       const struct digit_look *how)
{
    unsigned column = look->column + digit * look->width;

    if (look->width == 1) {
        draw_cell(cells, row, column, how->narrow, how, BEAM_WHOLE);
        return;
    }
    draw_cell(cells, row, column, how->head, how, BEAM_LEFT);
    draw_cell(cells, row, column + 1, how->tail, how, BEAM_RIGHT);
}

/* Returns the spot of a digit that was a 1 for SHARE quarters of the frame.  A
   coarse trace has few steps, so that few cells change from frame to frame. */
static struct spot spot_of(const struct trace *trace, unsigned share)
{
    unsigned light = trace->light;

    if (trace->coarse) {
        light = light < COARSE_LIGHT ? COARSE_LIGHT
                                     : light / COARSE_LIGHT * COARSE_LIGHT;
        share = share > 2 ? 4 : 0;
    }
    return (struct spot){(uint8_t)light, (uint8_t)share};
}

/* Draws a row of digits by the SHARE of the frame for which each was 1. */
static void draw_digits(struct cells *cells, unsigned row, unsigned column,
                        const struct trace *trace)
{
    struct cell_look looks[sizeof stages];

    for (unsigned i = 0; i < sizeof stages; i++)
        looks[i] = (struct cell_look){stages[i], trace->attribute,
                                      .beam.spot[0] = spot_of(trace, i)};
    cells_put_each(cells, row, column, DIGITS, trace->share, looks);
}

/* Draws a row of digits in two columns each, a head and a tail. */
static void draw_wide_digits(struct cells *cells, unsigned row, unsigned column,
                             const struct trace *trace)
{
    struct cell_look looks[2 * sizeof stages];
    uint8_t which[2 * DIGITS];

    for (unsigned i = 0; i < sizeof stages; i++) {
        looks[2 * i] = (struct cell_look){
            heads[i],
            trace->attribute,
            {.spot[0] = spot_of(trace, i), .part = BEAM_LEFT},
        };
        looks[2 * i + 1] = (struct cell_look){
            tails[i],
            trace->attribute,
            {.spot[0] = spot_of(trace, i), .part = BEAM_RIGHT},
        };
    }
    for (unsigned digit = 0; digit < DIGITS; digit++) {
        which[2 * digit] = (uint8_t)(2 * trace->share[digit]);
        which[2 * digit + 1] = (uint8_t)(2 * trace->share[digit] + 1);
    }
    cells_put_each(cells, row, column, sizeof which, which, looks);
}

static void draw_row(struct cells *cells, unsigned row, unsigned column,
                     unsigned width, const struct trace *trace)
{
    if (width == 1)
        draw_digits(cells, row, column, trace);
    else
        draw_wide_digits(cells, row, column, trace);
}

/* The cursor is not drawn by the beam. */
static void draw_line(struct cells *cells, const struct monitor_look *look,
                      unsigned line, struct trace trace)
{
    unsigned row = look->row + line;

    draw_row(cells, row, look->column, look->width, &trace);
    if (look->line != (int)line)
        return;
    unsigned column = look->column + (unsigned)look->digit * look->width;
    uint8_t share = trace.share[look->digit];

    cells_put(cells, row, column,
              look->width == 1 ? stages[share] : heads[share], ATTR_CURSOR);
    if (look->width > 1)
        cells_put(cells, row, column + 1, tails[share], ATTR_CURSOR);
}

/* Draws LINE and the next line in one row, using the brighter colour. */
static void draw_two_lines(struct cells *cells, const struct monitor_look *look,
                           unsigned line, struct trace upper,
                           struct trace lower)
{
    uint8_t attribute =
        upper.rank > lower.rank ? upper.attribute : lower.attribute;

    for (unsigned digit = 0; digit < DIGITS; digit++) {
        bool up = upper.share[digit] > 2, low = lower.share[digit] > 2;
        bool here = at(look, line, digit) || at(look, line + 1, digit);
        struct digit_look how = {
            halves[up][low],
            half_heads[up][low],
            half_tails[up][low],
            here ? ATTR_CURSOR : attribute,
            .beam.spot = {spot_of(&upper, upper.share[digit]),
                          spot_of(&lower, lower.share[digit])},
        };

        draw_digit(cells, look, look->row + line / 2, digit, &how);
    }
}

void monitor_draw(struct cells *cells, const struct session *session,
                  enum monitor monitor, const struct monitor_look *look)
{
    for (unsigned line = 0; line < LINES; line += look->halves ? 2 : 1) {
        struct trace trace = trace_of(session, monitor, look, line);

        if (look->halves)
            draw_two_lines(cells, look, line, trace,
                           trace_of(session, monitor, look, line + 1));
        else
            draw_line(cells, look, line, trace);
    }
}

/* Half a cell of a small tube: two digits of two lines. */
struct half {
    struct spot spot;
    unsigned rank;
    bool mostly_1;
};

/* Returns the four digits from DIGIT on as bits of spot.share. */
static struct half half_of(const struct trace traces[2], unsigned digit)
{
    const struct trace *brighter = &traces[traces[1].light > traces[0].light];
    struct spot spot = spot_of(brighter, 0);
    unsigned ones = 0;

    spot.share = 0;
    for (unsigned i = 0; i < 4; i++)
        if (traces[i / 2].share[digit + i % 2] > 2) {
            spot.share |= (uint8_t)(1u << i);
            ones++;
        }
    return (struct half){spot, brighter->rank, ones >= 2};
}

static void draw_four_lines(struct cells *cells, unsigned row, unsigned column,
                            const struct trace traces[4])
{
    for (unsigned digit = 0; digit < DIGITS; digit += 2) {
        struct half upper = half_of(traces, digit);
        struct half lower = half_of(traces + 2, digit);
        unsigned rank = upper.rank > lower.rank ? upper.rank : lower.rank;
        struct beam beam = {{upper.spot, lower.spot}, BEAM_EIGHT};

        cells_put_beam(cells, row, column + digit / 2,
                       halves[upper.mostly_1][lower.mostly_1],
                       monitor_level[rank], beam);
    }
}

void monitor_draw_small(struct cells *cells, const struct session *session,
                        unsigned row, unsigned column, bool coarse)
{
    for (unsigned i = 0; i < MONITOR_SMALL_ROWS; i++) {
        struct trace traces[4] = {0};

        for (unsigned j = 0; j < 4; j++) {
            traces[j] = store_line(session, 4 * i + j);
            traces[j].coarse = coarse;
        }
        draw_four_lines(cells, row + i, column, traces);
    }
}

void monitor_draw_register(struct cells *cells, const struct session *session,
                           enum phosphor_register which,
                           const struct monitor_look *look, uint8_t attribute)
{
    const struct trace trace = {
        .share = session->phosphor.register_share[which],
        .attribute = attribute,
        .light = attribute == ATTR_LABEL ? REGISTER_DIM : REGISTER_LIGHT,
        .coarse = look->coarse,
    };

    draw_row(cells, look->row, look->column, look->width, &trace);
}

const char *monitor_name(enum monitor monitor)
{
    static const char *const names[MONITORS] = {
        [MONITOR_C] = "C, control",
        [MONITOR_A] = "A, the accumulator",
        [MONITOR_S] = "S, the store",
        [MONITOR_M] = "S (M is not built yet)",
        [MONITOR_B] = "S (B is not built yet)",
    };

    return names[monitor];
}
