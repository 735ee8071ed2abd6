/* SPDX-License-Identifier: MIT */
/* Tests parsing the boot line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "console/theme.h"
#include "services/option_table.h"
#include "emu/translator/translator.h"
#include "services/option_parser.h"
#include "emu/session/pace.h"

static struct options options;
static char warning[240];

static void read(const char *command)
{
    struct strbuf warnings = strbuf_begin(warning, sizeof warning);

    memset(&options, 0xA5, sizeof options);
    options_read(&options, command, &warnings);
}

static void check_defaults(void)
{
    assert_string_equal(options.program, "");
    assert_string_equal(options.link, "");
    assert_int_equal(options.speed, SPEED_REAL);
    assert_int_equal(options.screen.video, VIDEO_TEXT50);
    assert_int_equal(options.screen.theme, THEME_GREEN);
    assert_int_equal(options.console, PORT_NONE);
    assert_int_equal(options.baud, 115200);
    assert_int_equal(options.data, PORT_COM1);
    assert_int_equal(options.limit, 0);
    assert_ptr_equal(options.engine, &engine_predecoded);
    assert_int_equal(options.hot, TRANSLATOR_HOT);
    assert_false(options.run || options.ci5 || options.immediate_test ||
                 options.batch || options.qemu_exit);
    assert_int_equal(options.keyboard, KEYBOARD_CONFIGURED);
    assert_false(options.acpi_off || options.noirq || options.notsc ||
                 options.cpu_386);
}

static const char *const nothing[] = {
    "", " \t ", "/boot/baby.elf", "build/baby.elf ", "  baby.elf", "C:/x",
};

static void test_empty_line(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof nothing / sizeof nothing[0]; i++) {
        read(nothing[i]);
        check_defaults();
        assert_string_equal(warning, "");
    }
}

static void test_all_options(void **state)
{
    (void)state;
    read("/boot/baby.elf program=hcf speed=x100\tvideo=text25 limit=12345678901"
         " theme=white run ci5 immediate-test batch\nqemu-exit\r\n");
    assert_string_equal(warning, "");
    assert_string_equal(options.program, "hcf");
    assert_int_equal(options.speed, SPEED_REAL + 3);
    assert_int_equal(options.screen.video, VIDEO_TEXT25);
    assert_int_equal(options.screen.theme, THEME_WHITE);
    assert_true(options.limit == 12345678901);
    assert_true(options.run && options.ci5 && options.immediate_test &&
                options.batch && options.qemu_exit);
}

static void test_each_option_alone(void **state)
{
    (void)state;
    read("run");
    assert_true(options.run);
    options.run = false;
    check_defaults();
    read("ci5");
    assert_true(options.ci5);
    options.ci5 = false;
    check_defaults();
    read("immediate-test");
    assert_true(options.immediate_test);
    options.immediate_test = false;
    check_defaults();
    read("batch");
    assert_true(options.batch);
    options.batch = false;
    check_defaults();
    read("qemu-exit");
    assert_true(options.qemu_exit);
    options.qemu_exit = false;
    check_defaults();
}

static void test_ports(void **state)
{
    static const struct {
        const char *word;
        enum port console;
        uint32_t baud;
    } rows[] = {
        {"console=ttyS0", PORT_COM1, 115200},
        {"console=ttyS1", PORT_COM2, 115200},
        {"console=ttyS0,115200", PORT_COM1, 115200},
        {"console=ttyS1,9600", PORT_COM2, 9600},
        {"console=ttyS0,9600n8", PORT_COM1, 9600},
        {"console=ttyS0,1200n8", PORT_COM1, 1200},
        {"console=ttyS0,57600", PORT_COM1, 57600},
        {"console=ttyS0,9600 console=ttyS1", PORT_COM2, 115200},
    };
    static const char *const wrong[] = {
        "console=",
        "console=ttyS2",
        "console=ttyS",
        "console=tty0",
        "console=ttyS0,",
        "console=ttyS0,n8",
        "console=ttyS0,300",
        "console=ttyS0,9601",
        "console=ttyS0,9600e7",
        "console=ttyS0,0",
        "console=ttyS0,9600n",
        "console=ttyS0 ,9600",
        "console=ttyS0,9600n8r",
        "console=ttyS0,99999999999999999999",
    };

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        read(rows[i].word);
        assert_string_equal(warning, "");
        assert_int_equal(options.console, rows[i].console);
        assert_int_equal(options.baud, rows[i].baud);
        assert_int_equal(options.data, PORT_COM1);
    }
    for (unsigned i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        read(wrong[i]);
        assert_true(warning[0] != '\0');
        if (strchr(wrong[i], ' ') == NULL)
            check_defaults();
    }
    read("data=ttyS1");
    assert_int_equal(options.data, PORT_COM2);
    read("data=ttyS0 console=ttyS1");
    assert_int_equal(options.data, PORT_COM1);
    assert_int_equal(options.console, PORT_COM2);
    read("data=ttyS1,9600");
    assert_int_equal(options.data, PORT_COM1);
    assert_true(warning[0] != '\0');
}

/* Tests the options that work around faulty hardware. */
static void test_hardware_options(void **state)
{
    (void)state;
    read("keyboard=raw");
    assert_int_equal(options.keyboard, KEYBOARD_RAW);
    read("keyboard=off");
    assert_int_equal(options.keyboard, KEYBOARD_OFF);
    read("acpi=off");
    assert_true(options.acpi_off);
    options.acpi_off = false;
    check_defaults();
    read("noirq");
    assert_true(options.noirq);
    options.noirq = false;
    check_defaults();
    read("notsc");
    assert_true(options.notsc);
    options.notsc = false;
    check_defaults();
    read("cpu=386");
    assert_true(options.cpu_386);
    options.cpu_386 = false;
    check_defaults();
    assert_string_equal(warning, "");
}

