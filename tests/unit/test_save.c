/* SPDX-License-Identifier: MIT */
/* Tests the page "Save and receive" with a simulated COM1. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "emu/format/compact.h"
#include "emu/format/writer.h"
#include "emu/session/engine_use.h"
#include "emu/session/run_control.h"
#include "services/option_parser.h"
#include "ui/save/qr_view.h"
#include "ui/ui.h"
#include "tests/lib/whole.h"

#define FRAME  20000u
#define SECOND 1000000u

#define FIRST                                                                  \
    "; First\n; what it does\n5\n1 LDN 9 ; take it\n2 STP\n7 NUM 0\n"          \
    "8 JMP 0 ; nowhere\n9 NUM -7 ; seven\n"
#define MARK(number) "; baby: save " #number "\r\n"
#define FIRST_WIRE                                                             \
    "; First\r\n; what it does\r\n5\r\n1 LDN 9 ; take it\r\n2 STP\r\n"         \
    "7 NUM 0\r\n8 JMP 0 ; nowhere\r\n9 NUM -7 ; seven\r\n"
#define FIRST_SNP                                                              \
    "3\r\n0001:10010000000000100000000000000000\r\n"                           \
    "0002:00000000000001110000000000000000\r\n"                                \
    "0009:10011111111111111111111111111111\r\n"

static struct ui ui;
static uint64_t now;
static char wire[8 * ASM_SIZE];
static size_t wire_length;

static const unsigned sizes[] = {50, 24};
#define SIZES (sizeof sizes / sizeof sizes[0])

static const char *row_text(unsigned row)
{
    static char text[PAGE_COLUMNS + 1];

    for (unsigned i = 0; i < PAGE_COLUMNS; i++) {
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

static void type_text(const char *text)
{
    for (; *text != '\0'; text++)
        type(*text);
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

/* Receives TEXT, whose last line ends the transfer. */
static void feed_all(const char *text)
{
    feed(text);
    turn_by(TRANSFER_END_US);
    turn_by(FRAME);
}

/* Memory for undo and history, used by start_boot() if it is not NULL. */
static void *memory;
static uint64_t pages[(1u << 20) / sizeof(uint64_t)];

static union engine_state engine_state;

static void start_boot(unsigned rows, const char *command, const char *text)
{
    struct options options;
    char buffer[MESSAGE_SIZE];
    struct strbuf warnings = strbuf_begin(buffer, sizeof buffer);

    memset(&ui, 0, sizeof ui);
    ui.view.environment.engine_state = &engine_state;
    now = 1000 * SECOND;
    wire_length = 0;
    ui.view.environment.serial = true;
    ui.view.environment.memory = memory;
    ui.view.environment.memory_size = memory != NULL ? sizeof pages : 0;
    library_add(&ui.view.library, "first", text, strlen(text));
    options_read(&options, command, &warnings);
    ui_start(&ui, (struct screen_sizes){.page = {rows, PAGE_COLUMNS}}, &options,
             0, "first", buffer, "", now);
    turn_by(FRAME);
}

static void start(unsigned rows)
{
    start_boot(rows, "", FIRST);
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

    content.word = content.entered = word;
    content.number = true;
    session_begin_action(&ui.view.session);
    session_set_line(&ui.view.session, line, &content);
}

/* Writes to the store as the machine does. */
static void compute(unsigned line, uint32_t word)
{
    ui.view.session.machine.store[line] = word;
}

static void is_unsaved(bool unsaved)
{
    assert_int_equal(session_is_unsaved(&ui.view.session), unsaved);
}

/* Opens the page, sends by the row with LETTER, and checks the question. */
static void send(char letter)
{
    if (ui.view.page != PAGE_SAVE)
        press(KEY_F3);
    type(letter);
    transmit(sizeof wire);
    shows("Has everything arrived");
}

/* Returns the program that a simulator reads from what was sent. */
static const struct program *received(void)
{
    static struct program program;

    assert_true(program_read(&program, wire, wire_length, NULL));
    return &program;
}

/* Returns the text that the page should show. */
static const char *compact(bool checked)
{
    static char text[COMPACT_SIZE];
    struct strbuf word = strbuf_begin(text, sizeof text);
    struct program program;

    session_program_entered(&ui.view.session, &program);
    if (checked)
        compact_write_checked(&word, &program);
    else
        compact_write(&word, &program);
    return text;
}

