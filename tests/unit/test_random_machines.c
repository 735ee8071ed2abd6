/* SPDX-License-Identifier: MIT */
/*
 * A random walk of an operator on the page of machines.  A model holds what
 * each machine must be: present or not, its settings, its program and its
 * T-state, which the reference advances.  After each action the page, the
 * guests and the scheduler must agree with it.
 *
 * BABY_ACTIONS is the number of actions, 3,000 by default.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "console.h"
#include "fake_vmm.h"
#include "emu/guests/operations.h"
#include "emu/machine/instruction_set.h"
#include "ui/ui.h"
#include "invariants.h"

static uint32_t random_state;

static uint32_t random_below(uint32_t limit)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % limit;
}

/* ---- The model ---- */

struct model {
    bool present, paused, killed;
    bool cs;   /* true if CS is at Run */
    bool hung; /* true if its last prepulse hung */
    bool past; /* true if it was in the past when seen last */
    unsigned weight, cap, speed, parent;
    const struct engine *engine;
    struct machine machine;
    struct program program; /* as entered */
    uint64_t counted;       /* instructions charged before the last start */
    uint64_t waits_from;    /* time used by others when it ran last */
    uint64_t ran_at;        /* time at which it ran last */
};

static struct model models[GUESTS_MAX + 1];
static unsigned focused, capacity;

static struct session *session_of(unsigned number)
{
    return guests_session(&ui.guests, number);
}

static const struct account *account_of(unsigned number)
{
    return &guests_get(&ui.guests, number)->account;
}

static bool is_in_past(unsigned number)
{
    return number == focused && session_in_past(&ui.view.session);
}

/* Returns true if the machine is slow enough to be served on time. */
static bool is_on_time(unsigned number)
{
    return speeds[models[number].speed].period_ns >= 1000000u;
}

/* Returns the time of all machines that are not on time. */
static uint64_t time_of_shares(void)
{
    uint64_t sum = 0;

    for (unsigned number = 1; number <= GUESTS_MAX; number++)
        if (models[number].present && !is_on_time(number))
            sum += account_of(number)->us;
    return sum;
}

/* A change of any machine or setting changes what each must wait for. */
static void forget_waits(void)
{
    for (unsigned number = 1; number <= GUESTS_MAX; number++) {
        models[number].waits_from = time_of_shares();
        models[number].ran_at = now;
    }
}

/* Takes over what the operator did to the machine in focus. */
static void adopt(unsigned number)
{
    struct model *model = &models[number];
    struct session *session = session_of(number);

    model->machine = session->machine;
    model->cs = session->cs;
    model->hung = session->hung;
    model->counted =
        account_of(number)->instructions - session->machine.instructions;
    session_program_entered(session, &model->program);
}

/* Advances the model's machine to the time of the one tested. */
static void follow(unsigned number)
{
    struct model *model = &models[number];
    const struct machine *found = &session_of(number)->machine;

    if (is_in_past(number)) {
        model->past = true;
        return;
    }
    if (model->past) /* A replay that reaches the present stops there. */
        model->cs = session_of(number)->cs;
    model->past = false;
    if (model->machine.prepulses < found->prepulses) {
        model->waits_from = time_of_shares();
        model->ran_at = now;
    }
    while (model->machine.prepulses < found->prepulses) {
        assert_false(model->machine.neon && number != focused);
        model->hung = prepulse(&model->machine, &controls_normal).hung;
    }
    if (!lockstep_same(&model->machine, found))
        fail_msg("machine %u is not what the reference makes of it", number);
}

static void follow_all(void)
{
    for (unsigned number = 1; number <= GUESTS_MAX; number++)
        if (models[number].present)
            follow(number);
}

static enum guest_state expected_state(unsigned number)
{
    const struct model *model = &models[number];

    if (model->killed)
        return GUEST_KILLED;
    if (model->paused)
        return GUEST_PAUSED;
    if (model->hung)
        return GUEST_HUNG;
    return model->cs && !model->machine.neon ? GUEST_RUNNING : GUEST_STOPPED;
}

static bool runs(unsigned number)
{
    return models[number].present && expected_state(number) == GUEST_RUNNING &&
           !is_in_past(number);
}

static bool competes(unsigned number)
{
    return runs(number) && models[number].speed == SPEED_MAX;
}

