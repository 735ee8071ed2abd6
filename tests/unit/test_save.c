/* SPDX-License-Identifier: MIT */
/* Tests the page "Save or receive" with a simulated COM1. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "emu/format/writer.h"
#include "services/option_parser.h"
#include "ui/ui.h"
#include "tests/lib/whole.h"

#define FRAME  20000u
#define SECOND 1000000u

#define FIRST                                                                  \
    "; First\n; what it does\n5\n1 LDN 9 ; take it\n2 STP\n7 NUM 0\n"          \
    "8 JMP 0 ; nowhere\n9 NUM -7 ; seven\n"
#define FIRST_WIRE                                                             \
    "; First\r\n; what it does\r\n5\r\n1 LDN 9 ; take it\r\n2 STP\r\n"         \
    "7 NUM 0\r\n8 JMP 0 ; nowhere\r\n9 NUM -7 ; seven\r\n"
#define FIRST_SNP                                                              \
    "3\r\n0001:10010000000000100000000000000000\r\n"                           \
    "0002:00000000000001110000000000000000\r\n"                                \
    "0009:10011111111111111111111111111111\r\n"

static struct ui ui;
static uint64_t now;
static char wire[2 * ASM_SIZE];
static size_t wire_length;

static const unsigned sizes[] = {50, 24};
#define SIZES (sizeof sizes / sizeof sizes[0])

static const char *row_text(unsigned row)
{
    static char text[CELLS_COLUMNS + 1];

    for (unsigned i = 0; i < CELLS_COLUMNS; i++) {
        uint8_t character = (uint8_t)ui.view.cells.at[row][i];

        text[i] = character >= ' ' && character < 0x7F ? (char)character : '?';
    }
    return text;
}

static bool is_shown(const char *text)
{
    for (unsigned row = 0; row < ui.view.cells.rows; row++)
        if (strstr(row_text(row), text) != NULL)
            return true;
    return false;
}

static void shows(const char *text)
{
    if (is_shown(text))
        return;
    for (unsigned row = 0; row < ui.view.cells.rows; row++)
        print_error("%s\n", row_text(row));
    fail_msg("not on the screen: \"%s\"", text);
}

static uint32_t turn_by(uint64_t step)
{
    bool drawn;

    now += step;
    return ui_turn(&ui, now, &drawn);
}

/* Waits ten seconds, until the tube is dark and nothing is redrawn. */
static uint32_t until_idle(void)
{
    for (unsigned i = 0; i < 500; i++)
        turn_by(FRAME);
    return turn_by(FRAME);
}

static void press(enum key key)
{
    ui_event(&ui, &(struct event){.key = key, .down = true});
    turn_by(FRAME);
}

static void type(char c)
{
    ui_event(&ui, &(struct event){KEY_CHARACTER, c, .down = true});
    turn_by(FRAME);
}

/* Lets COM1 accept up to LIMIT bytes and returns the number accepted. */
static size_t transmit(size_t limit)
{
    const char *bytes;
    size_t count = ui_to_send(&ui, PORT_COM1, &bytes);

    if (count > limit)
        count = limit;
    assert_true(wire_length + count < sizeof wire);
    if (count > 0)
        memcpy(wire + wire_length, bytes, count);
    wire_length += count;
    wire[wire_length] = '\0';
    ui_sent(&ui, PORT_COM1, count, now);
    turn_by(0);
    return count;
}

/* Receives TEXT on COM1 at a typical baud rate. */
static void feed(const char *text)
{
    for (size_t length = strlen(text); length > 0;) {
        size_t count = length < 16 ? length : 16;

        ui_received(&ui, PORT_COM1, text, count, false, now);
        turn_by(16 * 87);
        text += count;
        length -= count;
    }
    turn_by(FRAME);
}

static void start(unsigned rows)
{
    struct options options;
    char buffer[MESSAGE_SIZE];
    struct strbuf warnings = strbuf_begin(buffer, sizeof buffer);

    memset(&ui, 0, sizeof ui);
    now = 1000 * SECOND;
    wire_length = 0;
    ui.view.environment.serial = true;
    library_add(&ui.view.library, "first", FIRST, strlen(FIRST));
    options_read(&options, "", &warnings);
    ui_start(&ui, rows, &options, 0, "first", buffer, "", now);
    turn_by(FRAME);
}

/* Opens the page and types LETTER. */
static void start_page(unsigned rows, char letter)
{
    start(rows);
    press(KEY_F3);
    assert_int_equal(ui.view.page, PAGE_SAVE);
    type(letter);
}

