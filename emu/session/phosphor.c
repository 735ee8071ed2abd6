/* SPDX-License-Identifier: MIT */
#include "phosphor.h"
#include <string.h>

#define SCAN_SHARE (GLOW_ONE / 16)

/* Half-life of 60 ms over frames of 20 ms: the cube root of a half. */
#define KEEP_NUMERATOR   813
#define KEEP_DENOMINATOR 1024

/* Adds 1 to the count of each digit that is 1: 32 counters at once. */
static void count(struct tally *tally, uint32_t word)
{
    for (unsigned i = 0; word != 0 && i < TALLY_WORDS; i++) {
        uint32_t carry = tally->word[i] & word;

        tally->word[i] ^= word;
        word = carry;
    }
}

static uint32_t counted(const struct tally *tally, unsigned digit)
{
    uint32_t number = 0;

    for (unsigned i = 0; i < TALLY_WORDS; i++)
        number |= (tally->word[i] >> digit & 1) << i;
    return number;
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

/* LINE, which held BEFORE until now, was written. */
static void log_writing(struct glow *glow, unsigned line, uint32_t before)
{
    count_ones(glow, line, before);
    glow->written |= 1u << line;
}

void glow_log(struct glow *glow, const struct bar *bar,
              const struct machine *machine)
{
    const uint32_t *store = machine->store;

    glow->bars++;
    glow->accesses[bar->control_line]++;
    glow->accesses[bar->action_line]++;
    if (bar->control_forced)
        log_writing(glow, bar->control_line,
                    store[bar->control_line] ^ bar->control_forced);
    if (bar->stored)
        log_writing(glow, bar->action_line, bar->operand);
    else if (bar->action_forced)
        log_writing(glow, bar->action_line,
                    store[bar->action_line] ^ bar->action_forced);
    count(&glow->tally[GLOW_A], machine->a);
    count(&glow->tally[GLOW_CI], machine->ci);
    count(&glow->tally[GLOW_PI], machine->pi);
}

/* ONES of BARS in quarters; what is always 1 is 4 and what never is, 0. */
static uint8_t share(uint32_t ones, uint32_t bars)
{
    return (uint8_t)((ones * 4 + bars / 2) / bars);
}

static void show_word(uint8_t shares[DIGITS], uint32_t word)
{
    for (unsigned digit = 0; digit < DIGITS; digit++)
        shares[digit] = share(word >> digit & 1, 1);
}

static void end_line(struct glow *glow, unsigned line, uint32_t word)
{
    if (!(glow->written >> line & 1)) {
        show_word(glow->share[line], word);
        return;
    }
    count_ones(glow, line, word);
    for (unsigned digit = 0; digit < DIGITS; digit++)
        glow->share[line][digit] = share(glow->ones[line][digit], glow->bars);
}

static void end_register(struct glow *glow, enum glow_register which,
                         uint32_t word)
{
    uint8_t *shares = glow->register_share[which];

    if (!glow->active) {
        show_word(shares, word);
        return;
    }
    for (unsigned digit = 0; digit < DIGITS; digit++)
        shares[digit] = share(counted(&glow->tally[which], digit), glow->bars);
}

static uint32_t follow(uint32_t level, uint32_t target)
{
    if (level <= target)
        return target - (target - level) * KEEP_NUMERATOR / KEEP_DENOMINATOR;
    return target + (level - target) * KEEP_NUMERATOR / KEEP_DENOMINATOR;
}

void glow_refresh(struct glow *glow, const struct machine *machine, bool runs)
{
    for (unsigned line = 0; line < LINES; line++)
        if (!runs || !(glow->written >> line & 1))
            show_word(glow->share[line], machine->store[line]);
    if (runs)
        return;
    show_word(glow->register_share[GLOW_A], machine->a);
    show_word(glow->register_share[GLOW_CI], machine->ci);
    show_word(glow->register_share[GLOW_PI], machine->pi);
}

static void clear_log(struct glow *glow)
{
    glow->bars = 0;
    glow->written = 0;
    memset(glow->accesses, 0, sizeof glow->accesses);
    memset(glow->since, 0, sizeof glow->since);
    memset(glow->ones, 0, sizeof glow->ones);
    memset(glow->tally, 0, sizeof glow->tally);
}

bool glow_frame(struct glow *glow, const struct machine *machine,
                unsigned selected)
{
    bool changed = glow->bars > 0 || glow->active;

    glow->active = glow->bars > 0;
    for (unsigned line = 0; line < LINES; line++) {
        uint32_t target = SCAN_SHARE;

        if (glow->active)
            target += glow->accesses[line] * GLOW_ONE / glow->bars;
        else if (line == selected)
            target += GLOW_ONE;
        uint32_t level = follow(glow->level[line], target);

        changed |= level != glow->level[line];
        glow->level[line] = level;
        end_line(glow, line, machine->store[line]);
    }
    end_register(glow, GLOW_A, machine->a);
    end_register(glow, GLOW_CI, machine->ci);
    end_register(glow, GLOW_PI, machine->pi);
    clear_log(glow);
    return changed;
}