/* Checks the text in rows of GROUPS groups of eight characters. */
static void shows_compact(unsigned groups)
{
    const char *text = compact(true);

    while (*text != '\0') {
        char row[PAGE_COLUMNS] = "";

        for (unsigned i = 0; i < groups && *text != '\0'; i++) {
            size_t length = strlen(text) < 8 ? strlen(text) : 8;

            sprintf(row + strlen(row), "%s%.*s", i > 0 ? " " : "", (int)length,
                    text);
            text += length;
        }
        shows(row);
    }
}

static void test_page(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        press(KEY_F3);
        shows("Save and receive");
        shows(" A  Save your program as you entered it, with title and notes "
              "(.asm)");
        shows(" L  The same with names of lines, for simulators that read "
              "labels (.asm)");
        shows(" S  The same as digits, for every simulator, without notes "
              "(.snp)");
        shows(" D  Save the store as the machine has left it (.asm)");
        shows(" T  Save the state: the store now, A, CI, PI, counts and "
              "switches");
        shows(" R  Receive a program, in any format, or a state");
        shows(" N  Name of the program: First ");
        shows(" W  Written by: ");
        shows(" Q  QR code on the whole screen");
        shows("By COM1, 115200 baud, 8 bits, no parity. Receiving ends at "
              "Ctrl-D or silence.");
        shows("store=");
        shows_compact(sizes[i] == 50 ? 2 : 6);
        shows("Esc: back");
        for (unsigned row = 0; row < CELLS_ROWS_MAX; row++)
            for (unsigned column = 0; column < PAGE_COLUMNS; column++)
                assert_int_equal(ui.view.cells.at[row][column] != 0,
                                 row < sizes[i]);
        press(KEY_ESCAPE);
        assert_int_equal(ui.view.page, PAGE_EDITOR);
    }
}

static void test_no_com1(void **state)
{
    static const char letters[] = {'s', 'A', 'l', 'd', 'T', 'R'};

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        ui.view.environment.serial = false;
        press(KEY_F3);
        shows("This PC has no COM1, so nothing can be sent or received.");
        for (unsigned j = 0; j < sizeof letters; j++) {
            type(letters[j]);
            assert_string_equal(ui.view.message, "This PC has no COM1");
            assert_false(transfer_is_active(&ui.view.transfer));
            assert_int_equal(transmit(100), 0);
            type('y');
        }
        edit(3, 1);
        type('y');
        is_unsaved(true);
        type('n');
        assert_int_equal(ui.view.message[0], '\0');
        press(KEY_ESCAPE);
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
        shows("Sent 4 lines, 120 bytes, as save 1. Has everything arrived at "
              "the other end?");
        shows("Y: yes; until then it counts as unsaved");
        assert_int_equal(ui.view.page, PAGE_SAVE);
        assert_int_equal(until_idle(), UI_NOTHING_DUE);
    }
}

static void test_send_asm(void **state)
{
    (void)state;
    start_page(50, 'A');
    transmit(sizeof wire);
    assert_string_equal(wire, MARK(1) FIRST_WIRE);
    shows("Sent 9 lines, 116 bytes, as save 1.");
    /* Every save has a number of its own, even if it is not written. */
    wire_length = 0;
    send('s');
    shows("as save 2.");
    wire_length = 0;
    send('a');
    assert_string_equal(wire, MARK(3) FIRST_WIRE);
    press(KEY_ESCAPE);
    wire_length = 0;
    send('d');
    assert_string_equal(wire, MARK(4) FIRST_WIRE);
}

#define NAMED                                                                  \
    "; Named\n; by Ann\n1 LDN PEARS ; take them\n2 STP\n"                      \
    "PEARS: VAR -7 ; seven\n"
#define NAMED_WIRE                                                             \
    "; Named\r\n; by Ann\r\n        VAR 0\r\n"                                 \
    "        LDN PEARS ; take them\r\n        STP\r\n"                         \
    "PEARS:  VAR %s    ; seven\r\n"

/* The program as entered is sent with names, and is saved completely. */
static void test_send_names(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        struct program entered;
        char expected[200];

        start_boot(sizes[i], "", NAMED);
        edit(3, 33);
        compute(3, 44);
        session_program_entered(&ui.view.session, &entered);
        send('L');
        snprintf(expected, sizeof expected, MARK(1) NAMED_WIRE, "33");
        assert_string_equal(wire, expected);
        assert_memory_equal(received()->store, entered.store,
                            sizeof entered.store);
        assert_memory_equal(received()->note, entered.note,
                            sizeof entered.note);
        assert_string_equal(received()->head, entered.head);
        is_unsaved(true);
        type('y');
        assert_string_equal(ui.view.message, "Saved");
        assert_false(ui.view.session.entered.unsaved);
    }
}

