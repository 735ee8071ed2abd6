/* SPDX-License-Identifier: MIT */
/* Tests the lab page: timed runs, states, code discovery and lockstep. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "console.h"
#include "emu/text/mnemonic.h"
#include "ui/lab/notes.h"

static unsigned engines_here(void)
{
    unsigned count = 0;

    while (engines[count] != NULL)
        count++;
    return count;
}

static void open_lab(unsigned rows, const char *program)
{
    start_program(rows, program);
    press(KEY_F4);
    assert_int_equal(ui.view.page, PAGE_LAB);
    assert_int_equal(ui.view.base, PAGE_LAB);
}

/* Runs the console until all timed runs are done. */
static void measure(void)
{
    for (unsigned i = 0; ui.lab.measuring; i++) {
        assert_true(i < 2000);
        turn_by(1000);
    }
    turn();
}

#define ADDS                                                                   \
    "; Adds\n1 LDN 6\n2 SUB 7\n3 STO 8\n4 CMP\n5 JMP 9\n6 NUM 3\n7 NUM 4\n"

/* Tests the displayed speeds with fake slices of 4,096 instructions. */
static void test_figures(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        press(KEY_F4);
        assert_true(ui.lab.measuring);
        shows("measuring reference");
        measure();
        shows_not("measuring");
        for (unsigned j = 0; j < engines_here(); j++) {
            char row[80];

            snprintf(row, sizeof row,
                     " %u %-11s     819 k/s      5.00 k     2.56 s   x1.00 ",
                     j + 1, engines[j]->name);
            shows(row);
        }
        shows("July run  x switch  relative speed ");
        check_grid();
    }
}

/* A program must be measured when it is loaded or edited. */
static void test_measures_again(void **state)
{
    struct library_file other = file("other", "1 JMP 2\n2 NUM 0\n");

    (void)state;
    open_lab(50, "1 LDN 9\n2 JMP 3\n3 NUM 0\n");
    ui.view.library.count = 1;
    measure();
    shows(" 2.56 s   x1.00");
    type("m");
    assert_true(ui.lab.measuring);
    measure();
    assert_true(load_library_file(&other));
    turn();
    assert_true(ui.lab.measuring);
    measure();
    session_begin_action(&ui.view.session);
    session_set_digits(&ui.view.session, 9, 1, 1);
    turn();
    assert_true(ui.lab.measuring);
}

/* Writes a program that executes PADDING instructions, then 7 in each of PASSES
   passes. */
static void write_loop(char *to, size_t size, unsigned padding, unsigned passes)
{
    static const char *const loop[] = {"LDN 21", "SUB 22", "STO 23", "LDN 23",
                                       "STO 21", "CMP",    "STP",    "JMP 24"};
    struct strbuf text = strbuf_begin(to, size);
    unsigned line = 1;

    while (line <= padding)
        strbuf_add(&text, "%u LDN 20\n", line++);
    for (unsigned i = 0; i < sizeof loop / sizeof loop[0]; i++)
        strbuf_add(&text, "%u %s\n", line++, loop[i]);
    strbuf_add(&text, "21 NUM -%u\n22 NUM 1\n24 NUM %u\n", passes, padding);
}

/* A program that ends too soon must not be measured. */
static void test_too_short(void **state)
{
    char text[200];

    (void)state;
    open_lab(50, ADDS);
    measure();
    shows(" 1 reference                               2.56 s  "
          "too short: 5 instructions ");
    shows(" 4 predecoded                              2.56 s           ");
    for (unsigned padding = 3; padding <= 4; padding++) {
        write_loop(text, sizeof text, padding, 1428);
        open_lab(25, text);
        measure();
        if (padding == 3)
            shows("too short: 9999 instructions");
        else
            shows_not("too short");
    }
}

/* All engines must be measured from the same initial machine. */
static void test_same_start(void **state)
{
    uint32_t store[LINES];

    (void)state;
    start(50);
    session_begin_action(&ui.view.session);
    session_set_digits(&ui.view.session, 30, 1, 1);
    press(KEY_F4);
    memcpy(store, ui.view.session.machine.store, sizeof store);
    ui.view.session.pace.speed = SPEED_MAX;
    press(KEY_F5);
    for (unsigned i = 0; ui.lab.measuring; i++) {
        turn_by(i % 3 ? 1000 : FRAME);
        if (ui.lab.begun && ui.lab.program == LAB_CURRENT)
            assert_memory_equal(ui.lab.timed_run.start.store, store,
                                sizeof store);
    }
    assert_memory_not_equal(ui.view.session.machine.store, store, sizeof store);
}