static void test_speeds(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SPEEDS; i++) {
        char word[40];

        snprintf(word, sizeof word, "speed=%s", speeds[i].name);
        read(word);
        assert_int_equal(options.speed, i);
        assert_string_equal(warning, "");
    }
}

/* Every engine name must be accepted and listed on the help screen. */
static void test_engines(void **state)
{
    char values[100] = "", word[40];

    (void)state;
    for (unsigned i = 0; engines[i] != NULL; i++) {
        const char *name = engines[i]->name;

        snprintf(word, sizeof word, "engine=%s", name);
        read(word);
        assert_ptr_equal(options.engine, engines[i]);
        assert_string_equal(warning, "");
        strcat(strcat(values, i > 0 ? "|" : ""), name);
    }
#if !defined(__i386__)
    strcat(values, "|translator");
#endif
    for (unsigned i = 0; i < option_count; i++)
        if (strcmp(option_table[i].name, "engine=") == 0)
            assert_string_equal(option_table[i].values, values);
}

static void test_hot(void **state)
{
    static const unsigned hot[] = {0, 1, 4, 9999, 65535};

    (void)state;
    for (unsigned i = 0; i < sizeof hot / sizeof hot[0]; i++) {
        char word[40];

        snprintf(word, sizeof word, "hot=%u", hot[i]);
        read(word);
        assert_int_equal(options.hot, hot[i]);
        assert_string_equal(warning, "");
    }
}

static void test_video(void **state)
{
    (void)state;
    read("video=text50");
    assert_int_equal(options.screen.video, VIDEO_TEXT50);
    read("video=text25");
    assert_int_equal(options.screen.video, VIDEO_TEXT25);
    read("video=none");
    assert_int_equal(options.screen.video, VIDEO_NONE);
}

