/* SPDX-License-Identifier: MIT */
/* Tests how the controls of the panel are drawn, operated and selected. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "operator.h"
#include "ui/base/explain.h"

#define NOTHING "0 NUM 0\n"
#define STOPS   "1 STP\n2 LDN 20\n"

static unsigned row_of(unsigned index)
{
    return panel_control_of(index).place[ui.view.layout->halves].row;
}

static unsigned column_of(unsigned index)
{
    return panel_control_of(index).place[ui.view.layout->halves].column;
}

static bool is_lever(enum panel_control_kind kind)
{
    return kind == CONTROL_SWITCH || kind == CONTROL_MANUAL ||
           kind == CONTROL_ERASE || kind == CONTROL_CS;
}

/* Returns the height of a control in rows, excluding its name and key. */
static unsigned height_of(unsigned index)
{
    return is_lever(panel_control_of(index).kind) && !ui.view.layout->halves
               ? 2
               : 1;
}

static unsigned width_of(unsigned index)
{
    if (is_lever(panel_control_of(index).kind))
        return 1;
    return index < BUTTONS && !ui.view.layout->halves ? 4 : 3;
}

struct sight {
    uint16_t cell[2][4];
};

static struct sight see(unsigned index)
{
    struct sight sight = {0};

    for (unsigned row = 0; row < height_of(index); row++)
        for (unsigned column = 0; column < width_of(index); column++)
            sight.cell[row][column] =
                ui.view.cells
                    .at[row_of(index) + row][column_of(index) + column];
    return sight;
}

static bool same(struct sight one, struct sight two)
{
    return memcmp(&one, &two, sizeof one) == 0;
}

/* No two controls may overlap or extend beyond the screen. */
static void test_layout(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SCREENS; i++) {
        bool taken[CELLS_ROWS_MAX][PAGE_COLUMNS] = {0};

        start_panel(screen_rows[i], "", NOTHING);
        for (unsigned index = 0; index < PANEL_CONTROLS; index++) {
            for (unsigned cells = 0; cells < 8; cells++) {
                unsigned row = row_of(index) + cells / 4;
                unsigned column = column_of(index) + cells % 4;

                if (cells / 4 >= height_of(index) ||
                    cells % 4 >= width_of(index))
                    continue;
                assert_true(row < ui.view.layout->status);
                assert_true(column < PAGE_COLUMNS);
                assert_true(column > MARK_COLUMN + 1);
                assert_false(taken[row][column]);
                taken[row][column] = true;
            }
        }
    }
}

/* The typewriter buttons must form eight columns of five. */
static void test_typewriter_drawn(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SCREENS; i++) {
        start_panel(screen_rows[i], "", NOTHING);
        for (unsigned number = 0; number < BUTTONS; number++) {
            char cap[8];
            struct strbuf text = strbuf_begin(cap, sizeof cap);
            unsigned above = number % 5 ? number - 1 : number;
            unsigned left = number >= 5 ? number - 5 : number;

            if (number < DIGITS)
                strbuf_add(&text, ui.view.layout->halves ? " %2u" : "(%2u)",
                           number);
            else
                strbuf_add(&text, ui.view.layout->halves ? " --" : "(  )");
            assert_true(row_has(row_of(number), column_of(number), cap));
            assert_int_equal(column_of(above), column_of(number));
            assert_int_equal(row_of(left), row_of(number));
            assert_true(above == number || row_of(above) < row_of(number));
            assert_true(left == number || column_of(left) < column_of(number));
        }
        assert_true(row_shows(row_of(0) - (ui.view.layout->halves ? 1 : 2),
                              "Typewriter"));
    }
}

static void check_key(unsigned index, unsigned down_by, unsigned right_by,
                      const char *key)
{
    unsigned row = row_of(index) + down_by;
    unsigned column = column_of(index) + right_by;

    if (!row_has(row, column, key))
        fail_msg("control %u: no \"%s\" at %u,%u", index, key, row, column);
    assert_int_equal(attribute_at(row, column), ATTR_STRONG);
}

