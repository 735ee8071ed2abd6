/* SPDX-License-Identifier: MIT */
/* Tests the keyboards of several countries: their tables, the decoder, and what
   the console does with their keys.  tests/keymaps compares the tables with
   those of QEMU. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "console.h"
#include "console/keymap.h"
#include "console/scancode.h"
#include "ui/base/command_dispatch.h"
#include "ui/pages/panel_layout.h"
#include "ui/ui.h"

#define CODES 0x80

static unsigned find_map(const char *name)
{
    unsigned map = 0;

    while (map < KEYMAPS && strcmp(keymaps[map].name, name) != 0)
        map++;
    assert_in_range(map, 0, KEYMAPS - 1);
    return map;
}

/* -------------------------------------------------------------- tables --- */

static void check_level(const char *level, bool accents)
{
    if (level == NULL)
        return;
    assert_int_equal(strlen(level), KEYMAP_KEYS);
    for (unsigned i = 0; i < KEYMAP_KEYS; i++) {
        assert_in_range(level[i], ' ', '~');
        for (unsigned j = 0; j < i; j++)
            assert_true(level[i] == ' ' || level[i] != level[j] ||
                        (accents && level[i] >= 'A' && level[i] <= 'Z'));
    }
}

/* No level may have two keys for a character, or a string of another length. */
static void test_levels(void **state)
{
    (void)state;
    for (unsigned map = 0; map < KEYMAPS; map++) {
        check_level(keymaps[map].plain, true);
        check_level(keymaps[map].shift, false);
        check_level(keymaps[map].alt_gr, false);
        check_level(keymaps[map].shift_alt_gr, false);
        assert_non_null(keymaps[map].plain);
        assert_non_null(keymaps[map].shift);
    }
}

/* Shift must turn each small letter, and no other character, into its
   capital. */
static void test_letters(void **state)
{
    (void)state;
    for (unsigned map = 0; map < KEYMAPS; map++) {
        unsigned letters = 0;

        for (unsigned code = 0; code < CODES; code++) {
            char plain = keymap_character(map, (uint8_t)code, false, false);
            char shift = keymap_character(map, (uint8_t)code, true, false);
            bool small = plain >= 'a' && plain <= 'z';
            bool capital = shift >= 'A' && shift <= 'Z';

            assert_int_equal(small, capital);
            assert_false(plain >= 'A' && plain <= 'Z');
            if (small)
                assert_int_equal(shift, upper(plain));
            letters += small;
        }
        assert_int_equal(letters, 26);
    }
}

static bool is_typable(unsigned map, char character)
{
    for (unsigned code = 0; code < CODES; code++)
        for (unsigned held = 0; held < 4; held++)
            if (keymap_character(map, (uint8_t)code, held & 1, held & 2) ==
                character)
                return true;
    return false;
}

/* Every character of ASCII can be typed on every keyboard. */
static void test_every_character_is_typable(void **state)
{
    (void)state;
    for (unsigned map = 0; map < KEYMAPS; map++)
        for (char c = ' '; c <= '~'; c++)
            if (!is_typable(map, c))
                fail_msg("%s: no %c", keymaps[map].name, c);
}

/* A key's position is what it types in the US, and the 102nd key has none. */
static void test_positions(void **state)
{
    (void)state;
    for (unsigned code = 0; code < CODES; code++)
        assert_int_equal(keymap_position((uint8_t)code),
                         keymap_character(0, (uint8_t)code, false, false));
    assert_int_equal(keymap_position(0x56), '\0');
    assert_int_equal(keymap_position(0x39), ' ');
}

static bool is_at(unsigned map, char position, char character)
{
    for (unsigned code = 0; code < CODES; code++)
        for (unsigned held = 0; held < 4; held++)
            if (keymap_position((uint8_t)code) == position &&
                keymap_character(map, (uint8_t)code, held & 1, held & 2) ==
                    character)
                return true;
    return false;
}