static void edit(unsigned line, uint32_t word)
{
    struct line content = session_line(&ui.view.session, line);

    content.word = word;
    content.number = true;
    session_begin_action(&ui.view.session);
    session_set_line(&ui.view.session, line, &content);
}

static void test_page(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        press(KEY_F3);
        shows("Save or receive");
        shows(" S  Send the store to COM1 as .snp");
        shows(" A  Send the store to COM1 as .asm");
        shows(" T  Send the state to COM1");
        shows(" R  Receive a program or state from COM1, in any format");
        shows("115200 baud");
        shows("Esc: back");
        for (unsigned row = 0; row < CELLS_ROWS_MAX; row++)
            for (unsigned column = 0; column < CELLS_COLUMNS; column++)
                assert_int_equal(ui.view.cells.at[row][column] != 0,
                                 row < sizes[i]);
        press(KEY_ESCAPE);
        assert_int_equal(ui.view.page, PAGE_EDITOR);
    }
}

static void test_no_com1(void **state)
{
    static const char letters[] = {'s', 'A', 'T', 'R'};

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        ui.view.environment.serial = false;
        press(KEY_F3);
        shows("This PC has no COM1.");
        for (unsigned j = 0; j < sizeof letters; j++) {
            type(letters[j]);
            assert_string_equal(ui.view.message, "This PC has no COM1");
            assert_false(transfer_is_active(&ui.view.transfer));
            assert_int_equal(transmit(100), 0);
        }
        press(KEY_ESCAPE);
        assert_int_equal(ui.view.page, PAGE_EDITOR);
    }
}

static void test_send_snp(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_page(sizes[i], 's');
        shows("Sending: 0 of 120 bytes; Esc cancels");
        assert_int_equal(turn_by(0), 0);
        transmit(50);
        turn_by(FRAME);
        shows("Sending: 50 of 120 bytes");
        while (transmit(7) > 0)
            ;
        assert_string_equal(wire, FIRST_SNP);
        shows("All sent: 4 lines, 120 bytes");
        assert_int_equal(ui.view.page, PAGE_SAVE);
        assert_int_equal(until_idle(), UI_NOTHING_DUE);
    }
}

static void test_send_asm(void **state)
{
    (void)state;
    start_page(50, 'A');
    transmit(sizeof wire);
    assert_string_equal(wire, FIRST_WIRE);
    shows("All sent: 8 lines, 100 bytes");
}

/* Saving must omit the notes of lines whose word has changed. */
static void test_send_changed(void **state)
{
    (void)state;
    start(50);
    edit(1, 5);
    edit(8, 0);
    edit(7, 0);
    ui.view.session.machine.store[9] = 44;
    ui.view.session.machine.a = 5;
    ui.view.session.machine.ci = 6;
    press(KEY_F3);
    type('a');
    transmit(sizeof wire);
    assert_string_equal(
        wire, "; First\r\n; what it does\r\n5\r\n1 NUM 5 ; take it\r\n"
              "2 STP\r\n7 NUM 0\r\n8 NUM 0 ; nowhere\r\n9 NUM 44 ; seven\r\n");
    assert_false(ui.view.session.edits.unsaved);
}

static void test_send_another_program(void **state)
{
    (void)state;
    start(50);
    session_clear_store(&ui.view.session);
    edit(1, 5);
    press(KEY_F3);
    type('a');
    transmit(sizeof wire);
    assert_string_equal(wire, "1\r\n1 NUM 5\r\n");
}

static void test_send_empty_store(void **state)
{
    struct program program;

    (void)state;
    start(50);
    session_clear_store(&ui.view.session);
    press(KEY_F3);
    type('s');
    transmit(sizeof wire);
    assert_true(program_read(&program, wire, wire_length, NULL));
    wire_length = 0;
    type('a');
    transmit(sizeof wire);
    assert_true(program_read(&program, wire, wire_length, NULL));
}

static void test_held_key(void **state)
{
    struct event held = {KEY_CHARACTER, 's', .down = true, .repeat = true};

    (void)state;
    start_page(50, 's');
    transmit(sizeof wire);
    ui_event(&ui, &held);
    assert_int_equal(transmit(sizeof wire), 0);
}

static void test_pause_after_rows(void **state)
{
    (void)state;
    start(50);
    press(KEY_F3);
    press(KEY_DOWN);
    press(KEY_ENTER);
    transmit(sizeof wire);
    assert_string_equal(wire, FIRST_WIRE);
    press(KEY_UP);
    press(KEY_UP);
    press(KEY_ENTER);
    assert_int_equal(ui.view.transfer.state, TRANSFER_RECEIVING);
}