/* The key that operates a control must be drawn beside or below it. */
static void test_keys_drawn(void **state)
{
    static const char others[] = "OP[]\\L;'90";

    (void)state;
    for (unsigned i = 0; i < SCREENS; i++) {
        start_panel(screen_rows[i], "", NOTHING);
        bool is_short = ui.view.layout->halves;
        unsigned under = is_short ? 2 : 3;

        for (unsigned number = 0; number < DIGITS; number++) {
            char key[] = {type_shifted[number], '\0'};

            if (number < 8)
                key[0] = type_positions[number];
            if (number == 31)
                key[0] = ',';
            check_key(number, is_short ? 0 : 1, is_short ? 4 : 1, key);
        }
        for (unsigned n = 0; others[n] != '\0'; n++) {
            const char key[] = {others[n], '\0'};

            check_key(BUTTONS + n, under, 0, key);
        }
        check_key(panel_control_first(CONTROL_CS), under, 0, "Back");
        check_key(panel_control_first(CONTROL_KC), 2, 0, "Ent");
        check_key(panel_control_find('-'), 2, 1, "-");
        check_key(panel_control_find('='), 2, 1, "=");
        check_key(panel_control_find('.'), 2, 1, ".");
        check_key(panel_control_find('/'), 2, 1, "/");
        assert_true(row_shows(is_short ? 16 : 28, "Monitor"));
        assert_true(row_shows(is_short ? 16 : 28, "F9"));
    }
}

static void check_lever_names(unsigned index, const char *above,
                              const char *below)
{
    unsigned row = row_of(index), column = column_of(index);

    assert_true(row_has(row - 1, column, above));
    assert_true(row_has(row + height_of(index), column, below));
}

static void test_names_drawn(void **state)
{
    static const char *const labels[] = {"0", "1",  "2",  "3",
                                         "4", "13", "14", "15"};
    static const char *const weights[] = {"1",  "2", "4", "8",
                                          "16", "1", "2", "4"};
    static const char *const strip[] = {"KC",  "   ", "KLC", "KSC", "KAC",
                                        "KBC", "KCC", "KEC", "KMC", "   "};
    static const char *const selector[] = {"(C)", "(A)", "[S]", "(M)", "(B)"};

    (void)state;
    for (unsigned i = 0; i < SCREENS; i++) {
        start_panel(screen_rows[i], "", NOTHING);
        for (unsigned n = 0; n < 8; n++)
            check_lever_names(BUTTONS + n, labels[n], weights[n]);
        check_lever_names(panel_control_first(CONTROL_MANUAL), "Man", "Auto");
        check_lever_names(panel_control_first(CONTROL_ERASE), "Erase", "Write");
        check_lever_names(panel_control_first(CONTROL_CS), "Stop", "Run");
        for (unsigned n = 0; n < 10; n++) {
            unsigned index = panel_control_first(CONTROL_KC) + n;

            assert_true(row_has(row_of(index) + 1, column_of(index), strip[n]));
        }
        for (unsigned n = 0; n < 5; n++) {
            unsigned index = panel_control_first(CONTROL_MONITOR) + n;

            assert_true(row_has(row_of(index), column_of(index), selector[n]));
        }
    }
}

static bool drawn_down(unsigned index)
{
    unsigned row = row_of(index) + height_of(index) - 1;
    bool is_down = cell(row, column_of(index)) == CHAR_DOWN;

    assert_true(is_down || cell(row_of(index), column_of(index)) == CHAR_UP);
    return is_down;
}

/* The position Write is the lower one on the panel of 1948, but the upper one
   on the replica's. */
static void test_levers(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SCREENS; i++) {
        start_panel(screen_rows[i], "", NOTHING);
        for (unsigned n = 0; n < 8; n++)
            assert_true(drawn_down(BUTTONS + n));
        assert_true(drawn_down(panel_control_first(CONTROL_MANUAL)));
        assert_true(drawn_down(panel_control_first(CONTROL_ERASE)));
        assert_false(drawn_down(panel_control_first(CONTROL_CS)));
        type("op[]\\l;'90");
        press(KEY_BACKSPACE);
        frames(1);
        for (unsigned n = 0; n < 8; n++)
            assert_false(drawn_down(BUTTONS + n));
        assert_false(drawn_down(panel_control_first(CONTROL_MANUAL)));
        assert_false(drawn_down(panel_control_first(CONTROL_ERASE)));
        assert_true(drawn_down(panel_control_first(CONTROL_CS)));
    }
}

