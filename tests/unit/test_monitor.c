/* SPDX-License-Identifier: MIT */
/* Tests the monitor tube, its selector, and how lines and digits are drawn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "video/font.h"
#include "operator.h"
#include "ui/base/tube.h"

/* A program that soon loops with CI = 10 and PI = JMP 20. */
#define STEADY "1 JMP 20\n11 JMP 20\n20 NUM 10\n"

static void check_tube(const uint32_t lines[LINES])
{
    for (unsigned line = 0; line < LINES; line++)
        if (tube_line(line) != lines[line])
            fail_msg("line %u of the tube is %08X", line, tube_line(line));
}

static void check_rows(uint32_t even, uint32_t odd)
{
    uint32_t lines[LINES];

    for (unsigned line = 0; line < LINES; line++)
        lines[line] = line % 2 ? odd : even;
    check_tube(lines);
}

/* The tube must show the store or the accumulator, as selected. */
static void monitor_on(unsigned rows)
{
    start_panel(rows, "", STEADY);
    machine->a = 0xDEADBEEF;
    struct machine before = *machine;

    frames(1);
    check_tube(machine->store);
    press(KEY_F9);
    frames(1);
    check_rows(0xDEADBEEF, 0xDEADBEEF);
    for (unsigned i = 0; i < MONITORS; i++) {
        unsigned index = panel_control_first(CONTROL_MONITOR) + i;

        choose_and_press(index);
        if (panel_control_of(index).number == MONITOR_A)
            check_rows(0xDEADBEEF, 0xDEADBEEF);
        else if (panel_control_of(index).number == MONITOR_C)
            check_rows(0, 0);
        else
            check_tube(machine->store);
    }
    assert_memory_equal(machine, &before, sizeof before);
}

static void test_monitor(void **state)
{
    (void)state;
    on_both_screens(monitor_on);
}

/* With C selected, even lines of the tube must show CI and odd lines PI. */
static void monitor_c_on(unsigned rows)
{
    static const char *const speed[] = {"", "speed=1", "speed=max"};

    for (unsigned i = 0; i < 3; i++) {
        start_panel(rows, speed[i], STEADY);
        press(KEY_F9);
        press(KEY_F9);
        frames(1);
        check_rows(0, 0);
        press_cs();
        frames(120);
        assert_int_equal(machine->ci, 10);
        assert_int_equal(machine->pi, 20);
        check_rows(10, 20);
        press_cs();
        frames(3);
        check_rows(10, 10);
    }
}

static void test_monitor_c(void **state)
{
    (void)state;
    on_both_screens(monitor_c_on);
}

/* PI must be shown for one frame after a single step. */
static void pi_on(unsigned rows)
{
    start_panel(rows, "", STEADY);
    press(KEY_F9);
    press(KEY_F9);
    frames(10);
    press_kc();
    frames(1);
    check_rows(10, 20);
    frames(1);
    check_rows(10, 10);
    ui.view.options.keep_pi = true;
    press_kc();
    frames(100);
    check_rows(10, 20);
}

static void test_pi_of_a_single_step(void **state)
{
    (void)state;
    on_both_screens(pi_on);
}

#define BRIGHTEST 0x0F
#define DARKEST   0x08

/* Checks that only the given line is bright. */
static void check_bright(unsigned line)
{
    press(KEY_F1);
    press(KEY_ESCAPE);
    frames(60);
    for (unsigned other = 0; other < LINES; other++) {
        bool lit =
            ui.view.layout->halves ? other / 2 == line / 2 : other == line;

        assert_int_equal(tube_attribute(other), lit ? BRIGHTEST : DARKEST);
        assert_int_equal(ui.view.session.phosphor.level[other] >
                             PHOSPHOR_ONE / 2,
                         other == line);
    }
}

/* A stopped machine must show the selected line brightly. */
static void bright_line_on(unsigned rows)
{
    start_panel(rows, "", "1 LDN 20\n");
    check_bright(0);
    press_kc();
    check_bright(1);
    machine->ci = 0x40 + 6;
    check_bright(6);
    set_l(29);
    check_bright(4);
    set_manual(true);
    check_bright(29);
    set_l(3);
    check_bright(3);
    set_manual(false);
    set_l(31);
    check_bright(6);
    ui.view.session.bright_at_l = true;
    check_bright(31);
    set_l(12);
    check_bright(12);
}

static void test_bright_line(void **state)
{
    (void)state;
    on_both_screens(bright_line_on);
}

static void add_lines(struct strbuf *text, unsigned *line, unsigned count,
                      unsigned operand)
{
    while (count-- > 0)
        strbuf_add(text, "%u SUB %u\n", ++*line, operand);
}

