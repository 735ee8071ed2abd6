/* SPDX-License-Identifier: MIT */
/* Tests the profiler against counts made bar by bar. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "emu/check/random_machine.h"
#include "emu/check/known_results.h"
#include "emu/engine/lockstep.h"
#include "emu/engine/profile.h"
#include "emu/check/bench_programs.h"

#define WORD(function, line) ((uint32_t)(function) << FUNCTION_BIT | (line))

#define PROGRAMS 20000
#define CALLS    12

static const struct breakpoints no_stops = {0};

/* Accesses of each function to its operand line. */
static const struct {
    bool reads, writes;
} access[8] = {
    [JMP] = {true, false}, [JRP] = {true, false},    [LDN] = {true, false},
    [STO] = {false, true}, [SUB] = {true, false},    [SUB + 1] = {true, false},
    [CMP] = {false},       [STP] = {.reads = false},
};

/* Counts one prepulse.  Returns false if the machine hung. */
static bool count_one(struct profile *plain, struct machine *machine,
                      const struct controls *controls)
{
    struct bar bar = prepulse(machine, controls);
    unsigned function = word_function(bar.instruction);

    if (bar.hung)
        return false;
    plain->obeyed[bar.control_line] += !controls->manual;
    plain->read[bar.action_line] += access[function].reads;
    plain->written[bar.action_line] += access[function].writes;
    return true;
}

static uint64_t program; /* index of the current random program */

static void assert_counts(const char *what, const uint64_t *counts,
                          const uint64_t *expected)
{
    for (unsigned line = 0; line < LINES; line++)
        if (counts[line] != expected[line])
            fail_msg("program %llu: line %u was %s %llu times, not %llu",
                     (unsigned long long)program, line, what,
                     (unsigned long long)counts[line],
                     (unsigned long long)expected[line]);
}

static void assert_profile(const struct profile *profile,
                           const struct profile *expected)
{
    assert_counts("obeyed", profile->obeyed, expected->obeyed);
    assert_counts("read", profile->read, expected->read);
    assert_counts("written", profile->written, expected->written);
}

/* Copies of a machine that are run by different engines and compared. */
struct beside {
    struct machine machine, expected, counted;
    struct profile profile, plain;
};

static struct beside begin(const struct machine *machine)
{
    return (struct beside){
        .machine = *machine, .expected = *machine, .counted = *machine};
}

/* Runs both engines and compares their outcomes. */
static struct outcome call(struct beside *beside,
                           struct breakpoints breakpoints, uint32_t budget)
{
    struct outcome expected =
        engine_reference.run(NULL, &beside->expected, &breakpoints, budget);
    struct outcome outcome =
        profile_run(&beside->profile, &beside->machine, &breakpoints, budget);

    if (outcome.instructions != expected.instructions ||
        outcome.status != expected.status)
        fail_msg("program %llu: ended %u after %u, not %u after %u",
                 (unsigned long long)program, outcome.status,
                 outcome.instructions, expected.status, expected.instructions);
    if (!lockstep_same(&beside->machine, &beside->expected))
        fail_msg("program %llu: another T-state", (unsigned long long)program);
    for (uint32_t i = 0; i < expected.instructions; i++)
        assert_true(
            count_one(&beside->plain, &beside->counted, &controls_normal));
    if (expected.status == RUN_HUNG)
        assert_false(
            count_one(&beside->plain, &beside->counted, &controls_normal));
    assert_true(lockstep_same(&beside->counted, &beside->expected));
    assert_profile(&beside->profile, &beside->plain);
    return outcome;
}

/* Changes a word in all three copies of the machine. */
static void edit_line(struct beside *beside, unsigned line, uint32_t word)
{
    beside->machine.store[line] = word;
    beside->expected.store[line] = word;
    beside->counted.store[line] = word;
}

static void put_neon_out(struct beside *beside)
{
    beside->machine.neon = false;
    beside->expected.neon = false;
    beside->counted.neon = false;
}

static void test_known(void **state)
{
    (void)state;
    for (program = 0; program < KNOWN_PROGRAMS; program++) {
        const struct known_program *known = &known_programs[program];
        struct machine machine = {.ci5 = known->ci5,
                                  .immediate_test = known->immediate_test};

        memcpy(machine.store, known->store, sizeof machine.store);
        struct beside beside = begin(&machine);
        for (unsigned i = 0; i < known->count; i++) {
            const struct known_call *told = &known->calls[i];
            uint32_t budget =
                told->budget < 3000000 ? told->budget : told->instructions + 1;
            struct outcome outcome = call(
                &beside, (struct breakpoints){.obeying = told->breakpoints},
                budget);

            if (budget == told->budget)
                assert_int_equal(outcome.instructions, told->instructions);
        }
    }
}

static void test_samples(void **state)
{
    (void)state;
    for (program = 0; program < SAMPLES; program++) {
        struct machine machine = sample_machine((unsigned)program);
        struct beside beside = begin(&machine);

        call(&beside, no_stops, 100001);
        call(&beside, no_stops, 7);
        call(&beside, (struct breakpoints){.when = BREAK_ON_ZERO}, 10000);
        call(&beside, (struct breakpoints){.writing = 1u << 27}, 10000);
        call(&beside, (struct breakpoints){.obeying = 1u << 19}, 10000);
        call(&beside, no_stops, 1000000);
    }
}

