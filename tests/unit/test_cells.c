/* SPDX-License-Identifier: MIT */
/* Tests writing text to the grid of screen cells, including clipping. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "console/cells.h"

#define FAR UINT32_C(0xFFFFFFFF)

static struct cells cells;

static int start(void **state)
{
    (void)state;
    memset(&cells, 0, sizeof cells);
    cells_set_size(&cells, 24, PAGE_COLUMNS);
    return 0;
}

/* Returns the number of non-empty cells, even below the visible rows. */
static unsigned drawn(void)
{
    unsigned count = 0;

    for (unsigned row = 0; row < CELLS_ROWS_MAX; row++)
        for (unsigned column = 0; column < CELLS_COLUMNS_MAX; column++)
            count += cells.at[row][column] != 0;
    return count;
}

static void check_text(unsigned row, unsigned column, const char *text)
{
    for (unsigned i = 0; text[i] != '\0'; i++)
        assert_int_equal(cells.at[row][column + i] & 0xFF, text[i]);
}

static void test_put(void **state)
{
    (void)state;
    cells_put(&cells, 0, 0, 'A', 0x0A);
    cells_put(&cells, 23, 79, 0xFA, 0xA0);
    assert_int_equal(cells.at[0][0], 0x0A41);
    assert_int_equal(cells.at[23][79], 0xA0FA);
    assert_int_equal(drawn(), 2);
    cells_put(&cells, 24, 0, 'A', 0x0A);
    cells_put(&cells, 0, 80, 'A', 0x0A);
    cells_put(&cells, FAR, FAR, 'A', 0x0A);
    assert_int_equal(drawn(), 2);
}

static void test_put_each(void **state)
{
    static const uint8_t which[] = {1, 0, 1};
    static const struct cell_look looks[] = {
        {'a', 0x0A, .beam.spot[0] = {20, 1}},
        {'b', 0x0B, .beam.spot[0] = {40, 4}},
    };

    (void)state;
    cells_put_each(&cells, 23, 77, 3, which, looks);
    assert_int_equal(cells.at[23][77], 0x0B62);
    assert_int_equal(cells.at[23][78], 0x0A61);
    assert_int_equal(cells.at[23][79], 0x0B62);
    assert_int_equal(cells.beam[23][78].spot[0].light, 20);
    assert_int_equal(cells.beam[23][79].spot[0].share, 4);
    assert_int_equal(drawn(), 3);
    cells_put_each(&cells, 0, 78, 3, which, looks);
    assert_int_equal(drawn(), 5);
    cells_put_each(&cells, 24, 0, 3, which, looks);
    cells_put_each(&cells, FAR, FAR, 3, which, looks);
    assert_int_equal(drawn(), 5);
    cells_put(&cells, 23, 78, 'A', 0x0A);
    assert_int_equal(cells.beam[23][78].spot[0].light, 0);
}

static void test_clear(void **state)
{
    (void)state;
    cells_clear(&cells, 0x02);
    assert_int_equal(drawn(), 24 * PAGE_COLUMNS);
    assert_int_equal(cells.at[12][40], 0x0220);
    cells_set_size(&cells, 50, PAGE_COLUMNS);
    cells_clear(&cells, 0x0A);
    assert_int_equal(drawn(), 50 * PAGE_COLUMNS);
    assert_int_equal(cells.at[49][79], 0x0A20);
}

static void test_text(void **state)
{
    (void)state;
    cells_text(&cells, 3, 5, 0x0F, "Baby");
    check_text(3, 5, "Baby");
    assert_int_equal(cells.at[3][5] >> 8, 0x0F);
    assert_int_equal(drawn(), 4);
    cells_text(&cells, 4, 77, 0x0F, "cut off");
    check_text(4, 77, "cut");
    cells_text(&cells, 24, 0, 0x0F, "below");
    cells_text(&cells, 0, 80, 0x0F, "beside");
    cells_text(&cells, 0, 0, 0x0F, "");
    assert_int_equal(drawn(), 7);
    cells_text(&cells, 5, 0, 0x0F, "\xFF");
    assert_int_equal(cells.at[5][0], 0x0FFF);
}

