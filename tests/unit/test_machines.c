/* SPDX-License-Identifier: MIT */
/* Tests the page of machines: keys, table, tubes, focus. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "console.h"
#include "fake_vmm.h"
#include "emu/guests/operations.h"
#include "ui/machines/machines.h"

#define SECOND 50 /* frames */

static void open_machines(unsigned rows, const char *options)
{
    start_with(rows, options, NULL, 0);
    if (ui.view.page != PAGE_MACHINES)
        type_one('g', true);
    assert_int_equal(ui.view.page, PAGE_MACHINES);
}

static void run_frames(unsigned frames)
{
    while (frames-- > 0)
        turn();
}

/* Returns the row of the table that shows the guest of this NUMBER. */
static const char *row_of(unsigned number)
{
    char begin[8];

    snprintf(begin, sizeof begin, "%2u", number);
    for (unsigned row = 2; row < ui.view.layout->rows - 4; row++)
        if (strcmp(part(row, 1, 2), begin) == 0)
            return squeeze(row_text(row));
    fail_msg("no row of machine %u", number);
    return NULL;
}

static enum guest_state state_of(unsigned number)
{
    return guests_state(&ui.guests, number);
}

/* The first machine must be listed, in focus. */
static void test_one_machine(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        open_machines(sizes[i], "");
        row_shows(0, "1 of 64");
        assert_non_null(strstr(row_of(1), "stopped predecoded real speed 8"));
        check_grid();
        press(KEY_ESCAPE);
        assert_int_equal(ui.view.page, PAGE_EDITOR);
        row_shows(0, "Highest factor");
    }
}

/* N must run the program chosen from the list as another machine, and leave the
   one in focus alone. */
static void test_new(void **state)
{
    struct machine before;

    (void)state;
    open_machines(50, "");
    before = ui.view.session.machine;
    type("n");
    assert_int_equal(ui.view.page, PAGE_PROGRAMS);
    while (strcmp(ui.view.library.file[ui.programs.chosen].name, "ducks") != 0)
        press(KEY_DOWN);
    press(KEY_ENTER);
    assert_int_equal(ui.view.page, PAGE_MACHINES);
    assert_int_equal(ui.guests.count, 2);
    assert_int_equal(ui.machines.chosen, 2);
    run_frames(3 * SECOND);
    assert_non_null(strstr(row_of(2), "Ducks on a pond running"));
    assert_true(guests_get(&ui.guests, 2)->account.instructions > 1000);
    assert_memory_equal(&ui.view.session.machine, &before, sizeof before);
    press(KEY_ESCAPE);
    row_shows(0, "1: Highest factor");
}

/* A machine in focus must be operated by all pages, and lose nothing when
   another one is brought into focus. */
static void test_focus(void **state)
{
    (void)state;
    open_machines(50, "");
    type("n");
    press(KEY_ENTER);
    press(KEY_ENTER);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    assert_int_equal(ui.guests.focus, 2);
    row_shows(0, "2: Ducks on a pond");
    press(KEY_F5);
    assert_int_equal(state_of(2), GUEST_STOPPED);
    set_line(31, "LDN 7 ; mine");
    type_one('g', true);
    press(KEY_UP);
    press(KEY_ENTER);
    row_shows(0, "1: Highest factor");
    press(KEY_F6);
    assert_int_equal(ui.view.session.machine.instructions, 1);
    type_one('g', true);
    press(KEY_DOWN);
    press(KEY_ENTER);
    row_shows(0, "2: Ducks on a pond *");
    assert_string_equal(ui.view.session.notes.text[31], "mine");
    assert_int_equal(ui.view.session.machine.store[31], LDN << 13 | 7);
    type_one('g', true);
    press(KEY_UP);
    press(KEY_ENTER);
    assert_int_equal(ui.view.session.machine.instructions, 1);
    press(KEY_F7);
    shows("This is as far back as history reaches");
}

