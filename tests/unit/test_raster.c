/* SPDX-License-Identifier: MIT */
/* Tests drawing cells as pixels in all sizes and colours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "video/raster.h"
#include "video/legacy_cell.h"
#include "console/theme.h"

static struct raster raster;
static uint32_t pixels[2 * RASTER_HEIGHT_MAX * RASTER_WIDTH_MAX];

static const struct {
    unsigned width, height;
} sizes[] = {{8, 8}, {10, 10}, {10, 12}, {12, 15}, {15, 15}, {16, 20}};
#define SIZES (sizeof sizes / sizeof sizes[0])

static unsigned ink_at(const raster_mask mask, unsigned x, unsigned y)
{
    return mask[y] >> 4 * x & INK_MAX;
}

static void test_fit_known_screens(void **state)
{
    static const struct {
        unsigned width, height, scale;
        struct raster_fit fit;
    } screens[] = {
        {640, 400, 0, {8, 8, 1, 0, 0}},
        {640, 480, 0, {8, 8, 1, 0, 40}},
        {800, 600, 0, {10, 12, 1, 0, 0}},
        {1024, 768, 0, {12, 15, 1, 32, 9}},
        {1366, 768, 0, {15, 15, 1, 83, 9}},
        {1280, 1024, 0, {16, 20, 1, 0, 12}},
        {1920, 1080, 0, {10, 10, 2, 160, 40}},
        {3840, 2160, 0, {14, 14, 3, 240, 30}},
        {1920, 1080, 1, {8, 8, 1, 640, 340}},
        {1920, 1080, 2, {8, 8, 2, 320, 140}},
        {1920, 1080, 9, {8, 8, 2, 320, 140}},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof screens / sizeof screens[0]; i++) {
        struct raster_fit fit;

        assert_true(raster_fit(&fit, screens[i].width, screens[i].height,
                               screens[i].scale));
        assert_memory_equal(&fit, &screens[i].fit, sizeof fit);
    }
}

/* The grid must fill a screen of any size except for a small border. */
static void test_fit_any_screen(void **state)
{
    (void)state;
    for (unsigned width = 600; width < 5000; width += 37) {
        for (unsigned height = 380; height < 3000; height += 29) {
            struct raster_fit fit;
            bool fits = raster_fit(&fit, width, height, 0);

            assert_int_equal(fits, width >= 640 && height >= 400);
            if (!fits)
                continue;
            unsigned wide = fit.width * fit.scale;
            unsigned high = fit.height * fit.scale;

            assert_true(fit.width >= 8 && fit.width <= RASTER_WIDTH_MAX);
            assert_true(fit.height >= 8 && fit.height <= RASTER_HEIGHT_MAX);
            assert_true(high >= wide && 4 * high <= 5 * wide);
            assert_true(fit.left + 80 * wide <= width);
            assert_true(fit.top + 50 * high <= height);
            assert_true(2 * fit.left + 80 * wide + 1 >= width);
            assert_true(2 * fit.top + 50 * high + 1 >= height);
        }
    }
}

static void test_unscaled_font(void **state)
{
    (void)state;
    raster_start(&raster, 8, 8);
    for (unsigned i = 0; i < FONT_GLYPHS; i++)
        for (unsigned y = 0; y < 8; y++)
            for (unsigned x = 0; x < 8; x++)
                assert_int_equal(ink_at(raster.glyph[i], x, y),
                                 raster.font[i][y] >> (7 - x) & 1 ? INK_MAX
                                                                  : 0);
}

static unsigned all_ink(const raster_mask mask, unsigned width, unsigned height)
{
    unsigned sum = 0;

    for (unsigned y = 0; y < height; y++)
        for (unsigned x = 0; x < width; x++)
            sum += ink_at(mask, x, y);
    return sum;
}

static unsigned bits(const uint8_t glyph[8])
{
    unsigned count = 0;

    for (unsigned i = 0; i < 64; i++)
        count += glyph[i / 8] >> i % 8 & 1;
    return count;
}

/* A glyph must cover about the same fraction of its cell at every size. */
static void test_glyphs_of_any_size(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        unsigned width = sizes[i].width, height = sizes[i].height;
        unsigned area = width * height;

        raster_start(&raster, width, height);
        for (unsigned code = 0; code < FONT_GLYPHS; code++) {
            unsigned ink = all_ink(raster.glyph[code], width, height);
            unsigned fair = bits(raster.font[code]) * area * INK_MAX / 64;

            if (fair == 0)
                assert_int_equal(ink, 0);
            else
                assert_in_range(ink, fair / 2, fair * 3 / 2);
        }
        const uint64_t *line = raster.glyph[CHAR_HORIZONTAL];
        unsigned middle = height * 7 / 16;

        for (unsigned x = 0; x < width; x++)
            assert_true(ink_at(line, x, middle) > INK_MAX / 2);
        /* Glyphs must not be drawn outside their cell. */
        for (unsigned y = 0; y < RASTER_HEIGHT_MAX; y++)
            if (y >= height)
                assert_true(raster.glyph[CHAR_BOTH_HALVES][y] == 0);
            else if (width < 16)
                assert_true(raster.glyph[0xDB][y] >> 4 * width == 0);
    }
}

static void test_mirrored(void **state)
{
    (void)state;
    raster_start(&raster, 12, 15);
    for (unsigned code = 0; code < FONT_GLYPHS; code++) {
        uint8_t turned[8];
        raster_mask mask = {0};

        for (unsigned y = 0; y < 8; y++) {
            turned[y] = 0;
            for (unsigned x = 0; x < 8; x++)
                turned[y] |=
                    (uint8_t)((raster.font[code][y] >> x & 1) << (7 - x));
        }
        mask_glyph(mask, turned, 12, 15);
        for (unsigned y = 0; y < 15; y++)
            for (unsigned x = 0; x < 12; x++)
                assert_int_equal(ink_at(mask, x, y),
                                 ink_at(raster.glyph[code], 11 - x, y));
    }
}

