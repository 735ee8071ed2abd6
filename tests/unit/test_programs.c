/* SPDX-License-Identifier: MIT */
/*
 * The list of programs, and what is asked before one is lost.
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
#include "ui/page.h"

static void test_reload_asks_if_edited(void **state)
{
    (void)state;
    start(50);
    press(KEY_DELETE);
    menu('L');
    shows("1 line changed by hand is replaced by");
    type_one(NO, false);
    assert_int_equal(ui.page, PAGE_MENU);
    assert_int_equal(ui.desk.machine.store[1], 0);
    type_one('S', false);
    assert_int_equal(ui.page, PAGE_ASK);
    press(KEY_ENTER);
    assert_true(desk_runs(&ui.desk));
    assert_int_equal(ui.desk.machine.store[1], 0x4018);
    assert_false(ui.desk.edited);
}

static void choose(const char *name)
{
    int index = library_find(&ui.library, name);

    assert_true(index >= 0);
    press(KEY_F2);
    assert_int_equal(ui.page, PAGE_PROGRAMS);
    press_times(KEY_DOWN, (unsigned)index);
    assert_int_equal(ui.list_row, index);
}

/* All programs that ship, with title, author and all of their head comments. */
static void test_list(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        press(KEY_F2);
        for (unsigned j = 0; j < ui.library.count; j++) {
            const struct library_file *chosen = &ui.library.file[j];
            struct library_card card;
            char *head, *next;
            int row;

            check_grid();
            library_card(chosen, &card);
            row = find(card.title);
            assert_true(row >= 0);
            row_shows((unsigned)row, chosen->name);
            assert_memory_equal(card.author, "by ", 3);
            card.author[3 + 22] = '\0'; /* what there is room for */
            row_shows((unsigned)row, card.author + 3);
            assert_int_equal(look((unsigned)row, 2), LOOK_CHOSEN);
            for (head = ui.reading.reader.program.head; *head != '\0'; head = next) {
                char line[CELLS_COLUMNS];
                size_t length = strcspn(head, "\n");

                snprintf(line, sizeof line, "%.*s", (int)length, head);
                shows(line);
                next = head + length + (head[length] == '\n');
            }
            press(KEY_DOWN);
        }
        assert_int_equal(ui.list_row, ui.library.count - 1);
        press(KEY_ESCAPE);
        assert_int_equal(ui.page, PAGE_EDITOR);
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
        assert_int_equal(ui.page, PAGE_EDITOR);
        row_shows(0, "Highest common factor");
        assert_false(desk_runs(&ui.desk));
        choose("primes");
        press(KEY_F5);
        row_shows(0, "Prime numbers");
        assert_true(desk_runs(&ui.desk));
    }
}

static void test_load_asks_if_edited(void **state)
{
    (void)state;
    start(50);
    press(KEY_DELETE);
    choose("hcf");
    press(KEY_F5);
    shows("The store was changed and not saved; lose the changes?");
    type_one(NO, false); /* back to the list, with hcf still chosen */
    assert_int_equal(ui.page, PAGE_PROGRAMS);
    assert_string_equal(ui.library.file[ui.list_row].name, "hcf");
    assert_int_equal(ui.desk.machine.store[1], 0);
    press(KEY_ESCAPE);
    row_shows(0, "July 1948");
    choose("hcf");
    press(KEY_F5);
    type_one(YES, false);
    row_shows(0, "Highest common factor");
    assert_true(desk_runs(&ui.desk));
    assert_false(ui.desk.edited);
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
        "nothing:0: there is no program in it: it is empty",
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
            assert_int_equal(ui.desk.machine.store[1], 0xE000);
            assert_false(desk_runs(&ui.desk));
            assert_int_equal(ui.page, PAGE_EDITOR);
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
        shows(names[ui.list_row]);
        press(KEY_END);
        assert_int_equal(ui.list_row, 600 + shipped.count - 1);
        shows(shipped.file[shipped.count - 1].name);
        press_times(KEY_UP, shipped.count);
        assert_int_equal(ui.list_row, 599);
        shows("file599.snp");
        shows("600 of 6");
        check_grid();
        press(KEY_HOME);
        press(KEY_UP);
        press(KEY_PAGE_UP);
        assert_int_equal(ui.list_row, 0);
    }
}

static void test_no_programs(void **state)
{
    (void)state;
    start(50);
    ui.library.count = 0;
    press(KEY_F2);
    press(KEY_DOWN);
    press(KEY_END);
    press(KEY_PAGE_UP);
    press(KEY_ENTER);
    press(KEY_F5);
    check_grid();
    press(KEY_ESCAPE);
    assert_int_equal(ui.page, PAGE_EDITOR);
    assert_false(desk_runs(&ui.desk));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reload_asks_if_edited),
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_load),
        cmocka_unit_test(test_load_asks_if_edited),
        cmocka_unit_test(test_broken_module),
        cmocka_unit_test(test_600_modules),
        cmocka_unit_test(test_no_programs),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