static void test_states(void **state)
{
    (void)state;
    open_machines(50, "guests=3");
    run_frames(5);
    type("t");
    press(KEY_DOWN);
    type("p");
    assert_int_equal(state_of(2), GUEST_PAUSED);
    uint64_t before = guests_session(&ui.guests, 2)->machine.instructions;

    run_frames(SECOND);
    assert_int_equal(guests_session(&ui.guests, 2)->machine.instructions,
                     before);
    type("p");
    run_frames(SECOND);
    assert_true(guests_session(&ui.guests, 2)->machine.instructions > before);
    type("k");
    assert_int_equal(state_of(2), GUEST_KILLED);
    shows("Killed by the operator");
    type("p");
    shows("Machine 2 was killed: restart or remove it");
    type("r");
    assert_int_equal(state_of(2), GUEST_RUNNING);
    press(KEY_DELETE);
    assert_int_equal(ui.guests.count, 2);
    assert_int_equal(ui.machines.chosen, 3);
    press(KEY_HOME);
    press(KEY_DELETE);
    shows("Machine 1 is in focus: focus another one first");
    assert_int_equal(ui.guests.count, 2);
}

/* The machine in focus must never be paused or killed, so that F5 runs it. */
static void test_focus_can_run(void **state)
{
    (void)state;
    open_machines(50, "guests=2");
    type("p");
    shows("Machine 1 is in focus: F5 on its own pages stops it");
    assert_int_equal(state_of(1), GUEST_RUNNING);
    type("k");
    shows("Machine 1 is in focus");
    assert_int_equal(state_of(1), GUEST_RUNNING);
    ui.machines.chosen = 2;
    type("k");
    press(KEY_ENTER);
    shows("Machine 2 was killed: R restarts it");
    assert_int_equal(ui.guests.focus, 1);
    type("rp");
    assert_int_equal(state_of(2), GUEST_PAUSED);
    press(KEY_ENTER);
    assert_int_equal(ui.guests.focus, 2);
    assert_int_equal(state_of(2), GUEST_RUNNING);
}

/* A program that is not saved must be removed only by a second Del. */
static void test_remove_unsaved(void **state)
{
    (void)state;
    open_machines(50, "guests=2");
    guests_session(&ui.guests, 2)->entered.unsaved = true;
    press(KEY_DOWN);
    ui.machines.chosen = 2;
    press(KEY_DELETE);
    shows("The program of machine 2 is not saved: Del again removes it");
    assert_int_equal(ui.guests.count, 2);
    press(KEY_HOME);
    ui.machines.chosen = 2;
    press(KEY_DELETE);
    assert_int_equal(ui.guests.count, 2);
    type("t");
    press(KEY_DELETE);
    assert_int_equal(ui.guests.count, 2);
    press(KEY_DELETE);
    assert_int_equal(ui.guests.count, 1);
}

static void test_clone(void **state)
{
    (void)state;
    open_machines(50, "guests=2 speed=max");
    run_frames(SECOND);
    ui.machines.chosen = 2;
    guests_pause(&ui.guests, 2);
    type("c");
    shows("Machine 3 is a clone of machine 2, and both go on");
    assert_memory_equal(&guests_session(&ui.guests, 3)->machine,
                        &guests_session(&ui.guests, 2)->machine,
                        sizeof(struct machine));
}

static char saved[64]; /* the beginning of what was saved */

static const char *keep_beginning(const char *ending, const char *text,
                                  size_t length)
{
    assert_string_equal(ending, ".state");
    snprintf(saved, sizeof saved, "%.*s", (int)length, text);
    return "name";
}

/* A saved state must name its machine if there are several. */
static void test_state_names_machine(void **state)
{
    (void)state;
    open_machines(50, "guests=3");
    ui.view.environment.save_file = keep_beginning;
    ui.machines.chosen = 2;
    press(KEY_ENTER);
    press(KEY_F3);
    type("t");
    assert_memory_equal(saved, "baby: state 1 ; machine 2 of 3\n", 31);
}