/* A character is found at the key that types it. */
static void test_find(void **state)
{
    (void)state;
    for (unsigned map = 0; map < KEYMAPS; map++)
        for (char c = ' '; c <= '~'; c++)
            if (!is_at(map, keymap_find(map, c), c))
                fail_msg("%s: %c at %c", keymaps[map].name, c,
                         keymap_find(map, c));
    assert_int_equal(keymap_find(0, '\0'), '\0');
    assert_int_equal(keymap_find(find_map("de"), 'z'), 'y');
    assert_int_equal(keymap_find(find_map("de"), 'Z'), 'y');
    assert_int_equal(keymap_find(find_map("fr"), '^'), '[');
    assert_int_equal(keymap_find(0, '<'), ',');
    assert_int_equal(keymap_find(find_map("de"), '<'), '\0');
}

/* Caps of the four rows.  A small letter is one with an accent. */
static const struct {
    const char *map, *caps;
} caps[] = {
    {"us", "1234567890-= QWERTYUIOP[]\\ ASDFGHJKL;' ZXCVBNM,./"},
    {"uk", "1234567890-= QWERTYUIOP[]# ASDFGHJKL;' ZXCVBNM,./"},
    {"de", "1234567890s` QWERTZUIOPu+# ASDFGHJKLoa YXCVBNM,.-"},
    {"ch", "1234567890'^ QWERTZUIOPu!$ ASDFGHJKLoa YXCVBNM,.-"},
    {"fr", "1234567890)= AZERTYUIOP^$* QSDFGHJKLMu WXCVBN,;:!"},
    {"be", "1234567890)- AZERTYUIOP^$  QSDFGHJKLMu WXCVBN,;:="},
    {"es", "1234567890'  QWERTYUIOP`+c ASDFGHJKLn  ZXCVBNM,.-"},
    {"it", "1234567890'i QWERTYUIOPe+u ASDFGHJKLoa ZXCVBNM,.-"},
    {"pt", "1234567890'  QWERTYUIOP+`~ ASDFGHJKLc  ZXCVBNM,.-"},
    {"se", "1234567890+` QWERTYUIOPa^' ASDFGHJKLoa ZXCVBNM,.-"},
    {"no", "1234567890+\\ QWERTYUIOPa^' ASDFGHJKLoa ZXCVBNM,.-"},
    {"dk", "1234567890+` QWERTYUIOPa^' ASDFGHJKLao ZXCVBNM,.-"},
};

static void test_caps(void **state)
{
    static const char positions[] =
        "1234567890-= qwertyuiop[]\\ asdfghjkl;' zxcvbnm,./";

    (void)state;
    assert_int_equal(sizeof caps / sizeof caps[0], KEYMAPS);
    for (unsigned i = 0; i < KEYMAPS; i++)
        for (unsigned j = 0; positions[j] != '\0'; j++)
            if (keymap_cap(find_map(caps[i].map), positions[j]) !=
                caps[i].caps[j])
                fail_msg("%s, %c", caps[i].map, positions[j]);
    assert_int_equal(keymap_cap(0, '\0'), ' ');
    assert_int_equal(keymap_cap(0, 'A'), ' ');
}

/* Each value of the option must select the keymap of this name. */
static void test_option(void **state)
{
    (void)state;
    for (unsigned map = 0; map < KEYMAPS; map++) {
        char command[20];

        snprintf(command, sizeof command, "keymap=%s", keymaps[map].name);
        start_with(50, command, NULL, 0);
        assert_int_equal(ui.view.keymap, map);
        assert_string_equal(ui.view.message, "");
    }
    start_with(50, "keymap=d", NULL, 0);
    assert_int_equal(ui.view.keymap, 0);
    shows("keymap=d");
}

/* ------------------------------------------------------------- decoder --- */

static struct scancode_decoder decoder;

/* Formats an event as "-" for a release, followed by the character, or by the
   position in brackets if nothing is typed. */
static void append(char *text, size_t size, const struct event *event)
{
    size_t length = strlen(text);
    bool untyped = event->key == KEY_UNTYPED;

    assert_true(untyped || event->key == KEY_CHARACTER);
    assert_int_equal(untyped, event->character == '\0');
    snprintf(text + length, size - length, "%s%s%c%s ", event->down ? "" : "-",
             untyped ? "[" : "", untyped ? event->position : event->character,
             untyped ? "]" : "");
}