static void test_write_is_up_on_the_replica(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SCREENS; i++) {
        start_panel(screen_rows[i], "", NOTHING);
        unsigned erase = panel_control_first(CONTROL_ERASE);

        ui.panel.set = PANEL_REPLICA;
        type("9");
        frames(1);
        check_lever_names(erase, "Write", "Erase");
        assert_false(drawn_down(erase));
        type("0");
        frames(1);
        assert_true(ui.view.session.controls.erase);
        assert_true(drawn_down(erase));
    }
}

/* Checks that a control moves and, unless it latches, springs back. */
static void check_movement(unsigned index, struct event event)
{
    enum panel_control_kind kind = panel_control_of(index).kind;
    struct sight before = see(index);

    down(event);
    frames(1);
    struct sight held = see(index);

    assert_false(same(before, held));
    frames(10);
    assert_true(same(held, see(index)));
    up(event);
    frames(1);
    if (!is_lever(kind) && kind != CONTROL_MONITOR) {
        assert_true(same(before, see(index)));
        return;
    }
    assert_false(same(before, see(index)));
    if (kind == CONTROL_MONITOR)
        return;
    down(event);
    up(event);
    frames(1);
    assert_true(same(before, see(index)));
}

static void test_own_key_moves(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SCREENS; i++) {
        start_panel(screen_rows[i], "", NOTHING);
        ui.panel.chosen = BUTTONS - 1;
        for (unsigned index = 0; index < PANEL_CONTROLS; index++)
            if (panel_control_of(index).key != '\0')
                check_movement(index,
                               character_event(panel_control_of(index).key));
        check_movement(panel_control_first(CONTROL_KC), key_event(KEY_ENTER));
        check_movement(panel_control_first(CONTROL_KC), key_event(KEY_F6));
        check_movement(panel_control_first(CONTROL_CS),
                       key_event(KEY_BACKSPACE));
        check_movement(panel_control_first(CONTROL_CS), key_event(KEY_F5));
    }
}

static void test_f9_moves_the_selector(void **state)
{
    static const enum monitor turn[] = {MONITOR_A, MONITOR_C, MONITOR_S};

    (void)state;
    for (unsigned i = 0; i < SCREENS; i++) {
        start_panel(screen_rows[i], "", NOTHING);
        for (unsigned n = 0; n < 3; n++) {
            press(KEY_F9);
            frames(1);
            assert_int_equal(ui.view.monitor, turn[n]);
            for (unsigned button = 0; button < MONITORS; button++) {
                unsigned index = panel_control_first(CONTROL_MONITOR) + button;
                uint8_t expected =
                    panel_control_of(index).number == turn[n] ? '[' : '(';

                assert_int_equal(cell(row_of(index), column_of(index)),
                                 expected);
            }
        }
    }
}

/* Finds an arrow key that leads to each control from a neighbour. */
static void find_ways(unsigned from[PANEL_CONTROLS],
                      enum key by[PANEL_CONTROLS])
{
    static const struct {
        enum key key;
        int rows, columns;
    } arrows[] = {
        {KEY_UP, -1, 0},
        {KEY_DOWN, 1, 0},
        {KEY_LEFT, 0, -1},
        {KEY_RIGHT, 0, 1},
    };
    unsigned queue[PANEL_CONTROLS] = {panel_control_first(CONTROL_KC)};
    bool found[PANEL_CONTROLS] = {0};
    unsigned count = 1;

