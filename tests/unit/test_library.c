/* SPDX-License-Identifier: MIT */
/* Tests finding and reading programs and their titles in the library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/format/snapshot_file.h"
#include "services/library.h"
#include "tests/lib/whole.h"

static struct library library;

static int empty(void **state)
{
    (void)state;
    memset(&library, 0, sizeof library);
    return 0;
}

static void add(const char *name, const char *text)
{
    library_add(&library, name, text, strlen(text));
}

static void test_find(void **state)
{
    (void)state;
    assert_int_equal(library_find(&library, "hcf"), -1);
    add("hcf.snp", "1 STP");
    add("july1948.asm", "1 STP");
    add("july1948-989", "1 STP");
    add("hcf", "1 STP");
    assert_int_equal(library_find(&library, "hcf"), 0);
    assert_int_equal(library_find(&library, "hcf.snp"), 0);
    assert_int_equal(library_find(&library, "july1948"), 1);
    assert_int_equal(library_find(&library, "july1948.asm"), 1);
    assert_int_equal(library_find(&library, "july1948-989"), 2);
    assert_int_equal(library_find(&library, "july1948-98"), -1);
    assert_int_equal(library_find(&library, "july1948.as"), -1);
    assert_int_equal(library_find(&library, "july"), -1);
    assert_int_equal(library_find(&library, "hcf.asm"), -1);
    assert_int_equal(library_find(&library, "HCF"), -1);
    assert_int_equal(library_find(&library, ""), -1);
}

static void test_full(void **state)
{
    (void)state;
    for (unsigned i = 0; i < LIBRARY_MAX; i++)
        add("file", "1 STP");
    add("one too many", "1 STP");
    assert_int_equal(library.count, LIBRARY_MAX);
    assert_int_equal(library_find(&library, "one too many"), -1);
}

#define FORTY "abcdefghijklmnopqrstuvwxyzabcdefghijklmn"

static const struct {
    const char *text, *title;
} titles[] = {
    {"; Ducks on a pond\n1 STP\n", "Ducks on a pond"},
    {";Ducks\r\n1 STP\r\n", "Ducks"},
    {"// Ducks", "Ducks"},
    {"-- Ducks\n", "Ducks"},
    {"# Ducks\n", "Ducks"},
    {";;; Ducks\n", "Ducks"},
    {"; " FORTY FORTY "\n", FORTY "abcdefg"},
    {"1 STP ; Ducks\n", "name.asm"},
    {"0000:00000000000000000000000000000000\n", "name.asm"},
    {"\n; Ducks\n", "Ducks"},
    {"\xEF\xBB\xBF; Ducks\n", "Ducks"},
    {"; A \xFC\n", "A ?"},
    {"", "name.asm"},
    /* An empty comment must not be used as the title. */
    {";\n; Ducks\n1 STP\n", "Ducks"},
    {"; \r\n1 STP ; Ducks\n", "name.asm"},
    {"; \r\n1 STP\n", "name.asm"},
    /* A list of numbers has no title. */
    {"-3\n1\n4\n", "name.asm"},
    {"-262144\n", "name.asm"},
};

static void test_titles(void **state)
{
    unsigned wrong = 0;

    (void)state;
    for (unsigned i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        size_t size = strlen(titles[i].text);
        char *copy = malloc(size + 1);
        struct library_info card;
        struct library_file file = {"name.asm", copy, size};

        memcpy(copy, titles[i].text, size);
        copy = realloc(copy, size > 0 ? size : 1);
        file.text = size > 0 ? copy : NULL;
        library_read_info(&file, &card);
        if (strcmp(card.title, titles[i].title) != 0) {
            print_error("\"%s\": \"%s\"\n", titles[i].text, card.title);
            wrong++;
        }
        free(copy);
    }
    assert_int_equal(wrong, 0);
}

/* Only the start of a file may be searched for a title. */
static void test_beginning(void **state)
{
    static char text[5000];
    const struct library_file file = {"name.asm", text, sizeof text};
    struct library_info card;

    (void)state;
    memset(text, '\n', sizeof text);
    memcpy(text + 4000, "; Early", 7);
    library_read_info(&file, &card);
    assert_string_equal(card.title, "Early");
    memset(text, '\n', sizeof text);
    memcpy(text + 4100, "; Late", 6);
    library_read_info(&file, &card);
    assert_string_equal(card.title, "name.asm");
    memset(text, ' ', sizeof text);
    memcpy(text + ROW_MAX - 14, "baby: state 1\n", 14);
    assert_true(library_is_state(&file));
    memset(text, ' ', sizeof text);
    memcpy(text + ROW_MAX - 4, "baby: state 1\n", 14);
    assert_false(library_is_state(&file));
}