static void test_saving_while_measuring(void **state)
{
    (void)state;
    open_lab(50, ADDS);
    assert_true(ui.lab.measuring);
    ui.view.environment.serial = true;
    press(KEY_F3);
    type("a");
    for (unsigned i = 0; i < 4000 && ui.lab.measuring; i++) {
        const char *bytes;

        ui_sent(&ui, PORT_COM1, ui_to_send(&ui, PORT_COM1, &bytes), now);
        turn_by(1000);
    }
    assert_false(ui.lab.measuring);
    assert_int_equal(ui.view.session.loaded.program.store[1],
                     LDN << FUNCTION_BIT | 6);
}

/* Measuring must neither block the console nor change the machine. */
static void test_measures_beside(void **state)
{
    struct machine before;

    (void)state;
    start(50);
    press_times(KEY_F6, 5);
    before = ui.view.session.machine;
    press(KEY_F4);
    for (unsigned i = 0; ui.lab.measuring; i++) {
        turn_by(1000);
        if (i % 40 == 0)
            press(KEY_DOWN);
    }
    assert_true(lockstep_same(&before, &ui.view.session.machine));
    assert_true(ui.view.line > 1);
    press(KEY_F6);
    assert_int_equal(ui.view.session.machine.instructions, 6);
}

static void test_leaving_pauses(void **state)
{
    (void)state;
    start(50);
    press(KEY_F4);
    turn_by(1000);
    press(KEY_TAB);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    for (unsigned i = 0; i < 100; i++) {
        turn_by(1000);
        assert_false(ui.lab.slicing);
    }
    assert_true(ui.lab.measuring);
    assert_false(ui.view.session.observed.by_engine);
}

static void test_hanging_program_has_no_speed(void **state)
{
    (void)state;
    open_lab(50, "; Hangs\n0 JMP 0\n");
    ui.view.session.loaded.program.ci = 0x8000;
    type("m");
    measure();
    assert_int_equal(ui.lab.timing[LAB_CURRENT][0].ns, 0);
}

static void test_choosing(void **state)
{
    (void)state;
    open_lab(50, ADDS);
    type("2");
    assert_ptr_equal(ui.view.session.engine, &engine_switch);
    type("3");
    assert_ptr_equal(ui.view.session.engine, &engine_threaded);
    shows("The machine runs under the threaded engine");
    for (unsigned i = 0; i < engines_here(); i++)
        type("e");
    assert_ptr_equal(ui.view.session.engine, &engine_threaded);
    type("9");
    assert_ptr_equal(ui.view.session.engine, &engine_threaded);
}

static void test_single_steps(void **state)
{
    (void)state;
    for (unsigned i = 0; i < engines_here(); i++) {
        struct machine machine;

        start(50);
        press(KEY_F4);
        type_one((char)('1' + i), false);
        machine = ui.view.session.machine;
        for (unsigned step = 0; step < 200; step++) {
            prepulse(&machine, &controls_normal);
            if (step % 2)
                press(KEY_F6);
            else
                type("b");
            assert_true(lockstep_same(&machine, &ui.view.session.machine));
        }
        assert_int_equal(ui.view.session.phosphor.active, true);
    }
}

static void test_states(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        open_lab(sizes[i], ADDS);
        shows("not started");
        press_times(KEY_F6, 2);
        shows("fetch    CI 2 selects line 2: 32775");
        shows("decode   function 4, line 7: SUB 7");
        shows("execute  A = -3 - 4 = -7");
        shows("SPC       line 3  TPC         slot 3");
        shows("A             -7  a               -7");
        type("3");
        press(KEY_F6);
        shows("ci               3");
        type("1");
        shows("T-state only");
        type("2");
        shows("T-state only");
        check_grid();
    }
}

static void test_states_agree(void **state)
{
    const struct predecoded *predecoded =
        &ui.view.session.engine_state->predecoded;

    (void)state;
    start(50);
    press(KEY_F4);
    measure();
    for (unsigned speed = SPEED_REAL; speed < SPEEDS; speed++) {
        const struct machine *machine = &ui.view.session.machine;

        session_reload(&ui.view.session);
        pace_set(&ui.view.session.pace, speed);
        turn();
        shows("not started");
        press(KEY_F5);
        for (unsigned i = 0; i < 3; i++)
            turn();
        press(KEY_F5);
        assert_true(machine->instructions > 0);
        assert_int_equal(predecoded->a, machine->a);
        assert_int_equal(predecoded->target - predecoded->slot,
                         word_line(machine_next_control(machine)));
    }
}

static void test_hung_machine(void **state)
{
    (void)state;
    open_lab(50, HANGING);
    press_times(KEY_F6, 3);
    shows("hung: nothing was fetched");
}