static const struct {
    const char *map, *bytes, *events;
} rows[] = {
    /* Plain and Shift, on keys of both kinds of position */
    {"de", "\x2C\x15", "y z "},
    {"de", "\x2A\x2C\x15", "Y Z "},
    {"de", "\x35\x2A\x35", "- _ "},
    {"de", "\x56\x2A\x56", "< > "},
    {"fr", "\x10\x02\x2A\x02", "a & 1 "},
    {"uk", "\x2B\x2A\x2B\x56", "# ~ | "},
    {"us", "\x56\xD6", ""},
    /* A letter with an accent, and its release with other modifiers held */
    {"de", "\x27\xA7", "[;] -[;] "},
    {"de", "\x27\x2A\xA7", "[;] -[;] "},
    {"de", "\x0C\x2A\x8C", "[-] -? "},
    {"de", "\x2A\x0C\xAA\x8C", "? -[-] "},
    /* AltGr alone and with Shift; without a character nothing is typed */
    {"de", "\xE0\x38\x10\xE0\xB8\x90", "@ -q "},
    {"de", "\xE0\x38\x12", "[e] "},
    {"de", "\xE0\x38\x2A\x10", "[q] "},
    {"de", "\xE0\x38\x39", "  "},
    {"de", "\xE0\x38\x56", "| "},
    {"it", "\xE0\x38\x1A\x2A\x1A", "[ { "},
    /* AltGr where no cap needs it, and left Alt */
    {"uk", "\xE0\x38\x12\x2A\x12", "e E "},
    {"de", "\x38\x10", "q "},
    /* The keypad is the same everywhere. */
    {"fr", "\x37\x4A\x4E\xE0\x35", "* - + / "},
};

static void test_decoder(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[40] = "";
        struct event event;

        decoder = (struct scancode_decoder){.keymap = find_map(rows[i].map)};
        for (const char *at = rows[i].bytes; *at != '\0'; at++)
            if (scancode_decode(&decoder, (uint8_t)*at, &event))
                append(text, sizeof text, &event);
        if (strcmp(text, rows[i].events) != 0)
            fail_msg("row %u: \"%s\", not \"%s\"", i, text, rows[i].events);
    }
}

/* AltGr types a character, and so is not Alt. */
static void test_alt_gr_is_not_alt(void **state)
{
    struct event event;

    (void)state;
    decoder = (struct scancode_decoder){.keymap = find_map("de")};
    scancode_decode(&decoder, 0xE0, &event);
    scancode_decode(&decoder, 0x38, &event);
    assert_true(scancode_decode(&decoder, 0x08, &event));
    assert_int_equal(event.character, '{');
    assert_int_equal(event.position, '7');
    assert_false(event.alt);
}

/* ------------------------------------------------------------- console --- */

static void begin_on(unsigned screen_rows, const char *map)
{
    char command[20];

    snprintf(command, sizeof command, "keymap=%s", map);
    start_with(screen_rows, command, NULL, 0);
    decoder = (struct scancode_decoder){.set_2 = false};
}

static void begin(const char *map)
{
    begin_on(50, map);
}

/* Sends bytes in the same way as the kernel's driver. */
static void scan(const char *bytes)
{
    struct event event;

    for (; *bytes != '\0'; bytes++) {
        decoder.keymap = ui.view.keymap;
        if (scancode_decode(&decoder, (uint8_t)*bytes, &event))
            ui_event(&ui, &event);
    }
    turn();
}

static void check_line_1(const char *note)
{
    struct line line = session_line(&ui.view.session, 1);

    assert_int_equal(line.word, 1);
    assert_string_equal(line.note, note);
}

/* "jmp 1;-" by the caps, with Shift where they need it */
static void test_typed_word(void **state)
{
    (void)state;
    begin("fr");
    scan("\x24\x27\x19\x39\x2A\x02\xAA\x33\x07\x1C");
    check_line_1("-");
    begin("de");
    scan("\x24\x32\x19\x39\x02\x2A\x33\xAA\x35\x1C");
    check_line_1("-");
}

/* A key that types nothing in ASCII must leave an entry as it is. */
static void test_untyped_key_in_the_editor(void **state)
{
    (void)state;
    begin("de");
    scan("\x26\x27\xA7\x20");
    assert_string_equal(ui.view.entry.text, "ld");
    scan("\x01\x1A\x9A");
    assert_false(ui.view.entry.typing);
    assert_int_equal(ui.view.page, PAGE_EDITOR);
}

