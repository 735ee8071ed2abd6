/* SPDX-License-Identifier: MIT */
#include "glow.h"
#include <string.h>

#define SCAN_SHARE (GLOW_ONE / 16)

/* Half-life of 60 ms over frames of 20 ms: the cube root of a half. */
#define KEEP_NUMERATOR   813
#define KEEP_DENOMINATOR 1024

void glow_clear(struct glow *glow)
{
    memset(glow, 0, sizeof *glow);
}

/* Counts the bars from the last writing of LINE until now for WORD's ones. */
static void count_ones(struct glow *glow, unsigned line, uint32_t word)
{
    uint32_t bars = glow->bars - glow->since[line];

    for (unsigned digit = 0; digit < DIGITS; digit++)
        if (word >> digit & 1)
            glow->ones[line][digit] += bars;
    glow->since[line] = glow->bars;
}

void glow_log(struct glow *glow, const struct bar *bar)
{
    glow->bars++;
    glow->accesses[bar->control_line]++;
    glow->accesses[bar->action_line]++;
    if (bar->stored) {
        count_ones(glow, bar->action_line, bar->operand);
        glow->written |= 1u << bar->action_line;
    }
}

static void end_line(struct glow *glow, unsigned line, uint32_t word)
{
    if (glow->written >> line & 1)
        count_ones(glow, line, word);
    for (unsigned digit = 0; digit < DIGITS; digit++) {
        uint32_t share = (word >> digit & 1) * 4;

        if (glow->written >> line & 1)
            share = (glow->ones[line][digit] * 4 + glow->bars / 2) / glow->bars;
        glow->share[line][digit] = (uint8_t)share;
    }
}

static uint32_t follow(uint32_t level, uint32_t target)
{
    if (level <= target)
        return target - (target - level) * KEEP_NUMERATOR / KEEP_DENOMINATOR;
    return target + (level - target) * KEEP_NUMERATOR / KEEP_DENOMINATOR;
}

bool glow_frame(struct glow *glow, const struct machine *machine)
{
    unsigned selected = word_line(machine->ci);
    bool changed = glow->bars > 0;

    for (unsigned line = 0; line < LINES; line++) {
        uint32_t target = SCAN_SHARE;

        if (glow->bars > 0)
            target += glow->accesses[line] * GLOW_ONE / glow->bars;
        else if (line == selected)
            target += GLOW_ONE;
        uint32_t level = follow(glow->level[line], target);

        changed |= level != glow->level[line];
        glow->level[line] = level;
        end_line(glow, line, machine->store[line]);
    }
    glow->bars = 0;
    glow->written = 0;
    memset(glow->accesses, 0, sizeof glow->accesses);
    memset(glow->since, 0, sizeof glow->since);
    memset(glow->ones, 0, sizeof glow->ones);
    return changed;
}