/* Returns the lowest number that is free, or 0. */
static unsigned next_number(void)
{
    for (unsigned number = 1; number <= capacity; number++)
        if (!models[number].present)
            return number;
    return 0;
}

/* ---- Checks ---- */

static void check_table(void)
{
    unsigned present = 0, chosen = ui.machines.chosen;

    for (unsigned number = 1; number <= GUESTS_MAX; number++) {
        assert_int_equal(guests_get(&ui.guests, number)->present,
                         models[number].present);
        present += models[number].present;
    }
    assert_int_equal(ui.guests.count, present);
    assert_int_equal(ui.guests.capacity, capacity);
    assert_in_range(present, 1, capacity);
    assert_int_equal(ui.guests.focus, focused);
    assert_true(models[focused].present);
    assert_true(chosen >= 1 && chosen <= capacity && models[chosen].present);
    assert_in_range(ui.machines.doomed, 0, capacity);
}

/* Memory, journal and history must belong to one session only. */
static void check_memory(unsigned number)
{
    const struct guest *guest = guests_get(&ui.guests, number);
    const struct session *session = session_of(number);

    assert_ptr_equal(session->engine_state, guest->place.engine_state);
    assert_int_equal(session->journal != NULL, number == focused);
    assert_int_equal(session->travel.history != NULL, number == focused);
    for (unsigned other = 1; other < number; other++)
        if (models[other].present)
            assert_ptr_not_equal(session->engine_state,
                                 session_of(other)->engine_state);
}

static void check_settings(unsigned number)
{
    const struct model *model = &models[number];
    const struct session *session = session_of(number);

    assert_int_equal(guests_get(&ui.guests, number)->parent, model->parent);
    assert_int_equal(guests_weight(&ui.guests, number), model->weight);
    assert_int_equal(guests_cap(&ui.guests, number), model->cap);
    assert_int_equal(session->pace.speed, model->speed);
    assert_ptr_equal(session->engine, model->engine);
}

static void check_guest(unsigned number)
{
    follow(number);
    assert_false(models[number].killed && session_of(number)->cs);
    check_memory(number);
    check_settings(number);
    if (is_in_past(number))
        return;
    if (guests_state(&ui.guests, number) != expected_state(number))
        fail_msg("machine %u is in state %u, not %u", number,
                 guests_state(&ui.guests, number), expected_state(number));
    assert_int_equal(account_of(number)->instructions,
                     models[number].counted +
                         models[number].machine.instructions);
}

/* The PC must never stop, pause or kill the machine in focus by itself. */
static void check_focus(void)
{
    assert_false(guests_get(&ui.guests, focused)->paused);
    assert_false(guests_get(&ui.guests, focused)->killed);
}

/* Exactly the machines that can run must be scheduled.  One that is alone needs
   no scheduler. */
static void check_scheduled(void)
{
    for (unsigned number = 1; number <= GUESTS_MAX; number++) {
        bool alone = number == focused && ui.guests.count == 1;

        if (!alone && !is_in_past(number))
            assert_int_equal(ui.guests.scheduler.entity[number - 1].wants,
                             runs(number));
    }
}

static void check_shares(void)
{
    unsigned weights = 0, count = 0, sum = 0, got = 0;

    if (session_in_past(&ui.view.session))
        return;
    for (unsigned number = 1; number <= GUESTS_MAX; number++) {
        weights += competes(number) ? models[number].weight : 0;
        count += competes(number);
    }
    for (unsigned number = 1; number <= GUESTS_MAX; number++) {
        if (!competes(number))
            continue;
        assert_int_equal(guests_share(&ui.guests, number),
                         (1000 * models[number].weight + weights / 2) /
                             weights);
        sum += guests_share(&ui.guests, number);
        got += ui.machines.usage[number - 1].share;
    }
    if (count > 0)
        assert_in_range(sum, 1000 - count, 1000 + count);
    if (ui.machines.known)
        assert_in_range(got, 0, 1000 + count);
}

#define SLICE_MAX_US (PACE_SLICE_US + PACE_CALL_US)

/* Returns how long a machine may wait, of the time of shares or, on time, of
   the clock. */