static void test_settings(void **state)
{
    (void)state;
    open_machines(50, "guests=3 speed=max");
    type("t");
    ui.machines.chosen = 3;
    for (unsigned i = 0; i < 8; i++)
        type("+");
    assert_int_equal(guests_weight(&ui.guests, 3), 16);
    type("-");
    assert_int_equal(guests_weight(&ui.guests, 3), 15);
    for (unsigned i = 0; i < 100; i++)
        type("+");
    shows("A weight is a number from 1 to 64");
    assert_int_equal(guests_weight(&ui.guests, 3), WEIGHT_MAX);
    for (unsigned i = 0; i < 100; i++)
        type("[");
    assert_int_equal(guests_cap(&ui.guests, 3), 5);
    guests_set_speed(&ui.guests, 3, SPEED_REAL + 1, now);
    turn_by(SECOND * FRAME);
    assert_non_null(strstr(row_of(3), "8.5 us digits 64 5%"));
    guests_set_speed(&ui.guests, 3, SPEED_MAX, now);
    for (unsigned i = 0; i < 100; i++)
        type("]");
    assert_int_equal(guests_cap(&ui.guests, 3), 0);
    press(KEY_F11);
    assert_int_equal(guests_session(&ui.guests, 3)->pace.speed, SPEED_MAX - 1);
    press_times(KEY_F12, 3);
    assert_int_equal(guests_session(&ui.guests, 3)->pace.speed, SPEED_MAX);
    type("e");
    assert_ptr_not_equal(guests_session(&ui.guests, 3)->engine,
                         &engine_predecoded);
}

/* Turns that run a machine which is alone must be on its account. */
static void test_account_of_turns(void **state)
{
    const struct machine *machine = &ui.view.session.machine;
    const struct account *account = &guests_get(&ui.guests, 1)->account;
    unsigned ran = 0;

    (void)state;
    start_with(50, "run", NULL, 0);
    assert_int_equal(account->us, 0);
    for (unsigned i = 0; i < 100; i++) {
        uint64_t before = machine->prepulses;
        bool draw;

        ui_work(&ui, now += 500, &draw);
        ui_account_time(&ui, 7, 0);
        ran += machine->prepulses != before;
        assert_int_equal(account->us, 7 * ran);
    }
    assert_in_range(ran, 34, 36); /* a bar takes 1.44 ms */
}

/* Shares of 1:2 must be asked, and got within 1 %. */
static void test_shares(void **state)
{
    struct library_file loops[] = {file("loop", "1 JMP 0\n"),
                                   file("loop", "1 JMP 0\n")};

    (void)state;
    start_with(50, "guests=2 speed=max", loops, 2);
    type("t");
    ui.machines.chosen = 2;
    assert_true(guests_set_weight(&ui.guests, 2, 16));
    run_frames(10 * SECOND);
    assert_non_null(strstr(row_of(1), "33.3"));
    assert_non_null(strstr(row_of(2), "66.7"));
    assert_in_range(ui.machines.usage[0].share, 323, 343);
    assert_in_range(ui.machines.usage[1].share, 657, 677);
    shows("This PC does the work of ");
}

/* Each tube must show the store of its machine. */
static void test_tubes(void **state)
{
    (void)state;
    open_machines(50, "guests=5 speed=1");
    run_frames(SECOND);
    shows("1 Highest factor");
    shows("4 Highest common factor");
    shows_not("5 A turning");
    press(KEY_END);
    shows("5 A turning");
    shows_not("4 Highest common");
    press(KEY_HOME);
    press(KEY_DOWN);
    assert_int_equal(ui.machines.chosen, 3);
    for (unsigned line = 0; line < LINES; line += 2)
        for (unsigned digit = 0; digit < DIGITS; digit++) {
            uint8_t is = (uint8_t)ui.view.cells.at[1 + line / 2][7 + digit];
            const uint32_t *store = ui.view.session.machine.store;
            bool upper = store[line] >> digit & 1;
            bool lower = store[line + 1] >> digit & 1;

            assert_int_equal(is, upper && lower ? CHAR_BOTH_HALVES
                                 : upper        ? CHAR_UPPER_HALF
                                 : lower        ? CHAR_LOWER_HALF
                                                : CHAR_DOT);
        }
}

