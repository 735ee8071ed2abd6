/* SPDX-License-Identifier: MIT */
/*
 * Reads the programs of tests/conformance/dialects.  NAME.store is the store
 * that NAME.txt or NAME.asm must give, 32 rows of hexadecimal digits; NAME.ci
 * is CI if it is not 0; and NAME.error the message if the file is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <cmocka.h>

#include "tests/lib/whole.h"

#define FOLDER "tests/conformance/dialects/"

static char text[FILE_MAX];
static size_t size;

/* Reads NAME with ENDING into TEXT.  Returns false if there is no such file. */
static bool read_file(const char *name, const char *ending)
{
    char path[512];
    FILE *file;

    snprintf(path, sizeof path, FOLDER "%s%s", name, ending);
    file = fopen(path, "rb");
    if (file == NULL)
        return false;
    size = fread(text, 1, sizeof text - 1, file);
    text[size] = '\0';
    fclose(file);
    return true;
}

static char error[256];

static void keep_error(void *context, bool is_error, unsigned row,
                       const char *sentence)
{
    (void)context;
    if (is_error)
        snprintf(error, sizeof error, "line %u: %s\n", row, sentence);
}

static void check_store(const char *name, const struct program *program)
{
    const char *row = text;
    uint32_t ci = 0;

    assert_true(read_file(name, ".store"));
    for (unsigned line = 0; line < LINES; line++) {
        char *end;

        if (program->store[line] != strtoul(row, &end, 16))
            fail_msg("%s: line %u is %08x", name, line, program->store[line]);
        assert_ptr_not_equal(end, row);
        row = end;
    }
    if (read_file(name, ".ci"))
        ci = (uint32_t)strtoul(text, NULL, 16);
    if (program->ci != ci)
        fail_msg("%s: CI is %x", name, program->ci);
}

static void check(const char *name, const char *ending)
{
    const struct reader_report report = {keep_error, NULL};
    static struct program program;
    bool good;

    assert_true(read_file(name, ending));
    error[0] = '\0';
    good = program_read(&program, text, size, &report);
    if (read_file(name, ".error")) {
        assert_false(good);
        assert_string_equal(error, text);
        return;
    }
    if (!good)
        fail_msg("%s: %s", name, error);
    check_store(name, &program);
}

static void test_dialects(void **state)
{
    DIR *folder = opendir(FOLDER);
    struct dirent *entry;
    unsigned checked = 0;

    (void)state;
    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL) {
        char *ending = strrchr(entry->d_name, '.');
        char name[256], from[16];

        if (entry->d_name[0] == '.' || strcmp(ending, ".store") == 0 ||
            strcmp(ending, ".ci") == 0 || strcmp(ending, ".error") == 0)
            continue;
        snprintf(from, sizeof from, "%s", ending);
        *ending = '\0';
        snprintf(name, sizeof name, "%s", entry->d_name);
        check(name, from);
        checked++;
    }
    closedir(folder);
    assert_true(checked >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dialects),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
