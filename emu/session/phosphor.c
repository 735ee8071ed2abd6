/* SPDX-License-Identifier: MIT */
#include "phosphor.h"
#include <string.h>

#define SCAN_SHARE (PHOSPHOR_ONE / 16)

/* Decay per 20 ms frame for a half-life of 60 ms: the cube root of 1/2. */
#define KEEP_NUMERATOR   813
#define KEEP_DENOMINATOR 1024

/* Increments the counter of every digit that is 1 in WORD. */
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

/* Counts the ones in WORD for each bar since LINE was last written. */
static void count_ones(struct phosphor *phosphor, unsigned line, uint32_t word)
{
    uint32_t bars = phosphor->bars - phosphor->since[line];

    for (unsigned digit = 0; digit < DIGITS; digit++)
        if (word >> digit & 1)
            phosphor->ones[line][digit] += bars;
    phosphor->since[line] = phosphor->bars;
}

/* Logs a write to LINE, whose previous contents were BEFORE. */
static void log_write(struct phosphor *phosphor, unsigned line, uint32_t before)
{
    count_ones(phosphor, line, before);
    phosphor->written |= 1u << line;
}

void phosphor_log(struct phosphor *phosphor, const struct bar *bar,
                  const struct machine *machine)
{
    const uint32_t *store = machine->store;

    phosphor->bars++;
    phosphor->accesses[bar->control_line]++;
    phosphor->accesses[bar->action_line]++;
    if (bar->control_forced)
        log_write(phosphor, bar->control_line,
                  store[bar->control_line] ^ bar->control_forced);
    if (bar->stored)
        log_write(phosphor, bar->action_line, bar->operand);
    else if (bar->action_forced)
        log_write(phosphor, bar->action_line,
                  store[bar->action_line] ^ bar->action_forced);
    count(&phosphor->tally[PHOSPHOR_A], machine->a);
    count(&phosphor->tally[PHOSPHOR_CI], machine->ci);
    count(&phosphor->tally[PHOSPHOR_PI], machine->pi);
}

/* Returns ONES / BARS in quarters, rounded to the nearest. */
static uint8_t share(uint32_t ones, uint32_t bars)
{
    return (uint8_t)((ones * 4 + bars / 2) / bars);
}

static void show_word(uint8_t shares[DIGITS], uint32_t word)
{
    for (unsigned digit = 0; digit < DIGITS; digit++)
        shares[digit] = (uint8_t)((word >> digit & 1) * 4);
}

static void end_line(struct phosphor *phosphor, unsigned line, uint32_t word)
{
    if (!(phosphor->written >> line & 1)) {
        show_word(phosphor->share[line], word);
        return;
    }
    count_ones(phosphor, line, word);
    for (unsigned digit = 0; digit < DIGITS; digit++)
        phosphor->share[line][digit] =
            share(phosphor->ones[line][digit], phosphor->bars);
}

static void end_register(struct phosphor *phosphor,
                         enum phosphor_register which, uint32_t word)
{
    uint8_t *shares = phosphor->register_share[which];

    if (!phosphor->active) {
        show_word(shares, word);
        return;
    }
    for (unsigned digit = 0; digit < DIGITS; digit++)
        shares[digit] =
            share(counted(&phosphor->tally[which], digit), phosphor->bars);
}

static uint32_t follow(uint32_t level, uint32_t target)
{
    if (level <= target)
        return target - (target - level) * KEEP_NUMERATOR / KEEP_DENOMINATOR;
    return target + (level - target) * KEEP_NUMERATOR / KEEP_DENOMINATOR;
}

void phosphor_refresh(struct phosphor *phosphor, const struct machine *machine,
                      bool runs)
{
    for (unsigned line = 0; line < LINES; line++)
        if (!runs || !(phosphor->written >> line & 1))
            show_word(phosphor->share[line], machine->store[line]);
    if (runs)
        return;
    show_word(phosphor->register_share[PHOSPHOR_A], machine->a);
    show_word(phosphor->register_share[PHOSPHOR_CI], machine->ci);
    show_word(phosphor->register_share[PHOSPHOR_PI], machine->pi);
}

static void clear_log(struct phosphor *phosphor)
{
    phosphor->bars = 0;
    phosphor->written = 0;
    memset(phosphor->accesses, 0, sizeof phosphor->accesses);
    memset(phosphor->since, 0, sizeof phosphor->since);
    memset(phosphor->ones, 0, sizeof phosphor->ones);
    memset(phosphor->tally, 0, sizeof phosphor->tally);
}

bool phosphor_frame(struct phosphor *phosphor, const struct machine *machine,
                    unsigned selected)
{
    bool changed = phosphor->bars > 0 || phosphor->active;

    phosphor->active = phosphor->bars > 0;
    for (unsigned line = 0; line < LINES; line++) {
        uint32_t target = SCAN_SHARE;

        if (phosphor->active)
            target += phosphor->accesses[line] * PHOSPHOR_ONE / phosphor->bars;
        else if (line == selected)
            target += PHOSPHOR_ONE;
        uint32_t level = follow(phosphor->level[line], target);

        changed |= level != phosphor->level[line];
        phosphor->level[line] = level;
        end_line(phosphor, line, machine->store[line]);
    }
    end_register(phosphor, PHOSPHOR_A, machine->a);
    end_register(phosphor, PHOSPHOR_CI, machine->ci);
    end_register(phosphor, PHOSPHOR_PI, machine->pi);
    clear_log(phosphor);
    return changed;
}