#define ENTERED(word_9)                                                        \
    "; First\r\n; what it does\r\n5\r\n1 NUM 5 ; take it\r\n"                  \
    "2 STP\r\n7 NUM 0\r\n8 NUM 0 ; nowhere\r\n9 NUM " #word_9 " ; seven\r\n"

/* What the machine wrote is sent by D, but not by A and S. */
static void test_send_entered(void **state)
{
    (void)state;
    start(50);
    edit(1, 5);
    edit(8, 0);
    edit(7, 0);
    compute(9, 44);
    compute(20, 20);
    ui.view.session.machine.a = 5;
    ui.view.session.machine.ci = 6;
    send('a');
    assert_string_equal(wire, MARK(1) ENTERED(-7));
    wire_length = 0;
    send('s');
    assert_int_equal(received()->store[9], (uint32_t)-7);
    assert_int_equal(received()->store[20], 0);
    compute(20, 0);
    wire_length = 0;
    send('d');
    assert_string_equal(wire, MARK(3) ENTERED(44));
    assert_int_equal(ui.view.session.machine.store[9], 44);
}

/* A program counts as saved only after Y. */
static void test_confirm(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        edit(3, 33);
        send('a');
        is_unsaved(true);
        press(KEY_DOWN);
        is_unsaved(true);
        type(i ? 'y' : 'Y');
        shows("Saved");
        is_unsaved(false);
        assert_int_equal(ui.view.page, PAGE_SAVE);
        /* The file is now what was sent. */
        compute(3, 1);
        session_reload(&ui.view.session);
        assert_int_equal(ui.view.session.machine.store[3], 33);
        edit(3, 34);
        type('y');
        is_unsaved(true);
        edit(3, 33);
        is_unsaved(false);
    }
}

/* Without a Y on the page, the program stays unsaved. */
static void test_not_confirmed(void **state)
{
    (void)state;
    start(50);
    edit(3, 33);
    press(KEY_F3);
    type('y');
    is_unsaved(true);
    send('a');
    type('n');
    type('y');
    press(KEY_ESCAPE);
    is_unsaved(true);
    press(KEY_ESCAPE);
    press(KEY_F3);
    type('y');
    is_unsaved(true);
    assert_string_equal(ui.view.message, "");
}

/* Y during or after a transfer that failed must not confirm anything, not even
   the save before. */
static void test_failed_is_not_confirmed(void **state)
{
    (void)state;
    for (unsigned cancelled = 0; cancelled < 2; cancelled++) {
        start(50);
        edit(3, 33);
        send('a');
        type('a');
        transmit(20);
        type('y');
        is_unsaved(true);
        assert_int_equal(ui.view.transfer.state, TRANSFER_SENDING);
        if (cancelled)
            press(KEY_ESCAPE);
        else
            turn_by(TRANSFER_STUCK_US);
        assert_int_equal(ui.view.transfer.state, TRANSFER_NONE);
        type('y');
        is_unsaved(true);
    }
}

/* Only what was sent is saved, not what was edited before the answer. */
static void test_edit_before_answer(void **state)
{
    (void)state;
    start(50);
    edit(3, 33);
    send('a');
    edit(4, 44);
    type('y');
    is_unsaved(true);
    assert_int_equal(session_lines_unsaved(&ui.view.session), 1);
    session_reload(&ui.view.session);
    assert_int_equal(ui.view.session.machine.store[3], 33);
    assert_int_equal(ui.view.session.machine.store[4], 0);
    is_unsaved(false);
}

#define LACKS "Saved, but without %s, so A is still to do"

/* Programs, and what a file in each format lacks of them */
static const struct {
    const char *program;
    bool computed; /* true if the machine has written */
    const char *lacks[5];
} lacking[] = {
    {FIRST, false, {NULL, "its title and notes", NULL, NULL}},
    {FIRST,
     true,
     {NULL, "its title and notes", "the program as you entered it",
      "the program as you entered it"}},
    {"; Title\n1 STP\n", false, {NULL, "its title and notes", NULL, NULL}},
    {"1 STP ; note\n", false, {NULL, "its title and notes", NULL, NULL}},
    {"1 STP\n", false, {NULL, NULL, NULL, NULL}},
    {"1 STP\n",
     true,
     {NULL, NULL, "the program as you entered it",
      "the program as you entered it"}},
    {"ci-start 4\n1 STP\n",
     false,
     {NULL, "its first A and CI", "its first A and CI", NULL}},
    {"a-start 4\n1 STP\n",
     true,
     {NULL, "its first A and CI", "the program as you entered it",
      "the program as you entered it"}},
};