static uint64_t longest_wait(unsigned number)
{
    const struct model *model = &models[number];
    unsigned weights = 0;

    for (unsigned other = 1; other <= GUESTS_MAX; other++)
        weights += runs(other) ? models[other].weight : 0;
    if (is_on_time(number))
        return speeds[model->speed].period_ns / 1000 + 4 * FRAME;
    return (uint64_t)6 * SLICE_MAX_US * weights / model->weight;
}

/* No machine must wait longer than scheduler.h promises. */
static void check_waits(void)
{
    for (unsigned number = 1; number <= GUESTS_MAX; number++) {
        const struct model *model = &models[number];
        uint64_t waits = is_on_time(number)
                             ? now - model->ran_at
                             : time_of_shares() - model->waits_from;

        if (runs(number) && model->cap == 0)
            assert_in_range(waits, 0, longest_wait(number));
    }
}

/* The row under the cursor must show the machine chosen. */
static void check_row(void)
{
    static const char *const states[] = {
        [GUEST_RUNNING] = "running", [GUEST_PAUSED] = "paused",
        [GUEST_STOPPED] = "stopped", [GUEST_HUNG] = "hung",
        [GUEST_KILLED] = "killed",
    };
    unsigned chosen = ui.machines.chosen;
    char text[8];

    if (ui.machines.view != MACHINES_TABLE || is_in_past(chosen))
        return;
    snprintf(text, sizeof text, "%2u", chosen);
    for (unsigned row = 2; row < ui.view.cells.rows - 4; row++) {
        unsigned left = (ui.view.cells.columns - PAGE_COLUMNS) / 2;

        if (strcmp(part(row, left + 1, 2), text) != 0)
            continue;
        row_shows(row, states[expected_state(chosen)]);
        row_shows(row, speeds[models[chosen].speed].label);
        return;
    }
    print_screen();
    fail_msg("no row of machine %u", chosen);
}

static void check(void)
{
    assert_int_equal(ui.view.page, PAGE_MACHINES);
    assert_true(invariants_hold());
    check_table();
    for (unsigned number = 1; number <= GUESTS_MAX; number++)
        if (models[number].present)
            check_guest(number);
    check_focus();
    check_scheduled();
    check_shares();
    check_waits();
}

static void check_screen(void)
{
    ui.view.changed = true;
    turn();
    follow_all();
    check_row();
    check_grid();
}

/* ---- Actions ---- */

static void send_letter(char letter)
{
    struct event event = key_of(letter);

    send(event);
    event.down = false;
    send(event);
}

static void choose(void)
{
    static const enum key keys[] = {KEY_UP,    KEY_DOWN, KEY_LEFT,
                                    KEY_RIGHT, KEY_HOME, KEY_END};

    press_times(keys[random_below(6)], 1 + random_below(5));
}

/* Lets machine NUMBER begin, with the settings of MODEL. */
static void begin(unsigned number, const struct model *model)
{
    models[number] = *model;
    models[number].present = true;
    models[number].hung = models[number].past = false;
    models[number].counted = 0 - model->machine.instructions;
    forget_waits();
}

static void expect_new(const struct library_file *from)
{
    static struct library_reader reader;
    struct model model = {
        .cs = true,
        .weight = GUEST_WEIGHT,
        .speed = models[focused].speed,
        .engine = models[focused].engine,
        .machine = {.ci5 = ui.view.options.ci5,
                    .immediate_test = ui.view.options.immediate_test},
    };

    library_start(&reader, from);
    while (library_slice(&reader, FILE_MAX))
        continue;
    if (!reader.reader.good || next_number() == 0)
        return;
    model.program = reader.reader.program;
    program_load(&model.program, &model.machine);
    begin(next_number(), &model);
}

static void open_page(void)
{
    if (ui.view.page != PAGE_MACHINES)
        type_one('g', true);
    assert_int_equal(ui.view.page, PAGE_MACHINES);
}

static void add(void)
{
    type("n");
    assert_int_equal(ui.view.page, PAGE_PROGRAMS);
    press_times(KEY_DOWN, random_below(12));
    if (random_below(4) > 0) {
        expect_new(&ui.view.library.file[ui.programs.chosen]);
        press(KEY_ENTER);
    } else {
        press(KEY_ESCAPE);
    }
    forget_waits();
    open_page();
}