    found[queue[0]] = true;
    for (unsigned i = 0; i < count; i++) {
        for (unsigned a = 0; a < 4; a++) {
            unsigned to =
                panel_control_beside(queue[i], arrows[a].rows,
                                     arrows[a].columns, ui.view.layout->halves);

            if (found[to])
                continue;
            found[to] = true;
            from[to] = queue[i];
            by[to] = arrows[a].key;
            queue[count++] = to;
        }
    }
    assert_int_equal(count, PANEL_CONTROLS);
}

static void go_to(unsigned index, const unsigned from[PANEL_CONTROLS],
                  const enum key by[PANEL_CONTROLS])
{
    if (index == panel_control_first(CONTROL_KC)) {
        assert_int_equal(ui.panel.chosen, index);
        return;
    }
    go_to(from[index], from, by);
    press(by[index]);
    assert_int_equal(ui.panel.chosen, index);
}

/* The arrow keys must reach every control, and Space must operate it. */
static void test_arrows_and_space(void **state)
{
    unsigned from[PANEL_CONTROLS];
    enum key by[PANEL_CONTROLS];

    (void)state;
    for (unsigned i = 0; i < SCREENS; i++) {
        start_panel(screen_rows[i], "", NOTHING);
        find_ways(from, by);
        for (unsigned index = 0; index < PANEL_CONTROLS; index++) {
            start_panel(screen_rows[i], "", NOTHING);
            if (panel_control_of(index).kind == CONTROL_MONITOR &&
                panel_control_of(index).number == MONITOR_S)
                press(KEY_F9);
            go_to(index, from, by);
            frames(1);
            assert_int_equal(
                attribute_at(row_of(index), column_of(index) + 1) ==
                        ATTR_CURSOR ||
                    attribute_at(row_of(index), column_of(index)) ==
                        ATTR_CURSOR,
                true);
            check_movement(index, character_event(' '));
        }
    }
}

static void test_space_operates(void **state)
{
    (void)state;
    for (unsigned index = 0; index < PANEL_CONTROLS; index++) {
        char key = panel_control_of(index).key;

        if (key == '\0')
            continue;
        start_panel(50, "", "31 NUM 5\n");
        hold(key);
        struct controls controls = ui.view.session.controls;
        struct machine expected = *machine;

        start_panel(50, "", "31 NUM 5\n");
        ui.panel.chosen = index;
        hold(' ');
        assert_memory_equal(&ui.view.session.controls, &controls,
                            sizeof controls);
        assert_memory_equal(machine, &expected, sizeof expected);
        release(' ');
        assert_int_equal(
            ui.view.session.held.typewriter | ui.view.session.held.strip, 0);
    }
}

/* While Space is held, the control it pressed must stay pressed even if the
   cursor moves to another control. */
static void test_space_and_arrows(void **state)
{
    (void)state;
    start_panel(50, "", NOTHING);
    ui.panel.chosen = 8;
    hold(' ');
    press(KEY_RIGHT);
    repeat(character_event(' '));
    assert_int_equal(ui.panel.chosen, 13);
    assert_int_equal(ui.view.session.held.typewriter, 0x100);
    release(' ');
    assert_int_equal(ui.view.session.held.typewriter, 0);
}

/* Left and Right must move between adjacent controls, even across groups. */
static void test_neighbours(void **state)
{
    (void)state;
    start_panel(50, "", NOTHING);
    ui.panel.chosen = panel_control_first(CONTROL_CS);
    press(KEY_RIGHT);
    assert_int_equal(ui.panel.chosen, panel_control_first(CONTROL_MONITOR));
    ui.panel.chosen = panel_control_find('\\');
    press(KEY_RIGHT);
    assert_int_equal(ui.panel.chosen, panel_control_find('l'));
    press(KEY_UP);
    assert_int_equal(ui.panel.chosen, 19);
    for (unsigned times = 0; times < 9; times++)
        repeat(key_event(KEY_UP));
    assert_int_equal(ui.panel.chosen, 15);
}

static void check_neon(bool lit)
{
    unsigned row = ui.view.layout->scale;

    assert_true(row < ui.view.layout->store);
    assert_int_equal(cell(row, 0), lit ? CHAR_LAMP_ON : CHAR_LAMP_OFF);
    assert_int_equal(attribute_at(row, 0), lit ? ATTR_STRONG : ATTR_LABEL);
}

