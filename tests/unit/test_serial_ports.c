/* SPDX-License-Identifier: MIT */
/*
 * A terminal on a serial port, and what it shares that port with.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "console.h"
#include "ui/ui.h"

#define SECOND    1000000u
#define ASK       "\x1B[6n"
#define MAKE_WAY  "\x1B[999;1H\r\n"
#define ANSWER_24 "\x1B[2;2R\x1B[24;80R"
#define ANSWER_50 "\x1B[2;2R\x1B[50;132R"
#define PROGRAM   "; Sent\n1 LDN 9\n2 STP\n9 NUM -7\n"

/* ---------------------------------------------------------- the wires --- */

static char second[1 << 16]; /* what COM2 took */
static size_t second_length;

static void take_second(void)
{
    const char *bytes;
    size_t count = ui_to_send(&ui, PORT_COM2, &bytes);

    assert_true(second_length + count < sizeof second);
    memcpy(second + second_length, bytes, count);
    second_length += count;
    second[second_length] = '\0';
    ui_sent(&ui, PORT_COM2, count, now);
}

/* Turns, both ports taking all, until COM1 has nothing more. */
static void settle(void)
{
    unsigned quiet = 0;

    for (unsigned i = 0; quiet < 20; i++) {
        assert_true(i < 10000);
        turn();
        quiet = carry(SIZE_MAX) > 0 ? 0 : quiet + 1;
        take_second();
    }
}

static void bring_to(enum port port, const char *bytes)
{
    ui_received(&ui, port, bytes, strlen(bytes), false, now);
    turn();
}

static void bring(const char *bytes)
{
    bring_to(PORT_COM1, bytes);
}

static bool sent(const char *bytes)
{
    return strstr(wire, bytes) != NULL;
}

/* With the boot line COMMAND; the terminal answers ANSWER. */
static void begin(struct pc pc, const char *command, const char *answer)
{
    wire_clear();
    second_length = 0;
    second[0] = '\0';
    pc.memory = PC_MEMORY;
    pc.serial = true;
    start_pc(pc, 50, command, NULL, 0);
    settle();
    bring(answer);
    settle();
}

static const struct pc with_terminal = {.console = PORT_COM1, .screen = true};

static void begin_24(const char *command)
{
    begin(with_terminal, command, ANSWER_24);
    wire_clear();
}

/* -------------------------------------------------------------- rows --- */

/* 24 until it has said 50, and again if it says 24. */
static void test_rows(void **state)
{
    (void)state;
    start_pc(with_terminal, 50, "console=ttyS0", NULL, 0);
    assert_int_equal(ui.view.cells.rows, 24);
    begin(with_terminal, "console=ttyS0", ANSWER_50);
    assert_int_equal(ui.view.cells.rows, 50);
    check_grid();
    check_tube();
    bring("\x12");
    settle();
    bring(ANSWER_24);
    assert_int_equal(ui.view.cells.rows, 24);
    check_grid();
    bring("\x12");
    bring(ANSWER_50);
    settle();
    assert_int_equal(ui.view.cells.rows, 50);
    /* Another terminal, that does not answer. */
    bring("\x12");
    settle();
    turn_by(SECOND);
    settle();
    assert_int_equal(ui.view.cells.rows, 24);
}

/* Not more than the PC's screen has. */
static void test_rows_of_the_screen(void **state)
{
    (void)state;
    start_pc(with_terminal, 24, "console=ttyS0", NULL, 0);
    settle();
    bring(ANSWER_50);
    settle();
    assert_int_equal(ui.view.cells.rows, 24);
    check_grid();
}

