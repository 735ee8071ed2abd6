/* SPDX-License-Identifier: MIT */
/* Tests many machines on one PC, on a simulated clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/check/random_machine.h"
#include "emu/guests/multiplex.h"
#include "emu/guests/operations.h"

#define SECOND   UINT64_C(1000000)
#define FRAME_US 20000u
#define SLEEP_US 1000u /* longest sleep of the PC */

static struct session session; /* of the console */
static union engine_state engine_state;
static struct journal journal;
static struct history history;
static struct checkpoint checkpoints[1000];
static uint64_t memory[(GUESTS_MAX - 1) * GUEST_SIZE / sizeof(uint64_t)];
static struct guest_place places[GUESTS_MAX - 1];
static struct guests guests;

static uint64_t now, next_frame;
static struct prng prng;

static uint32_t prepulse_ns; /* time of a prepulse */
static uint64_t rest_ns;     /* time not yet added to the clock */
static uint32_t overrun_us;  /* longest overrun of one call in ten, or 0 */

static uint32_t any(uint32_t limit)
{
    return prng_next(&prng) % limit;
}

/* ---- The console ---- */

static uint64_t prepulses_of(unsigned number)
{
    return guests_session(&guests, number)->machine.prepulses;
}

/* Advances the clock by the time of a call, and reports it. */
static void pass_time(uint64_t prepulses)
{
    uint64_t ns = rest_ns + prepulses * prepulse_ns;

    rest_ns = ns % 1000;
    ns /= 1000;
    if (overrun_us > 0 && any(10) == 0)
        ns += any(overrun_us);
    now += ns;
    guests_account(&guests, ns);
}

static uint64_t ran_before[GUESTS_MAX];

static void remember_prepulses(void)
{
    for (unsigned i = 0; i < guests.capacity; i++)
        if (guests.guest[i].present)
            ran_before[i] = prepulses_of(i + 1);
}

static uint64_t prepulses_since(void)
{
    unsigned number = guests.call.number;

    return number == 0 ? 0 : prepulses_of(number) - ran_before[number - 1];
}

static bool more(void)
{
    remember_prepulses();
    bool any = guests_more(&guests, now);

    pass_time(prepulses_since());
    return any;
}

static uint64_t longest_turn;

/* Runs one turn in the same way as the kernel. */
static void turn(void)
{
    uint64_t begun = now;
    unsigned calls = 0;

    while (now - begun < pace_slice(&session.pace) && calls < PACE_CALLS &&
           more())
        calls++;
    session_record(&session);
    remember_prepulses();
    guests_turn(&guests, now, now >= next_frame);
    pass_time(prepulses_since());
    if (now - begun > longest_turn)
        longest_turn = now - begun;
    if (now >= next_frame) {
        guests_end_frame(&guests);
        next_frame = now + FRAME_US;
    }
    uint32_t wait = guests_wait(&guests, now);

    now += wait < SLEEP_US ? wait : SLEEP_US;
}

static void run_for(uint64_t span)
{
    uint64_t end = now + span;

    while (now < end)
        turn();
}

/* ---- Programs ---- */

static const struct program *random_program(void)
{
    static struct program program;

    program_clear(&program);
    for (unsigned line = 0; line < LINES; line++)
        program.store[line] = random_word(&prng);
    memcpy(program.head, "Random\n", 8);
    return &program;
}

/* A loop that counts down in line 31. */
static const struct program *endless(void)
{
    static struct program program;

    program_clear(&program);
    program.store[1] = LDN << FUNCTION_BIT | 31;
    program.store[2] = STO << FUNCTION_BIT | 31;
    program.store[3] = SUB << FUNCTION_BIT | 30;
    program.store[4] = STO << FUNCTION_BIT | 31;
    program.store[5] = JMP << FUNCTION_BIT | 0;
    program.store[30] = 1;
    program.note[31][0] = 'n';
    memcpy(program.head, "Endless\n", 9);
    return &program;
}

static const struct program *stopping(uint32_t word)
{
    static struct program program;

    program_clear(&program);
    program.store[1] = word;
    program.store[31] = 1u << FUNCTION_BIT << 1;
    return &program;
}

#define STOPS (STP << FUNCTION_BIT)
#define HANGS (JMP << FUNCTION_BIT | 31)

/* ---- Start ---- */

static void start_with(size_t size)
{
    prng_seed(&prng, 1948);
    now = UINT64_C(1) << 33;
    next_frame = now;
    longest_turn = rest_ns = 0;
    prepulse_ns = 5000;
    overrun_us = 0;
    memset(memory, 0x55, sizeof memory);
    memset(&engine_state, 0x55, sizeof engine_state);
    assert_true(history_start(&history, checkpoints, sizeof checkpoints,
                              &engine_predecoded, NULL));
    session_start(&session, NULL, &engine_state, &journal, &history, SPEED_MAX,
                  now);
    session_load(&session, endless());
    session_set_cs(&session, true);
    guests_start(&guests, &session, places,
                 guests_divide(places, GUESTS_MAX - 1, memory, size), now);
}

static void start(void)
{
    start_with(sizeof memory);
}

static unsigned add(const struct program *program)
{
    unsigned number = guests_new(&guests, program, NULL, now);

    assert_true(number > 1);
    return number;
}

static void set_speed(unsigned number, unsigned speed)
{
    assert_true(guests_set_speed(&guests, number, speed, now));
}

static void set_engine(unsigned number, const struct engine *engine)
{
    assert_true(guests_set_engine(&guests, number, engine));
}

static const struct account *account_of(unsigned number)
{
    return &guests_get(&guests, number)->account;
}

static enum guest_state state_of(unsigned number)
{
    return guests_state(&guests, number);
}

static void check_refusal(const char *text)
{
    assert_string_equal(guests.refusal, text);
    guests.refusal[0] = '\0';
}

/* Checks that a value is as expected within 1 % or SLACK. */
static void check_near(uint64_t got, double expected, double slack)
{
    double error = (double)got - expected;

    if (slack < expected / 100)
        slack = expected / 100;
    if (error > slack || error < -slack)
        fail_msg("%.0f, not %.0f +- %.0f", (double)got, expected, slack);
}

/* ---- One guest ---- */