/* A line must be brighter the more often it is accessed. */
static void test_levels(void **state)
{
    char program[600];
    struct strbuf text = strbuf_begin(program, sizeof program);
    unsigned line = 0;

    (void)state;
    add_lines(&text, &line, 12, 31);
    add_lines(&text, &line, 5, 30);
    add_lines(&text, &line, 2, 29);
    add_lines(&text, &line, 4, 28);
    strbuf_add(&text, "%u JMP 0\n", ++line);
    start_panel(50, "speed=max", program);
    ui.view.session.pace.call = 24 * 100;
    press_cs();
    frames(60);
    assert_int_equal(tube_attribute(31), 0x0E);
    assert_int_equal(tube_attribute(30), 0x0A);
    assert_int_equal(tube_attribute(29), 0x07);
    for (unsigned used = 1; used <= 24; used++)
        assert_int_equal(tube_attribute(used), 0x02);
    for (unsigned unused = 25; unused < 28; unused++)
        assert_int_equal(tube_attribute(unused), DARKEST);
    press_cs();
    frames(60);
    assert_int_equal(tube_attribute(word_line(machine->ci)), BRIGHTEST);
    assert_int_equal(tube_attribute(31), DARKEST);
}

/* Programs in which one digit of A is 1 for a given fraction of the time. */
static const struct {
    const char *program;
    unsigned quarters;
} changing[] = {
    {"0 NUM 0\n1 LDN 0\n2 LDN 0\n3 LDN 0\n4 JMP 0\n20 NUM 1\n", 0},
    {"0 NUM 0\n1 LDN 20\n2 LDN 0\n3 LDN 0\n4 JMP 0\n20 NUM 1\n", 1},
    {"0 NUM 0\n1 LDN 20\n2 LDN 20\n3 LDN 0\n4 JMP 0\n20 NUM 1\n", 2},
    {"0 NUM 0\n1 LDN 0\n2 LDN 20\n3 LDN 20\n4 JMP 0\n20 NUM 1\n", 3},
    {"0 NUM 0\n1 LDN 20\n2 LDN 20\n3 LDN 20\n4 JMP 0\n20 NUM 1\n", 4},
};

/* Characters for each average brightness, from a dot to a dash. */
static const uint8_t stages[] = {CHAR_DOT, 0xF9, 0xA9, 0xAA, CHAR_DASH};

static void test_changing_digits(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 5; i++) {
        start_panel(50, "speed=max", changing[i].program);
        ui.view.session.pace.call = 4000;
        press(KEY_F9);
        press_cs();
        frames(10);
        for (unsigned line = 0; line < LINES; line++)
            for (unsigned digit = 0; digit < DIGITS; digit++)
                assert_int_equal(
                    cell(ui.view.layout->store + line, TUBE_COLUMN + digit),
                    stages[changing[i].quarters]);
    }
}

/* Returns a bitmask of the pixel columns used by a glyph. */
static uint8_t columns_of(const uint8_t glyph[FONT_HEIGHT])
{
    uint8_t columns = 0;

    for (unsigned row = 0; row < FONT_HEIGHT; row++)
        columns |= glyph[row];
    return columns;
}

static unsigned first_column(uint8_t columns)
{
    unsigned first = 0;

    while (!(columns << first & 0x80))
        first++;
    return first;
}

/* A dash must start at the same column as a dot and be longer. */
/* On a PC that draws slowly the light has few steps, but the characters of
   text screens are the same. */
static void coarse_on(unsigned rows)
{
    start_panel(rows, "", STEADY);
    press(KEY_F5);
    for (unsigned i = 0; i < 20; i++) {
        static struct cells fine;

        ui.view.coarse = false;
        frames(1);
        fine = ui.view.cells;
        ui.view.coarse = true;
        tube_draw(&ui.view);
        for (unsigned row = 0; row < rows; row++)
            for (unsigned column = 0; column < PAGE_COLUMNS; column++) {
                const struct beam *was = &fine.beam[row][column];
                const struct beam *is = &ui.view.cells.beam[row][column];

                assert_int_equal(ui.view.cells.at[row][column],
                                 fine.at[row][column]);
                if (is->part > BEAM_RIGHT)
                    continue;
                for (unsigned j = 0; j < 2; j++) {
                    assert_int_equal(is->spot[j].light > 0,
                                     was->spot[j].light > 0);
                    assert_int_equal(is->spot[j].light % 12, 0);
                    assert_int_equal(is->spot[j].share % 4, 0);
                }
            }
    }
}

static void test_coarse(void **state)
{
    (void)state;
    on_both_screens(coarse_on);
}

static void test_dot_and_dash(void **state)
{
    static uint8_t glyphs[FONT_GLYPHS][FONT_HEIGHT];
    uint8_t dot, dash_columns, shorter = 0;

    (void)state;
    font_draw(glyphs);
    dot = columns_of(glyphs[CHAR_DOT]);
    dash_columns = columns_of(glyphs[CHAR_DASH]);
    assert_int_equal(first_column(dot), first_column(dash_columns));
    for (unsigned i = 0; i < sizeof stages; i++) {
        uint8_t columns = columns_of(glyphs[stages[i]]);

        assert_int_equal(columns & shorter, shorter);
        assert_int_not_equal(columns, shorter);
        assert_int_equal(columns & dash_columns, columns);
        shorter = columns;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_monitor),
        cmocka_unit_test(test_monitor_c),
        cmocka_unit_test(test_pi_of_a_single_step),
        cmocka_unit_test(test_bright_line),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_changing_digits),
        cmocka_unit_test(test_coarse),
        cmocka_unit_test(test_dot_and_dash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