/* The clone must equal its parent at the moment of cloning. */
static void clone(void)
{
    unsigned parent = ui.machines.chosen, number = next_number();

    follow(parent);
    send_letter('c');
    if (number == 0 || models[parent].killed)
        return;
    struct model model = models[parent];
    const struct session *original = session_of(parent);

    model.parent = parent;
    model.cs = original->cs;
    model.machine = original->machine;
    session_program_entered(original, &model.program);
    begin(number, &model);
    models[number].hung = original->hung;
    assert_true(lockstep_same(&session_of(number)->machine, &model.machine));
    assert_false(session_in_past(session_of(number)));
}

static void pause(void)
{
    unsigned chosen = ui.machines.chosen;

    send_letter('p');
    if (chosen == focused || models[chosen].killed)
        return;
    models[chosen].paused = !models[chosen].paused;
    forget_waits();
}

static void kill(void)
{
    unsigned chosen = ui.machines.chosen;

    send_letter('k');
    if (chosen == focused || models[chosen].killed)
        return;
    models[chosen].killed = true;
    models[chosen].paused = models[chosen].cs = false;
    forget_waits();
}

static void restart(void)
{
    unsigned chosen = ui.machines.chosen;
    struct model *model = &models[chosen];

    send_letter('r');
    model->killed = model->paused = model->hung = model->past = false;
    model->cs = true;
    program_load(&model->program, &model->machine);
    model->counted = account_of(chosen)->instructions;
    forget_waits();
}

/* A program that is not saved needs Del twice, with no other key between. */
static void remove_chosen(void)
{
    unsigned chosen = ui.machines.chosen;

    press(KEY_DELETE);
    if (chosen == focused) {
        shows("is in focus: focus another one first");
        return;
    }
    if (session_of(chosen)->entered.unsaved) {
        shows("is not saved: Del again removes it");
        type("t");
        press(KEY_DELETE);
        shows("is not saved: Del again removes it");
        assert_true(guests_get(&ui.guests, chosen)->present);
        if (random_below(2) == 0) {
            press(KEY_LEFT);
            return;
        }
        press(KEY_DELETE);
    }
    models[chosen].present = false;
    forget_waits();
}

static void change_weight(void)
{
    bool up = random_below(2);
    unsigned *weight = &models[ui.machines.chosen].weight;

    for (unsigned i = random_below(16); i > 0; i--) {
        send_letter(up ? '+' : '-');
        if (up ? *weight < WEIGHT_MAX : *weight > 1)
            *weight += up ? 1u : -1u;
    }
    forget_waits();
}

static void change_cap(void)
{
    bool up = random_below(2);
    unsigned *cap = &models[ui.machines.chosen].cap;

    for (unsigned i = random_below(24); i > 0; i--) {
        unsigned percent = *cap > 0 ? *cap : 100;

        send_letter(up ? ']' : '[');
        if (up ? percent < 100 : percent > 5)
            percent += up ? 5u : -5u;
        *cap = percent % 100;
    }
    forget_waits();
}

static void change_speed(void)
{
    bool up = random_below(3);
    unsigned *speed = &models[ui.machines.chosen].speed;

    for (unsigned i = random_below(6); i > 0; i--) {
        follow(ui.machines.chosen);
        press(up ? KEY_F12 : KEY_F11);
        if (up ? *speed < SPEED_MAX : *speed > 0)
            *speed += up ? 1u : -1u;
    }
    forget_waits();
}

/* The translator cannot run here. */
static void change_engine(void)
{
    struct model *model = &models[ui.machines.chosen];
    unsigned at = 0;

    send_letter('e');
    if (model->killed)
        return;
    while (engines[at] != model->engine)
        at++;
    do {
        at = engines[at + 1] != NULL ? at + 1 : 0;
    } while (engines[at] == &engine_translator);
    model->engine = engines[at];
}

static void change_view(void)
{
    send_letter(random_below(3) ? 't' : 'v');
}

static void wait(void)
{
    unsigned frames = random_below(8) ? random_below(20) : random_below(200);

    while (frames-- > 0) {
        turn();
        follow_all();
    }
}

/* ---- The machine in focus ---- */

static void edit(void)
{
    static const char *const words[] = {"STO 25", "JMP 0", "-3",
                                        "STP",    "CMP",   "LDN 7; seven"};

    if (session_in_past(&ui.view.session))
        return;
    set_line(random_below(LINES), words[random_below(6)]);
    if (random_below(4) == 0)
        type_one('z', true);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    adopt(focused);
}

