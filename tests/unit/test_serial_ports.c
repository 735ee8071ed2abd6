/* SPDX-License-Identifier: MIT */
/* Tests a terminal that shares its serial port with transfers and traces. */
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
#define SAVED     "; baby: save 1\r\n; Highest common factor"
#define KEY_US    30000u
#define IGNORED   "Bytes that arrived after the end of the transfer were"
#define PROGRAM   "; Sent\n1 LDN 9\n2 STP\n9 NUM -7\n"

static char second[1 << 16]; /* all bytes sent to COM2 */
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

/* Runs the console until it has nothing more to send to COM1. */
static void settle(void)
{
    unsigned quiet = 0;

    for (unsigned i = 0; quiet < 20; i++) {
        assert_true(i < 10000);
        turn();
        quiet = transmit(SIZE_MAX) > 0 ? 0 : quiet + 1;
        take_second();
    }
}

static void feed_to(enum port port, const char *bytes)
{
    ui_received(&ui, port, bytes, strlen(bytes), false, now);
    turn();
}

static void feed(const char *bytes)
{
    feed_to(PORT_COM1, bytes);
}

static bool sent(const char *bytes)
{
    return strstr(wire, bytes) != NULL;
}

/* Starts the console and answers its query for the size of the terminal. */
static void begin(struct pc pc, const char *command, const char *answer)
{
    wire_clear();
    second_length = 0;
    second[0] = '\0';
    pc.memory = PC_MEMORY;
    pc.serial = true;
    start_pc(pc, 50, command, NULL, 0);
    settle();
    feed(answer);
    settle();
}

static const struct pc with_terminal = {.console = PORT_COM1, .screen = true};

static void begin_24(const char *command)
{
    begin(with_terminal, command, ANSWER_24);
    wire_clear();
}

/* The console must use 24 rows unless the terminal reports that it has more. */
static void test_rows_of_the_terminal(void **state)
{
    (void)state;
    start_pc(with_terminal, 50, "console=ttyS0", NULL, 0);
    assert_int_equal(ui.view.cells.rows, 24);
    begin(with_terminal, "console=ttyS0", ANSWER_50);
    assert_int_equal(ui.view.cells.rows, 50);
    check_grid();
    check_tube();
    feed("\x12");
    settle();
    feed(ANSWER_24);
    assert_int_equal(ui.view.cells.rows, 24);
    check_grid();
    feed("\x12");
    feed(ANSWER_50);
    settle();
    assert_int_equal(ui.view.cells.rows, 50);
    /* A terminal that is attached later may not answer the query. */
    feed("\x12");
    settle();
    turn_by(SECOND);
    settle();
    assert_int_equal(ui.view.cells.rows, 24);
}

/* On a wide screen, a terminal may have more columns or fewer. */
static void test_columns_of_the_terminal(void **state)
{
    static const struct {
        unsigned screen; /* rows; more than 50 of 128 columns */
        const char *answer;
        struct cells_size grid;
    } pairs[] = {
        {54, "\x1B[2;2R\x1B[60;200R", {54, 128}},
        {54, "\x1B[2;2R\x1B[52;120R", {52, 120}},
        {54, "\x1B[2;2R\x1B[60;109R", {50, 80}},
        {54, "\x1B[2;2R\x1B[49;200R", {24, 80}},
        {50, "\x1B[2;2R\x1B[60;200R", {50, 80}},
        {54, "\x1B[2;2R\x1B[55;79R", {50, 80}},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        start_pc(with_terminal, pairs[i].screen, "console=ttyS0", NULL, 0);
        settle();
        feed(pairs[i].answer);
        settle();
        assert_int_equal(ui.view.cells.rows, pairs[i].grid.rows);
        assert_int_equal(ui.view.cells.columns, pairs[i].grid.columns);
        check_grid();
        feed("\t");
        settle();
        shows("Typewriter");
        check_grid();
    }
}