/* A guest that is alone does exactly what a session does. */
static void test_alone(void **state)
{
    static struct session other;
    static union engine_state other_state;
    uint64_t ns = 0;

    (void)state;
    start();
    session_start(&other, NULL, &other_state, NULL, NULL, SPEED_MAX, now);
    session_load(&other, endless());
    session_set_cs(&other, true);
    for (unsigned i = 0; i < 5000; i++) {
        bool frame = i % 4 == 0, went_on;

        if (i % 100 == 0) {
            pace_set(&session.pace, i / 100 % SPEEDS);
            pace_set(&other.pace, i / 100 % SPEEDS);
        }
        guests_turn(&guests, now, frame);
        guests_account(&guests, any(5000));
        session_turn(&other, now, frame);
        for (unsigned j = 0; j < 3; j++) {
            uint64_t before = other.machine.prepulses;

            went_on = session_turn_more(&other, now);
            assert_int_equal(guests_more(&guests, now), went_on);
            ns += (other.machine.prepulses - before) * 700;
            if (went_on)
                session_account_call(&other, ns / 1000);
            guests_account(&guests, ns / 1000);
            now += ns / 1000;
            ns %= 1000;
        }
        if (frame)
            assert_int_equal(guests_end_frame(&guests),
                             session_end_frame(&other));
        assert_int_equal(guests_wait(&guests, now), session_wait(&other));
        now += any(2000);
        assert_true(lockstep_same(&session.machine, &other.machine));
        assert_int_equal(session.pace.call, other.pace.call);
        assert_int_equal(session.pace.watch, other.pace.watch);
        assert_int_equal(session.pace.credit_ns, other.pace.credit_ns);
        assert_memory_equal(&session.phosphor, &other.phosphor,
                            sizeof other.phosphor);
    }
    assert_int_equal(account_of(1)->instructions, other.machine.instructions);
}

/* ---- Shares ---- */

static void forget_accounts(void)
{
    for (unsigned i = 0; i < GUESTS_MAX; i++)
        memset(&guests.guest[i].account, 0, sizeof guests.guest[i].account);
}

static void check_shares(double slack)
{
    uint64_t sum = 0;
    unsigned weights = 0;

    for (unsigned i = 1; i <= guests.count; i++) {
        sum += account_of(i)->us;
        weights += guests_weight(&guests, i);
    }
    for (unsigned i = 1; i <= guests.count; i++)
        check_near(account_of(i)->us,
                   (double)sum * guests_weight(&guests, i) / weights, slack);
}

static void test_weights(void **state)
{
    (void)state;
    start();
    set_engine(add(endless()), &engine_switch);
    add(endless());
    for (unsigned i = 0; i < 3; i++)
        assert_true(guests_set_weight(&guests, i + 1, 1u << i));
    run_for(10 * SECOND);
    check_shares(0);
    assert_int_equal(guests_share(&guests, 1), 143);
    assert_int_equal(guests_share(&guests, 3), 571);
    forget_accounts();
    overrun_us = 3000;
    run_for(10 * SECOND);
    check_shares(PACE_SLICE_US + PACE_CALL_US + overrun_us);
    /* The instructions follow the time. */
    check_near(account_of(3)->instructions,
               (double)account_of(1)->instructions * 4, 50000);
}

static void test_caps(void **state)
{
    (void)state;
    start();
    add(endless());
    add(endless());
    assert_true(guests_set_cap(&guests, 2, 10, now));
    assert_true(guests_set_cap(&guests, 3, 1, now));
    run_for(10 * SECOND);
    check_near(account_of(2)->us, (double)SECOND, PACE_CALL_US);
    check_near(account_of(3)->us, (double)SECOND / 10, PACE_CALL_US);
    check_near(account_of(1)->us, 8.9 * SECOND, 0);
    /* Also for a guest that is alone; then the PC sleeps. */
    assert_true(guests_remove(&guests, 2));
    assert_true(guests_remove(&guests, 3));
    assert_true(guests_set_cap(&guests, 1, 25, now));
    forget_accounts();
    run_for(10 * SECOND);
    check_near(account_of(1)->us, 2.5 * SECOND, PACE_CALL_US);
}

static void test_64_guests(void **state)
{
    (void)state;
    start();
    while (guests.count < GUESTS_MAX)
        add(endless());
    run_for(10 * SECOND);
    check_shares(PACE_SLICE_US + PACE_CALL_US);
}

/* A key waits as long with 64 guests as with one. */
static void test_length_of_turns(void **state)
{
    (void)state;
    start();
    while (guests.count < GUESTS_MAX)
        set_engine(add(endless()),
                   guests.count % 2 ? &engine_reference : &engine_switch);
    run_for(2 * SECOND);
    for (unsigned i = 1; i <= GUESTS_MAX; i++)
        guests_get(&guests, i)->shown = true;
    longest_turn = 0;
    run_for(2 * SECOND);
    assert_in_range(longest_turn, PACE_SLICE_US,
                    PACE_SLICE_US + 2 * PACE_CALL_US);
}

/* Slices are longer on a PC that draws slowly, in every guest. */
static void test_slow_pc(void **state)
{
    (void)state;
    start();
    prepulse_ns = 50000;
    unsigned number = add(endless());

    pace_adapt(&session.pace, 80000);
    run_for(10 * SECOND);
    assert_int_equal(guests_session(&guests, number)->pace.call_us, 10000);
    assert_in_range(guests_session(&guests, number)->pace.call, 100, 200);
    check_shares(6 * 10000);
}

/* ---- Real speed ---- */

static void check_speed(unsigned number, uint64_t before, uint64_t span)
{
    const struct session *guest = guests_session(&guests, number);
    double due = (double)span * 1000 / speeds[guest->pace.speed].period_ns;
    double ran = (double)(guest->machine.prepulses - before);

    if (ran < due * 0.999 - 2 || ran > due * 1.001 + 2)
        fail_msg("machine %u: %.0f prepulses instead of %.0f", number, ran,
                 due);
}

static void check_real_speed(unsigned real, unsigned flat_out, uint32_t ns)
{
    uint64_t before[GUESTS_MAX], begun;

    start();
    prepulse_ns = ns;
    while (guests.count < real + flat_out)
        add(endless());
    for (unsigned i = 1; i <= real; i++)
        set_speed(i, i % 4 == 0 ? i / 4 % SPEED_REAL : SPEED_REAL);
    run_for(SECOND);
    for (unsigned i = 1; i <= real; i++)
        before[i - 1] = prepulses_of(i);
    begun = now;
    forget_accounts();
    run_for(10 * SECOND);
    for (unsigned i = 1; i <= real; i++)
        check_speed(i, before[i - 1], now - begun);
    for (unsigned i = real + 1; i <= real + flat_out; i++)
        check_near(account_of(i)->us, (double)account_of(real + 1)->us,
                   PACE_SLICE_US + PACE_CALL_US);
}