/* A terminal that nobody has promised changes nothing before it is heard. */
static void test_rows_of_nobody(void **state)
{
    (void)state;
    begin(with_terminal, "", "");
    turn_by(SECOND);
    settle();
    assert_int_equal(ui.view.cells.rows, 50);
    bring("\t");
    turn();
    assert_int_equal(ui.view.cells.rows, 24);
    begin(with_terminal, "", ANSWER_50);
    bring("\t");
    turn();
    assert_int_equal(ui.view.cells.rows, 50);
    begin((struct pc){.console = PORT_COM1}, "", "");
    assert_int_equal(ui.view.cells.rows, 24);
    begin((struct pc){.screen = true}, "", ANSWER_24);
    assert_int_equal(ui.view.cells.rows, 50);
    assert_int_equal(wire_length, 0);
}

/* -------------------------------------------------------------- keys --- */

static void test_keys(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    bring("-5\r");
    assert_int_equal(ui.view.session.machine.store[1], (uint32_t)-5);
    bring("\x1B[17~");
    shows("1 instruction");
    bring("\x1B[A\x1B[A\x1BOD");
    assert_int_equal(ui.view.line, 0);
    assert_int_equal(ui.view.entry.focus, FOCUS_TUBE);
    /* Nobody sits at the other port. */
    bring_to(PORT_COM2, "\t");
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    settle();
    assert_true(sent("-5"));
    assert_int_equal(second_length, 0);
}

/* Mixed with the PC's own keyboard, the order is that of time. */
static void test_two_keyboards(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    bring("L");
    type("D");
    bring("N ");
    type("7");
    bring("\r");
    assert_int_equal(ui.view.session.machine.store[1], 0x4007);
}

/* The PC sleeps no longer than until Esc is one. */
static void test_escape(void **state)
{
    bool drawn;

    (void)state;
    begin_24("console=ttyS0");
    for (unsigned i = 0; i < 1000; i++)
        turn();
    assert_true(ui_turn(&ui, now, &drawn) == UI_NOTHING_DUE);
    ui_received(&ui, PORT_COM1, "\x1B", 1, false, now);
    assert_true(ui_turn(&ui, now, &drawn) <= ESCAPE_ALONE_US);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    turn_by(ESCAPE_ALONE_US);
    assert_int_equal(ui.view.page, PAGE_MENU);
    bring("\x1B");
    turn_by(ESCAPE_ALONE_US);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    /* As Alt with a letter. */
    bring("\x1Bm");
    shows("flat out");
}

/* On the panel a byte is a press, and bytes at once are one after another. */
static void test_panel(void **state)
{
    (void)state;
    begin_24("console=ttyS0 program=ducks");
    bring("\x1Bz\t");
    uint32_t before = ui.view.session.machine.store[31];

    bring("3");
    turn_by(SECOND);
    assert_int_equal(ui.view.session.machine.store[31], before | 4);
    bring("124");
    for (unsigned i = 0; i < 50; i++)
        turn();
    assert_int_equal(ui.view.session.machine.store[31], before | 15);
    assert_int_equal(ui.view.session.controls.typewriter, 0);
}

/* What was damaged on its way is no part of a sequence. */
static void test_damage(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    ui_received(&ui, PORT_COM1, "\x1B[", 2, false, now);
    ui_received(&ui, PORT_COM1, "7", 1, true, now);
    turn();
    assert_true(ui.view.entry.typing);
    assert_string_equal(ui.view.entry.text, "7");
}

/* On every page, for both screens. */
static void test_repaint(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    bring("\x1BOP");
    assert_int_equal(ui.view.page, PAGE_HELP);
    settle();
    wire_clear();
    ui.repaint = false;
    bring("\x12");
    settle();
    assert_true(ui.repaint);
    assert_true(sent(ASK));
    assert_int_equal(ui.view.page, PAGE_HELP);
    bring(ANSWER_24);
    settle();
    assert_true(sent("Help 1 of"));
    /* And from the PC's keyboard. */
    wire_clear();
    ui.repaint = false;
    type_one('r', true);
    settle();
    assert_true(ui.repaint);
    assert_true(sent(ASK));
    assert_string_equal(ui.view.message, "");
}

/* ------------------------------------------------- programs between --- */

