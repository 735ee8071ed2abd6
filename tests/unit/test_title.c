/* SPDX-License-Identifier: MIT */
/* Tests title and author in the head comments of a program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "emu/session/title.h"

static char head[HEAD_SIZE];

static void check_read(const char *title, const char *author, const char *rest)
{
    char text[NOTE_SIZE];

    title_read(head, text);
    assert_string_equal(text, title);
    author_read(head, text);
    assert_string_equal(text, author);
    assert_string_equal(title_rest(head), rest);
}

static void test_read(void **state)
{
    static const struct {
        const char *head, *title, *author, *rest;
    } rows[] = {
        {"", "", "", ""},
        {"July\n", "July", "", ""},
        {"July", "July", "", ""},
        {"July\nby Tom\n", "July", "Tom", ""},
        {"July\nby Tom\nMore\n\nand more\n", "July", "Tom",
         "More\n\nand more\n"},
        {"July\nbyte\n", "July", "", "byte\n"},
        {"July\nMore\nby Tom\n", "July", "", "More\nby Tom\n"},
        {"by Tom\nMore\n", "by Tom", "", "More\n"},
        {"July\nby \nMore\n", "July", "", "by \nMore\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        strcpy(head, rows[i].head);
        check_read(rows[i].title, rows[i].author, rows[i].rest);
    }
}

static void test_write(void **state)
{
    static const char base[HEAD_SIZE] = "July\nby Tom\nMore\n\nand more\n";
    static const char none[HEAD_SIZE];

    (void)state;
    title_write(head, base, "July", "Tom");
    assert_string_equal(head, base);
    title_write(head, base, "August", "");
    assert_string_equal(head, "August\nMore\n\nand more\n");
    title_write(head, none, "August", "Ann");
    assert_string_equal(head, "August\nby Ann\n");
    title_write(head, none, "", "");
    assert_string_equal(head, "");
}

/* A title longer than a note is kept unless it is edited. */
static void test_long_title(void **state)
{
    char base[HEAD_SIZE], title[NOTE_SIZE];

    (void)state;
    memset(base, 'x', 200);
    strcpy(base + 200, "\nMore\n");
    title_read(base, title);
    assert_int_equal(strlen(title), NOTE_SIZE - 1);
    title_write(head, base, title, "");
    assert_string_equal(head, base);
    title[0] = 'y';
    title_write(head, base, title, "");
    assert_int_equal(strlen(head), NOTE_SIZE - 1 + strlen("\nMore\n"));
}

/* Rows that no longer fit are left out as a whole. */
static void test_full(void **state)
{
    char base[HEAD_SIZE], title[NOTE_SIZE];

    (void)state;
    strcpy(base, "t\n");
    for (size_t length = 2; length + 8 < HEAD_SIZE; length += 7)
        strcpy(base + length, "a row.\n");
    title_write(head, base, "t", "");
    assert_string_equal(head, base);
    memset(title, 'x', NOTE_SIZE - 1);
    title[NOTE_SIZE - 1] = '\0';
    title_write(head, base, title, "");
    assert_memory_equal(head, title, NOTE_SIZE - 1);
    assert_string_equal(head + strlen(head) - 7, "a row.\n");
    assert_int_equal((strlen(head) - NOTE_SIZE) % 7, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_write),
        cmocka_unit_test(test_long_title),
        cmocka_unit_test(test_full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
