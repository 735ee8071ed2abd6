/* SPDX-License-Identifier: MIT */
/* Wraps the hand-written programs of by_hand.S as one engine. */
#include "baseline.h"
#include "emu/check/bench_programs.h"
#include <string.h>

_Static_assert(offsetof(struct machine, a) == 128,
               "by_hand.S uses this offset");

/* Exit codes, which must match by_hand.S. */
enum { OUT, INNER, STOP, EXITS };

/* Value of CI at an exit, and the line executed last. */
struct place {
    uint8_t ci, last;
};

/* Properties common to all variants of a sample. */
struct code {
    unsigned sample;
    unsigned head;  /* line at which the code is entered */
    unsigned lines; /* number of lines that must match the sample */
    struct place place[EXITS];
};

static const struct code july = {
    SAMPLE_JULY, 5, 23, {[OUT] = {4, 19}, [INNER] = {5, 8}, [STOP] = {13, 13}}};
static const struct code loop = {SAMPLE_LOOP, 1, 3, {[OUT] = {0, 2}}};
static const struct code mix = {
    SAMPLE_MIX, 1, 19, {[OUT] = {0, 15}, [STOP] = {7, 7}}};
static const struct code rewrite = {SAMPLE_REWRITE, 1, 7, {[OUT] = {0, 5}}};

typedef uint64_t variant(struct machine *machine, uint32_t budget);

/* The V-state of an entry: which variant it runs. */
struct by_hand {
    const struct code *code;
    variant *variant;
};

uint32_t by_hand_execute(void *state, struct machine *machine,
                         const struct breakpoints *breakpoints, uint32_t budget)
{
    const struct by_hand *by_hand = state;
    const struct code *code = by_hand->code;
    const uint32_t *words = samples[code->sample].store;
    uint32_t slice = budget < INT32_MAX ? budget : INT32_MAX;

    if (machine_next_control(machine) != code->head || machine->ci5 ||
        machine->immediate_test || !breakpoints_are_none(breakpoints) ||
        memcmp(machine->store, words, code->lines * sizeof *words) != 0)
        return 0;
    uint64_t left = by_hand->variant(machine, slice);
    uint32_t executed = slice - (uint32_t)left;
    const struct place *place = &code->place[left >> 32];

    if (executed == 0)
        return 0;
    machine->ci = place->ci;
    machine->pi = machine->store[place->last];
    machine->test = false;
    machine->neon = left >> 32 == STOP;
    machine->prepulses += executed;
    machine->instructions += executed;
    return executed;
}

static const struct engine engine_by_hand;

static struct outcome run(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    return fallback_run(&engine_by_hand, by_hand_execute, state, machine,
                        breakpoints, budget);
}

static const struct engine engine_by_hand = {
    .name = "hand",
    .start = stateless_start,
    .run = run,
    .line_written = ignore_line_written,
    .state_changed = ignore_state_changed,
};

/* Bitmasks of the samples, for the names of struct code. */
enum {
    RUNS_july = 1 << SAMPLE_JULY,
    RUNS_loop = 1 << SAMPLE_LOOP,
    RUNS_mix = 1 << SAMPLE_MIX,
    RUNS_rewrite = 1 << SAMPLE_REWRITE,
};

#define VARIANTS(ROW)                                                          \
    ROW(july, negate)                                                          \
    ROW(july, zero)                                                            \
    ROW(july, carry)                                                           \
    ROW(july, turn)                                                            \
    ROW(loop, turn)                                                            \
    ROW(loop, load)                                                            \
    ROW(loop, four)                                                            \
    ROW(mix, negate)                                                           \
    ROW(mix, carry)                                                            \
    ROW(mix, known)                                                            \
    ROW(mix, signs)                                                            \
    ROW(rewrite, index)                                                        \
    ROW(rewrite, two)                                                          \
    ROW(rewrite, ask)

#define DECLARE(code, form) variant code##_##form;
VARIANTS(DECLARE)

#define STATE(code, form) {&(code), code##_##form},
static struct by_hand by_hand[] = {VARIANTS(STATE)};

/* The number of a variant: its index in both tables. */
#define NUMBER(code, form) NUMBER_##code##_##form,
enum { VARIANTS(NUMBER) };

#define ENTRY(code, form)                                                      \
    [NUMBER_##code##_##form] = {&engine_by_hand,                               \
                                #form,                                         \
                                RUNS_BY_HAND,                                  \
                                RUNS_##code,                                   \
                                &by_hand[NUMBER_##code##_##form],              \
                                NULL},
const struct bench_entry by_hand_entries[BY_HAND] = {VARIANTS(ENTRY)};
_Static_assert(sizeof by_hand / sizeof *by_hand == BY_HAND, "all have entries");