static void run_or_step(void)
{
    static const enum key keys[] = {KEY_F5, KEY_F5, KEY_F6, KEY_F7};

    press_times(keys[random_below(4)], 1 + random_below(3));
    while (session_is_seeking(&ui.view.session) || ui.waiting_count > 0)
        turn();
}

/* Presses some keys on the editor's page.  Steps are not charged. */
static void operate(void)
{
    const struct session *session = &ui.view.session;

    for (unsigned i = random_below(4); i > 0; i--) {
        follow_all();
        (random_below(2) ? edit : run_or_step)();
        follow_all();
        if (session_in_past(session))
            continue;
        models[focused].cs = session->cs;
        models[focused].counted =
            account_of(focused)->instructions - session->machine.instructions;
    }
    forget_waits();
}

/* A machine that loses the focus returns from the past, stopped. */
static void focus(void)
{
    unsigned chosen = ui.machines.chosen;
    bool past = session_in_past(&ui.view.session);

    follow_all();
    send((struct event){.key = KEY_ENTER, .down = true});
    send((struct event){.key = KEY_ENTER});
    if (models[chosen].killed) {
        assert_int_equal(ui.view.page, PAGE_MACHINES);
        return;
    }
    if (chosen != focused && past)
        models[focused].cs = models[focused].past = false;
    models[chosen].paused = false;
    focused = chosen;
    forget_waits();
    follow_all();
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    operate();
    open_page();
    assert_int_equal(ui.machines.chosen, focused);
}

/* ---- The walk ---- */

static void adopt_all(void)
{
    focused = ui.guests.focus;
    capacity = ui.guests.capacity;
    for (unsigned number = 1; number <= GUESTS_MAX; number++) {
        models[number] =
            (struct model){.present = guests_get(&ui.guests, number)->present};
        if (!models[number].present)
            continue;
        adopt(number);
        models[number].weight = GUEST_WEIGHT;
        models[number].speed = session_of(number)->pace.speed;
        models[number].engine = session_of(number)->engine;
    }
    forget_waits();
}

static void act(void)
{
    static void (*const actions[])(void) = {
        choose,       choose,        choose,        add,           add,
        clone,        clone,         pause,         pause,         kill,
        restart,      restart,       remove_chosen, change_weight, change_cap,
        change_speed, change_engine, change_view,   wait,          wait,
        focus,        focus,
    };

    if (ui.machines.view == MACHINES_TRAPS)
        type("v"); /* the keys of the table do nothing there */
    actions[random_below(sizeof actions / sizeof actions[0])]();
    if (random_below(2) == 0)
        turn();
}

struct walk {
    unsigned rows, machines;
    const char *boot_line;
};

static void walk(const struct walk *with, unsigned actions)
{
    struct library_file modules[] = {
        file("hangs", HANGING),
        file("bad", "1 LDN 1\n2 FOO\n"),
        file("counts", "1 LDN 9\n2 SUB 10\n3 STO 9\n4 JMP 0\n10 NUM 1\n"),
        file("stops", "1 STP\n"),
    };

    random_state = with->rows + (uint32_t)strlen(with->boot_line);
    start_pc((struct pc){.memory = PC_MEMORY, .machines = with->machines},
             with->rows, with->boot_line, modules, 4);
    speed_of_pc = 1;
    ui.view.environment.vmm = &fake_vmm;
    open_page();
    adopt_all();
    for (unsigned i = 0; i < actions; i++) {
        act();
        check();
        if (i % 8 == 0)
            check_screen();
    }
}

static void test_walks(void **state)
{
    static const struct walk walks[] = {
        {50, 0, "guests=12 speed=max"},
        {24, 0, "engine=threaded ci5 immediate-test"},
        {54, 0, "guests=20"},
        {50, 3, "guests=3 speed=max"},
    };
    const char *count = getenv("BABY_ACTIONS");
    unsigned actions = count != NULL ? (unsigned)atoi(count) : 3000;

    (void)state;
    for (unsigned i = 0; i < sizeof walks / sizeof walks[0]; i++)
        walk(&walks[i], actions / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_walks),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