static void test_text_right(void **state)
{
    (void)state;
    cells_text_right(&cells, 0, 9, 0x0F, "1948");
    check_text(0, 6, "1948");
    cells_text_right(&cells, 1, 3, 0x0F, "1948");
    check_text(1, 0, "1948");
    cells_text_right(&cells, 2, 3, 0x0F, "21 June 1948");
    check_text(2, 0, "1948");
    cells_text_right(&cells, 3, 79, 0x0F, "x");
    check_text(3, 79, "x");
    cells_text_right(&cells, 4, 0, 0x0F, "xyz");
    check_text(4, 0, "z");
    cells_text_right(&cells, 5, 9, 0x0F, "");
    assert_int_equal(drawn(), 14);
}

static void test_fill(void **state)
{
    (void)state;
    cells_fill(&cells, 0, 70, 20, '-', 0x02);
    assert_int_equal(drawn(), 10);
    cells_fill(&cells, 30, 0, 80, '-', 0x02);
    cells_fill(&cells, 1, 0, 0, '-', 0x02);
    assert_int_equal(drawn(), 10);
}

static void test_frame(void **state)
{
    (void)state;
    cells_put(&cells, 3, 3, 'x', 0x0A);
    cells_frame(&cells, 2, 2, 3, 4, 0x02);
    assert_int_equal(cells.at[2][2], 0x0200 | CHAR_TOP_LEFT);
    assert_int_equal(cells.at[2][5], 0x0200 | CHAR_TOP_RIGHT);
    assert_int_equal(cells.at[4][2], 0x0200 | CHAR_BOTTOM_LEFT);
    assert_int_equal(cells.at[4][5], 0x0200 | CHAR_BOTTOM_RIGHT);
    assert_int_equal(cells.at[2][3], 0x0200 | CHAR_HORIZONTAL);
    assert_int_equal(cells.at[4][4], 0x0200 | CHAR_HORIZONTAL);
    assert_int_equal(cells.at[3][2], 0x0200 | CHAR_VERTICAL);
    assert_int_equal(cells.at[3][5], 0x0200 | CHAR_VERTICAL);
    assert_int_equal(cells.at[3][3], 0x0A00 | 'x');
    assert_int_equal(drawn(), 11);
}

static void test_box(void **state)
{
    (void)state;
    cells_clear(&cells, 0x0A);
    cells_text(&cells, 6, 0, 0x0A, "what was there before it was opened");
    cells_box(&cells, 5, 10, 4, 20, 0x0F, "Title");
    check_text(5, 12, " Title ");
    check_text(6, 0, "what was t");
    check_text(6, 11, "                  ");
    check_text(6, 30, "pened");
    assert_int_equal(cells.at[5][10], 0x0F00 | CHAR_TOP_LEFT);
    assert_int_equal(cells.at[8][29], 0x0F00 | CHAR_BOTTOM_RIGHT);
    assert_int_equal(cells.at[5][28], 0x0F00 | CHAR_HORIZONTAL);
}

static void test_dialog(void **state)
{
    (void)state;
    cells_clear(&cells, 0x0A);
    cells_text(&cells, 6, 0, 0x0A, "what was there before it was opened");
    cells_dialog(&cells, 5, 10, 4, 20, 0x0F, "Title");
    check_text(6, 0, "what was ");
    check_text(6, 9, " ");
    check_text(6, 11, "                  ");
    check_text(6, 30, " ened");
    cells_dialog(&cells, 5, 0, 4, 80, 0x0F, "Title");
    assert_int_equal(cells.at[5][0], 0x0F00 | CHAR_TOP_LEFT);
    assert_int_equal(cells.at[5][79], 0x0F00 | CHAR_TOP_RIGHT);
}

static void test_clipping(void **state)
{
    (void)state;
    cells_box(&cells, 20, 70, 30, 40, 0x0F, "A title far too long for it");
    assert_int_equal(drawn(), 4 * 10);
    start(state);
    cells_frame(&cells, 60, 100, 5, 5, 0x0F);
    cells_box(&cells, 60, 100, 5, 5, 0x0F, "x");
    cells_text(&cells, FAR, 0, 0x0F, "x");
    assert_int_equal(drawn(), 0);
}

#define TEST(function) cmocka_unit_test_setup(function, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_put),      TEST(test_put_each),   TEST(test_clear),
        TEST(test_text),     TEST(test_text_right), TEST(test_fill),
        TEST(test_frame),    TEST(test_box),        TEST(test_dialog),
        TEST(test_clipping),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