static void test_rows_of_the_screen(void **state)
{
    (void)state;
    start_pc(with_terminal, 24, "console=ttyS0", NULL, 0);
    settle();
    feed(ANSWER_50);
    settle();
    assert_int_equal(ui.view.cells.rows, 24);
    check_grid();
}

/* A terminal that was not requested must be ignored until it sends a byte. */
static void test_rows_without_terminal(void **state)
{
    (void)state;
    begin(with_terminal, "", "");
    turn_by(SECOND);
    settle();
    assert_int_equal(ui.view.cells.rows, 50);
    feed("\t");
    turn();
    assert_int_equal(ui.view.cells.rows, 24);
    begin(with_terminal, "", ANSWER_50);
    feed("\t");
    turn();
    assert_int_equal(ui.view.cells.rows, 50);
    begin((struct pc){.console = PORT_COM1}, "", "");
    assert_int_equal(ui.view.cells.rows, 24);
    begin((struct pc){.screen = true}, "", ANSWER_24);
    assert_int_equal(ui.view.cells.rows, 50);
    assert_int_equal(wire_length, 0);
}

static void test_keys(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    feed("-5\r");
    assert_int_equal(ui.view.session.machine.store[1], (uint32_t)-5);
    feed("\x1B[17~");
    shows("1 instruction");
    feed("\x1B[A\x1B[A\x1BOD");
    assert_int_equal(ui.view.line, 0);
    assert_int_equal(ui.view.entry.focus, FOCUS_TUBE);
    /* Input on a port without a terminal must be ignored. */
    feed_to(PORT_COM2, "\t");
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    settle();
    assert_true(sent("-5"));
    assert_int_equal(second_length, 0);
}

/* Keys from terminal and keyboard must be handled in the order received. */
static void test_two_keyboards(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    feed("L");
    type("D");
    feed("N ");
    type("7");
    feed("\r");
    assert_int_equal(ui.view.session.machine.store[1], 0x4007);
}

/* The PC must wake up in time to recognize a lone Esc. */
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
    feed("\x1B");
    turn_by(ESCAPE_ALONE_US);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    /* Terminals send Alt with a letter as Esc followed by the letter. */
    feed("\x1Bm");
    shows("flat out");
}

/* On the panel page, each byte from the terminal must press one button. */
static void test_panel(void **state)
{
    (void)state;
    begin_24("console=ttyS0 program=ducks");
    feed("\x1Bz\t");
    uint32_t before = ui.view.session.machine.store[31];

    feed("3");
    turn_by(SECOND);
    assert_int_equal(ui.view.session.machine.store[31], before | 4);
    feed("124");
    for (unsigned i = 0; i < 50; i++)
        turn();
    assert_int_equal(ui.view.session.machine.store[31], before | 15);
    assert_int_equal(ui.view.session.controls.typewriter, 0);
}

static void test_damaged_bytes(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    ui_received(&ui, PORT_COM1, "\x1B[", 2, false, now);
    ui_received(&ui, PORT_COM1, "7", 1, true, now);
    turn();
    assert_true(ui.view.entry.typing);
    assert_string_equal(ui.view.entry.text, "7");
}

/* Ctrl-R must redraw the terminal and the screen on any page. */
static void test_repaint(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    feed("\x1BOP");
    assert_int_equal(ui.view.page, PAGE_HELP);
    settle();
    wire_clear();
    ui.repaint = false;
    feed("\x12");
    settle();
    assert_true(ui.repaint);
    assert_true(sent(ASK));
    assert_int_equal(ui.view.page, PAGE_HELP);
    feed(ANSWER_24);
    settle();
    assert_true(sent("Help 1 of"));
    /* Ctrl-R must have the same effect on the PC's keyboard as on a terminal.
     */
    wire_clear();
    ui.repaint = false;
    type_one('r', true);
    settle();
    assert_true(ui.repaint);
    assert_true(sent(ASK));
    assert_string_equal(ui.view.message, "");
}