/* A file that lacks part of the program as entered must not save it. */
static void test_what_is_saved(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof lacking / sizeof lacking[0]; i++) {
        for (unsigned j = 0; j < 5; j++) {
            const char *lacks = lacking[i].lacks[j];
            char message[120];

            start_boot(50, "", lacking[i].program);
            edit(3, 33);
            if (lacking[i].computed)
                compute(20, 20);
            send("asdtl"[j]);
            is_unsaved(true);
            /* What happens before the answer must not matter. */
            compute(21, 21);
            type('y');
            snprintf(message, sizeof message, lacks != NULL ? LACKS : "Saved",
                     lacks);
            assert_string_equal(ui.view.message, message);
            is_unsaved(lacks != NULL);
            session_reload(&ui.view.session);
            assert_int_equal(ui.view.session.machine.store[3],
                             lacks != NULL ? 0 : 33);
        }
    }
}

/* Whatever was marked as saved must be what a reader gets from the file. */
static void test_saved_file_is_reloaded(void **state)
{
    (void)state;
    start_boot(50, "", "; First\n; by Ann\n; more\nci-start 4\n5 STP\n");
    edit(3, 33);
    send('a');
    type('y');
    is_unsaved(false);
    const struct program *file = received();

    session_reload(&ui.view.session);
    assert_memory_equal(ui.view.session.machine.store, file->store,
                        sizeof file->store);
    assert_int_equal(ui.view.session.machine.ci, 4);
    assert_int_equal(file->ci, 4);
    assert_string_equal(file->head, "First\nby Ann\nmore\n");
    assert_string_equal(ui.view.session.loaded.program.head, file->head);
}

static struct {
    char name[16], ending[8], text[8 * ASM_SIZE];
    unsigned count;
    bool fails;
} disk;

static const char *write_to_disk(const char *ending, const char *text,
                                 size_t length)
{
    if (disk.fails)
        return NULL;
    snprintf(disk.name, sizeof disk.name, "baby-%u%s", ++disk.count, ending);
    snprintf(disk.ending, sizeof disk.ending, "%s", ending);
    assert_true(length < sizeof disk.text);
    memcpy(disk.text, text, length);
    disk.text[length] = '\0';
    return disk.name;
}

static void start_hosted(bool serial)
{
    memset(&disk, 0, sizeof disk);
    start(50);
    ui.view.environment.save_file = write_to_disk;
    ui.view.environment.serial = serial;
    edit(3, 33);
    press(KEY_F3);
}

/* The hosted console writes files, which count as saved at once. */
static void test_files(void **state)
{
    static const char *const endings[] = {".asm", ".snp", ".asm", ".state",
                                          ".asm"};

    (void)state;
    for (unsigned i = 0; i < 10; i++) {
        const char *ending = endings[i % 5];
        bool lacks = i % 5 == 1;
        char message[40];

        start_hosted(i < 5);
        shows("Each save is a new file in the current directory.");
        type("asdtl"[i % 5]);
        assert_int_equal(disk.count, 1);
        assert_string_equal(disk.ending, ending);
        snprintf(message, sizeof message, "Saved as baby-1%s, %u bytes", ending,
                 (unsigned)strlen(disk.text));
        shows(message);
        assert_int_equal(is_shown("without its title and notes"), lacks);
        is_unsaved(lacks);
        assert_false(transfer_is_active(&ui.view.transfer));
        assert_int_equal(transmit(100), 0);
        type('y');
        is_unsaved(lacks);
        type('a');
        assert_int_equal(disk.count, 2);
        assert_memory_equal(disk.text, "; baby: save 2\n; First\n", 23);
        shows("Saved as baby-2.asm, ");
        is_unsaved(false);
    }
}

static void test_file_not_written(void **state)
{
    (void)state;
    start_hosted(true);
    disk.fails = true;
    type('a');
    shows("The file could not be written; nothing was saved");
    is_unsaved(true);
    type('y');
    is_unsaved(true);
    assert_false(transfer_is_active(&ui.view.transfer));
}

/* Files cannot be received without a port. */
static void test_receive_without_port(void **state)
{
    (void)state;
    start_hosted(false);
    type('r');
    assert_string_equal(ui.view.message, "This PC has no COM1");
    assert_false(transfer_is_active(&ui.view.transfer));
}

#define TITLED "; Says yes\r\n; by Ann R\r\n; what it does\r\n"