/* On the short screen the right pane must show one of its halves at a time. */
static void test_short_screen_view(void **state)
{
    (void)state;
    open_lab(24, ADDS);
    shows("T-state");
    type("v");
    shows_not("T-state");
    shows("emu/engine/predecoded.c");
    type("v");
    shows("static translation");
    type("v");
    shows("Only the translator has an emulation");
    type("v");
    shows("T-state");
}

/* The description of each engine must fit in its pane, on both screen sizes. */
static void test_descriptions(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        for (unsigned j = 0; j < engines_here(); j++) {
            char name[40];

            open_lab(sizes[i], ADDS);
            type_one((char)('1' + j), false);
            if (sizes[i] == 24)
                type("v");
            snprintf(name, sizeof name, "/%s.c", engines[j]->name);
            shows(name);
        }
    }
}

static const char *use_of(unsigned line)
{
    static const char *const uses[] = {"never", "obeyed", "data", "both"};

    return uses[(ui.view.session.observed.used.executed >> line & 1) +
                2 * (ui.view.session.observed.used.accessed >> line & 1)];
}

static void test_uses_of_lines(void **state)
{
    (void)state;
    open_lab(50, ADDS);
    press_times(KEY_F6, 3);
    assert_string_equal(use_of(0), "never");
    assert_string_equal(use_of(1), "obeyed");
    assert_string_equal(use_of(4), "never");
    assert_string_equal(use_of(6), "data");
    assert_string_equal(use_of(8), "data");
    shows(" 01   LDN 6       obeyed  ldn, &S[6]");
    shows(" 04   CMP         never   undecoded");
    shows(" 06   3           data ");
}

/* Returns the lines used by MACHINE until its prepulse number END. */
static struct lines_used used_until(struct machine machine, uint64_t end)
{
    struct lines_used used = {0};

    while (machine.prepulses < end) {
        struct bar bar = prepulse(&machine, &controls_normal);

        lines_used_add(&used, bar.control_line, bar.instruction);
    }
    return used;
}

/* Runs the program in FILE at full speed.  The lines used must be exact if the
   engine records them, and may be incomplete if the page says "sampled". */
static void check_uses(const struct library_file *file,
                       const struct engine *engine)
{
    const struct lines_used *used = &ui.view.session.observed.used;
    struct lines_used expected;
    struct machine machine;

    start_with(50, "speed=max", file, 1);
    press(KEY_F4);
    assert_true(session_set_engine(&ui.view.session, engine, NULL));
    machine = ui.view.session.machine;
    press(KEY_F5);
    for (unsigned i = 0; i < 20 && session_runs(&ui.view.session); i++)
        turn();
    expected = used_until(machine, ui.view.session.machine.prepulses);
    assert_int_equal(used->executed & ~expected.executed, 0);
    assert_int_equal(used->accessed & ~expected.accessed, 0);
    if (ui.view.session.observed.sampled) {
        shows(" line word        sampled ");
        assert_null(engine->lines_used);
        return;
    }
    shows(" line word        use     ");
    assert_int_equal(used->executed, expected.executed);
    assert_int_equal(used->accessed, expected.accessed);
}

static void test_discovery(void **state)
{
    unsigned sampled = 0, exact = 0;

    (void)state;
    for (unsigned i = 0; i < builtin_library.count; i++) {
        check_uses(&builtin_library.file[i], &engine_predecoded);
        exact += !ui.view.session.observed.sampled;
        check_uses(&builtin_library.file[i], &engine_switch);
        sampled += ui.view.session.observed.sampled;
    }
    assert_int_equal(exact, builtin_library.count);
    assert_true(sampled > 0);
}

static bool nothing_used(void)
{
    const struct lines_used *used = &ui.view.session.observed.used;

    turn();
    return used->executed == 0 && used->accessed == 0;
}

static void test_uses_start_anew(void **state)
{
    (void)state;
    open_lab(50, ADDS);
    press_times(KEY_F6, 3);
    assert_false(nothing_used());
    session_clear_control(&ui.view.session);
    assert_true(nothing_used());
    press_times(KEY_F6, 3);
    assert_false(nothing_used());
    session_clear_store(&ui.view.session);
    assert_true(nothing_used());
    session_clear_control(&ui.view.session);
    press(KEY_F6);
    assert_false(nothing_used());
}

static void test_lockstep(void **state)
{
    (void)state;
    start(50);
    press(KEY_F4);
    measure();
    type("l");
    shows("in lockstep");
    ui.view.session.pace.speed = SPEED_MAX;
    press(KEY_F5);
    for (unsigned i = 0; i < 10; i++)
        turn();
    assert_false(ui.view.session.observed.differs);
    assert_true(ui.lab.lockstep.calls > 10);
    press(KEY_TAB);
    assert_null(ui.view.session.observed.lockstep);
    press(KEY_F4);
    type("l");
    shows_not("in lockstep");
    assert_null(ui.view.session.observed.lockstep);
}