static void test_real_speed(void **state)
{
    (void)state;
    check_real_speed(1, 1, 5000);
    check_real_speed(8, 8, 5000);
    check_real_speed(1, 63, 100000);
    check_real_speed(63, 1, 5000);
    check_real_speed(64, 0, 5000);
}

/* Machines that are late at higher speeds do not delay one on time. */
static void test_on_time_before_late(void **state)
{
    (void)state;
    start();
    set_speed(1, SPEED_REAL);
    while (guests.count < 41)
        set_speed(add(endless()), SPEED_MAX - 1);
    run_for(SECOND);
    uint64_t before = prepulses_of(1);

    for (uint64_t end = now + SECOND; now < end; before = prepulses_of(1)) {
        run_for(2 * FRAME_US);
        assert_true(prepulses_of(1) > before);
    }
}

/* More than the PC can do at once is not made up for ever, and the guest that
   is flat out is not starved. */
static void test_too_many_at_real_speed(void **state)
{
    (void)state;
    start();
    prepulse_ns = 200000;
    while (guests.count < 16)
        add(endless());
    for (unsigned i = 2; i <= 16; i++)
        set_speed(i, SPEED_REAL);
    run_for(10 * SECOND);
    assert_true(account_of(1)->us > SECOND / 100 * 14);
    for (unsigned i = 2; i <= 16; i++)
        assert_true(account_of(i)->us > SECOND / 2);
}

/* Speeds above that of 1948 are kept within the guest's share. */
static void test_higher_speeds(void **state)
{
    (void)state;
    start();
    prepulse_ns = 400;
    for (unsigned speed = SPEED_REAL + 1; speed < SPEED_MAX; speed++)
        set_speed(add(endless()), speed);
    run_for(SECOND);
    uint64_t begun = now,
             before[] = {prepulses_of(2), prepulses_of(3), prepulses_of(4)};
    uint64_t fastest = account_of(5)->us;

    run_for(10 * SECOND);
    for (unsigned i = 0; i < 3; i++)
        check_speed(i + 2, before[i], now - begun);
    /* x1000 needs 28 % of the processor, which is within a share of half. */
    check_near(account_of(5)->us - fastest, 2.78 * SECOND, 0);
    /* On a slower PC it gets its share, and no more. */
    start();
    add(endless());
    set_speed(add(endless()), SPEED_MAX - 1);
    run_for(10 * SECOND);
    check_shares(PACE_SLICE_US + PACE_CALL_US);
}

/* ---- States ---- */

static void test_pause(void **state)
{
    (void)state;
    start();
    unsigned number = add(endless());

    set_speed(number, SPEED_REAL);
    run_for(SECOND);
    assert_true(guests_pause(&guests, number));
    assert_int_equal(state_of(number), GUEST_PAUSED);
    assert_false(guests_pause(&guests, number));
    check_refusal("Machine 2 is paused already");
    uint64_t before = prepulses_of(number);

    run_for(SECOND);
    assert_int_equal(prepulses_of(number), before);
    assert_true(guests_resume(&guests, number, now));
    turn(); /* of 5 ms */
    assert_in_range(prepulses_of(number), before, before + 4);
    run_for(SECOND);
    check_near(prepulses_of(number) - before, 694, 2);
    assert_false(guests_resume(&guests, number, now));
    check_refusal("Machine 2 is not paused");
    /* The one in focus, too, also if it is alone. */
    assert_true(guests_pause(&guests, 1));
    before = prepulses_of(1);
    run_for(SECOND);
    assert_true(guests_remove(&guests, number));
    run_for(SECOND);
    assert_int_equal(prepulses_of(1), before);
    assert_int_equal(guests_wait(&guests, now), UINT32_MAX);
}

static void test_exits(void **state)
{
    (void)state;
    start();
    unsigned stops = add(stopping(STOPS)), hangs = add(stopping(HANGS));
    unsigned breaks = add(endless());

    guests_session(&guests, breaks)->run_control.breakpoints.obeying = 1u << 4;
    session_breakpoints_changed(guests_session(&guests, breaks));
    run_for(SECOND);
    assert_int_equal(state_of(stops), GUEST_STOPPED);
    assert_int_equal(state_of(hangs), GUEST_HUNG);
    assert_int_equal(state_of(breaks), GUEST_STOPPED);
    assert_int_equal(account_of(stops)->exits[GUEST_EXIT_STOP], 1);
    assert_int_equal(account_of(stops)->instructions, 1);
    assert_int_equal(account_of(hangs)->exits[GUEST_EXIT_HANG], 1);
    assert_int_equal(account_of(breaks)->exits[GUEST_EXIT_BREAKPOINT], 1);
    assert_int_equal(account_of(breaks)->instructions, 3);
    assert_true(account_of(1)->exits[GUEST_EXIT_BUDGET] > 900);
    assert_int_equal(account_of(1)->instructions, session.machine.prepulses);
    for (unsigned i = GUEST_EXIT_STOP; i < GUEST_EXITS; i++)
        assert_int_equal(account_of(1)->exits[i], 0);
    assert_int_equal(guests_share(&guests, 1), 1000);
    /* Nothing runs now. */
    session_set_cs(&session, false);
    assert_int_equal(guests_wait(&guests, now), UINT32_MAX);
    assert_false(guests_more(&guests, now));
}