static void receive(void)
{
    press(KEY_F3);
    type("r");
    assert_int_equal(ui.view.transfer.state, TRANSFER_RECEIVING);
}

/* What was begun is sent to its end, then the text alone, then the screen. */
static void test_save(void **state)
{
    char *way, *text, *end;

    (void)state;
    begin_24("console=ttyS0 program=hcf");
    press(KEY_F3);
    carry(7);
    assert_true(terminal_is_sending(&ui.ports.terminal));
    bring("a");
    settle();
    way = strstr(wire, MAKE_WAY);
    assert_non_null(way);
    text = way + strlen(MAKE_WAY);
    assert_memory_equal(text, "; Highest common factor", 23);
    end = strchr(text, '\x1B');
    assert_non_null(end);
    assert_memory_equal(end - 2, "\r\n", 2);
    assert_int_equal(end - text, ui.view.transfer.size);
    assert_memory_equal(end, "\x1B[r", 3);
    assert_non_null(strstr(end, ASK));
    bring(ANSWER_24);
    settle();
    assert_true(sent("all sent"));
}

static void test_receive(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    bring("\x1B[13~r" PROGRAM "\x04");
    for (unsigned i = 0; i < 50; i++)
        turn();
    assert_int_equal(ui.view.session.machine.store[9], (uint32_t)-7);
    shows("Loaded from COM1");
    bring("\x1B[17~");
    shows("1 instruction");
    /* The screen goes on while it waits. */
    wire_clear();
    bring("\x1B[13~r");
    settle();
    assert_true(sent("Waiting for a program on COM1"));
}

/* No answer comes among its bytes, as none was asked for. */
static void test_repaint_while_receiving(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    receive();
    settle();
    wire_clear();
    type_one('r', true);
    settle();
    assert_true(sent("Waiting for a program"));
    assert_false(sent(ASK));
    press(KEY_ESCAPE);
}

/* Asked for before, it comes when a program is waited for already. */
static void test_answer_is_no_program(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    bring("\x12\x1B[13~");
    bring("r");
    assert_int_equal(ui.view.transfer.state, TRANSFER_RECEIVING);
    carry(SIZE_MAX);
    bring(ANSWER_50);
    settle();
    assert_int_equal(ui.view.transfer.size, 0);
    assert_int_equal(ui.view.cells.rows, 50);
    assert_true(sent("Waiting for a program"));
    bring(PROGRAM "\x04");
    settle();
    shows("Loaded from COM1");
}

/* However it ends, the rest of what was coming is no key. */
static void test_rest_is_no_key(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    receive();
    bring("; one\n");
    press(KEY_ESCAPE);
    shows("Cancelled");
    for (unsigned i = 0; i < 100; i++) {
        bring("\t-9\r\x1B[17~");
        assert_int_equal(ui.view.page, PAGE_SAVE);
    }
    press(KEY_ESCAPE);
    bring("\t");
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    turn_by(SECOND);
    bring("\t");
    assert_int_equal(ui.view.page, PAGE_PANEL);

    begin_24("console=ttyS0");
    receive();
    bring(PROGRAM "baby: end\r\n\t");
    assert_int_equal(ui.view.session.machine.store[9], (uint32_t)-7);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    assert_int_equal(ui.view.line, 1);
}

/* Esc is a key if it is all that comes; in a program it is a byte. */
static void test_escape_calls_off(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    receive();
    bring("\x1B");
    turn_by(ESCAPE_ALONE_US);
    assert_int_equal(ui.view.transfer.state, TRANSFER_NONE);
    shows("Cancelled: nothing was loaded");
    turn_by(SECOND);
    receive();
    ui_received(&ui, PORT_COM1, "\x1B\x02", 2, false, now);
    turn_by(ESCAPE_ALONE_US);
    assert_int_equal(ui.view.transfer.state, TRANSFER_RECEIVING);
    press(KEY_ESCAPE);
}

/* ------------------------------------------------------- two ports --- */