static void test_stuck(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        edit(3, 1);
        press(KEY_F3);
        type('s');
        transmit(30);
        for (unsigned j = 0; j < 49; j++)
            turn_by(SECOND / 10);
        shows("Sending: 30 of 159 bytes");
        turn_by(SECOND / 5);
        shows("COM1 accepted only 30 of 159 bytes");
        assert_true(ui.view.session.edits.unsaved);
        type('a');
        transmit(sizeof wire);
        shows("All sent");
        assert_false(ui.view.session.edits.unsaved);
    }
}

/* A .snp file cannot hold notes, so a program with notes stays unsaved. */
static void test_snp_drops_notes(void **state)
{
    (void)state;
    for (unsigned noted = 0; noted < 2; noted++) {
        start(50);
        edit(3, 33);
        for (unsigned line = 0; line < LINES && !noted; line++) {
            struct line content = session_line(&ui.view.session, line);

            content.note[0] = '\0';
            session_set_line(&ui.view.session, line, &content);
        }
        press(KEY_F3);
        type('s');
        transmit(sizeof wire);
        shows("All sent");
        assert_int_equal(ui.view.session.edits.unsaved, noted);
    }
}

static void test_cancel_sending(void **state)
{
    (void)state;
    start_page(50, 's');
    transmit(30);
    type('r');
    press(KEY_F5);
    press(KEY_F3);
    assert_int_equal(ui.view.transfer.state, TRANSFER_SENDING);
    press(KEY_ESCAPE);
    shows("Cancelled: 30 of 120 bytes were sent");
    assert_int_equal(ui.view.page, PAGE_SAVE);
    assert_int_equal(transmit(100), 0);
    press(KEY_ESCAPE);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
}

static void was_loaded(const char *title)
{
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    assert_false(transfer_is_active(&ui.view.transfer));
    assert_false(ui.view.session.edits.unsaved);
    shows(title);
}

static void test_receive(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_page(sizes[i], 'r');
        shows("Waiting for a program on COM1 ...; Esc cancels");
        assert_int_equal(until_idle(), UI_NOTHING_DUE);
        shows("Waiting for a program on COM1 ...; Esc cancels");
        ui_received(&ui, PORT_COM1, "; Second\n", 9, false, now);
        turn_by(FRAME);
        shows("Receiving: 9 bytes so far; Esc cancels");
        assert_in_range(turn_by(0), 1, FRAME);
        feed("1 LDN 4 ; four\r\n4 NUM 44\r\n\x04");
        was_loaded("Second");
        shows("Loaded from COM1: 35 bytes");
        assert_int_equal(ui.view.session.machine.store[4], 44);
        assert_int_equal(ui.view.session.machine.store[9], 0);
        assert_string_equal(ui.view.session.loaded.program.note[1], "four");
        assert_int_equal(ui.view.line, 1);
    }
}

static void test_receive_until_silence(void **state)
{
    (void)state;
    start_page(50, 'r');
    feed("; Second\n1 STP");
    for (unsigned i = 0; i < 19; i++)
        turn_by(SECOND / 10);
    assert_int_equal(ui.view.page, PAGE_SAVE);
    turn_by(SECOND / 5);
    was_loaded("Second");
}

static void test_receive_asks_if_edited(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        for (unsigned yes = 0; yes < 2; yes++) {
            start(sizes[i]);
            edit(3, 33);
            press(KEY_F3);
            type('r');
            feed("; Second\n1 STP\nbaby: end\n");
            assert_int_equal(ui.view.page, PAGE_ASK);
            shows("The store has unsaved changes. Discard them?");
            assert_int_equal(ui.view.session.machine.store[3], 33);
            type(yes ? 'y' : 'n');
            assert_int_equal(ui.view.session.machine.store[3], yes ? 0 : 33);
            assert_int_equal(ui.view.page, yes ? PAGE_EDITOR : PAGE_SAVE);
            assert_int_equal(ui.view.session.edits.unsaved, !yes);
            shows(yes ? "Second" : "store=");
        }
    }
}

/* Checks that the program was rejected and that nothing else changed. */
static void check_refused(const char *sentence)
{
    assert_int_equal(ui.view.page, PAGE_SAVE);
    assert_false(transfer_is_active(&ui.view.transfer));
    shows(sentence);
    assert_memory_equal(ui.view.session.machine.store,
                        ui.view.session.loaded.program.store,
                        sizeof ui.view.session.machine.store);
    assert_int_equal(ui.view.session.machine.store[9], (uint32_t)-7);
    press(KEY_ESCAPE);
    shows("First");
}