static void test_answer(void **state)
{
    (void)state;
    begin("de");
    menu('B');
    assert_int_equal(ui.view.page, PAGE_ASK);
    scan("\x15\x95");
    assert_int_equal(ui.view.page, PAGE_ASK);
    scan("\x2C\xAC");
    assert_int_equal(ui.view.request, REQUEST_REBOOT);
}

/* Ctrl-Z and Ctrl-Y are where the caps are. */
static void test_undo(void **state)
{
    uint32_t word;

    (void)state;
    begin("de");
    word = ui.view.session.machine.store[1];
    set_line(1, "STP");
    scan("\x1D\x15\x95");
    assert_int_equal(ui.view.session.machine.store[1], word);
    scan("\x2C\xAC");
    assert_int_equal(ui.view.session.machine.store[1], 7u << 13);
}

/* Letters of the debugger and the help follow the caps, also with Shift. */
static void test_single_letters(void **state)
{
    (void)state;
    begin("fr");
    type_one('b', true);
    scan("\x11\x91");
    assert_non_null(strstr(ui.view.message, "A becomes 0"));
    scan("\x2C\xAC");
    assert_non_null(strstr(ui.view.message, "after a write to"));
    scan("\x2A\x11\x91\xAA");
    assert_non_null(strstr(ui.view.message, "A becomes 0"));
    press(KEY_F1);
    scan("\x2A\x14\x94\xAA");
    assert_true(ui.view.touring);
}

/* On the panel, keys act by position, also those that type nothing. */
static void test_panel_keys(void **state)
{
    (void)state;
    begin("de");
    press(KEY_TAB);
    scan("\x15");
    assert_int_equal(ui.view.session.held.typewriter, 1u << 13);
    scan("\x95");
    assert_int_equal(ui.view.session.held.typewriter, 0);
    uint32_t before = ui.view.session.controls.stat;

    scan("\x27\xA7");
    assert_int_equal(ui.view.session.controls.stat, before ^ 1u << 14);
    /* Held while the modifiers change */
    scan("\x0C\x2A");
    assert_int_equal(ui.view.session.held.strip, KLC);
    scan("\x8C\xAA");
    assert_int_equal(ui.view.session.held.strip, 0);
    /* Ctrl is for commands. */
    scan("\x1D\x27\xA7\x9D");
    assert_int_equal(ui.view.session.controls.stat, before ^ 1u << 14);
}

static const struct {
    const char *map, *buttons, *switches, *keys;
} panels[] = {
    {"us", "12345678QWERTYUIASDFGHJKZXCVBNM,", "OP[]\\L;'90", "-=./"},
    {"de", "12345678QWERTZUIASDFGHJKYXCVBNM,", "OPu+#Loa90", "s`.-"},
    {"fr", "12345678AZERTYUIQSDFGHJKWXCVBN,;", "OP^$*LMu90", ")=:!"},
};

static char cap_at(unsigned index, unsigned down, unsigned right)
{
    struct panel_control control = panel_control_of(index);
    bool is_short = ui.view.layout->halves;

    return part(control.place[is_short].row + down,
                control.place[is_short].column + right, 1)[0];
}

static void check_caps(unsigned n)
{
    bool is_short = ui.view.layout->halves;

    for (unsigned i = 0; i < DIGITS; i++)
        assert_int_equal(cap_at(i, is_short ? 0 : 1, is_short ? 4 : 1),
                         panels[n].buttons[i]);
    for (unsigned i = 0; panels[n].switches[i] != '\0'; i++)
        assert_int_equal(cap_at(BUTTONS + i, is_short ? 2 : 3, 0),
                         panels[n].switches[i]);
    for (unsigned i = 0; i < 4; i++)
        assert_int_equal(cap_at(panel_control_find("-=./"[i]), 2, 1),
                         panels[n].keys[i]);
}