static void test_themes(void **state)
{
    static const char *const names[] = {"green", "amber", "white", "mono"};

    (void)state;
    assert_int_equal(THEMES, sizeof names / sizeof names[0]);
    for (unsigned i = 0; i < THEMES; i++) {
        char word[40];

        snprintf(word, sizeof word, "theme=%s", names[i]);
        read(word);
        assert_int_equal(options.screen.theme, i);
        assert_string_equal(warning, "");
    }
}

static void test_last_value_counts(void **state)
{
    (void)state;
    read("speed=1 speed=2 program=a program=b");
    assert_int_equal(options.speed, SPEED_2);
    assert_string_equal(options.program, "b");
}

#define NAME31 "abcdefghijklmnopqrstuvwxyz01234"

static void test_values(void **state)
{
    (void)state;
    read("limit=18446744073709551615");
    assert_true(options.limit == UINT64_MAX);
    read("program=" NAME31);
    assert_string_equal(options.program, NAME31);
    assert_string_equal(warning, "");
    read("program=some/name.asm");
    assert_string_equal(options.program, "some/name.asm");
}

static const struct {
    const char *command, *warning;
} wrong[] = {
    {"foo", "boot option \"foo\" is unknown"},
    {"kernel foo.c", "boot option \"kernel\" is unknown; "
                     "boot option \"foo.c\" is unknown"},
    {"x.elf foo", "boot option \"foo\" is unknown"},
    {"RUN", "boot option \"RUN\" is unknown"},
    {"runs", "boot option \"runs\" is unknown"},
    {"run=1", "boot option \"run=1\" is unknown"},
    {"speed", "boot option \"speed\" is unknown"},
    {"speed=", "boot option \"speed=\" has an invalid value"},
    {"speed=rea", "boot option \"speed=rea\" has an invalid value"},
    {"speed=real1", "boot option \"speed=real1\" has an invalid value"},
    {"engine=", "boot option \"engine=\" has an invalid value"},
    {"engine=steam", "boot option \"engine=steam\" has an invalid value"},
    {"engine=threaded1",
     "boot option \"engine=threaded1\" has an invalid value"},
    {"hot=", "boot option \"hot=\" has an invalid value"},
    {"hot", "boot option \"hot\" is unknown"},
    {"hot=-1", "boot option \"hot=-1\" has an invalid value"},
    {"hot=0x5", "boot option \"hot=0x5\" has an invalid value"},
    {"hot=65536", "boot option \"hot=65536\" has an invalid value"},
    {"video=", "boot option \"video=\" has an invalid value"},
    {"video=text", "boot option \"video=text\" has an invalid value"},
    {"theme=", "boot option \"theme=\" has an invalid value"},
    {"theme=gree", "boot option \"theme=gree\" has an invalid value"},
    {"theme=amber1", "boot option \"theme=amber1\" has an invalid value"},
    {"acpi=", "boot option \"acpi=\" has an invalid value"},
    {"acpi=on", "boot option \"acpi=on\" has an invalid value"},
    {"cpu=3866", "boot option \"cpu=3866\" has an invalid value"},
    {"keyboard=", "boot option \"keyboard=\" has an invalid value"},
    {"limit=", "boot option \"limit=\" has an invalid value"},
    {"limit=-1", "boot option \"limit=-1\" has an invalid value"},
    {"limit=1k", "boot option \"limit=1k\" has an invalid value"},
    {"limit=18446744073709551616",
     "boot option \"limit=18446744073709551616\" has an invalid value"},
    {"program=", "boot option \"program=\" has an invalid value"},
    {"program=5" NAME31,
     "boot option \"program=5" NAME31 "\" has an invalid value"},
    {"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee",
     "boot option \"aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd\" is unknown"},
};

static void test_invalid_words(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        read(wrong[i].command);
        assert_string_equal(warning, wrong[i].warning);
        check_defaults();
    }
}

static void test_valid_beside_invalid(void **state)
{
    (void)state;
    read("quiet run speed=fast ci5");
    assert_true(options.run && options.ci5);
    assert_string_equal(warning,
                        "boot option \"quiet\" is unknown; boot option "
                        "\"speed=fast\" has an invalid value");
}

