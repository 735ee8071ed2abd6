/* SPDX-License-Identifier: MIT */
/* Tests the list of programs and the question about unsaved changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "console.h"
#include "ui/ui.h"

static void test_reload_asks_if_edited(void **state)
{
    (void)state;
    start(50);
    press(KEY_DELETE);
    menu('O');
    shows("has unsaved changes (1 line)");
    type_one(NO, false);
    assert_int_equal(ui.view.page, PAGE_MENU);
    assert_int_equal(ui.view.session.machine.store[1], 0);
    type_one('O', false);
    assert_int_equal(ui.view.page, PAGE_ASK);
    press(KEY_ENTER);
    assert_int_equal(ui.view.session.machine.store[1], 0x4018);
    assert_false(ui.view.session.entered.unsaved);
}

static void choose(const char *name)
{
    int index = library_find(&ui.view.library, name);

    assert_true(index >= 0);
    press(KEY_F2);
    assert_int_equal(ui.view.page, PAGE_PROGRAMS);
    press_times(KEY_DOWN, (unsigned)index);
    assert_int_equal(ui.programs.chosen, index);
}

/* The list must show the title, author and comments of each program. */
static void test_list_of_programs(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        press(KEY_F2);
        for (unsigned j = 0; j < ui.view.library.count; j++) {
            const struct library_file *chosen = &ui.view.library.file[j];
            struct library_info card;
            char *head, *next;
            int row;

            check_grid();
            library_read_info(chosen, &card);
            row = find(card.title);
            assert_true(row >= 0);
            row_shows((unsigned)row, chosen->name);
            assert_memory_equal(card.author, "by ", 3);
            card.author[3 + 22] = '\0';
            row_shows((unsigned)row, card.author + 3);
            assert_int_equal(attribute_at((unsigned)row, 2), ATTR_SELECTED);
            for (head = ui.view.load.file.reader.program.head; *head != '\0';
                 head = next) {
                char line[PAGE_COLUMNS];
                size_t length = strcspn(head, "\n");

                snprintf(line, sizeof line, "%.*s", (int)length, head);
                shows(line);
                next = head + length + (head[length] == '\n');
            }
            press(KEY_DOWN);
        }
        assert_int_equal(ui.programs.chosen, ui.view.library.count - 1);
        press(KEY_ESCAPE);
        assert_int_equal(ui.view.page, PAGE_EDITOR);
        row_shows(0, "July 1948");
    }
}

static void test_load(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        choose("hcf");
        press(KEY_ENTER);
        assert_int_equal(ui.view.page, PAGE_EDITOR);
        row_shows(0, "Highest common factor");
        assert_false(session_runs(&ui.view.session));
        choose("primes");
        press(KEY_F5);
        row_shows(0, "Prime numbers");
        assert_true(session_runs(&ui.view.session));
    }
}

static void test_load_asks_if_edited(void **state)
{
    (void)state;
    start(50);
    press(KEY_DELETE);
    choose("hcf");
    press(KEY_F5);
    shows("has unsaved changes (1 line), which will be lost.");
    type_one(NO, false);
    assert_int_equal(ui.view.page, PAGE_PROGRAMS);
    assert_string_equal(ui.view.library.file[ui.programs.chosen].name, "hcf");
    assert_int_equal(ui.view.session.machine.store[1], 0);
    press(KEY_ESCAPE);
    row_shows(0, "July 1948");
    choose("hcf");
    press(KEY_F5);
    type_one(YES, false);
    row_shows(0, "Highest common factor");
    assert_true(session_runs(&ui.view.session));
    assert_false(ui.view.session.entered.unsaved);
}

static void test_broken_module(void **state)
{
    struct library_file modules[] = {
        file("good", "; Good\n1 STP\n"),
        file("broken.asm", "1 LDN 1\n2 LDN 99\n"),
        {"nothing", NULL, 0},
        {"binary",
         "\x7F"
         "ELF\0\0",
         6},
    };
    static const char *const sentence[] = {
        "broken.asm:2: line 99 does not exist",
        "nothing: the file contains no program: it is empty",
        "binary:1: ",
    };

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_with(sizes[i], "", modules, 4);
        row_shows(0, "Good");
        for (unsigned j = 0; j < 3; j++) {
            press(KEY_F2);
            press_times(KEY_DOWN, j + 1);
            shows(sentence[j]);
            press(KEY_F5);
            shows(sentence[j]);
            row_shows(0, "Good");
            assert_int_equal(ui.view.session.machine.store[1], 0xE000);
            assert_false(session_runs(&ui.view.session));
            assert_int_equal(ui.view.page, PAGE_EDITOR);
        }
    }
}