static void test_receive_wrong(void **state)
{
    static const struct {
        const char *wire, *sentence;
    } rows[] = {
        {"1 LDN 1\n2 STP\n3 FOO\n\x04",
         "COM1:3: there is no instruction \"FOO\""},
        {"\x04", "COM1:0: the file contains no program: it is empty"},
        {"1 STP\n\x01\x02\n\x04", "COM1:2: this is not a text file"},
    };

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        for (unsigned j = 0; j < sizeof rows / sizeof rows[0]; j++) {
            start_page(sizes[i], 'r');
            feed(rows[j].wire);
            check_refused(rows[j].sentence);
        }
    }
}

/* An invalid program must be rejected without asking a question. */
static void test_receive_wrong_if_edited(void **state)
{
    (void)state;
    start(50);
    edit(3, 33);
    press(KEY_F3);
    type('r');
    feed("1 FOO\n\x04");
    assert_int_equal(ui.view.page, PAGE_SAVE);
    shows("COM1:1: there is no instruction");
    assert_int_equal(ui.view.session.machine.store[3], 33);
}

static void test_receive_with_warning(void **state)
{
    (void)state;
    start_page(50, 'r');
    feed("; Second\n1 STP\n1 LDN 2\n\x04");
    was_loaded("Second");
    shows("COM1:3: line 1 was given before; this one replaces it");
}

static void test_receive_damaged(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_page(sizes[i], 'r');
        feed("1 STP\n");
        ui_received(&ui, PORT_COM1, "", 0, true, now);
        turn_by(FRAME);
        feed("2 STP\n\x04");
        check_refused("Bytes were lost or damaged in transit");
    }
}

static void test_receive_too_much(void **state)
{
    static char blanks[TRANSFER_SIZE + 2];

    (void)state;
    start_page(50, 'r');
    memset(blanks, ' ', sizeof blanks - 1);
    feed(blanks);
    check_refused("exceeds the maximum of 65536 bytes");
}

static void test_cancel_receiving(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_page(sizes[i], 'r');
        feed("; Second\n1 STP\n");
        press(KEY_ESCAPE);
        feed("\x04");
        check_refused("Cancelled: nothing was loaded");
    }
}

static void test_unexpected_bytes(void **state)
{
    (void)state;
    start(50);
    until_idle();
    for (unsigned i = 0; i < 1000; i++) {
        ui_received(&ui, PORT_COM1, "\x04y\x1b[A\0zz", 9, true, now);
        assert_int_equal(turn_by(FRAME), UI_NOTHING_DUE);
    }
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    assert_false(ui.view.entry.typing);
    press(KEY_F3);
    ui_received(&ui, PORT_COM1, "zzz", 3, true, now);
    type('r');
    feed("; Second\n1 STP\n\x04");
    was_loaded("Second");
}

#define STATE_BEGINS                                                           \
    "baby: state 1\r\n; First\r\n; what it does\r\nA 7\r\nCI 2\r\n"

/* Sends the state of a machine that has executed both of its instructions. */
static void send_state(unsigned rows)
{
    start(rows);
    press(KEY_F6);
    press(KEY_F6);
    edit(3, 33);
    press(KEY_F3);
    type('t');
    transmit(sizeof wire);
}

static void test_send_state(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        send_state(sizes[i]);
        assert_int_equal(strncmp(wire, STATE_BEGINS, strlen(STATE_BEGINS)), 0);
        assert_non_null(strstr(wire, "\r\nINSTRUCTIONS 2\r\n"));
        assert_non_null(strstr(wire, " ; take it\r\n0002:"));
        assert_string_equal(strstr(wire, "baby: end"), "baby: end\r\n");
        shows("53 lines, ");
        /* The program must count as saved, and reloading must restore its
           state. */
        assert_false(ui.view.session.edits.unsaved);
        session_reload(&ui.view.session);
        assert_int_equal(ui.view.session.machine.ci, 2);
        assert_int_equal(ui.view.session.machine.store[3], 33);
    }
}

/* A state can be received by a PC that has loaded another program. */
static void test_receive_state(void **state)
{
    static char sent[sizeof wire];

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        send_state(sizes[i]);
        strcpy(sent, wire);
        start(sizes[i]);
        edit(5, 55);
        press(KEY_F3);
        type('r');
        feed(sent);
        assert_int_equal(ui.view.page, PAGE_ASK);
        shows("The store has unsaved changes. Discard them?");
        assert_int_equal(ui.view.session.machine.store[5], 55);
        type('y');
        was_loaded("First");
        shows("Restored from COM1: ");
        assert_int_equal(ui.view.session.machine.store[3], 33);
        assert_int_equal(ui.view.session.machine.store[5], 0);
        assert_int_equal(ui.view.session.machine.a, 7);
        assert_int_equal(session_instructions(&ui.view.session), 2);
        assert_true(ui.view.session.machine.neon);
    }
}