static void test_authors(void **state)
{
    static const struct {
        const char *text, *author;
    } cards[] = {
        {"; Ducks\n; by Ann, 2026\n1 STP\n", "by Ann, 2026"},
        {"; Ducks\n;\n# by Ann\n", "by Ann"},
        {"; Ducks\n; bytes\n1 STP\n", ""},
        {"; Ducks\n1 STP\n; by Ann\n", ""},
        {"; by Ann\n1 STP\n", ""},
        {"1 STP ; Ducks\n; by Ann\n", ""},
        {"; Ducks\n", ""},
        {"", ""},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof cards / sizeof cards[0]; i++) {
        struct library_file file = {"name.asm", cards[i].text,
                                    strlen(cards[i].text)};
        struct library_info card;

        library_read_info(&file, &card);
        assert_string_equal(card.author, cards[i].author);
    }
}

static struct program program;
static struct snapshot snapshot;
static char said[200];

static bool read(const char *text)
{
    struct library_file file = {"name", text, text ? strlen(text) : 0};
    struct strbuf says = strbuf_begin(said, sizeof said);

    memset(&program, 0xA5, sizeof program);
    return library_read(&file, &program, &snapshot, &says);
}

static bool is_untouched(void)
{
    const uint8_t *bytes = (const uint8_t *)&program;

    for (size_t i = 0; i < sizeof program; i++)
        if (bytes[i] != 0xA5)
            return false;
    return true;
}

static void test_read(void **state)
{
    (void)state;
    assert_true(read("; Title\n1 STP ; stop\n"));
    assert_string_equal(said, "");
    assert_int_equal(program.store[1], 0xE000);
    assert_string_equal(program.note[1], "stop");
}

static void test_read_wrong(void **state)
{
    (void)state;
    assert_false(read("1 STP\n2 LDN 32\n"));
    assert_string_equal(said, "name:2: line 32 does not exist; the store has "
                              "lines 0 to 31");
    assert_true(is_untouched());
    assert_false(read(NULL));
    assert_string_equal(said,
                        "name: the file contains no program: it is empty");
    assert_true(is_untouched());
}

/* The message must contain the error or the first warning. */
static void test_read_doubtful(void **state)
{
    (void)state;
    assert_true(read("9\n1 STP\n"));
    assert_string_equal(said,
                        "name:1: the count is 9, but the number of lines is 1");
    assert_true(read("1 STP\n1 STP\n1 STP\n1 STP\n"));
    assert_non_null(strstr(said, "name:2: "));
    assert_non_null(strstr(said, " (and 2 more)"));
    assert_false(read("1 STP\n1 STP\n1 FOO\n"));
    assert_int_equal(strncmp(said, "name:3: there is no", 19), 0);
}

static char state_text[SNAPSHOT_FILE_SIZE];

static void write_state(const char *head)
{
    struct strbuf text = strbuf_begin(state_text, sizeof state_text);
    struct snapshot any = {.machine = {.a = 5, .pi = 7, .prepulses = 9},
                           .controls = controls_normal};

    program_clear(&program);
    strcpy(program.head, head);
    strcpy(program.note[3], "a note");
    snapshot_file_write(&text, &any, &program);
}

static void test_read_state(void **state)
{
    struct library_file file = {"name", state_text, 0};

    (void)state;
    write_state("Title\n");
    file.size = strlen(state_text);
    assert_true(library_is_state(&file));
    assert_true(read(state_text));
    assert_string_equal(said, "");
    assert_string_equal(program.note[3], "a note");
    assert_int_equal(program.a, 5);
    assert_int_equal(snapshot.machine.pi, 7);
    assert_int_equal(snapshot.machine.prepulses, 9);
    *strstr(state_text, "PI 7") = 'X';
    assert_false(read(state_text));
    assert_string_equal(said, "name:5: a state has no field called \"XI\"");
    assert_true(is_untouched());
    file = (struct library_file){"name", NULL, 0};
    assert_false(library_is_state(&file));
}

static void test_state_card(void **state)
{
    struct library_file file = {"name", state_text, 0};
    struct library_info card;

    (void)state;
    write_state("Ducks\n\nby Ann, 2026\n");
    file.size = strlen(state_text);
    library_read_info(&file, &card);
    assert_string_equal(card.title, "Ducks");
    assert_string_equal(card.author, "by Ann, 2026");
    write_state("");
    file.size = strlen(state_text);
    library_read_info(&file, &card);
    assert_string_equal(card.title, "name");
}

/* A SIMH .st file may start with a byte that looks like a comment mark. */
static void test_simh_card(void **state)
{
    static const char st[136] = ";abc";
    struct library_file file = {"name.st", st, sizeof st};
    struct library_info card;

    (void)state;
    library_read_info(&file, &card);
    assert_string_equal(card.title, "name.st");
    assert_string_equal(card.author, "");
}

#define TEST(function) cmocka_unit_test_setup(function, empty)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_find),       TEST(test_full),          TEST(test_titles),
        TEST(test_beginning),  TEST(test_authors),       TEST(test_read),
        TEST(test_read_wrong), TEST(test_read_doubtful), TEST(test_read_state),
        TEST(test_state_card), TEST(test_simh_card),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
