/* SPDX-License-Identifier: MIT */
/* Wraps the hand-written programs of limits.S as engines. */
#include "baseline.h"
#include "emu/check/bench_programs.h"
#include <string.h>

_Static_assert(offsetof(struct machine, a) == 128, "limits.S uses this offset");

/* Exit codes, which must match limits.S. */
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

static uint32_t enter(variant *handwritten, const struct code *code,
                      struct machine *machine,
                      const struct breakpoints *breakpoints, uint32_t budget)
{
    const uint32_t *words = samples[code->sample].store;
    uint32_t slice = budget < INT32_MAX ? budget : INT32_MAX;

    if (machine_next_control(machine) != code->head || machine->ci5 ||
        machine->immediate_test || !breakpoints_are_none(breakpoints) ||
        memcmp(machine->store, words, code->lines * sizeof *words) != 0)
        return 0;
    uint64_t left = handwritten(machine, slice);
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

/* Defines the engine for one variant.  As it has no V-state, it can pass
   engine_reference to fallback_run(). */
#define ENGINE(SAMPLE, code, how)                                              \
    variant code##_##how;                                                      \
    static uint32_t execute_##code##_##how(                                    \
        void *state, struct machine *machine,                                  \
        const struct breakpoints *breakpoints, uint32_t budget)                \
    {                                                                          \
        (void)state;                                                           \
        return enter(code##_##how, &(code), machine, breakpoints, budget);     \
    }                                                                          \
    static struct outcome run_##code##_##how(                                  \
        void *state, struct machine *machine,                                  \
        const struct breakpoints *breakpoints, uint32_t budget)                \
    {                                                                          \
        return fallback_run(&engine_reference, execute_##code##_##how, state,  \
                            machine, breakpoints, budget);                     \
    }                                                                          \
    static const struct engine engine_##code##_##how = {                       \
        .name = #how,                                                          \
        .start = stateless_start,                                              \
        .run = run_##code##_##how,                                             \
        .line_written = ignore_line_written,                                   \
        .state_changed = ignore_state_changed,                                 \
    };

#define LIMIT(SAMPLE, code, how)                                               \
    {SAMPLE_##SAMPLE, &engine_##code##_##how, execute_##code##_##how},

#define VARIANTS(ROW)                                                          \
    ROW(JULY, july, negate)                                                    \
    ROW(JULY, july, subtract)                                                  \
    ROW(JULY, july, carry)                                                     \
    ROW(JULY, july, turn)                                                      \
    ROW(LOOP, loop, turn)                                                      \
    ROW(LOOP, loop, load)                                                      \
    ROW(LOOP, loop, four)                                                      \
    ROW(MIX, mix, negate)                                                      \
    ROW(MIX, mix, carry)                                                       \
    ROW(MIX, mix, straight)                                                    \
    ROW(REWRITE, rewrite, index)                                               \
    ROW(REWRITE, rewrite, two)                                                 \
    ROW(REWRITE, rewrite, ask)

VARIANTS(ENGINE)

const struct limit limits[LIMITS] = {VARIANTS(LIMIT)};