static void test_kill(void **state)
{
    (void)state;
    start();
    unsigned first = add(endless()), second = add(endless());

    run_for(SECOND);
    assert_true(guests_kill(&guests, first));
    guests_fail(&guests, second, GUEST_EXIT_FAULT,
                "#PF at 00123456: wrote to 0");
    struct machine dead = guests_session(&guests, second)->machine;

    assert_int_equal(state_of(first), GUEST_KILLED);
    assert_int_equal(state_of(second), GUEST_KILLED);
    assert_string_equal(guests_get(&guests, first)->reason,
                        "Killed by the operator");
    assert_string_equal(guests_get(&guests, second)->reason,
                        "#PF at 00123456: wrote to 0");
    assert_int_equal(account_of(second)->exits[GUEST_EXIT_FAULT], 1);
    uint64_t us = account_of(first)->us, before = prepulses_of(1);

    /* Setting CS to Run does not start a killed machine either. */
    assert_true(guests_focus(&guests, first));
    session_set_cs(&session, true);
    run_for(SECOND);
    assert_int_equal(account_of(first)->us, us);
    assert_true(
        lockstep_same(&guests_session(&guests, second)->machine, &dead));
    assert_true(prepulses_of(1) - before > 190000);
    assert_true(guests_focus(&guests, 1));
    /* Only restart and removal are left. */
    assert_false(guests_pause(&guests, second));
    check_refusal("Machine 3 was killed: restart or remove it");
    assert_false(guests_resume(&guests, second, now));
    assert_false(guests_kill(&guests, second));
    assert_int_equal(guests_clone(&guests, second, now), 0);
    assert_false(guests_set_engine(&guests, second, &engine_switch));
    check_refusal("Machine 3 was killed: restart or remove it");
    assert_true(guests_restart(&guests, second, now));
    assert_int_equal(guests_session(&guests, second)->machine.prepulses, 0);
    assert_true(guests_remove(&guests, first));
    run_for(SECOND);
    assert_true(prepulses_of(second) > 90000);
    assert_int_equal(state_of(second), GUEST_RUNNING);
}

static struct guests *failing; /* guests whose second guest is to fail */

static unsigned starts; /* number of times that the engine below started */

static bool begin(void *state, struct code_area *area)
{
    (void)state;
    (void)area;
    starts++;
    return true;
}

static struct outcome fail_after(void *state, struct machine *machine,
                                 const struct breakpoints *breakpoints,
                                 uint32_t budget)
{
    struct outcome outcome =
        engine_reference.run(state, machine, breakpoints, budget / 2);

    if (machine->instructions > 10000)
        guests_fail(failing, 2, GUEST_EXIT_OVERRUN, "Overran its slice");
    return outcome;
}

/* A guest may be killed in its own call. */
static void test_killed_in_call(void **state)
{
    static const struct engine faulty = {
        .name = "faulty",
        .start = begin,
        .run = fail_after,
        .line_written = ignore_line_written,
        .state_changed = ignore_state_changed,
    };

    (void)state;
    start();
    failing = &guests;
    unsigned number = add(endless());

    set_engine(number, &faulty);
    starts = 0;
    run_for(SECOND);
    assert_int_equal(starts, 1);
    assert_int_equal(state_of(number), GUEST_KILLED);
    assert_string_equal(guests_get(&guests, number)->reason,
                        "Overran its slice");
    assert_int_equal(account_of(number)->exits[GUEST_EXIT_OVERRUN], 1);
    assert_int_equal(account_of(number)->exits[GUEST_EXIT_BREAKPOINT], 0);
    assert_in_range(account_of(number)->instructions, 10000, 11000);
    assert_int_equal(account_of(number)->instructions,
                     guests_session(&guests, number)->machine.instructions);
    assert_int_equal(state_of(1), GUEST_RUNNING);
    assert_true(guests_restart(&guests, number, now));
    assert_int_equal(starts, 2);
}

static void test_restart(void **state)
{
    (void)state;
    start();
    unsigned number = add(endless());
    struct session *guest = guests_session(&guests, number);

    run_for(SECOND);
    assert_true(guests_pause(&guests, number));
    session_begin_action(guest);
    session_set_digits(guest, 30, UINT32_MAX, 2);
    assert_true(guests_restart(&guests, number, now));
    assert_int_equal(guest->machine.prepulses, 0);
    assert_int_equal(guest->machine.store[30], 2);
    assert_int_equal(guest->machine.store[31], 0);
    assert_int_equal(state_of(number), GUEST_RUNNING);
    run_for(SECOND / 10);
    assert_true(guest->machine.prepulses > 1000);
}

/* ---- New guests ---- */

static void test_new_guest(void **state)
{
    struct snapshot snapshot;

    (void)state;
    start();
    session.machine.ci5 = session.manual_holds = session.bright_at_l = true;
    session.hot = 7;
    session.controls.kac_dead = true;
    set_engine(1, &engine_threaded);
    set_speed(1, SPEED_REAL);
    unsigned number = add(NULL);
    const struct session *guest = guests_session(&guests, number);

    assert_int_equal(number, 2);
    assert_int_equal(state_of(number), GUEST_STOPPED);
    assert_true(guest->machine.ci5 && guest->manual_holds &&
                guest->bright_at_l && guest->controls.kac_dead);
    assert_int_equal(guest->hot, 7);
    assert_ptr_equal(guest->engine, &engine_threaded);
    assert_int_equal(guest->pace.speed, SPEED_REAL);
    assert_false(session_is_unsaved(guest));
    assert_int_equal(guests_weight(&guests, number), GUEST_WEIGHT);
    assert_int_equal(guests_cap(&guests, number), 0);
    /* The options of a snapshot in the one in focus are not the PC's. */
    session_snapshot(&session, &snapshot);
    snapshot.machine.ci5 = false;
    snapshot.machine.a = 5;
    session_restore(&session, &snapshot, endless());
    assert_true(guests_session(&guests, add(endless()))->machine.ci5);
    number = guests_new(&guests, endless(), &snapshot, now);
    guest = guests_session(&guests, number);
    assert_int_equal(number, 4);
    assert_int_equal(guest->machine.a, 5);
    assert_false(guest->machine.ci5);
    assert_int_equal(state_of(number), GUEST_RUNNING);
    assert_true(guest->notes.text[31][0] == 'n');
}

/* The engine of the focus may need memory that the new guest has not. */
static void test_engine_without_memory(void **state)
{
    static const struct engine greedy = {
        .name = "greedy",
        .start = begin,
        .run = fail_after,
        .line_written = ignore_line_written,
        .state_changed = ignore_state_changed,
    };
    static struct engine refusing;

    (void)state;
    start();
    set_engine(1, &greedy);
    refusing = greedy;
    refusing.start = engine_translator.start;
    session.engine = &refusing;
    unsigned number = add(endless()), clone = guests_clone(&guests, 1, now);

    assert_ptr_equal(guests_session(&guests, number)->engine,
                     &engine_predecoded);
    assert_ptr_equal(guests_session(&guests, clone)->engine,
                     &engine_predecoded);
    assert_false(guests_set_engine(&guests, number, &refusing));
    check_refusal("Machine 2 has no memory for the greedy engine's code");
    session.engine = &engine_predecoded;
}