static void receive(void)
{
    press(KEY_F3);
    type("r");
    assert_int_equal(ui.view.transfer.state, TRANSFER_RECEIVING);
}

/* Escape sequences must not interrupt a program that is being saved. */
static void test_save(void **state)
{
    char *way, *text, *end;

    (void)state;
    begin_24("console=ttyS0 program=hcf");
    press(KEY_F3);
    transmit(7);
    assert_true(terminal_is_sending(&ui.ports.terminal));
    feed("a");
    settle();
    way = strstr(wire, MAKE_WAY);
    assert_non_null(way);
    text = way + strlen(MAKE_WAY);
    assert_memory_equal(text, SAVED, strlen(SAVED));
    end = strchr(text, '\x1B');
    assert_non_null(end);
    assert_memory_equal(end - 2, "\r\n", 2);
    assert_int_equal(end - text, ui.view.transfer.size);
    assert_memory_equal(end, "\x1B[r", 3);
    assert_non_null(strstr(end, ASK));
    feed(ANSWER_24);
    settle();
    assert_true(sent("Has everything arrived"));
    feed("y");
    shows("Saved");
}

static void test_receive(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    feed("\x1B[13~r" PROGRAM "\x04");
    for (unsigned i = 0; i < 50; i++)
        turn();
    assert_int_equal(ui.view.session.machine.store[9], (uint32_t)-7);
    shows("Loaded from COM1");
    feed("\x1B[17~");
    shows("1 instruction");
    /* The terminal must be updated while the console waits for a file. */
    wire_clear();
    feed("\x1B[13~r");
    settle();
    assert_true(sent("Waiting for a program on COM1"));
}

/* While a program is being received, redrawing must not query the terminal. */
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

/* A late answer to a query must not be mistaken for part of a program. */
static void test_answer_before_program(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    feed("\x12\x1B[13~");
    feed("r");
    assert_int_equal(ui.view.transfer.state, TRANSFER_RECEIVING);
    transmit(SIZE_MAX);
    feed(ANSWER_50);
    settle();
    assert_int_equal(ui.view.transfer.size, 0);
    assert_int_equal(ui.view.cells.rows, 50);
    assert_true(sent("Waiting for a program"));
    feed(PROGRAM "\x04");
    settle();
    shows("Loaded from COM1");
}

static void is_no_key(void)
{
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    assert_false(ui.view.entry.typing);
    assert_int_equal(ui.view.line, 1);
}

/* Presses Tab on the terminal after a silence, which opens the panel. */
static void check_key(void)
{
    feed("\t");
    turn_by(KEY_US);
    assert_int_equal(ui.view.page, PAGE_PANEL);
    press(KEY_TAB);
    is_no_key();
}

/* After a transfer, the rest of the file must not be taken for keys. */
static void test_rest_of_cancelled_file(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    receive();
    feed("; one\n");
    press(KEY_ESCAPE);
    shows("Cancelled");
    for (unsigned i = 0; i < 100; i++) {
        feed("\t-9\ry");
        assert_int_equal(ui.view.page, PAGE_SAVE);
        shows("Cancelled");
    }
    press(KEY_ESCAPE);
    turn_by(SECOND - 2 * FRAME);
    feed("\t");
    is_no_key();
    turn_by(SECOND - FRAME - 1);
    feed("\t");
    is_no_key();
    turn_by(SECOND);
    check_key();
}

static void test_rest_after_the_end(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    receive();
    feed(PROGRAM "\x04\t3 STP\r\n");
    assert_int_equal(ui.view.session.machine.store[9], (uint32_t)-7);
    is_no_key();
    assert_int_equal(ui.view.session.machine.store[3], 0);
    shows("Loaded from COM1");
    turn_by(SECOND);
    check_key();
}

/* The rest of a program that paused must be ignored as a whole, including its
   first byte, until there is a second of silence. */