/* Small tubes must show each digit in the beam of their cells. */
static void test_small_tubes(void **state)
{
    (void)state;
    open_machines(54, "guests=30 speed=1");
    run_frames(SECOND);
    shows("30 ");
    for (unsigned line = 0; line < LINES; line++)
        for (unsigned digit = 0; digit < DIGITS; digit++) {
            const struct beam *beam =
                &ui.view.cells.beam[1 + line / 4][2 + digit / 2];
            unsigned bit = line % 2 * 2 + digit % 2;

            assert_int_equal(beam->part, BEAM_EIGHT);
            assert_true(beam->spot[0].light > 0);
            assert_int_equal(beam->spot[line / 2 % 2].share >> bit & 1,
                             ui.view.session.machine.store[line] >> digit & 1);
        }
}

/* Opens the page with a fake of a PC's hypervisor. */
static void open_with_vmm(unsigned rows, const char *options)
{
    open_machines(rows, options);
    ui.view.environment.vmm = &fake_vmm;
}

/* V must show the widest control block and entries whole. */
static void test_control_view(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        bool home = sizes[i] == 50;
        unsigned row = home ? 8 : 6;

        cycles_of_entry = 1234567;
        open_with_vmm(sizes[i], "");
        type("v");
        check_grid();
        row_shows(home ? 2 : 1, "Machine 1: Highest factor of 2^18, July 1948, "
                                "stopped");
        row_shows(row - 2, "0003!");
        row_shows(row, "VM entry");
        assert_string_equal(squeeze(row_text(row + 1)),
                            "4294967295 lines used 4294967295 4294967295 "
                            "damaged stack 123 G 28.7");
        assert_string_equal(squeeze(row_text(row + 2)), "1 start done");
        row_shows(row + ENTRY_ROWS, "4294967295");
        row_shows(row + ENTRY_ROWS + 1 + home,
                  "An empty VM entry and exit: 1 234 567 cycles");
        shows("With VT-x, the processor would");
        if (home)
            shows("0005!");
        press(KEY_UP);
        row_shows(home ? 2 : 1, "Machine 1:");
    }
}

/* The costs are those of the machine under the cursor, measured when V is
   pressed. */
static void test_costs(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        open_with_vmm(sizes[i], "noirq");
        type("v");
        shows("nothing ends an engine that hangs.");
    }
    cycles_of_entry = 0;
    open_with_vmm(50, "guests=2");
    type("v");
    shows("This processor counts no cycles.");
    type("vv");
    cycles_of_entry = 500;
    type("v");
    shows("exit: 500 cycles");
}

/* V must show the widest rows whole, and count those that do not trap. */
static void test_traps(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        unsigned row = sizes[i] == 50 ? 4 : 2;

        open_machines(sizes[i], "");
        type("v");
        shows("There is no ring 3 here: this needs a PC with paging");
        ui.view.environment.vmm = &fake_vmm;
        type("vv");
        check_grid();
        assert_string_equal(squeeze(row_text(row)),
                            "mov eax, cr0 reads the privilege level of a "
                            "segment reads it without a trap");
        assert_non_null(strstr(row_text(row + 3), " traps "));
        assert_non_null(
            strstr(row_text(row + PRIVILEGED_ROWS - 1), " silently ignored "));
        if (sizes[i] == 50)
            shows("17 of 18");
        type("v");
        row_shows(sizes[i] == 50 ? 3 : 2, "Highest factor");
    }
}

/* No memory must be a sentence, and what fits must run. */
static void test_little_memory(void **state)
{
    static uint64_t memory[3 * GUEST_SIZE / sizeof(uint64_t)];
    struct guest_place three[3];

    (void)state;
    open_machines(50, "");
    guests_start(&ui.guests, &ui.view.session, three,
                 guests_divide(three, 3, memory, sizeof memory), now);
    for (unsigned i = 0; i < 5; i++)
        type("c");
    shows("This PC has memory for 4 machines, and no more");
    assert_int_equal(ui.guests.count, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_machine),
        cmocka_unit_test(test_new),
        cmocka_unit_test(test_focus),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_focus_can_run),
        cmocka_unit_test(test_remove_unsaved),
        cmocka_unit_test(test_clone),
        cmocka_unit_test(test_state_names_machine),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_account_of_turns),
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_tubes),
        cmocka_unit_test(test_small_tubes),
        cmocka_unit_test(test_control_view),
        cmocka_unit_test(test_costs),
        cmocka_unit_test(test_traps),
        cmocka_unit_test(test_little_memory),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