static void test_title(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_page(sizes[i], 'n');
        shows("Enter: keep   Esc: discard");
        for (unsigned j = 0; j < 5; j++)
            press(KEY_BACKSPACE);
        press(KEY_BACKSPACE);
        type_text("Says yes");
        shows(" N  Name of the program: Says yes");
        is_unsaved(false);
        press(KEY_ENTER);
        is_unsaved(true);
        assert_int_equal(ui.view.page, PAGE_SAVE);
        assert_false(transfer_is_active(&ui.view.transfer));
        type('w');
        type_text("Ann R");
        press(KEY_ENTER);
        shows(" W  Written by: Ann R");
        send('a');
        assert_memory_equal(wire, MARK(1) TITLED, strlen(MARK(1) TITLED));
        type('y');
        is_unsaved(false);
        press(KEY_ESCAPE);
        shows("Says yes");
        /* An edit that is taken back leaves nothing to save. */
        press(KEY_F3);
        type('n');
        type('!');
        press(KEY_ENTER);
        is_unsaved(true);
        type('n');
        press(KEY_BACKSPACE);
        press(KEY_ENTER);
        is_unsaved(false);
    }
}

static void test_title_discarded(void **state)
{
    (void)state;
    start_page(50, 'n');
    type_text(" asdtrynwq");
    shows("Name of the program: First asdtrynwq");
    press(KEY_ESCAPE);
    assert_int_equal(ui.view.page, PAGE_SAVE);
    shows("Name of the program: First  ");
    is_unsaved(false);
    press(KEY_ESCAPE);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
}

/* The longest title must fit, and its end is shown while it is typed. */
static void test_longest_title(void **state)
{
    char title[NOTE_SIZE];

    (void)state;
    for (unsigned i = 0; i < sizeof title - 1; i++)
        title[i] = (char)('a' + i % 26);
    title[sizeof title - 1] = '\0';
    start_page(50, 'n');
    for (unsigned i = 0; i < 5; i++)
        press(KEY_BACKSPACE);
    type_text(title);
    type('!');
    shows(title + sizeof title - 1 - 20);
    press(KEY_ENTER);
    assert_string_equal(ui.view.session.notes.text[NOTE_TITLE], title);
    send('a');
    assert_memory_equal(received()->head, title, strlen(title));
}

/* A program without a title gets one with its author, as the first comment of a
   file is always the title. */
static void test_author_without_title(void **state)
{
    (void)state;
    start_boot(50, "", "1 STP\n");
    press(KEY_F3);
    type('w');
    type_text("Ann");
    press(KEY_ENTER);
    shows("Name of the program: Untitled");
    send('a');
    assert_string_equal(received()->head, "Untitled\nby Ann\n");
}

static void test_title_in_the_past(void **state)
{
    (void)state;
    memory = pages;
    start(50);
    memory = NULL;
    press(KEY_F6);
    press(KEY_F7);
    assert_true(session_in_past(&ui.view.session));
    press(KEY_F3);
    for (unsigned i = 0; i < 2; i++) {
        type("nw"[i]);
        shows("You are in the past, where nothing can be edited");
        type_text("x");
        press(KEY_ENTER);
        assert_true(session_in_past(&ui.view.session));
        press(KEY_ESCAPE);
        press(KEY_F3);
    }
    is_unsaved(false);
}

static void test_undo_title(void **state)
{
    (void)state;
    memory = pages;
    start_page(50, 'n');
    memory = NULL;
    type_text("!");
    press(KEY_ENTER);
    is_unsaved(true);
    assert_true(session_undo(&ui.view.session));
    is_unsaved(false);
    assert_string_equal(ui.view.session.notes.text[NOTE_TITLE], "First");
    assert_true(session_redo(&ui.view.session));
    is_unsaved(true);
}

/* Checks that TEXT is in the QR code. */
static void check_qr(const char *text)
{
    static struct qr expected;
    const struct qr *qr = &ui.save.qr;

    assert_true(qr_start(&expected, text, strlen(text), QR_VERSION_MAX));
    while (qr_step(&expected))
        continue;
    assert_true(qr->done);
    assert_int_equal(qr->size, expected.size);
    assert_memory_equal(qr->dark, expected.dark, sizeof qr->dark);
}

/* Checks that the QR code is on the screen, light on dark, with PER_CELL
   modules in each cell. */