/* A faulty engine, which executes SUB 7 incorrectly. */
static struct outcome run_wrong(void *engine_state, struct machine *machine,
                                const struct breakpoints *breakpoints,
                                uint32_t budget)
{
    struct outcome outcome =
        engine_predecoded.run(engine_state, machine, breakpoints, budget);

    if (machine->pi == (SUB << FUNCTION_BIT | 7))
        machine->store[30]++;
    return outcome;
}

static void test_difference(void **state)
{
    struct engine wrong = engine_predecoded;

    (void)state;
    wrong.name = "wrong";
    wrong.run = run_wrong;
    for (unsigned i = 0; i < SIZES; i++) {
        open_lab(sizes[i], ADDS);
        ui.view.session.engine = &wrong;
        type("l");
        press_times(KEY_F6, 2);
        assert_true(ui.view.session.observed.differs);
        press_times(KEY_F6, 2);
        shows("Engine and reference differ (*) in call 2;");
        shows("before    expected       wrong");
        if (sizes[i] == 50) {
            shows("line 30               0           0           1  *");
            shows_not("line 29");
        }
        check_grid();
        type("4");
        shows_not("differ (*)");
        assert_false(ui.view.session.observed.differs);
        ui.view.session.observed.differs = true;
        session_reload(&ui.view.session);
        assert_false(ui.view.session.observed.differs);
    }
}

static void test_host(void **state)
{
    static const char *const signatures[] = {"",
                                             "TCGTCGTCGTCG",
                                             "KVMKVMKVM",
                                             "VMwareVMware",
                                             "Microsoft Hv",
                                             "VBoxVBoxVBox",
                                             "WWWWWWWWWWWW"};

    (void)state;
    for (unsigned i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        char buffer[PAGE_COLUMNS];
        struct strbuf text = strbuf_begin(buffer, sizeof buffer);

        lab_host(&text, signatures[i]);
        assert_false(text.cut);
        assert_non_null(strstr(buffer, "indirect jump"));
        assert_int_equal(strstr(buffer, "Under") != NULL, i > 0);
    }
    start(50);
    ui.view.environment.hypervisor = "KVMKVMKVM";
    press(KEY_F4);
    shows("Under KVM, ");
}

/* Opens the pane of static translation for the program that START options
   select. */
static void open_static(unsigned rows, const char *options)
{
    start_with(rows, options, NULL, 0);
    press(KEY_F4);
    shows("T-state");
    type(rows == 24 ? "vv" : "v");
    shows_not("T-state");
    shows("static translation    lines:");
}

/* July 1948 can be translated before it runs, and ducks cannot. */
static void test_static_translation(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        open_static(sizes[i], "program=july1948");
        shows("found as code     19  1-19");
        shows("obeyed so far      0");
        shows("jumps resolved     2  8 19");
        shows("constant places");
        type("v");
        shows("Only the translator has an emulation");
        type("v");
        shows("T-state");
        open_static(sizes[i], "program=ducks");
        shows("rewritten code     2  1 7");
        shows("The program rewrites lines 1 7.");
    }
}

static void test_static_translation_lost(void **state)
{
    (void)state;
    start_program(50, "1 LDN 20\n2 STO 10\n3 JMP 21\n4 STP\n6 JMP 10\n"
                      "20 NUM -3\n21 NUM 5\n");
    press(KEY_F5);
    run_to_end();
    press(KEY_F4);
    type_one('v', false);
    shows("obeyed, not found  1  4");
    shows("jumps unresolved   1  6");
    shows("Line 6 jumps to where line 10 says");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_measures_again),
        cmocka_unit_test(test_too_short),
        cmocka_unit_test(test_same_start),
        cmocka_unit_test(test_saving_while_measuring),
        cmocka_unit_test(test_measures_beside),
        cmocka_unit_test(test_leaving_pauses),
        cmocka_unit_test(test_hanging_program_has_no_speed),
        cmocka_unit_test(test_choosing),
        cmocka_unit_test(test_single_steps),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_states_agree),
        cmocka_unit_test(test_hung_machine),
        cmocka_unit_test(test_short_screen_view),
        cmocka_unit_test(test_descriptions),
        cmocka_unit_test(test_uses_of_lines),
        cmocka_unit_test(test_discovery),
        cmocka_unit_test(test_uses_start_anew),
        cmocka_unit_test(test_lockstep),
        cmocka_unit_test(test_difference),
        cmocka_unit_test(test_host),
        cmocka_unit_test(test_static_translation),
        cmocka_unit_test(test_static_translation_lost),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
