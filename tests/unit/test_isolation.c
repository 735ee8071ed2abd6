/* SPDX-License-Identifier: MIT */
/* Tests that no program can make an engine access memory outside its own. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "emu/engine/profile.h"
#include "tests/lib/isolation.h"

#define PROGRAMS 5000
#define BARS     100000

static struct isolated isolated;

/* The profiler also executes programs, so it is tested like an engine. */

static bool start_profile(void *state, struct code_area *area)
{
    (void)area;
    *(struct profile *)state = (struct profile){{0}, {0}, {0}};
    return true;
}

static struct outcome run_profile(void *state, struct machine *machine,
                                  const struct breakpoints *breakpoints,
                                  uint32_t budget)
{
    return profile_run(state, machine, breakpoints, budget);
}

static const struct engine profiler = {
    .name = "profile",
    .state_size = sizeof(struct profile),
    .start = start_profile,
    .run = run_profile,
    .line_written = ignore_line_written,
    .state_changed = ignore_state_changed,
};

/* Returns the profiler if I is 0, else engine I - 1, or NULL after the last. */
static const struct engine *engine_at(unsigned i)
{
    if (i == 0)
        return &profiler;
    return engines[i - 1];
}

/* Tests every word with buffers guarded at either end. */
static void test_every_word(void **state)
{
    const struct engine *engine;

    (void)state;
    assert_true(isolated_init(&isolated, NULL));
    for (unsigned e = 0; (engine = engine_at(e)) != NULL; e++)
        for (unsigned i = 0; i < 2 * ISOLATION_WORDS; i++)
            assert_true(isolation_word(&isolated, engine, i & 1 ? 3 : 0,
                                       isolation_word_at(i / 2)));
    assert_true(isolated.instructions > isolated.calls);
}

static void test_random_programs(void **state)
{
    const struct engine *engine;

    (void)state;
    assert_true(isolated_init(&isolated, NULL));
    for (uint64_t number = 1; number <= PROGRAMS; number++)
        for (unsigned e = 0; (engine = engine_at(e)) != NULL; e++)
            assert_true(isolation_program(&isolated, engine, number));
    assert_true(isolated.instructions > 10 * isolated.calls);
}

/* Returns random switches and keys, including bits that are not used. */
static struct controls random_controls(struct prng *prng)
{
    struct controls controls = {
        .stat = prng_one_in(prng, 2) ? STATICISOR : random_word(prng),
        .manual = prng_one_in(prng, 4),
        .erase = prng_one_in(prng, 4),
        .typewriter = prng_one_in(prng, 2) ? 1u << prng_next(prng) % DIGITS : 0,
        .kac_dead = prng_one_in(prng, 4),
        .erase_corrupts = prng_one_in(prng, 4),
        .holds_control = prng_one_in(prng, 4),
    };

    if (prng_one_in(prng, 16))
        controls.typewriter = prng_next(prng);
    if (prng_one_in(prng, 4))
        controls.strip = (uint8_t)prng_next(prng);
    return controls;
}

/* Controls must not affect the options or the memory around the machine. */
static void test_random_controls(void **state)
{
    struct guarded room;
    struct prng prng;

    (void)state;
    assert_true(guarded_alloc(&room, sizeof(struct machine)));
    prng_seed(&prng, 1);
    for (unsigned i = 0; i < BARS; i++) {
        struct controls controls = random_controls(&prng);
        struct machine before = random_machine(&prng);

        guarded_place(&room, sizeof before, i & 1);
        struct machine *machine = (void *)room.at;

        *machine = before;
        prepulse(machine, &controls);
        assert_int_equal(machine->prepulses, before.prepulses + 1);
        idle_bar(machine, &controls);
        assert_int_equal(machine->prepulses, before.prepulses + 1);
        assert_in_range(machine->instructions, before.instructions,
                        before.instructions + 1);
        assert_int_equal(machine->ci5, before.ci5);
        assert_int_equal(machine->immediate_test, before.immediate_test);
        assert_true(guarded_is_whole(&room));
    }
}

/* Returns true if accessing the byte at AT causes a fault. */
static bool is_fault(volatile uint8_t *at, bool write)
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        signal(SIGSEGV, SIG_DFL);
        signal(SIGBUS, SIG_DFL);
        if (write)
            *at = 1;
        else
            (void)*at;
        _exit(0);
    }
    assert_true(child > 0 && waitpid(child, &status, 0) == child);
    return status != 0;
}

static void test_guard_pages(void **state)
{
    struct guarded room;

    (void)state;
    assert_true(guarded_alloc(&room, 5000));
    for (unsigned end = 0; end < 2; end++) {
        guarded_place(&room, 5000, end);
        uint8_t *beyond = end ? room.at + room.size : room.at - 1;
        uint8_t *canary = end ? room.at - 1 : room.at + room.size;

        assert_true(is_fault(beyond, true));
        assert_true(is_fault(beyond, false));
        assert_false(is_fault(room.at, true));
        assert_false(is_fault(room.at + room.size - 1, true));
        *room.at = room.at[room.size - 1] = 0;
        assert_true(guarded_is_whole(&room));
        *canary ^= 1;
        assert_false(guarded_is_whole(&room));
    }
    guarded_seal(&room);
    assert_true(is_fault(room.at, true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guard_pages),
        cmocka_unit_test(test_every_word),
        cmocka_unit_test(test_random_programs),
        cmocka_unit_test(test_random_controls),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