static void check_qr_cells(unsigned per_cell, unsigned row, unsigned column)
{
    const struct qr *qr = &ui.save.qr;

    for (unsigned y = 0; y < qr->size + 2 * QR_QUIET_ZONE; y++) {
        for (unsigned x = 0; x < qr->size + 2 * QR_QUIET_ZONE; x++) {
            uint8_t cell =
                (uint8_t)ui.view.cells.at[row + y / per_cell][column + x];
            uint8_t half = y % 2 ? CHAR_LOWER_HALF : CHAR_UPPER_HALF;
            bool light =
                cell == CHAR_BOTH_HALVES || (cell == half && per_cell == 2);
            unsigned mx = x - QR_QUIET_ZONE, my = y - QR_QUIET_ZONE;
            bool dark =
                mx < qr->size && my < qr->size && qr_is_dark(qr, mx, my);

            assert_int_equal(light, !dark);
        }
    }
}

/* Checks that the QR code is in the middle of a screen of ROWS rows. */
static void check_large_qr(unsigned per_cell, unsigned rows)
{
    const struct qr *qr = &ui.save.qr;
    enum qr_look look = per_cell == 1 ? QR_WHOLE : QR_HALF;

    check_qr_cells(per_cell, (rows - qr_view_rows(qr, look)) / 2,
                   (PAGE_COLUMNS - qr_view_columns(qr, look)) / 2);
}

static void test_qr(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        edit(3, 0x12345678);
        compute(4, 0x12345678);
        until_idle();
        press(KEY_F3);
        /* The PC must not sleep before the code is complete. */
        for (unsigned j = 0; turn_by(FRAME) != UI_NOTHING_DUE; j++)
            assert_true(j < 100);
        check_qr(compact(true));
        if (sizes[i] == 50)
            check_qr_cells(2, 18, 0);
        type('q');
        assert_false(is_shown("Save and receive"));
        check_large_qr(sizes[i] == 50 ? 1 : 2, sizes[i]);
        type('a');
        shows("Save and receive");
        assert_false(transfer_is_active(&ui.view.transfer));
        type('q');
        press(KEY_ESCAPE);
        shows("Save and receive");
        press(KEY_ESCAPE);
        assert_int_equal(ui.view.page, PAGE_EDITOR);
    }
}

/* The link contains the text without check, which other readers require. */
static void test_qr_with_link(void **state)
{
    char link[300];

    (void)state;
    start_boot(50, "link=https://example.org/?s=", FIRST);
    press(KEY_F3);
    until_idle();
    snprintf(link, sizeof link, "https://example.org/?s=%s", compact(false));
    check_qr(link);
    shows_compact(2);
}

/* A code that is too large for a short screen is shown on a tall one only. */
static void test_largest_qr(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        for (unsigned line = 0; line < LINES; line++)
            edit(line, 0x01234567u * (line + 1) | 0x10000);
        press(KEY_F3);
        until_idle();
        check_qr(compact(true));
        shows_compact(sizes[i] == 50 ? 2 : 6);
        type('q');
        if (sizes[i] == 50)
            check_large_qr(2, 50);
        else
            shows("This screen has too few rows for the QR code of this "
                  "program. Esc goes back");
        press(KEY_ESCAPE);
        shows("Save and receive");
    }
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
    assert_string_equal(wire, MARK(1) "1\r\n1 NUM 5\r\n");
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

static void test_rows(void **state)
{
    (void)state;
    start(50);
    press(KEY_F3);
    press(KEY_ENTER);
    transmit(sizeof wire);
    assert_string_equal(wire, MARK(1) FIRST_WIRE);
    press(KEY_DOWN);
    press(KEY_DOWN);
    press(KEY_ENTER);
    wire_length = 0;
    transmit(sizeof wire);
    assert_string_equal(wire, FIRST_SNP);
    press(KEY_UP);
    press(KEY_UP);
    press(KEY_UP);
    press(KEY_ENTER);
    assert_true(ui.save.large);
    press(KEY_ENTER);
    for (unsigned i = 0; i < 6; i++)
        press(KEY_DOWN);
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
        assert_true(ui.view.session.entered.unsaved);
        type('a');
        transmit(sizeof wire);
        shows("Has everything arrived");
        type('y');
        assert_false(ui.view.session.entered.unsaved);
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
    assert_false(ui.view.session.entered.unsaved);
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

/* What the screen said of the program before must not hide the new one. */
static void test_receive_while_running(void **state)
{
    (void)state;
    start_boot(50, "", "1 JMP 0\n");
    assert_true(session_toggle_count_breakpoint(&ui.view.session, 20));
    session_set_cs(&ui.view.session, true);
    press(KEY_F3);
    type('r');
    while (session_runs(&ui.view.session))
        turn_by(FRAME);
    assert_memory_equal(ui.view.message, "Stopped", 7);
    feed("1 LDN 4\n\x04");
    was_loaded("");
    shows("Loaded from COM1: 8 bytes");
}

static void test_receive_until_end(void **state)
{
    (void)state;
    start_page(50, 'r');
    feed("; Second\n1 STP\nbaby: end\r\n");
    assert_int_equal(ui.view.page, PAGE_SAVE);
    turn_by(TRANSFER_END_US - 2 * FRAME);
    assert_int_equal(ui.view.page, PAGE_SAVE);
    turn_by(2 * FRAME);
    turn_by(FRAME);
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
            feed_all("; Second\n1 STP\nbaby: end\n");
            assert_int_equal(ui.view.page, PAGE_ASK);
            shows("Load the received program");
            shows("has unsaved changes (1 line)");
            press(KEY_F5);
            assert_int_equal(ui.view.page, PAGE_ASK);
            assert_int_equal(ui.view.session.machine.store[3], 33);
            type(yes ? 'y' : 'n');
            assert_int_equal(ui.view.session.machine.store[3], yes ? 0 : 33);
            assert_int_equal(ui.view.page, yes ? PAGE_EDITOR : PAGE_SAVE);
            assert_int_equal(ui.view.session.entered.unsaved, !yes);
            shows(yes ? "Second" : "store=");
        }
    }
}

