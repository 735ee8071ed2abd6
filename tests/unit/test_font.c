/* SPDX-License-Identifier: MIT */
/* Tests the 8x8 glyphs: their margins, differences and joints. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "video/font.h"
#include "console/cells.h"

#define FIRST_TEXT ' '
#define LAST_TEXT  '~'

#define STEM   0x18 /* columns 3 and 4 */
#define BAR    3    /* row of horizontal box lines */
#define BOTTOM (FONT_HEIGHT - 1)

/* The fewest pixels in which two characters of text differ: a full stop and a
   comma, for example. */
#define DIFFERENCE_MIN 3

static uint8_t glyphs[FONT_GLYPHS][FONT_HEIGHT];

static int draw(void **state)
{
    (void)state;
    font_draw(glyphs);
    return 0;
}

static void test_lines_of_text_do_not_touch(void **state)
{
    (void)state;
    for (unsigned c = FIRST_TEXT; c <= LAST_TEXT; c++)
        assert_int_equal(glyphs[c][0], 0);
}

static void test_letters_do_not_touch(void **state)
{
    (void)state;
    for (unsigned c = FIRST_TEXT; c <= LAST_TEXT; c++)
        for (unsigned y = 0; y < FONT_HEIGHT && c != '_'; y++)
            assert_int_equal(glyphs[c][y] & 1, 0);
}

static void test_letters_stand_on_the_baseline(void **state)
{
    static const char descending[] = "gjpqyQ";

    (void)state;
    for (unsigned c = FIRST_TEXT; c <= LAST_TEXT; c++) {
        bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        bool digit = c >= '0' && c <= '9';

        if (!letter && !digit)
            continue;
        assert_int_not_equal(glyphs[c][6], 0);
        assert_int_equal(glyphs[c][BOTTOM] != 0,
                         strchr(descending, (int)c) != NULL);
        if (c < 'a')
            assert_int_not_equal(glyphs[c][1], 0);
    }
}

static unsigned difference(unsigned a, unsigned b)
{
    unsigned count = 0;

    for (unsigned i = 0; i < 8 * FONT_HEIGHT; i++)
        count += (glyphs[a][i / 8] ^ glyphs[b][i / 8]) >> i % 8 & 1;
    return count;
}

static void test_no_two_characters_look_alike(void **state)
{
    unsigned least = 8 * FONT_HEIGHT;

    (void)state;
    for (unsigned a = FIRST_TEXT; a <= LAST_TEXT; a++)
        for (unsigned b = a + 1; b <= LAST_TEXT; b++)
            if (difference(a, b) < least)
                least = difference(a, b);
    assert_int_equal(least, DIFFERENCE_MIN);
}

static unsigned column(const uint8_t glyph[FONT_HEIGHT], unsigned x)
{
    unsigned rows = 0;

    for (unsigned y = 0; y < FONT_HEIGHT; y++)
        rows |= (glyph[y] >> (7 - x) & 1u) << y;
    return rows;
}

/* Lines must reach the edges at which they continue, and no others. */
static void test_box_lines_join(void **state)
{
    static const struct {
        uint8_t character;
        bool up, down, left, right;
    } lines[] = {
        {CHAR_VERTICAL, true, true, false, false},
        {CHAR_FRAME_TEE_LEFT, true, true, true, false},
        {CHAR_TOP_RIGHT, false, true, true, false},
        {CHAR_BOTTOM_LEFT, true, false, false, true},
        {CHAR_FRAME_TEE_RIGHT, true, true, false, true},
        {CHAR_HORIZONTAL, false, false, true, true},
        {CHAR_BOTTOM_RIGHT, true, false, true, false},
        {CHAR_TOP_LEFT, false, true, false, true},
        /* The levers of the panel. */
        {CHAR_UP, false, true, false, false},
        {CHAR_DOWN, true, false, false, false},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const uint8_t *glyph = glyphs[lines[i].character];

        assert_int_equal(glyph[0], lines[i].up ? STEM : 0);
        assert_int_equal(glyph[BOTTOM], lines[i].down ? STEM : 0);
        assert_int_equal(column(glyph, 0), lines[i].left ? 1 << BAR : 0);
        assert_int_equal(column(glyph, 7), lines[i].right ? 1 << BAR : 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_of_text_do_not_touch),
        cmocka_unit_test(test_letters_do_not_touch),
        cmocka_unit_test(test_letters_stand_on_the_baseline),
        cmocka_unit_test(test_no_two_characters_look_alike),
        cmocka_unit_test(test_box_lines_join),
    };

    return cmocka_run_group_tests(tests, draw, NULL);
}