static void test_data_elsewhere(void **state)
{
    (void)state;
    begin_24("console=ttyS0 data=ttyS1 program=hcf");
    bring("\x1B[13~");
    shows("Send the store to COM2");
    bring("a");
    settle();
    assert_memory_equal(second, "; Highest common factor", 23);
    assert_int_equal(second_length, ui.view.transfer.size);
    assert_false(sent(MAKE_WAY));
    assert_true(sent("all sent"));
    /* Keys are keys while a program comes by the other port. */
    bring("r");
    bring_to(PORT_COM2, "; Sent\n1 LDN 9");
    shows("Receiving: 14 bytes so far");
    bring("\x1B");
    turn_by(ESCAPE_ALONE_US);
    shows("Cancelled");
    bring("r");
    bring_to(PORT_COM2, PROGRAM "\x04");
    shows("Loaded from COM2");
    assert_int_equal(ui.view.session.machine.store[9], (uint32_t)-7);
    bring("\t");
    assert_int_equal(ui.view.page, PAGE_PANEL);
}

/* The terminal at COM2, the rest at COM1. */
static void test_console_elsewhere(void **state)
{
    (void)state;
    begin((struct pc){.console = PORT_COM2, .screen = true}, "console=ttyS1",
          "");
    bring_to(PORT_COM2, ANSWER_50);
    settle();
    assert_int_equal(wire_length, 0);
    assert_non_null(strstr(second, "Baby"));
    assert_int_equal(ui.view.cells.rows, 50);
    bring_to(PORT_COM2, "\x1BORs");
    settle();
    assert_true(sent("0001:"));
    assert_false(sent("\x1B"));
}

/* ------------------------------------------------- trace and reports --- */

/* Rows, nothing between them, until it is told to end; keys are taken. */
static void test_trace(void **state)
{
    char *rows;

    (void)state;
    begin_24("console=ttyS0 program=hcf");
    bring("\x02t");
    settle();
    rows = strstr(wire, MAKE_WAY);
    assert_non_null(rows);
    bring("\x1B[17~\x1B[17~");
    settle();
    assert_null(strchr(rows + strlen(MAKE_WAY), '\x1B'));
    assert_non_null(strstr(rows, "LDN"));
    wire_clear();
    bring("t");
    settle();
    assert_true(sent(ASK));
    bring(ANSWER_24);
    settle();
    assert_true(sent("The trace to COM1 ends here"));
}

/* From the boot line on: not one control sequence before the first row. */
static void test_trace_from_the_start(void **state)
{
    (void)state;
    begin(with_terminal, "console=ttyS0 trace run program=hcf speed=max", "");
    assert_false(sent("\x1B"));
    assert_true(sent("LDN"));
}

static void test_report(void **state)
{
    (void)state;
    wire_clear();
    start_pc((struct pc){.serial = true, .console = PORT_COM1}, 50,
             "selftest video=none", NULL, 0);
    while (ui.report.running) {
        turn();
        carry(SIZE_MAX);
    }
    assert_false(sent("\x1B"));
    assert_true(sent(" passed, 0 failed\r\n"));
    settle();
    assert_true(sent("Any key goes on"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_rows_of_the_screen),
        cmocka_unit_test(test_rows_of_nobody),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_two_keyboards),
        cmocka_unit_test(test_escape),
        cmocka_unit_test(test_panel),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_repaint),
        cmocka_unit_test(test_save),
        cmocka_unit_test(test_receive),
        cmocka_unit_test(test_repaint_while_receiving),
        cmocka_unit_test(test_answer_is_no_program),
        cmocka_unit_test(test_rest_is_no_key),
        cmocka_unit_test(test_escape_calls_off),
        cmocka_unit_test(test_data_elsewhere),
        cmocka_unit_test(test_console_elsewhere),
        cmocka_unit_test(test_trace),
        cmocka_unit_test(test_trace_from_the_start),
        cmocka_unit_test(test_report),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