/* Enter must not replace a program that cannot be restored. */
static void test_receive_is_not_confirmed_by_enter(void **state)
{
    (void)state;
    start(50);
    edit(3, 33);
    press(KEY_F3);
    type('r');
    feed_all("; Second\n1 STP\nbaby: end\n");
    shows("Y: yes, lose them     N, Enter or Esc: no");
    press(KEY_ENTER);
    assert_int_equal(ui.view.page, PAGE_SAVE);
    assert_int_equal(ui.view.session.machine.store[3], 33);
    is_unsaved(true);
}

/* Only what was entered may be asked about, and the name of the program. */
static void test_receive_asks_about_entered(void **state)
{
    (void)state;
    start(50);
    compute(9, 44);
    edit(3, 33);
    edit(3, 0);
    press(KEY_F3);
    type('r');
    feed("; Second\n1 STP\n\x04");
    was_loaded("Second");

    start(50);
    press(KEY_F3);
    type('n');
    type('!');
    press(KEY_ENTER);
    type('r');
    feed("; Second\n1 STP\n\x04");
    shows("First!");
    shows("has unsaved changes, which will be lost");

    start(50);
    session_clear_store(&ui.view.session);
    edit(1, 5);
    edit(2, 6);
    press(KEY_F3);
    type('r');
    feed("; Second\n1 STP\n\x04");
    shows("The program you entered");
    shows("has unsaved changes (");
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
        {"\x04", "COM1: the file contains no program: it is empty"},
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
        shows("Sent 53 lines, ");
        assert_true(ui.view.session.entered.unsaved);
        type('y');
        /* The program must count as saved, and reloading must restore its
           state. */
        assert_false(ui.view.session.entered.unsaved);
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
        feed_all(sent);
        assert_int_equal(ui.view.page, PAGE_ASK);
        shows("has unsaved changes (1 line)");
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
    feed_all("baby: state 1\nA 5\nCI x\nbaby: end\n");
    check_refused(
        "COM1:3: CI must be a number from -2147483648 to 4294967295, not "
        "\"x\"");
}

/* Sends several programs and receives them all again. */
static void check_log(const char *letters, const char *warning)
{
    static char sent[sizeof wire];

    start(50);
    for (unsigned i = 0; letters[i] != '\0'; i++) {
        edit(3, 30 + i);
        compute(4, 40 + i);
        send(letters[i]);
    }
    strcpy(sent, wire);
    start(50);
    press(KEY_F3);
    type('r');
    feed(sent);
    for (unsigned i = 0; i < 21; i++)
        turn_by(SECOND / 10);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    shows(warning);
}

