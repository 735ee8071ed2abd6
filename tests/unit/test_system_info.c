/* SPDX-License-Identifier: MIT */
/* Tests the rows of the system information page and their maximum number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "console.h"
#include "ui/ui.h"

static void add_info(enum system_info_layer layer, const char *name,
                     const char *what)
{
    struct strbuf text = system_info_add(&ui.system_info, layer, name);

    strbuf_add(&text, "%s", what);
}

static void open_below(void)
{
    type_one('p', true);
    assert_int_equal(ui.view.page, PAGE_SYSTEM_INFO);
}

static void test_layers(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        ui.system_info.version = "version 9.9";
        ui.system_info.title[LAYER_KERNEL] = "A kernel";
        add_info(LAYER_PC, "memory", "16 MB");
        add_info(LAYER_KERNEL, "timer", "PIT");
        open_below();
        row_shows(0, "version 9.9");
        shows("A kernel");
        shows("timer       PIT");
        shows_not("16 MB");
        press(KEY_ESCAPE);
        ui.system_info.title[LAYER_PC] = "A PC";
        open_below();
        shows("memory      16 MB");
        assert_true(find("timer") < find("A PC"));
        assert_true(find("A PC") < find("16 MB"));
        check_grid();
    }
}

/* If the table is full, a new row must replace the last one. */
static void test_too_many(void **state)
{
    char long_text[SYSTEM_INFO_TEXT + 20];

    (void)state;
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        ui.system_info.title[LAYER_KERNEL] = "A kernel";
        ui.system_info.title[LAYER_PC] = "A PC";
        for (unsigned j = 0; j < SYSTEM_INFO_ROWS; j++)
            add_info(j % 2 ? LAYER_PC : LAYER_KERNEL, "first", long_text);
        add_info(LAYER_PC, "last", "one");
        add_info(LAYER_PC, "last", "two");
        assert_int_equal(ui.system_info.count, SYSTEM_INFO_ROWS);
        assert_string_equal(ui.system_info.info_row[SYSTEM_INFO_ROWS - 1].text,
                            "two");
        assert_int_equal(strlen(ui.system_info.info_row[0].text),
                         SYSTEM_INFO_TEXT - 1);
        open_below();
        shows("first");
        check_grid();
    }
}

/* The rows of a PC with a hypervisor, which are the most, must all fit. */
static void test_all_rows(void **state)
{
    static const char *const kernel_rows[] = {"interrupts", "idle", "memory",
                                              "memory map", "boot line"};
    static const char *const pc_rows[] = {
        "processor", "hypervisor", "started by", "screen", "keyboard",
        "PCI, USB",  "serial",     "clock",      "power"};

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        ui.system_info.title[LAYER_KERNEL] = "A kernel";
        ui.system_info.title[LAYER_PC] = "A PC";
        for (unsigned j = 0; j < sizeof kernel_rows / sizeof kernel_rows[0];
             j++)
            add_info(LAYER_KERNEL, kernel_rows[j], "known");
        for (unsigned j = 0; j < sizeof pc_rows / sizeof pc_rows[0]; j++)
            add_info(LAYER_PC, pc_rows[j], "known");
        open_below();
        shows("executed");
        shows("boot line   known");
        shows("power       known");
        row_shows(sizes[i] - 1, "Esc: back");
        check_grid();
    }
}

static void test_rate(void **state)
{
    (void)state;
    start_program(50, "1 JMP 2\n2 NUM 0\n");
    press(KEY_F5);
    for (unsigned i = 0; i < 150; i++)
        turn();
    open_below();
    shows("real speed; 694 /s, 1.00 x 1948");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layers),
        cmocka_unit_test(test_too_many),
        cmocka_unit_test(test_all_rows),
        cmocka_unit_test(test_rate),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