static void test_600_modules(void **state)
{
    static struct library_file modules[600];
    static char names[600][16];

    (void)state;
    for (unsigned i = 0; i < 600; i++) {
        snprintf(names[i], sizeof names[i], "file%03u.snp", i);
        modules[i] = file(names[i], "0001:00000000000001110000000000000000\n");
    }
    for (unsigned i = 0; i < SIZES; i++) {
        start_with(sizes[i], "", modules, 600);
        press(KEY_F2);
        press_times(KEY_PAGE_DOWN, 3);
        press_times(KEY_DOWN, 7);
        check_grid();
        shows(names[ui.programs.chosen]);
        press(KEY_END);
        assert_int_equal(ui.programs.chosen, 600 + builtin_library.count - 1);
        shows(builtin_library.file[builtin_library.count - 1].name);
        press_times(KEY_UP, builtin_library.count);
        assert_int_equal(ui.programs.chosen, 599);
        shows("file599.snp");
        shows("600 of 6");
        check_grid();
        press(KEY_HOME);
        press(KEY_UP);
        press(KEY_PAGE_UP);
        assert_int_equal(ui.programs.chosen, 0);
    }
}

static char large[FILE_MAX];

/* Returns a file of FILE_MAX bytes, filled with copies of ROW. */
static struct library_file large_file(const char *row)
{
    static const char head[] = "; Large\n", end[] = "\n1 STP\n";
    size_t begin = sizeof head - 1, last = sizeof large - (sizeof end - 1);

    memcpy(large, head, begin);
    for (size_t i = begin; i < last; i++)
        large[i] = row[(i - begin) % strlen(row)];
    memcpy(large + last, end, sizeof end - 1);
    return (struct library_file){"large", large, sizeof large};
}

/* Runs one turn and checks that it does not read more bytes than allowed. */
static bool turn_reads(void)
{
    const struct reader *reader = &ui.view.load.file.reader;
    const char *from = reader->lines.at;
    bool drawn;

    now += 1000;
    uint32_t wait = ui_turn(&ui, now, &drawn);
    size_t moved = (size_t)(reader->lines.at - from) % FILE_MAX;

    assert_true(moved <= LIBRARY_SLICE + ROW_MAX + 2);
    assert_true(wait == 0 || !reader_is_active(reader));
    return reader_is_active(reader);
}

static void begin_large(const char *row)
{
    struct library_file modules[] = {file("small", "; Small\n1 STP\n"),
                                     large_file(row)};

    start_with(50, "", modules, 2);
    press(KEY_F2);
    press(KEY_DOWN);
    shows("Reading 65536 bytes ...");
}

static void test_large_file(void **state)
{
    static const char *const rows[] = {"; a comment\n", "\n", ";"};

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        unsigned turns = 0;

        begin_large(rows[i]);
        press(KEY_ENTER);
        shows("Esc cancels");
        while (turn_reads())
            turns++;
        assert_true(turns > FILE_MAX / (LIBRARY_SLICE + ROW_MAX + 2));
        turn();
        assert_int_equal(ui.view.page, PAGE_EDITOR);
        row_shows(0, "Large");
        assert_int_equal(ui.view.session.machine.store[1], 0xE000);
    }
}

/* Keys must work while a file is being read. */
static void test_keys_while_reading(void **state)
{
    (void)state;
    begin_large("; a comment\n");
    press(KEY_UP);
    shows_not("Reading");
    press(KEY_DOWN);
    press(KEY_ENTER);
    assert_true(turn_reads());
    press(KEY_ESCAPE);
    assert_int_equal(ui.view.page, PAGE_PROGRAMS);
    while (turn_reads())
        continue;
    turn();
    assert_int_equal(ui.view.page, PAGE_PROGRAMS);
    row_shows(0, "Programs");
    shows_not("Reading");
    press(KEY_UP);
    press(KEY_DOWN);
    press(KEY_ENTER);
    press(KEY_UP);
    turn();
    assert_int_equal(ui.view.page, PAGE_PROGRAMS);
    press(KEY_DOWN);
    press(KEY_ENTER);
    press(KEY_F5);
    while (turn_reads())
        continue;
    turn();
    row_shows(0, "Large");
    assert_true(ui.view.session.machine.neon);
}