static void test_neon(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SCREENS; i++) {
        start_panel(screen_rows[i], "", STOPS);
        check_neon(false);
        press(KEY_BACKSPACE);
        bars(1);
        frames(1);
        assert_true(machine->neon);
        check_neon(true);
        press(KEY_BACKSPACE);
        press(KEY_ENTER);
        frames(1);
        check_neon(false);
    }
}

static const char *switches_in_words(void)
{
    static char line[160];
    struct strbuf text = strbuf_begin(line, sizeof line);

    explain_switches(&text, &ui.view.session);
    assert_false(text.cut);
    return line;
}

/* Even if all switches are in unusual positions, one row must suffice. */
static void test_switch_warnings(void **state)
{
    static const char keys[] = "op[]\\l;'90";

    (void)state;
    for (unsigned i = 0; i < SCREENS; i++) {
        for (unsigned set = 0; set < 1u << 11; set++) {
            if (set % 64 == 0)
                start_panel(screen_rows[i], "", NOTHING);
            session_make_normal(&ui.view.session);
            ui.view.session.controls.erase_corrupts = set >> 10;
            for (unsigned n = 0; keys[n] != '\0'; n++) {
                const char key[] = {keys[n], '\0'};

                if (set >> n & 1)
                    type(key);
            }
            const char *words = switches_in_words();

            assert_int_equal(words[0] == '\0', (set & 0x3FF) == 0);
            assert_true(strlen(words) < PAGE_COLUMNS - 1);
            if (set % 61 == 0) {
                frames(1);
                assert_true(row_has(ui.view.layout->switches, 1, words));
            }
        }
    }
}

static const struct {
    const char *keys, *words;
} switches[] = {
    {"", ""},
    {"[", "L2 up: digit 2 is 0 in instruction and CI"},
    {"ol", "L0 F13 up: digits 0, 13 are 0 in instruction and CI"},
    {"op[", "3 switches up force digits of instruction and CI to 0"},
    {"9", "Man: each prepulse obeys STP from the switches"},
    {"9;'\\", "Man: each prepulse obeys JRP 15 from the switches"},
    {"0", "Erase: buttons write 0"},
    {"[0", "L2 up: digit 2 is 0 in instruction and CI; Erase: buttons write 0"},
};

static void test_switch_warnings_for_some(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof switches / sizeof switches[0]; i++) {
        start_panel(50, "", NOTHING);
        type(switches[i].keys);
        assert_string_equal(switches_in_words(), switches[i].words);
    }
    ui.view.session.controls.erase_corrupts = true;
    session_make_normal(&ui.view.session);
    type("0");
    assert_string_equal(switches_in_words(), "Erase corrupts reads");
}

/* Tab must switch between editor and panel. */
static void test_title_and_tab(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SCREENS; i++) {
        start_editor(screen_rows[i], "", NOTHING);
        assert_true(row_has(0, 6, "Editor"));
        press(KEY_TAB);
        frames(1);
        assert_true(row_has(0, 6, "Panel"));
        press(KEY_TAB);
        frames(1);
        assert_true(row_has(0, 6, "Editor"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_typewriter_drawn),
        cmocka_unit_test(test_keys_drawn),
        cmocka_unit_test(test_names_drawn),
        cmocka_unit_test(test_levers),
        cmocka_unit_test(test_write_is_up_on_the_replica),
        cmocka_unit_test(test_own_key_moves),
        cmocka_unit_test(test_f9_moves_the_selector),
        cmocka_unit_test(test_arrows_and_space),
        cmocka_unit_test(test_space_operates),
        cmocka_unit_test(test_space_and_arrows),
        cmocka_unit_test(test_neighbours),
        cmocka_unit_test(test_neon),
        cmocka_unit_test(test_switch_warnings),
        cmocka_unit_test(test_switch_warnings_for_some),
        cmocka_unit_test(test_title_and_tab),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