static void test_long_line(void **state)
{
    static char command[4096];

    (void)state;
    for (unsigned i = 0; i < 1000; i++)
        strcat(command, "no ");
    read(command);
    assert_int_equal(strlen(warning), sizeof warning - 1);
    memset(command, 'x', sizeof command - 1);
    read(command);
    check_defaults();
}

static void test_table_and_help(void **state)
{
    (void)state;
    for (unsigned i = 0; i < option_count; i++) {
        const struct option *option = &option_table[i];
        bool valued = option->name[strlen(option->name) - 1] == '=';

        assert_int_equal(valued, option->values[0] != '\0');
        assert_true(strlen(option->help) <= 46);
        for (unsigned j = 0; j < i; j++)
            assert_string_not_equal(option->name, option_table[j].name);
    }
}

static void test_pixels(void **state)
{
    static const char *const words[] = {
        "scale=0", "scale=",  "scale=x", "scale=99999999999999999999",
        "dots=7",  "dots=10", "dots=",   "dots=4294967304",
    };

    (void)state;
    read("scale=2 dots=9");
    assert_string_equal(warning, "");
    assert_int_equal(options.screen.scale, 2);
    assert_int_equal(options.screen.dots, 9);
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
        read("");
        uint32_t scale = options.screen.scale, dots = options.screen.dots;

        read(words[i]);
        assert_non_null(strstr(warning, words[i]));
        assert_int_equal(options.screen.scale, scale);
        assert_int_equal(options.screen.dots, dots);
    }
}

/* A store= value that is too long must be rejected rather than truncated. */
static void test_store(void **state)
{
    char command[sizeof options.store + 20] = "store=";
    size_t room = sizeof options.store - 1;

    (void)state;
    read("store=AAAA");
    assert_string_equal(warning, "");
    assert_string_equal(options.store, "AAAA");
    memset(command + 6, 'A', room);
    read(command);
    assert_string_equal(warning, "");
    assert_int_equal(strlen(options.store), room);
    memset(command + 6, 'A', room + 1);
    read(command);
    assert_string_not_equal(warning, "");
    assert_string_equal(options.store, "");
}

/* The prefix of a link may contain any character except a blank. */
static void test_link(void **state)
{
    char command[LINK_SIZE + 10] = "link=";
    size_t room = sizeof options.link - 1;

    (void)state;
    read("link=https://example.org/?a=b&s= run");
    assert_string_equal(warning, "");
    assert_string_equal(options.link, "https://example.org/?a=b&s=");
    assert_true(options.run);
    read("link=a link=b");
    assert_string_equal(options.link, "b");
    memset(command + 5, 'A', room);
    read(command);
    assert_string_equal(warning, "");
    assert_int_equal(strlen(options.link), room);
    memset(command + 5, 'A', room + 1);
    read(command);
    assert_string_not_equal(warning, "");
    check_defaults();
    read("link=");
    assert_string_equal(warning, "boot option \"link=\" has an invalid value");
    check_defaults();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty_line),
        cmocka_unit_test(test_all_options),
        cmocka_unit_test(test_each_option_alone),
        cmocka_unit_test(test_ports),
        cmocka_unit_test(test_hardware_options),
        cmocka_unit_test(test_speeds),
        cmocka_unit_test(test_engines),
        cmocka_unit_test(test_hot),
        cmocka_unit_test(test_video),
        cmocka_unit_test(test_themes),
        cmocka_unit_test(test_last_value_counts),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_invalid_words),
        cmocka_unit_test(test_valid_beside_invalid),
        cmocka_unit_test(test_long_line),
        cmocka_unit_test(test_table_and_help),
        cmocka_unit_test(test_pixels),
        cmocka_unit_test(test_store),
        cmocka_unit_test(test_link),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