static void test_receive_wrong_state(void **state)
{
    (void)state;
    start_page(50, 'r');
    feed("baby: state 1\nA 5\nCI x\nbaby: end\n");
    check_refused(
        "COM1:3: CI must be a number from -2147483648 to 4294967295, not "
        "\"x\"");
}

/* A saved state can be loaded by the boot line or from the list of programs. */
static void test_state_in_the_list(void **state)
{
    static char sent[sizeof wire];
    struct options options;
    char buffer[MESSAGE_SIZE];
    struct strbuf warnings = strbuf_begin(buffer, sizeof buffer);

    (void)state;
    send_state(50);
    strcpy(sent, wire);
    start(50);
    memset(&ui, 0, sizeof ui);
    library_add(&ui.view.library, "first", FIRST, strlen(FIRST));
    library_add(&ui.view.library, "saved", sent, strlen(sent));
    options_read(&options, "program=saved", &warnings);
    ui_start(&ui, 50, &options, 0, "first", buffer, "", now);
    assert_string_equal(ui.view.message, "");
    assert_int_equal(ui.view.session.machine.instructions, 2);
    press(KEY_F2);
    press(KEY_ENTER);
    assert_int_equal(ui.view.session.machine.instructions, 0);
    press(KEY_F2);
    press(KEY_DOWN);
    shows("saved          First");
    shows("what it does");
    press(KEY_ENTER);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    assert_int_equal(ui.view.session.machine.instructions, 2);
    assert_int_equal(ui.view.session.machine.store[3], 33);
}

/* A SIMH .st file may contain Ctrl-D, so only a pause must end it. */
static void test_receive_simh(void **state)
{
    static const char st[136] = {
        [0] = 1, [12] = 4, [13] = 0x40, [17] = -0x20, [24] = 44};

    (void)state;
    start_page(50, 'r');
    ui_received(&ui, PORT_COM1, st, sizeof st, false, now);
    for (unsigned i = 0; i < 21; i++)
        turn_by(SECOND / 10);
    was_loaded("Loaded from COM1: 136 bytes");
    assert_int_equal(ui.view.session.machine.a, 1);
    assert_int_equal(ui.view.session.machine.store[1], 0x4004);
    assert_int_equal(ui.view.session.machine.store[4], 44);
}

static void test_while_running(void **state)
{
    uint64_t before;

    (void)state;
    start(50);
    edit(2, 0);
    press(KEY_F5);
    press(KEY_F3);
    type('a');
    before = ui.view.session.machine.prepulses;
    for (unsigned i = 0; i < 10; i++) {
        transmit(1);
        turn_by(FRAME);
    }
    assert_true(ui.view.session.machine.prepulses > before);
    transmit(sizeof wire);
    shows("All sent");
    type('r');
    feed("; Second\n1 STP\n\x04");
    was_loaded("Second");
    assert_false(session_runs(&ui.view.session));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page),
        cmocka_unit_test(test_no_com1),
        cmocka_unit_test(test_send_snp),
        cmocka_unit_test(test_send_asm),
        cmocka_unit_test(test_send_changed),
        cmocka_unit_test(test_send_another_program),
        cmocka_unit_test(test_send_empty_store),
        cmocka_unit_test(test_held_key),
        cmocka_unit_test(test_pause_after_rows),
        cmocka_unit_test(test_stuck),
        cmocka_unit_test(test_snp_drops_notes),
        cmocka_unit_test(test_cancel_sending),
        cmocka_unit_test(test_receive),
        cmocka_unit_test(test_receive_until_silence),
        cmocka_unit_test(test_receive_asks_if_edited),
        cmocka_unit_test(test_receive_wrong),
        cmocka_unit_test(test_receive_wrong_if_edited),
        cmocka_unit_test(test_receive_with_warning),
        cmocka_unit_test(test_receive_damaged),
        cmocka_unit_test(test_receive_too_much),
        cmocka_unit_test(test_cancel_receiving),
        cmocka_unit_test(test_unexpected_bytes),
        cmocka_unit_test(test_send_state),
        cmocka_unit_test(test_receive_state),
        cmocka_unit_test(test_receive_wrong_state),
        cmocka_unit_test(test_state_in_the_list),
        cmocka_unit_test(test_receive_simh),
        cmocka_unit_test(test_while_running),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