static void test_receive_several(void **state)
{
    (void)state;
    check_log("asd",
              "COM1:16: the last of 3 programs in this file starts here");
    assert_int_equal(ui.view.session.machine.store[3], 32);
    assert_int_equal(ui.view.session.machine.store[4], 42);
    shows("First");
    check_log("as", "COM1:11: the last of 2 programs in this file starts here");
    assert_int_equal(ui.view.session.machine.store[3], 31);
    assert_int_equal(ui.view.session.machine.store[4], 0);
    assert_string_equal(ui.view.session.loaded.program.note[9], "");
    check_log("ta", "COM1:54: the last of 2 programs in this file starts here");
    assert_int_equal(ui.view.session.machine.store[3], 31);
    assert_int_equal(ui.view.session.machine.store[4], 0);
    check_log("asl",
              "COM1:16: the last of 3 programs in this file starts here");
    assert_int_equal(ui.view.session.machine.store[3], 32);
    assert_int_equal(ui.view.session.machine.store[4], 0);
    check_log("ls", "the last of 2 programs in this file starts here");
    assert_int_equal(ui.view.session.machine.store[3], 31);
    check_log("adst", "the last of 4 programs in this file starts here");
    assert_int_equal(ui.view.session.machine.store[3], 33);
    assert_int_equal(ui.view.session.machine.store[4], 43);
    assert_true(ui.view.session.loaded.has_snapshot);
    is_unsaved(false);
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
    ui.view.environment.engine_state = &engine_state;
    library_add(&ui.view.library, "first", FIRST, strlen(FIRST));
    library_add(&ui.view.library, "saved", sent, strlen(sent));
    options_read(&options, "program=saved", &warnings);
    ui_start(&ui, (struct screen_sizes){.page = {50, PAGE_COLUMNS}}, &options,
             0, "first", buffer, "", now);
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
    shows("Has everything arrived");
    type('y');
    type('r');
    feed("; Second\n1 STP\n\x04");
    was_loaded("Second");
    assert_false(session_runs(&ui.view.session));
}

/* A Stop does not remove the message. */
static void test_stop_while_saved(void **state)
{
    (void)state;
    start(50);
    edit(3, 33);
    for (unsigned line = 0; line < LINES; line++)
        compute(line, 0);
    press(KEY_F5);
    send('a');
    type('y');
    shows("Saved");
    for (unsigned line = 0; line < LINES; line++)
        compute(line, (uint32_t)STP << FUNCTION_BIT);
    session_state_changed(&ui.view.session);
    turn_by(FRAME);
    assert_true(ui.view.session.machine.neon);
    shows("Saved");
}

/* The program at the end of history is not the one that was saved before it. */
static void test_save_in_the_past(void **state)
{
    (void)state;
    memory = pages;
    start(50);
    memory = NULL;
    edit(3, 33);
    session_record(&ui.view.session);
    assert_true(session_undo(&ui.view.session));
    session_record(&ui.view.session);
    is_unsaved(false);
    press(KEY_F7);
    turn_by(FRAME);
    assert_true(session_in_past(&ui.view.session));
    send('a');
    type('y');
    assert_false(ui.view.session.entered.unsaved);
    is_unsaved(true);
    press(KEY_ESCAPE);
    press(KEY_F7);
    is_unsaved(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page),
        cmocka_unit_test(test_no_com1),
        cmocka_unit_test(test_send_snp),
        cmocka_unit_test(test_send_asm),
        cmocka_unit_test(test_send_names),
        cmocka_unit_test(test_send_entered),
        cmocka_unit_test(test_confirm),
        cmocka_unit_test(test_not_confirmed),
        cmocka_unit_test(test_failed_is_not_confirmed),
        cmocka_unit_test(test_edit_before_answer),
        cmocka_unit_test(test_what_is_saved),
        cmocka_unit_test(test_saved_file_is_reloaded),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_file_not_written),
        cmocka_unit_test(test_receive_without_port),
        cmocka_unit_test(test_title),
        cmocka_unit_test(test_title_discarded),
        cmocka_unit_test(test_longest_title),
        cmocka_unit_test(test_author_without_title),
        cmocka_unit_test(test_title_in_the_past),
        cmocka_unit_test(test_undo_title),
        cmocka_unit_test(test_qr),
        cmocka_unit_test(test_qr_with_link),
        cmocka_unit_test(test_largest_qr),
        cmocka_unit_test(test_send_another_program),
        cmocka_unit_test(test_send_empty_store),
        cmocka_unit_test(test_held_key),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_stuck),
        cmocka_unit_test(test_cancel_sending),
        cmocka_unit_test(test_receive),
        cmocka_unit_test(test_receive_until_silence),
        cmocka_unit_test(test_receive_while_running),
        cmocka_unit_test(test_receive_until_end),
        cmocka_unit_test(test_receive_asks_if_edited),
        cmocka_unit_test(test_receive_is_not_confirmed_by_enter),
        cmocka_unit_test(test_receive_asks_about_entered),
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
        cmocka_unit_test(test_receive_several),
        cmocka_unit_test(test_state_in_the_list),
        cmocka_unit_test(test_receive_simh),
        cmocka_unit_test(test_while_running),
        cmocka_unit_test(test_stop_while_saved),
        cmocka_unit_test(test_save_in_the_past),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