static struct prng prng;

/* Returns a bitmask of randomly chosen lines, which is usually empty. */
static uint32_t lines(void)
{
    switch (prng_next(&prng) % 8) {
    case 0:
        return 1u << prng_next(&prng) % LINES;
    case 1:
        return prng_next(&prng) & prng_next(&prng);
    default:
        return 0;
    }
}

static struct breakpoints any_stops(void)
{
    if (prng_one_in(&prng, 2))
        return random_breakpoints(&prng);
    return (struct breakpoints){
        .obeying = lines(),
        .reading = lines(),
        .writing = lines(),
        .when = prng_one_in(&prng, 2) ? prng_next(&prng) % 8 : 0,
    };
}

static uint32_t any_budget(void)
{
    return prng_next(&prng) % (prng_one_in(&prng, 4) ? 1000 : 12);
}

static void test_random(void **state)
{
    unsigned ended[4] = {0};

    (void)state;
    for (program = 1; program <= PROGRAMS; program++) {
        prng_seed(&prng, program);
        struct machine machine = random_machine(&prng);
        struct beside beside = begin(&machine);
        struct breakpoints breakpoints = any_stops();

        for (unsigned i = 0; i < CALLS; i++) {
            ended[call(&beside, breakpoints, any_budget()).status]++;
            if (prng_one_in(&prng, 4))
                breakpoints = any_stops();
            if (prng_one_in(&prng, 4))
                edit_line(&beside, prng_next(&prng) % LINES,
                          random_word(&prng));
            if (prng_one_in(&prng, 2))
                put_neon_out(&beside);
        }
    }
    for (unsigned why = 0; why < 4; why++)
        assert_true(ended[why] > PROGRAMS / 10);
}

/* Executions must be counted for each line, even if its instruction changes. */
static void test_rewriting(void **state)
{
    struct machine machine = {
        .store = {[1] = WORD(LDN, 9),
                  WORD(STO, 2),
                  WORD(JMP, 0),
                  [9] = -(uint32_t)WORD(LDN, 9)},
    };
    struct profile profile = {0};

    (void)state;
    profile_run(&profile, &machine, &no_stops, 6);
    assert_int_equal(profile.obeyed[1], 2);
    assert_int_equal(profile.obeyed[2], 2);
    assert_int_equal(profile.obeyed[3], 2);
    assert_int_equal(profile.written[2], 1);
    assert_int_equal(profile.read[9], 3);
    assert_int_equal(profile.read[0], 2);
}

static void test_counts_accumulate(void **state)
{
    struct machine machine = sample_machine(SAMPLE_LOOP);
    struct profile profile = {.obeyed = {[31] = UINT32_MAX}}, once;
    uint64_t sum = 0;

    (void)state;
    profile_run(&profile, &machine, &no_stops, 1000);
    once = profile;
    profile_run(&profile, &machine, &no_stops, 1000);
    for (unsigned line = 0; line < LINES; line++) {
        sum += profile.obeyed[line];
        if (line < 31)
            assert_int_equal(profile.obeyed[line], 2 * once.obeyed[line]);
    }
    assert_int_equal(sum, 2000 + (uint64_t)UINT32_MAX);
}

/* Tests the profiler with controls that change at random in each bar. */
static void test_random_controls(void **state)
{
    (void)state;
    for (program = 1; program <= 2000; program++) {
        prng_seed(&prng, program);
        struct machine machine = random_machine(&prng), counted = machine;
        struct profile profile = {0}, plain = {0};

        for (unsigned i = 0; i < 50; i++) {
            struct controls controls = {
                .stat = prng_one_in(&prng, 2) ? STATICISOR
                                              : prng_next(&prng) & STATICISOR,
                .manual = prng_one_in(&prng, 2),
                .typewriter = prng_one_in(&prng, 8) ? prng_next(&prng) : 0,
                .strip = prng_one_in(&prng, 8) ? prng_next(&prng) % 16 : 0,
            };
            struct bar bar = prepulse(&machine, &controls);

            profile_bar(&profile, &bar, controls.manual);
            count_one(&plain, &counted, &controls);
        }
        assert_profile(&profile, &plain);
    }
}

static void test_man(void **state)
{
    struct machine machine = {.store = {[1] = WORD(LDN, 9)}};
    struct controls controls = {.stat = WORD(STO, 7), .manual = true};
    struct profile profile = {0}, expected = {.written = {[7] = 1}};
    struct bar bar = prepulse(&machine, &controls);

    (void)state;
    program = 0;
    profile_bar(&profile, &bar, true);
    assert_profile(&profile, &expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_samples),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_random_controls),
        cmocka_unit_test(test_rewriting),
        cmocka_unit_test(test_man),
        cmocka_unit_test(test_counts_accumulate),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