/* A file must be read only once, even if its contents change afterwards. */
static void test_file_is_read_once(void **state)
{
    static const char text[] = "; Title\n; by Ann\n; About it\n1 STP\n";
    static char changing[sizeof text];
    struct library_file module = {"module", changing, sizeof text - 1};

    (void)state;
    for (unsigned i = 0; i < 2 * SIZES; i++) {
        memcpy(changing, text, sizeof text);
        start_with(sizes[i / 2], i % 2 == 0 ? "kiosk=5" : "", &module, 1);
        if (i % 2 == 1)
            press(KEY_F2);
        shows("About it");
        memset(changing, '?', sizeof text - 1);
        ui_repaint(&ui);
        turn();
        shows("Title");
        shows("Ann");
        shows("About it");
    }
    press(KEY_ENTER);
    assert_int_equal(ui.view.session.machine.store[1], 0xE000);
}

static void test_too_large_file(void **state)
{
    static char text[10 * FILE_MAX];
    struct library_file modules[] = {
        file("good", "; Good\n1 STP\n"),
        {"over", text, FILE_MAX + 1},
        {"ten", text, sizeof text},
        {"most", text, SIZE_MAX},
    };

    (void)state;
    memset(text, '\n', sizeof text);
    start_with(50, "", modules, 4);
    press(KEY_F2);
    press(KEY_DOWN);
    shows("over: the file has 65537 bytes, but the maximum is 65536");
    press(KEY_DOWN);
    shows("ten: the file has 655360 bytes, but the maximum is");
    press(KEY_DOWN);
    shows("most: the file has ");
    press(KEY_ENTER);
    shows("most: the file has ");
    row_shows(0, "Good");
    start_with(50, "", modules + 2, 1);
    shows("ten: the file has 655360 bytes, but the maximum is");
    row_shows(0, "July 1948");
}

/* A title must be found even late in a file, and in many files. */
static void test_late_titles(void **state)
{
    static char text[4096 + 1];
    static struct library_file modules[640];
    static char names[640][16];

    (void)state;
    memset(text, '\n', sizeof text - 1);
    memcpy(text + 4000, "; Late\n", 7);
    for (unsigned i = 0; i < 640; i++) {
        snprintf(names[i], sizeof names[i], "file%03u", i);
        modules[i] = file(names[i], text);
    }
    start_with(50, "", modules, 640);
    press(KEY_F2);
    shows("file001");
    assert_true(ui.programs.more);
    for (unsigned i = 0; i < 12; i++)
        turn();
    assert_false(ui.programs.more);
    for (unsigned i = 0; i < 12; i++)
        row_shows(2 + 2 * i, "Late");
    press(KEY_PAGE_DOWN);
    for (unsigned i = 0; i < 12; i++)
        turn();
    row_shows(2, "Late");
}

static void test_empty_list(void **state)
{
    (void)state;
    start(50);
    ui.view.library.count = 0;
    press(KEY_F2);
    press(KEY_DOWN);
    press(KEY_END);
    press(KEY_PAGE_UP);
    press(KEY_ENTER);
    press(KEY_F5);
    check_grid();
    press(KEY_ESCAPE);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    assert_false(session_runs(&ui.view.session));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reload_asks_if_edited),
        cmocka_unit_test(test_list_of_programs),
        cmocka_unit_test(test_load),
        cmocka_unit_test(test_load_asks_if_edited),
        cmocka_unit_test(test_broken_module),
        cmocka_unit_test(test_600_modules),
        cmocka_unit_test(test_large_file),
        cmocka_unit_test(test_keys_while_reading),
        cmocka_unit_test(test_file_is_read_once),
        cmocka_unit_test(test_too_large_file),
        cmocka_unit_test(test_late_titles),
        cmocka_unit_test(test_empty_list),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