static void test_rest_after_a_pause(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    receive();
    feed("1 LDN 9\n");
    turn_by(2 * SECOND);
    turn();
    assert_int_equal(ui.view.session.machine.store[1], 0x4009);
    turn_by(10 * SECOND);
    feed("\t\t\t9 NUM -7\n");
    is_no_key();
    shows(IGNORED);
    for (unsigned i = 0; i < 10; i++) {
        turn_by(SECOND - FRAME - 1);
        feed("\t");
        is_no_key();
        shows(IGNORED);
    }
    assert_int_equal(ui.view.session.machine.store[9], 0);
    /* It may pause again. */
    turn_by(SECOND);
    feed("8 STP\n");
    is_no_key();
    turn_by(SECOND);
    check_key();
}

/* After a transfer, a byte must count as a key only if no other follows. */
static void test_key_after_a_transfer(void **state)
{
    bool drawn;

    (void)state;
    for (unsigned early = 0; early < 2; early++) {
        begin_24("console=ttyS0");
        receive();
        feed(PROGRAM "\x04");
        shows("Loaded from COM1");
        turn_by(SECOND);
        ui_received(&ui, PORT_COM1, "\t", 1, false, now);
        assert_in_range(ui_turn(&ui, now, &drawn), 1, KEY_US);
        turn_by(KEY_US - 1);
        is_no_key();
        if (early) {
            ui_received(&ui, PORT_COM1, "\t", 1, false, now);
            turn_by(KEY_US);
            is_no_key();
            shows(IGNORED);
            continue;
        }
        turn_by(1);
        assert_int_equal(ui.view.page, PAGE_PANEL);
        /* From then on, keys may follow each other. */
        feed("\t\t");
        assert_int_equal(ui.view.page, PAGE_PANEL);
        feed("\t-9");
        assert_string_equal(ui.view.entry.text, "-9");
    }
}

/* Esc, alone or in a sequence, must be a key at any time. */
static void test_escape_after_a_transfer(void **state)
{
    static const char *const before[] = {"", "\t-9", "\t"};

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        begin_24("console=ttyS0");
        receive();
        feed(PROGRAM "\x04");
        if (i == 2)
            turn_by(SECOND);
        ui_received(&ui, PORT_COM1, before[i], strlen(before[i]), false, now);
        feed("\x1B[17~");
        shows("1 instruction");
        is_no_key();
        feed("\t");
        assert_int_equal(ui.view.page, PAGE_PANEL);
    }
    begin_24("console=ttyS0");
    receive();
    feed(PROGRAM "\x04");
    feed("\x1B");
    turn_by(ESCAPE_ALONE_US);
    assert_int_equal(ui.view.page, PAGE_MENU);
}

/* The end of one of several programs must not end the transfer. */
static void test_several_programs(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    receive();
    feed(PROGRAM "baby: end\r\n");
    assert_int_equal(ui.view.transfer.state, TRANSFER_RECEIVING);
    feed("; baby: save 2\n; Last\n1 NUM 5\n");
    turn_by(SECOND);
    assert_int_equal(ui.view.transfer.state, TRANSFER_RECEIVING);
    turn_by(SECOND);
    turn();
    is_no_key();
    row_shows(0, "Last");
    shows("COM1:6: the last of 2 programs in this file starts here");
    assert_int_equal(ui.view.session.machine.store[1], 5);
    assert_int_equal(ui.view.session.machine.store[9], 0);

    receive();
    feed(PROGRAM "baby: end\r\n");
    turn_by(TRANSFER_END_US - FRAME - 1);
    assert_int_equal(ui.view.transfer.state, TRANSFER_RECEIVING);
    turn_by(1);
    turn();
    shows("Loaded from COM1");
    assert_int_equal(ui.view.session.machine.store[9], (uint32_t)-7);
}