static void test_memory(void **state)
{
    (void)state;
    start_with(3 * GUEST_SIZE + GUEST_SIZE / 2);
    assert_int_equal(guests.capacity, 4);
    for (unsigned i = 2; i <= 4; i++)
        assert_int_equal(add(endless()), i);
    assert_int_equal(guests_new(&guests, endless(), NULL, now), 0);
    check_refusal("This PC has memory for 4 machines, and no more");
    assert_int_equal(guests_clone(&guests, 2, now), 0);
    check_refusal("This PC has memory for 4 machines, and no more");
    assert_true(guests_remove(&guests, 3));
    assert_int_equal(guests.count, 3);
    assert_int_equal(guests_clone(&guests, 2, now), 3);
    run_for(SECOND);
    start_with(GUEST_SIZE - 1);
    assert_int_equal(guests_new(&guests, NULL, NULL, now), 0);
    check_refusal("This PC has memory for 1 machine, and no more");
    run_for(SECOND);
    assert_true(prepulses_of(1) > 190000);
    start();
    assert_int_equal(guests.capacity, GUESTS_MAX);
    while (guests.count < GUESTS_MAX)
        add(NULL);
    assert_int_equal(guests_new(&guests, NULL, NULL, now), 0);
    check_refusal("There are 64 machines already, which is the maximum");
}

static void test_refusals(void **state)
{
    (void)state;
    start();
    assert_false(guests_pause(&guests, 0));
    check_refusal("There is no machine 0");
    assert_false(guests_resume(&guests, 2, now));
    check_refusal("There is no machine 2");
    assert_false(guests_kill(&guests, GUESTS_MAX + 1));
    check_refusal("There is no machine 65");
    assert_false(guests_restart(&guests, 3, now));
    check_refusal("There is no machine 3");
    assert_false(guests_remove(&guests, 4));
    check_refusal("There is no machine 4");
    assert_false(guests_focus(&guests, 5));
    check_refusal("There is no machine 5");
    assert_int_equal(guests_clone(&guests, 6, now), 0);
    check_refusal("There is no machine 6");
    assert_false(guests_remove(&guests, 1));
    check_refusal("Machine 1 is in focus: focus another one first");
    assert_false(guests_set_weight(&guests, 1, 0));
    check_refusal("A weight is a number from 1 to 64");
    assert_false(guests_set_weight(&guests, 1, 65));
    assert_true(guests_set_weight(&guests, 1, 64));
    assert_false(guests_set_cap(&guests, 1, 101, now));
    check_refusal("A cap is a percentage from 1 to 100");
    assert_true(guests_set_cap(&guests, 1, 99, now));
    assert_int_equal(guests_cap(&guests, 1), 99);
    assert_true(guests_set_cap(&guests, 1, 100, now));
    assert_int_equal(guests_cap(&guests, 1), 0);
    assert_false(guests_set_speed(&guests, 1, SPEEDS, now));
    check_refusal("There is no such speed");
}

/* ---- Focus ---- */

/* Checks that nothing of a session is lost on the way there and back. */
static void check_same_session(const struct session *one,
                               const struct session *other)
{
    assert_true(lockstep_same(&one->machine, &other->machine));
    assert_true(controls_are_same(&one->controls, &other->controls));
    assert_int_equal(one->cs, other->cs);
    assert_int_equal(one->hung, other->hung);
    assert_int_equal(one->pace.speed, other->pace.speed);
    assert_int_equal(one->uncounted, other->uncounted);
    assert_int_equal(one->machine_us, other->machine_us);
    assert_int_equal(session_is_unsaved(one), session_is_unsaved(other));
    assert_memory_equal(&one->notes, &other->notes, sizeof one->notes);
    assert_memory_equal(&one->loaded, &other->loaded, sizeof one->loaded);
    assert_memory_equal(&one->last, &other->last, sizeof one->last);
    assert_memory_equal(&one->observed, &other->observed, sizeof one->observed);
    assert_memory_equal(&one->phosphor, &other->phosphor, sizeof one->phosphor);
    assert_memory_equal(&one->run_control, &other->run_control,
                        sizeof one->run_control);
    assert_memory_equal(&one->entered, &other->entered, sizeof one->entered);
}

/* Changes all that belongs to a session. */
static void use_session(struct session *used)
{
    struct line line = {.word = 77, .entered = 77, .number = true};

    memcpy(line.note, "edited", 7);
    session_begin_action(used);
    session_set_line(used, 20, &line);
    session_set_title(used, NOTE_TITLE, "Another");
    session_set_switch(used, 14, false);
    session_set_switch(used, 14, true);
    session_set_manual(used, true);
    used->run_control.breakpoints.reading = 1u << 9;
    session_toggle_count_breakpoint(used, 1000000000);
}

static void test_focus(void **state)
{
    static struct session before;

    (void)state;
    start();
    unsigned number = add(endless());

    run_for(SECOND);
    session_set_cs(&session, false);
    use_session(&session);
    session_record(&session);
    before = session;
    assert_true(guests_focus(&guests, 1));
    check_same_session(&session, &before);
    assert_true(guests_focus(&guests, number));
    assert_int_equal(guests.focus, number);
    assert_ptr_equal(guests_session(&guests, number), &session);
    assert_ptr_equal(session.engine_state,
                     guests_get(&guests, number)->place.engine_state);
    assert_null(guests_session(&guests, 1)->journal);
    assert_null(guests_session(&guests, 1)->travel.history);
    assert_false(session_undo(&session));
    assert_true(session_runs(&session));
    uint64_t prepulses = session.machine.prepulses;

    run_for(SECOND);
    assert_true(session.machine.prepulses - prepulses > 190000);
    assert_true(guests_focus(&guests, 1));
    check_same_session(&session, &before);
    assert_ptr_equal(session.engine_state, &engine_state);
    assert_ptr_equal(session.journal, &journal);
    assert_ptr_equal(session.travel.history, &history);
    assert_false(session_undo(&session));
    /* A removed guest's memory is used again. */
    assert_true(guests_remove(&guests, number));
    assert_int_equal(add(endless()), number);
    assert_int_equal(account_of(number)->us, 0);
    /* Guest 1 can be removed like any other. */
    assert_true(guests_focus(&guests, number));
    assert_true(guests_remove(&guests, 1));
    assert_int_equal(guests_new(&guests, endless(), NULL, now), 1);
    run_for(SECOND);
    assert_true(prepulses_of(1) > 90000);
}

