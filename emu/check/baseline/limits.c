/* SPDX-License-Identifier: MIT */
/*
 * The programs of limits.S as engines: when they may be entered, and what the
 * machine is when they were left.
 */
#include "baseline.h"
#include "emu/check/bench_programs.h"
#include <string.h>

_Static_assert(offsetof(struct machine, a) == 128, "as limits.S has it");

/* Left by which exit; as in limits.S. */
enum { OUT, INNER, STOP, EXITS };

/* The machine there; PI is the word in line `last`. */
struct place {
    uint8_t ci, last;
};

/* What the forms of one sample have in common. */
struct code {
    unsigned sample;
    unsigned head;  /* line at which a form is entered */
    unsigned lines; /* the first so many must be as the sample has them */
    struct place place[EXITS];
};

static const struct code july = {
    SAMPLE_JULY, 5, 23, {[OUT] = {4, 19}, [INNER] = {5, 8}, [STOP] = {13, 13}}};
static const struct code loop = {SAMPLE_LOOP, 1, 3, {[OUT] = {0, 2}}};
static const struct code mix = {
    SAMPLE_MIX, 1, 19, {[OUT] = {0, 15}, [STOP] = {7, 7}}};
static const struct code rewrite = {SAMPLE_REWRITE, 1, 7, {[OUT] = {0, 5}}};

typedef uint64_t form(struct machine *machine, uint32_t budget);

static uint32_t enter(form *handwritten, const struct code *code,
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

/* The engine of the form CODE_HOW.  It keeps nothing that the reference would
   have to tell it of. */
#define ENGINE(code, how)                                                      \
    form code##_##how;                                                         \
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
    }

ENGINE(july, negate);
ENGINE(july, subtract);
ENGINE(july, carry);
ENGINE(july, turn);
ENGINE(loop, turn);
ENGINE(loop, load);
ENGINE(loop, four);
ENGINE(mix, negate);
ENGINE(mix, carry);
ENGINE(mix, straight);
ENGINE(rewrite, index);
ENGINE(rewrite, two);
ENGINE(rewrite, ask);

const struct limit limits[LIMITS] = {
    {SAMPLE_JULY, &engine_july_negate, execute_july_negate},
    {SAMPLE_JULY, &engine_july_subtract, execute_july_subtract},
    {SAMPLE_JULY, &engine_july_carry, execute_july_carry},
    {SAMPLE_JULY, &engine_july_turn, execute_july_turn},
    {SAMPLE_LOOP, &engine_loop_turn, execute_loop_turn},
    {SAMPLE_LOOP, &engine_loop_load, execute_loop_load},
    {SAMPLE_LOOP, &engine_loop_four, execute_loop_four},
    {SAMPLE_MIX, &engine_mix_negate, execute_mix_negate},
    {SAMPLE_MIX, &engine_mix_carry, execute_mix_carry},
    {SAMPLE_MIX, &engine_mix_straight, execute_mix_straight},
    {SAMPLE_REWRITE, &engine_rewrite_index, execute_rewrite_index},
    {SAMPLE_REWRITE, &engine_rewrite_two, execute_rewrite_two},
    {SAMPLE_REWRITE, &engine_rewrite_ask, execute_rewrite_ask},
};