/* A lone Esc from the terminal must cancel a transfer. */
static void test_escape_cancels(void **state)
{
    (void)state;
    begin_24("console=ttyS0");
    receive();
    feed("\x1B");
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

static void test_data_on_other_port(void **state)
{
    (void)state;
    begin_24("console=ttyS0 data=ttyS1 program=hcf");
    feed("\x1B[13~");
    shows("By COM2, 115200 baud");
    feed("a");
    settle();
    assert_memory_equal(second, SAVED, strlen(SAVED));
    assert_int_equal(second_length, ui.view.transfer.size);
    assert_false(sent(MAKE_WAY));
    assert_true(sent("Has everything arrived"));
    /* Keys must work while a program is being received on the other port. */
    feed("r");
    feed_to(PORT_COM2, "; Sent\n1 LDN 9");
    shows("Receiving: 14 bytes so far");
    feed("\x1B");
    turn_by(ESCAPE_ALONE_US);
    shows("Cancelled");
    feed("r");
    feed_to(PORT_COM2, PROGRAM "\x04");
    shows("Loaded from COM2");
    assert_int_equal(ui.view.session.machine.store[9], (uint32_t)-7);
    feed("\t");
    assert_int_equal(ui.view.page, PAGE_PANEL);
}

/* If the terminal is on COM2, transfers and reports must still use COM1. */
static void test_console_on_other_port(void **state)
{
    (void)state;
    begin((struct pc){.console = PORT_COM2, .screen = true}, "console=ttyS1",
          "");
    feed_to(PORT_COM2, ANSWER_50);
    settle();
    assert_int_equal(wire_length, 0);
    assert_non_null(strstr(second, "Baby"));
    assert_int_equal(ui.view.cells.rows, 50);
    feed_to(PORT_COM2, "\x1BORs");
    settle();
    assert_true(sent("0001:"));
    assert_false(sent("\x1B"));
}

/* While a trace is being sent, the terminal must not be redrawn. */
static void test_trace(void **state)
{
    char *rows;

    (void)state;
    begin_24("console=ttyS0 program=hcf");
    feed("\x02t");
    settle();
    rows = strstr(wire, MAKE_WAY);
    assert_non_null(rows);
    feed("\x1B[17~\x1B[17~");
    settle();
    assert_null(strchr(rows + strlen(MAKE_WAY), '\x1B'));
    assert_non_null(strstr(rows, "LDN"));
    wire_clear();
    feed("t");
    settle();
    assert_true(sent(ASK));
    feed(ANSWER_24);
    settle();
    assert_true(sent("The trace to COM1 has ended"));
}

/* No escape sequence may precede a trace that is started by the boot line. */
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
        transmit(SIZE_MAX);
    }
    assert_false(sent("\x1B"));
    assert_true(sent(" passed, 0 failed\r\n"));
    settle();
    assert_true(sent("Any key opens the console"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_of_the_terminal),
        cmocka_unit_test(test_columns_of_the_terminal),
        cmocka_unit_test(test_rows_of_the_screen),
        cmocka_unit_test(test_rows_without_terminal),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_two_keyboards),
        cmocka_unit_test(test_escape),
        cmocka_unit_test(test_panel),
        cmocka_unit_test(test_damaged_bytes),
        cmocka_unit_test(test_repaint),
        cmocka_unit_test(test_save),
        cmocka_unit_test(test_receive),
        cmocka_unit_test(test_repaint_while_receiving),
        cmocka_unit_test(test_answer_before_program),
        cmocka_unit_test(test_rest_of_cancelled_file),
        cmocka_unit_test(test_rest_after_the_end),
        cmocka_unit_test(test_rest_after_a_pause),
        cmocka_unit_test(test_key_after_a_transfer),
        cmocka_unit_test(test_escape_after_a_transfer),
        cmocka_unit_test(test_several_programs),
        cmocka_unit_test(test_escape_cancels),
        cmocka_unit_test(test_data_on_other_port),
        cmocka_unit_test(test_console_on_other_port),
        cmocka_unit_test(test_trace),
        cmocka_unit_test(test_trace_from_the_start),
        cmocka_unit_test(test_report),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