/* History and undo begin when the machine comes into focus. */
static void test_history_in_focus(void **state)
{
    (void)state;
    start();
    unsigned number = add(endless());

    run_for(SECOND);
    assert_true(guests_focus(&guests, number));
    struct machine begun = session.machine;

    run_for(SECOND / 10);
    session_begin_action(&session);
    session_set_digits(&session, 10, UINT32_MAX, 10);
    session_record(&session);
    assert_true(session_undo(&session));
    session_record(&session);
    assert_int_equal(session.machine.store[10], 0);
    run_for(SECOND / 10);
    assert_true(session_seek_step(&session, 0));
    for (unsigned i = 0; i < 1000 && session_is_seeking(&session); i++)
        turn();
    assert_false(session_is_seeking(&session));
    assert_true(lockstep_same(&session.machine, &begun));
    assert_true(session_in_past(&session));
}

/* A seek needs turns, which a paused guest gets as well. */
static void test_seek_while_paused(void **state)
{
    (void)state;
    start();
    add(endless());
    run_for(SECOND);
    assert_true(guests_pause(&guests, 1));
    assert_true(session_seek_count(&session, 1000));
    for (unsigned i = 0; i < 1000 && session_is_seeking(&session); i++) {
        assert_int_equal(guests_wait(&guests, now), 0);
        turn();
    }
    assert_int_equal(session.machine.instructions, 1000);
}

/* A guest that loses the focus returns from the past, as its history ends. */
static void test_leaving_the_past(void **state)
{
    static struct program present, found;

    (void)state;
    for (unsigned seeking = 0; seeking < 2; seeking++) {
        start();
        unsigned number = add(endless());

        run_for(SECOND / 2);
        session_begin_action(&session);
        session_set_digits(&session, 10, UINT32_MAX, 1948);
        session_record(&session);
        run_for(SECOND / 2);
        struct machine machine = session.machine;

        session_program_entered(&session, &present);
        assert_true(session_seek_step(&session, 5000));
        while (!seeking && session_is_seeking(&session))
            turn();
        assert_int_equal(session_is_seeking(&session), seeking);
        assert_true(guests_focus(&guests, number));
        assert_false(session_is_seeking(&session));
        run_for(SECOND / 10);
        assert_true(guests_focus(&guests, 1));
        assert_true(lockstep_same(&session.machine, &machine));
        assert_false(session_in_past(&session));
        session_program_entered(&session, &found);
        assert_memory_equal(&present, &found, sizeof present);
        assert_true(session_is_unsaved(&session));
    }
}

/* Keys are released when the focus leaves, in running and stopped machines. */
static void test_keys_are_released(void **state)
{
    (void)state;
    for (unsigned runs = 0; runs < 2; runs++) {
        start();
        unsigned number = add(endless());

        session_set_cs(&session, runs);
        session_hold_keys(&session, 6, KLC);
        assert_true(guests_focus(&guests, number));
        assert_int_equal(session.held.typewriter, 0);
        run_for(SECOND / 10);
        const struct session *first = guests_session(&guests, 1);

        assert_int_equal(first->held.typewriter | first->held.strip, 0);
        assert_int_equal(first->controls.typewriter | first->controls.strip, 0);
        assert_false(first->press.open);
        assert_int_equal(session_runs(first), runs);
    }
}

/* Profile, lockstep and a limited slice belong to the console. */
static void test_console_state_stays(void **state)
{
    static struct profile profile;
    static struct lockstep lockstep;

    (void)state;
    start();
    unsigned number = add(endless());

    session.profile = &profile;
    session.observed.lockstep = &lockstep;
    session.observed.by_engine = true;
    run_for(SECOND / 10);
    unsigned clone = guests_clone(&guests, 1, now);

    assert_true(guests_focus(&guests, number));
    for (unsigned i = 1; i <= clone; i++) {
        const struct session *guest = guests_session(&guests, i);

        assert_null(guest->profile);
        assert_null(guest->observed.lockstep);
        assert_false(guest->observed.by_engine);
    }
    /* A session that may run no prepulse does not block the others. */
    session.slice_max = 0;
    uint64_t own = prepulses_of(number), other = prepulses_of(1);

    run_for(SECOND);
    assert_int_equal(prepulses_of(number), own);
    assert_true(prepulses_of(1) - other > 90000);
    assert_true(guests_pause(&guests, 1));
    assert_true(guests_pause(&guests, clone));
    assert_false(guests_more(&guests, now));
    assert_int_equal(guests_wait(&guests, now), UINT32_MAX);
    assert_true(guests_focus(&guests, 1));
    run_for(SECOND);
    assert_true(prepulses_of(number) - own > 50000);
}

/* ---- Clones ---- */

#define CLONE_RUN 100000u

/* Returns a program that runs for so many instructions. */
static const struct program *long_program(void)
{
    for (;;) {
        const struct program *program = random_program();
        struct machine machine = {0};

        program_load(program, &machine);
        if (engine_reference
                .run(NULL, &machine, &(const struct breakpoints){0}, CLONE_RUN)
                .status == RUN_BUDGET)
            return program;
    }
}

/* Returns an engine of the NUMBER given.  The translator needs an i386. */
static const struct engine *engine_of(unsigned number)
{
    static const struct engine *const all[] = {&engine_predecoded,
                                               &engine_switch, &engine_threaded,
                                               &engine_reference};

    return all[number % (sizeof all / sizeof *all)];
}

/* Original and clone stop at a count, and are then equal. */
static void check_clone(unsigned index)
{
    unsigned number = add(long_program());
    struct session *original = guests_session(&guests, number);
    uint64_t count;

    set_engine(number, engine_of(index));
    run_for(any(SECOND / 20));
    session_set_switch(original, 1, false);
    count = original->machine.instructions + CLONE_RUN;
    session_toggle_count_breakpoint(original, count);
    unsigned clone = guests_clone(&guests, number, now);
    struct session *copy = guests_session(&guests, clone);

    assert_int_equal(guests_get(&guests, clone)->parent, number);
    assert_ptr_equal(copy->engine_state,
                     guests_get(&guests, clone)->place.engine_state);
    check_same_session(original, copy);
    session_set_switch(original, 1, true);
    session_set_switch(copy, 1, true);
    set_engine(clone, engine_of(index / 4));
    guests_set_weight(&guests, clone, 1 + any(WEIGHT_MAX));
    while (session_runs(original) || session_runs(copy))
        run_for(SECOND / 10);
    assert_true(lockstep_same(&original->machine, &copy->machine));
    assert_int_equal(original->run_control.reason, copy->run_control.reason);
    assert_true(original->machine.instructions == count ||
                original->machine.neon || original->hung);
    assert_true(guests_remove(&guests, number));
    assert_true(guests_remove(&guests, clone));
}