/* The panel, its help and its advice show the caps. */
static void test_panel_caps(void **state)
{
    (void)state;
    for (unsigned n = 0; n < sizeof panels / sizeof panels[0]; n++)
        for (unsigned i = 0; i < SIZES; i++) {
            begin_on(sizes[i], panels[n].map);
            press(KEY_TAB);
            check_caps(n);
        }
    press(KEY_F1);
    press(KEY_RIGHT);
    shows("  1-8 A-I Q-K W-;  ");
    shows("  O P ^ $ *  ");
    shows("  )  =  :  !  ");
}

/* A hung machine's advice names the key of KCC. */
static void test_advice(void **state)
{
    static const char hanging[] = HANGING;
    const struct library_file module = file("hangs", hanging);

    (void)state;
    start_with(50, "keymap=de run speed=max", &module, 1);
    for (unsigned i = 0; i < 10; i++)
        turn();
    press(KEY_TAB);
    shows("KCC (-) clears control");
    press(KEY_BACKSPACE);
    press(KEY_BACKSPACE);
    shows("KCC (-) clears control, and KC");
}

/* A terminal sends characters: they are typed as they are, and on the panel
   they operate the control that shows them. */
static void test_terminal(void **state)
{
    (void)state;
    start_pc((struct pc){.memory = PC_MEMORY, .console = PORT_COM1}, 50,
             "keymap=de", NULL, 0);
    ui_received(&ui, PORT_COM1, "zy", 2, false, now);
    assert_string_equal(ui.view.entry.text, "zy");
    start_pc((struct pc){.memory = PC_MEMORY, .console = PORT_COM1}, 50,
             "keymap=de", NULL, 0);
    ui_received(&ui, PORT_COM1, "\tz", 2, false, now);
    assert_int_equal(ui.view.page, PAGE_PANEL);
    assert_int_equal(ui.view.session.held.typewriter, 1u << 13);
}

/* ---------------------------------------------------- choosing a keymap --- */

static void test_next(void **state)
{
    (void)state;
    begin("us");
    for (unsigned map = 1; map <= KEYMAPS; map++) {
        scan("\x1D\x25\xA5\x9D");
        assert_int_equal(ui.view.keymap, map % KEYMAPS);
        shows("Keyboard: ");
        shows(keymaps[map % KEYMAPS].label);
    }
    /* An entry is kept. */
    type("LDN");
    scan("\x1D\x25\xA5\x9D");
    assert_string_equal(ui.view.entry.text, "LDN");
    assert_int_equal(ui.view.keymap, 1);
}

/* Only the page of the help that shows the keyboard changes it. */
static void test_help(void **state)
{
    (void)state;
    begin("dk");
    press(KEY_F1);
    scan("\x25\xA5");
    assert_int_equal(ui.view.keymap, KEYMAPS - 1);
    press_times(KEY_RIGHT, 10);
    shows("Keyboard: Danish");
    scan("\x25\xA5");
    assert_int_equal(ui.view.keymap, 0);
    shows("Keyboard: US");
}

/* The next visitor finds the keyboard of the option. */
static void test_kiosk(void **state)
{
    (void)state;
    start_with(50, "keymap=de kiosk=10", NULL, 0);
    press(KEY_DOWN);
    type("3");
    assert_int_equal(ui.view.page, PAGE_EDITOR);
    ui.view.keymap = 0;
    for (unsigned i = 0; i < 40; i++)
        turn_by(1000000);
    assert_int_equal(ui.view.keymap, find_map("de"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_letters),
        cmocka_unit_test(test_every_character_is_typable),
        cmocka_unit_test(test_positions),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_caps),
        cmocka_unit_test(test_option),
        cmocka_unit_test(test_decoder),
        cmocka_unit_test(test_alt_gr_is_not_alt),
        cmocka_unit_test(test_typed_word),
        cmocka_unit_test(test_untyped_key_in_the_editor),
        cmocka_unit_test(test_answer),
        cmocka_unit_test(test_undo),
        cmocka_unit_test(test_single_letters),
        cmocka_unit_test(test_panel_keys),
        cmocka_unit_test(test_panel_caps),
        cmocka_unit_test(test_advice),
        cmocka_unit_test(test_terminal),
        cmocka_unit_test(test_next),
        cmocka_unit_test(test_help),
        cmocka_unit_test(test_kiosk),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
