/* SPDX-License-Identifier: MIT */
/* Tests the legibility of the themes, with contrast as defined by WCAG 2. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "console/theme.h"
#include "ui/ui.h"

#define TEXT_CONTRAST  4.5 /* WCAG 2.1, success criterion 1.4.3 */
#define TUBE_CONTRAST  1.8 /* minimum contrast of the tube */
#define LIGHT_CONTRAST 3   /* WCAG 2.1, success criterion 1.4.11, graphics */
#define FACE_CONTRAST  1.1 /* minimum contrast of the tube's face to a page */

/* Light of a line that only the refresh scan accesses (monitor.c) */
#define LIGHT_REFRESHED 19

#define LEVEL_STEP 1.25 /* minimum contrast between adjacent levels */

/* The standard colours of a PC. */
static const struct colour standard[16] = {
    {0, 0, 0},    {0, 0, 42},   {0, 42, 0},   {0, 42, 42},
    {42, 0, 0},   {42, 0, 42},  {42, 21, 0},  {42, 42, 42},
    {21, 21, 21}, {21, 21, 63}, {21, 63, 21}, {21, 63, 63},
    {63, 21, 21}, {63, 21, 63}, {63, 63, 21}, {63, 63, 63},
};

static double linear(uint8_t value)
{
    double share = value / 63.0;

    return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

static double luminance(struct colour colour)
{
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) +
           0.0722 * linear(colour.blue);
}

static double contrast(struct colour one, struct colour other)
{
    double a = luminance(one) + 0.05, b = luminance(other) + 0.05;

    return a > b ? a / b : b / a;
}

/* Returns whether ATTRIBUTE is used.  The compiler reports missing cases. */
static bool is_look(enum attribute attribute)
{
    switch (attribute) {
    case ATTR_LABEL:
    case ATTR_TEXT:
    case ATTR_STRONG:
    case ATTR_BAR:
    case ATTR_CURSOR:
    case ATTR_SELECTED:
    case ATTR_WARN:
        return true;
    }
    return false;
}

static void test_attributes_are_readable(void **state)
{
    (void)state;
    for (unsigned theme = 0; theme < THEMES; theme++) {
        double worst = 21;

        for (unsigned look = 0; look < 256; look++) {
            if (!is_look((enum attribute)look))
                continue;
            double got = contrast(theme_colour(theme, look & 15),
                                  theme_colour(theme, look >> 4));

            if (got < TEXT_CONTRAST)
                fail_msg("%s: 0x%02X has contrast %.2f", theme_names[theme],
                         look, got);
            worst = got < worst ? got : worst;
        }
        print_message("%s: contrast %.2f or more\n", theme_names[theme], worst);
    }
}

/* Text must be readable on terminals without bright background colours. */
static void test_attributes_are_readable_on_a_terminal(void **state)
{
    (void)state;
    for (unsigned look = 0; look < 256; look++) {
        if (!is_look((enum attribute)look))
            continue;
        assert_true(contrast(standard[look & 15], standard[look >> 4]) >=
                    TEXT_CONTRAST);
        assert_int_not_equal(look & 15, look >> 4);
        assert_int_not_equal(look & 15, look >> 4 & 7);
    }
}

static void test_levels_differ(void **state)
{
    (void)state;
    for (unsigned theme = 0; theme < THEMES; theme++) {
        struct colour before = theme_colour(theme, monitor_level[0]);
        double least = 21;

        assert_true(contrast(before, theme_colour(theme, 0)) >= TUBE_CONTRAST);
        for (unsigned i = 1; i < MONITOR_LEVELS; i++) {
            struct colour now = theme_colour(theme, monitor_level[i]);
            double step = luminance(now) / luminance(before);

            if (step < LEVEL_STEP)
                fail_msg("%s: level %u is %.3f of the one before",
                         theme_names[theme], i, step);
            least = step < least ? step : least;
            before = now;
        }
        print_message("%s: levels rise by %.3f or more\n", theme_names[theme],
                      least);
    }
}

/* On a framebuffer, the digits of the darkest line must stand out from the
   tube's face, and the face from the page around it. */
static void test_face(void **state)
{
    (void)state;
    for (unsigned theme = 0; theme < THEMES; theme++) {
        struct colour face = theme_face(theme);
        double dim = contrast(theme_light(theme, LIGHT_REFRESHED), face);

        if (dim < LIGHT_CONTRAST)
            fail_msg("%s: contrast %.2f on the face", theme_names[theme], dim);
        assert_true(contrast(face, theme_colour(theme, 0)) > FACE_CONTRAST);
        print_message("%s: %.2f on the face, which has %.2f\n",
                      theme_names[theme], dim,
                      contrast(face, theme_colour(theme, 0)));
    }
}

/* Brightness levels must differ in green, even without red and blue. */
static void test_levels_rise_in_green_alone(void **state)
{
    (void)state;
    for (unsigned theme = 0; theme < THEMES; theme++)
        for (unsigned i = 1; i < MONITOR_LEVELS; i++)
            assert_true(theme_colour(theme, monitor_level[i - 1]).green <
                        theme_colour(theme, monitor_level[i]).green);
}

static void test_levels_rise_on_a_terminal(void **state)
{
    (void)state;
    assert_true(luminance(standard[monitor_level[0]]) > 0);
    for (unsigned i = 1; i < MONITOR_LEVELS; i++)
        assert_true(luminance(standard[monitor_level[i - 1]]) <
                    luminance(standard[monitor_level[i]]));
}

/* The colours must be ordered by brightness like the standard colours. */
static void test_numbers_are_in_order(void **state)
{
    (void)state;
    for (unsigned theme = 0; theme < THEMES; theme++)
        for (unsigned i = 0; i < 16; i++)
            for (unsigned j = 0; j < 16; j++)
                if (luminance(standard[i]) < luminance(standard[j]))
                    assert_true(luminance(theme_colour(theme, i)) <=
                                luminance(theme_colour(theme, j)));
}

static void test_six_bit_colours(void **state)
{
    (void)state;
    for (unsigned theme = 0; theme < THEMES; theme++) {
        for (unsigned i = 0; i < 16; i++) {
            struct colour colour = theme_colour(theme, i);

            assert_true(colour.red < 64 && colour.green < 64 &&
                        colour.blue < 64);
        }
    }
}

static void test_mono_is_grey(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 16; i++) {
        struct colour colour = theme_colour(THEME_MONO, i);

        assert_int_equal(colour.red, colour.green);
        assert_int_equal(colour.blue, colour.green);
    }
    assert_int_equal(theme_colour(THEME_MONO, 0).green, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_attributes_are_readable),
        cmocka_unit_test(test_attributes_are_readable_on_a_terminal),
        cmocka_unit_test(test_levels_differ),
        cmocka_unit_test(test_face),
        cmocka_unit_test(test_levels_rise_in_green_alone),
        cmocka_unit_test(test_levels_rise_on_a_terminal),
        cmocka_unit_test(test_numbers_are_in_order),
        cmocka_unit_test(test_six_bit_colours),
        cmocka_unit_test(test_mono_is_grey),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