static void test_clone(void **state)
{
    (void)state;
    start();
    for (unsigned i = 0; i < 32; i++)
        check_clone(i);
}

/* A clone of the guest in focus has no key held, and is in the present. */
static void test_clone_of_focus(void **state)
{
    (void)state;
    start();
    assert_true(guests_set_weight(&guests, 1, 5));
    assert_true(guests_set_cap(&guests, 1, 50, now));
    run_for(SECOND / 2);
    session_begin_action(&session);
    session_set_digits(&session, 10, UINT32_MAX, 3);
    session_record(&session);
    run_for(SECOND / 2);
    session_seek_count(&session, 1000);
    while (session_is_seeking(&session))
        turn();
    assert_true(session_in_past(&session));
    unsigned clone = guests_clone(&guests, 1, now);
    const struct session *copy = guests_session(&guests, clone);

    assert_int_equal(guests_weight(&guests, clone), 5);
    assert_int_equal(guests_cap(&guests, clone), 50);
    assert_true(lockstep_same(&copy->machine, &session.machine));
    assert_false(session_in_past(copy));
    assert_false(session_is_unsaved(copy));
    assert_false(copy->entered.unsaved_in_present);
    assert_true(session_is_unsaved(&session));
    session_leave_past(&session);
    session_hold_keys(&session, 1, 0);
    copy = guests_session(&guests, guests_clone(&guests, 1, now));
    assert_int_equal(copy->controls.typewriter, 0);
    assert_false(copy->press.open);
    assert_true(session_is_unsaved(copy));
    /* A clone of a paused guest is paused. */
    assert_true(guests_pause(&guests, 1));
    assert_int_equal(state_of(guests_clone(&guests, 1, now)), GUEST_PAUSED);
}

/* ---- T-states ---- */

/* 64 guests with random programs do what the reference does alone. */
static void test_64_random_programs(void **state)
{
    static struct machine machine[GUESTS_MAX];

    (void)state;
    start();
    session_load(&session, random_program());
    session_set_cs(&session, true);
    while (guests.count < GUESTS_MAX)
        add(random_program());
    for (unsigned i = 0; i < GUESTS_MAX; i++) {
        machine[i] = guests_session(&guests, i + 1)->machine;
        set_engine(i + 1, engine_of(i));
        set_speed(i + 1, i % 3 == 0 ? any(SPEEDS) : SPEED_MAX);
        guests_get(&guests, i + 1)->shown = i % 5 == 0;
    }
    overrun_us = 100;
    for (unsigned i = 0; i < 10; i++) {
        run_for(SECOND / 2);
        assert_true(guests_focus(&guests, 1 + any(GUESTS_MAX)));
    }
    for (unsigned i = 0; i < GUESTS_MAX; i++) {
        const struct machine *found = &guests_session(&guests, i + 1)->machine;

        while (machine[i].prepulses < found->prepulses)
            prepulse(&machine[i], &controls_normal);
        if (!lockstep_same(&machine[i], found))
            fail_msg("machine %u differs", i + 1);
    }
}

/* ---- Tubes ---- */

/* The tube of a guest that waits for its slice does not fade or flicker. */
static void test_tube(void **state)
{
    (void)state;
    start();
    while (guests.count < GUESTS_MAX)
        add(endless());
    guests_get(&guests, 9)->shown = true;
    run_for(2 * SECOND);
    const struct session *shown = guests_session(&guests, 9);
    uint32_t minimum = UINT32_MAX, logged = 0;

    for (unsigned i = 0; i < 4000; i++) {
        if (i % 7 == 0)
            turn();
        else
            more();
        if (shown->phosphor.bars > logged)
            logged = shown->phosphor.bars;
        if (shown->phosphor.level[31] < minimum)
            minimum = shown->phosphor.level[31];
    }
    /* Two of five instructions access line 31 in the loop. */
    assert_true(minimum > PHOSPHOR_ONE / 4);
    assert_true(logged > 8);
    assert_true(guests_session(&guests, 8)->phosphor.level[31] == 0);
    /* A paused one is shown as it is. */
    assert_true(guests_pause(&guests, 9));
    run_for(SECOND);
    assert_true(shown->phosphor.level[31] < minimum);
    /* The log of a hidden tube is limited. */
    set_speed(8, SPEED_REAL);
    run_for(4 * SECOND);
    assert_in_range(guests_session(&guests, 8)->phosphor.bars, 1,
                    PHOSPHOR_BARS_MAX + 100);
}

/* ---- Random operations ---- */

/* What the operations must do to a guest. */
struct model {
    bool present, paused, killed, stopped;
    unsigned weight, cap, speed;
    struct machine machine;
    struct program program;
};

static struct model models[GUESTS_MAX + 1];
static unsigned model_focus, model_count;

static unsigned model_free(void)
{
    for (unsigned i = 1; i <= guests.capacity; i++)
        if (!models[i].present)
            return i;
    return 0;
}

static bool model_alive(unsigned number)
{
    return models[number].present && !models[number].killed;
}

/* Compares a guest, which may have run, with the model. */
static void check_guest(unsigned number)
{
    struct model *model = &models[number];
    const struct session *guest = guests_session(&guests, number);

    if (model->paused || model->killed || model->stopped)
        assert_int_equal(guest->machine.prepulses, model->machine.prepulses);
    while (model->machine.prepulses < guest->machine.prepulses)
        prepulse(&model->machine, &controls_normal);
    if (!lockstep_same(&model->machine, &guest->machine))
        fail_msg("machine %u differs", number);
    assert_int_equal(guests_weight(&guests, number), model->weight);
    assert_int_equal(guests_cap(&guests, number), model->cap);
    assert_int_equal(guest->pace.speed, model->speed);
    assert_int_equal(state_of(number) == GUEST_KILLED, model->killed);
    assert_int_equal(state_of(number) == GUEST_PAUSED, model->paused);
    if (number != guests.focus)
        assert_null(guest->journal);
    assert_int_equal(memcmp(guest->entered.store, model->program.store,
                            sizeof model->program.store),
                     0);
}