static uint64_t row_of(const raster_mask mask, unsigned height)
{
    return mask[height / 2];
}

/* A dot must not touch its neighbours and must be covered by longer traces. */
static void test_beam(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        unsigned width = sizes[i].width, height = sizes[i].height;
        unsigned before = 0;

        raster_start(&raster, width, height);
        for (unsigned share = 0; share < BEAM_SHARES; share++) {
            const uint64_t *mask = raster.beam[BEAM_WHOLE][share];
            unsigned ink = all_ink(mask, width, height);

            assert_true(ink > before);
            before = ink;
            for (unsigned x = 0; x < width; x++) {
                assert_int_equal(ink_at(mask, x, 0), 0);
                assert_int_equal(ink_at(mask, x, height - 1), 0);
                for (unsigned y = 0; share > 0 && y < height; y++)
                    assert_true(
                        ink_at(mask, x, y) >=
                        ink_at(raster.beam[BEAM_WHOLE][share - 1], x, y));
            }
            assert_true(ink_at(mask, width * 9 / 32, height / 2) == INK_MAX);
        }
        assert_int_equal(row_of(raster.beam[BEAM_RIGHT][0], height), 0);
        assert_true(row_of(raster.beam[BEAM_RIGHT][4], height) > 0);
        assert_true(row_of(raster.beam[BEAM_LEFT][0], height) > 0);
    }
}

static uint32_t rgb(struct colour colour)
{
    uint32_t red = colour.red * 4u + colour.red / 16u;
    uint32_t green = colour.green * 4u + colour.green / 16u;
    uint32_t blue = colour.blue * 4u + colour.blue / 16u;

    return red << 16 | green << 8 | blue;
}

static void test_colours(void **state)
{
    const struct beam none = {0};

    (void)state;
    raster_start(&raster, 8, 8);
    for (unsigned theme = 0; theme < THEMES; theme++) {
        raster_set_theme(&raster, theme);
        for (unsigned attribute = 0; attribute < 256; attribute++) {
            raster_draw(&raster, (uint16_t)(attribute << 8 | ' '), &none, false,
                        pixels);
            assert_int_equal(pixels[0],
                             rgb(theme_colour(theme, attribute >> 4)));
            raster_draw(&raster, (uint16_t)(attribute << 8 | 0xC4), &none,
                        false, pixels);
            assert_int_equal(pixels[3 * 8],
                             rgb(theme_colour(theme, attribute & 15)));
        }
    }
}

/* In every theme, a higher brightness level must look brighter. */
static void test_light(void **state)
{
    (void)state;
    for (unsigned theme = 0; theme < THEMES; theme++) {
        unsigned before = 0, earlier = 0;

        for (unsigned light = 0; light <= LIGHT_MAX; light++) {
            struct colour colour = theme_light(theme, light);
            unsigned sum = colour.red + colour.green + colour.blue;

            assert_true(colour.red < 64 && colour.green < 64 &&
                        colour.blue < 64);
            assert_true(sum >= before && (light < 2 || sum > earlier));
            earlier = before;
            before = sum;
        }
        assert_int_equal(rgb(theme_light(theme, 0)),
                         rgb(theme_colour(theme, 0)));
    }
}

/* A tall cell must contain a glyph at twice its height. */
static void test_tall_cells(void **state)
{
    const struct beam none = {0};
    const struct beam two = {.spot = {{60, 4}, {20, 0}}};
    const struct beam upper = {.spot = {{60, 4}}}, lower = {.spot = {{20, 0}}};
    uint32_t single[RASTER_HEIGHT_MAX * RASTER_WIDTH_MAX];
    unsigned area = 12 * 15;

    (void)state;
    raster_start(&raster, 12, 15);
    raster_set_theme(&raster, THEME_AMBER);
    raster_draw(&raster, 0x0A41, &none, false, single);
    raster_draw(&raster, 0x0A41, &none, true, pixels);
    for (unsigned y = 0; y < 30; y++)
        assert_memory_equal(pixels + 12 * y, single + 12 * (y / 2), 48);

    raster_draw(&raster, 0x0ADF, &two, true, pixels);
    raster_draw(&raster, 0, &upper, false, single);
    assert_memory_equal(pixels, single, area * sizeof *pixels);
    raster_draw(&raster, 0, &lower, false, single);
    assert_memory_equal(pixels + area, single, area * sizeof *pixels);
}

static void test_older_cards(void **state)
{
    (void)state;
    for (unsigned cell = 0; cell <= 0xFFFF; cell++) {
        uint16_t plain = legacy_cell((uint16_t)cell, false);
        uint16_t mono = legacy_cell((uint16_t)cell, true);

        assert_int_equal(plain, cell & 0x7FFF);
        assert_int_equal(mono & 0xFF, cell & 0xFF);
        if (cell & 0xF000)
            assert_int_equal(mono >> 8, 0x70);
        else
            assert_int_equal(mono >> 8, cell >> 8 >= 0x0A ? 0x0F : 0x07);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fit_known_screens),
        cmocka_unit_test(test_fit_any_screen),
        cmocka_unit_test(test_unscaled_font),
        cmocka_unit_test(test_glyphs_of_any_size),
        cmocka_unit_test(test_mirrored),
        cmocka_unit_test(test_beam),
        cmocka_unit_test(test_colours),
        cmocka_unit_test(test_light),
        cmocka_unit_test(test_tall_cells),
        cmocka_unit_test(test_older_cards),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