static void check_guests(void)
{
    assert_int_equal(guests.count, model_count);
    assert_int_equal(guests.focus, model_focus);
    assert_ptr_equal(session.journal, &journal);
    assert_ptr_equal(session.travel.history, &history);
    for (unsigned i = 1; i <= GUESTS_MAX; i++) {
        assert_int_equal(guests_get(&guests, i)->present, models[i].present);
        if (models[i].present)
            check_guest(i);
    }
}

static void check_done(bool done, bool expected)
{
    assert_int_equal(done, expected);
    assert_int_equal(guests.refusal[0] == '\0', expected);
    guests.refusal[0] = '\0';
}

static void model_new(void)
{
    unsigned expected = model_free();
    const struct program *program = any(2) ? random_program() : endless();
    unsigned number = guests_new(&guests, program, NULL, now);
    struct model *model = &models[expected];

    check_done(number > 0, expected > 0);
    assert_int_equal(number, expected);
    if (number == 0)
        return;
    *model = (struct model){.present = true,
                            .weight = GUEST_WEIGHT,
                            .speed = models[model_focus].speed,
                            .program = *program};
    program_load(program, &model->machine);
    model_count++;
}

static void model_clone(unsigned number)
{
    unsigned expected = model_alive(number) ? model_free() : 0;
    unsigned clone = guests_clone(&guests, number, now);

    check_done(clone > 0, expected > 0);
    assert_int_equal(clone, expected);
    if (clone == 0)
        return;
    models[clone] = models[number];
    model_count++;
}

static void model_restart(unsigned number)
{
    struct model *model = &models[number];

    check_done(guests_restart(&guests, number, now), model->present);
    if (!model->present)
        return;
    model->paused = model->killed = model->stopped = false;
    program_load(&model->program, &model->machine);
}

static void model_remove(unsigned number)
{
    bool can = models[number].present && number != model_focus;

    check_done(guests_remove(&guests, number), can);
    if (!can)
        return;
    models[number].present = false;
    model_count--;
}

static void model_kill(unsigned number)
{
    struct model *model = &models[number];
    bool can = model_alive(number);

    if (any(2) || !can)
        check_done(guests_kill(&guests, number), can);
    else
        guests_fail(&guests, number, GUEST_EXIT_FAULT, "#GP");
    if (!can)
        return;
    model->killed = true;
    model->paused = false;
}

static void model_pause(unsigned number)
{
    struct model *model = &models[number];
    bool can = model_alive(number) && !model->paused;

    check_done(guests_pause(&guests, number), can);
    model->paused |= can;
}

static void model_resume(unsigned number)
{
    struct model *model = &models[number];
    bool can = model_alive(number) && model->paused;

    check_done(guests_resume(&guests, number, now), can);
    model->paused &= !can;
}

static void model_focus_on(unsigned number)
{
    check_done(guests_focus(&guests, number), models[number].present);
    if (models[number].present)
        model_focus = number;
}

static void model_set(unsigned number)
{
    struct model *model = &models[number];
    unsigned weight = any(WEIGHT_MAX + 2), cap = any(103), speed = any(11);
    bool can = model->present && weight >= 1 && weight <= WEIGHT_MAX;

    check_done(guests_set_weight(&guests, number, weight), can);
    model->weight = can ? weight : model->weight;
    can = model->present && cap <= 100;
    check_done(guests_set_cap(&guests, number, cap, now), can);
    model->cap = can ? cap % 100 : model->cap;
    can = model->present && speed < SPEEDS;
    check_done(guests_set_speed(&guests, number, speed, now), can);
    model->speed = can ? speed : model->speed;
    check_done(guests_set_engine(&guests, number, engine_of(any(4))),
               model_alive(number));
}

/* The operator changes the machine in focus, or sets CS. */
static void model_operate(void)
{
    struct model *model = &models[model_focus];
    unsigned line = any(LINES);
    uint32_t word = random_word(&prng);

    session_record(&session);
    if (any(2)) {
        session_begin_action(&session);
        session_set_digits(&session, line, UINT32_MAX, word);
        model->machine.store[line] = model->program.store[line] = word;
    } else if (!model->killed) {
        model->stopped = !model->stopped;
        session_set_cs(&session, !model->stopped);
    }
    session_record(&session);
}

static void operate(void)
{
    unsigned number = 1 + any(GUESTS_MAX);

    check_guests();
    switch (any(10)) {
    case 0:
        model_new();
        break;
    case 1:
        model_clone(number);
        break;
    case 2:
        model_restart(number);
        break;
    case 3:
        model_remove(number);
        break;
    case 4:
        model_kill(number);
        break;
    case 5:
        model_pause(number);
        break;
    case 6:
        model_resume(number);
        break;
    case 7:
        model_focus_on(number);
        break;
    case 8:
        model_set(number);
        break;
    default:
        model_operate();
    }
}

static void test_random_operations(void **state)
{
    (void)state;
    start();
    prepulse_ns = 30000;
    overrun_us = 500;
    memset(models, 0, sizeof models);
    models[1] = (struct model){.present = true,
                               .weight = GUEST_WEIGHT,
                               .speed = SPEED_MAX,
                               .program = *endless(),
                               .machine = session.machine};
    model_focus = model_count = 1;
    for (unsigned step = 0; step < 100000; step++) {
        if (any(8) == 0)
            operate();
        else if (any(16) == 0)
            turn();
        else
            more();
    }
    check_guests();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alone),
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_caps),
        cmocka_unit_test(test_64_guests),
        cmocka_unit_test(test_length_of_turns),
        cmocka_unit_test(test_slow_pc),
        cmocka_unit_test(test_real_speed),
        cmocka_unit_test(test_on_time_before_late),
        cmocka_unit_test(test_too_many_at_real_speed),
        cmocka_unit_test(test_higher_speeds),
        cmocka_unit_test(test_pause),
        cmocka_unit_test(test_exits),
        cmocka_unit_test(test_kill),
        cmocka_unit_test(test_killed_in_call),
        cmocka_unit_test(test_restart),
        cmocka_unit_test(test_new_guest),
        cmocka_unit_test(test_engine_without_memory),
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_focus),
        cmocka_unit_test(test_history_in_focus),
        cmocka_unit_test(test_seek_while_paused),
        cmocka_unit_test(test_leaving_the_past),
        cmocka_unit_test(test_keys_are_released),
        cmocka_unit_test(test_console_state_stays),
        cmocka_unit_test(test_clone),
        cmocka_unit_test(test_clone_of_focus),
        cmocka_unit_test(test_64_random_programs),
        cmocka_unit_test(test_tube),
        cmocka_unit_test(test_random_operations),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
