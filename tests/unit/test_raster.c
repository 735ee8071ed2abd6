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
#include "video/fonts/packaged_font.h"
#include "console/theme.h"

static struct raster raster;
static const uint32_t *pixels;

static const struct {
    unsigned width, height;
} sizes[] = {{8, 8},   {6, 12},  {8, 14},  {8, 16},  {10, 18},
             {10, 20}, {11, 22}, {12, 24}, {14, 28}, {16, 32}};
#define SIZES (sizeof sizes / sizeof sizes[0])

static unsigned ink_at(const raster_mask mask, unsigned x, unsigned y)
{
    return mask[y] >> 4 * x & INK_MAX;
}

static void draw(uint16_t cell, const struct beam *beam)
{
    pixels = raster_draw(&raster, cell, beam);
}

static struct cells_size least_of(unsigned rows)
{
    return (struct cells_size){rows, rows == TUBE_ROWS ? TUBE_COLUMNS : 80};
}

/* Screens of common modes: letters, and how many rows and columns of them. */
static void test_fit_known_screens(void **state)
{
    static const struct {
        unsigned width, height, rows, scale;
        struct raster_fit fit;
    } screens[] = {
        {640, 400, 50, 0, {8, 8, 1, {50, 80}}},
        {640, 480, 50, 0, {8, 8, 1, {60, 80}}},
        {800, 600, 50, 0, {6, 12, 1, {50, 133}}},
        {1024, 768, 50, 0, {8, 14, 1, {54, 128}}},
        {1366, 768, 50, 0, {8, 14, 1, {54, 170}}},
        {1280, 1024, 50, 0, {10, 20, 1, {51, 128}}},
        {1600, 1200, 50, 0, {12, 24, 1, {50, 133}}},
        {1920, 1080, 50, 0, {10, 20, 1, {54, 192}}},
        {2560, 1600, 50, 0, {16, 32, 1, {50, 160}}},
        {3840, 2160, 50, 0, {10, 20, 2, {54, 192}}},
        {1024, 768, 38, 0, {10, 20, 1, {38, 102}}},
        {1920, 1080, 38, 0, {14, 28, 1, {38, 137}}},
        {720, 576, 38, 0, {6, 12, 1, {48, 120}}}, /* not 90 columns */
        {640, 400, 24, 0, {8, 16, 1, {25, 80}}},
        {640, 350, 24, 0, {8, 14, 1, {25, 80}}},
        {1024, 768, 24, 0, {12, 24, 1, {32, 85}}},
        {1920, 1080, 24, 0, {11, 22, 2, {24, 87}}},
        {1920, 1080, 50, 1, {8, 8, 1, {135, 240}}},
        {1920, 1080, 50, 2, {8, 8, 2, {67, 120}}},
        {1920, 1080, 50, 9, {8, 8, 2, {67, 120}}},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof screens / sizeof screens[0]; i++) {
        struct raster_fit fit;

        assert_true(raster_fit(&fit, screens[i].width, screens[i].height,
                               least_of(screens[i].rows), screens[i].scale));
        assert_memory_equal(&fit, &screens[i].fit, sizeof fit);
    }
}

/* The letters must be of a known size and fit on a screen of any size. */
static void test_fit_any_screen(void **state)
{
    (void)state;
    for (unsigned width = 600; width < 5000; width += 37) {
        for (unsigned height = 180; height < 3000; height += 29) {
            for (unsigned rows = 24; rows <= 50; rows += 26) {
                struct raster_fit fit;
                bool known = false;
                bool fits = raster_fit(&fit, width, height, least_of(rows), 0);

                assert_int_equal(fits,
                                 (width >= 640 && height >= 8 * rows) ||
                                     (width >= 480 && height >= 12 * rows));
                if (!fits)
                    continue;
                for (unsigned i = 0; i < SIZES; i++)
                    known |= fit.width == sizes[i].width &&
                             fit.height == sizes[i].height;
                assert_true(known);
                assert_true(fit.cells.rows >= rows && fit.cells.columns >= 80);
                assert_int_equal(fit.cells.rows,
                                 height / (fit.height * fit.scale));
                assert_int_equal(fit.cells.columns,
                                 width / (fit.width * fit.scale));
            }
        }
    }
}

static void test_fits_nowhere(void **state)
{
    struct raster_fit fit;

    (void)state;
    assert_false(raster_fit(&fit, 640, 480, (struct cells_size){38, 161}, 0));
    assert_int_equal(fit.scale, 0);
    assert_int_equal(fit.cells.rows, 0);
}

/* On a larger screen, letters must not be smaller. */
static void test_fit_grows(void **state)
{
    unsigned before = 0;

    (void)state;
    for (unsigned height = 400; height < 4000; height += 10) {
        struct raster_fit fit;

        assert_true(raster_fit(&fit, 2 * height, height, least_of(50), 0));
        assert_true(fit.height * fit.scale >= before);
        before = fit.height * fit.scale;
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

static bool is_packaged(unsigned width, unsigned height, unsigned code)
{
    for (const struct packaged_font *font = packaged_fonts; font->width > 0;
         font++)
        for (unsigned i = 0; font->codes[i] != 0; i++)
            if (font->width == width && font->height == height &&
                font->codes[i] == code)
                return true;
    return false;
}

/* Box lines of any font must reach the edges of their cell, to join. */
static void test_lines_join(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        unsigned width = sizes[i].width, height = sizes[i].height, full = 0;

        raster_start(&raster, width, height);
        for (unsigned y = 0; y < height; y++) {
            unsigned across = 0;

            for (unsigned x = 0; x < width; x++)
                across +=
                    ink_at(raster.glyph[CHAR_HORIZONTAL], x, y) > INK_MAX / 2;
            full += across == width;
        }
        assert_true(full > 0);
    }
}

/* Every letter must be drawn, at every size, and differ from all others. */
static void test_letters_differ(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        raster_start(&raster, sizes[i].width, sizes[i].height);
        for (unsigned code = '!'; code <= '~'; code++)
            for (unsigned other = ' '; other < code; other++)
                assert_memory_not_equal(raster.glyph[code], raster.glyph[other],
                                        sizeof raster.glyph[code]);
    }
}

/* The rows of a packaged glyph are padded to whole bytes. */
static void test_bitmap(void **state)
{
    static const uint8_t bitmap[] = {0x80, 0x40, 0x01, 0x80};
    raster_mask mask;

    (void)state;
    mask_bitmap(mask, bitmap, 10, 2);
    for (unsigned x = 0; x < 10; x++) {
        assert_int_equal(ink_at(mask, x, 0), x == 0 || x == 9 ? INK_MAX : 0);
        assert_int_equal(ink_at(mask, x, 1), x == 7 || x == 8 ? INK_MAX : 0);
    }
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
            if (is_packaged(width, height, code) || code == CHAR_LAMP_ON ||
                code == CHAR_LAMP_OFF)
                continue;
            unsigned ink = all_ink(raster.glyph[code], width, height);
            unsigned fair = bits(raster.font[code]) * area * INK_MAX / 64;

            if (fair == 0)
                assert_int_equal(ink, 0);
            else
                assert_in_range(ink, fair / 2, fair * 3 / 2);
        }
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
    uint8_t glyphs[FONT_GLYPHS][FONT_HEIGHT];

    (void)state;
    font_draw(glyphs);
    for (unsigned code = 0; code < FONT_GLYPHS; code++) {
        uint8_t turned[8];
        raster_mask mask = {0}, plain = {0};

        for (unsigned y = 0; y < 8; y++) {
            turned[y] = 0;
            for (unsigned x = 0; x < 8; x++)
                turned[y] |= (uint8_t)((glyphs[code][y] >> x & 1) << (7 - x));
        }
        mask_glyph(mask, turned, 12, 15);
        mask_glyph(plain, glyphs[code], 12, 15);
        for (unsigned y = 0; y < 15; y++)
            for (unsigned x = 0; x < 12; x++)
                assert_int_equal(ink_at(mask, x, y), ink_at(plain, 11 - x, y));
    }
}

static uint64_t row_of(const raster_mask mask, unsigned height)
{
    return mask[height / 2];
}

/* A lamp must be round, and lit it must be filled. */
static void test_lamp(void **state)
{
    (void)state;
    for (unsigned i = 1; i < SIZES; i++) {
        unsigned width = sizes[i].width, height = sizes[i].height;
        raster_mask lit, unlit;

        mask_lamp(lit, true, width, height);
        mask_lamp(unlit, false, width, height);
        assert_int_equal(ink_at(lit, width / 2, height / 2), INK_MAX);
        assert_int_equal(ink_at(unlit, width / 2, height / 2), 0);
        assert_int_equal(ink_at(lit, 0, 0), 0);
        for (unsigned y = 0; y < height; y++)
            for (unsigned x = 0; x < width; x++) {
                assert_int_equal(ink_at(lit, x, y),
                                 ink_at(lit, width - 1 - x, height - 1 - y));
                assert_true(ink_at(unlit, x, y) <= ink_at(lit, x, y));
            }
    }
}

/* A control must differ from the same control in its other position, and a
   lever must have its knob at the end to which it points. */
static void test_shapes(void **state)
{
    (void)state;
    for (unsigned i = 1; i < SIZES; i++) {
        unsigned width = sizes[i].width, height = sizes[i].height;

        raster_start(&raster, width, height);
        for (unsigned shape = 0; shape < SHAPES; shape += 2) {
            unsigned out = 0, in = 0;

            for (unsigned j = 0; j < cells_shape_length(shape); j++) {
                out += all_ink(raster.shape[shape][j], width, height);
                in += all_ink(raster.shape[shape + 1][j], width, height);
            }
            assert_true(out > 0);
            if (shape == SHAPE_LEVER_UP)
                assert_true(all_ink(raster.shape[shape][0], width, height) >
                            all_ink(raster.shape[shape][1], width, height));
            else
                assert_true(in > out);
        }
        for (unsigned y = 0; y < height; y++)
            for (unsigned x = 0; x < width; x++)
                assert_int_equal(ink_at(raster.shape[SHAPE_LEVER_UP][0], x, y),
                                 ink_at(raster.shape[SHAPE_LEVER_DOWN][1],
                                        width - 1 - x, height - 1 - y));
    }
}

/* The number on a button must be readable, whether it is pressed or not. */
static void test_button(void **state)
{
    struct beam beam = {.spot = {{1, SHAPE_BUTTON}, {0, 1}},
                        .part = BEAM_SHAPE};
    const unsigned width = 8, height = 14;

    (void)state;
    raster_start(&raster, width, height);
    raster_set_theme(&raster, THEME_GREEN);
    for (unsigned in = 0; in < 2; in++) {
        beam.spot[0].share = (uint8_t)(SHAPE_BUTTON + in);
        draw(0x0A00 | '8', &beam);
        for (unsigned y = height / 4; y < height * 3 / 4; y++)
            for (unsigned x = 0; x < width; x++) {
                bool inked = ink_at(raster.glyph['8'], x, y) > 0;

                assert_int_equal(pixels[y * width + x],
                                 raster.colour[inked != in ? 0x0A : 0]);
            }
    }
}

/* The face must have round corners, and no others. */
static void test_face(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        unsigned width = sizes[i].width, height = sizes[i].height;
        const unsigned right = width - 1, bottom = height - 1;
        const unsigned x[] = {0, 0, right, 0, right};
        const unsigned y[] = {0, 0, 0, bottom, bottom};

        raster_start(&raster, width, height);
        assert_int_equal(all_ink(raster.face[FACE_INSIDE], width, height),
                         width * height * INK_MAX);
        for (unsigned part = FACE_TOP_LEFT; part < FACE_PARTS; part++) {
            assert_int_equal(ink_at(raster.face[part], x[part], y[part]), 0);
            assert_int_equal(
                ink_at(raster.face[part], right - x[part], bottom - y[part]),
                INK_MAX);
        }
    }
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
            assert_true(ink_at(mask, width * 9 / 32, height / 2) > INK_MAX / 2);
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
            draw((uint16_t)(attribute << 8 | ' '), &none);
            assert_int_equal(pixels[0],
                             rgb(theme_colour(theme, attribute >> 4)));
            draw((uint16_t)(attribute << 8 | 0xC4), &none);
            assert_int_equal(pixels[3 * 8],
                             rgb(theme_colour(theme, attribute & 15)));
        }
    }
}

struct random_look {
    uint16_t cell;
    struct beam beam;
};

static struct random_look random_look(uint32_t random)
{
    struct random_look look = {
        .cell = random & 1 ? 0x0AFA : 0x02CD,
        .beam.part = (uint8_t)((random >> 1) % (BEAM_FACE + 1)),
    };

    for (unsigned i = 0; i < 2; i++, random >>= 2)
        look.beam.spot[i] = (struct spot){
            .light = (uint8_t)(random >> 8 & 1 ? 20 * (i + 1) : 0),
            .share = random >> 9 & 1 ? 4 : 0,
        };
    return look;
}

/* Compares cells drawn in random order with those of a raster that has kept
   nothing, because it was just given its theme. */
static void test_kept(void **state)
{
    static struct raster fresh;
    uint32_t seed = 1;

    (void)state;
    for (unsigned i = 0; i < 20000; i++) {
        unsigned theme = i / 100 % THEMES, size = i / 500 % SIZES;
        struct random_look look = random_look(seed >> 8);

        seed = seed * 1664525 + 1013904223;
        if (i % 500 == 0) {
            raster_start(&raster, sizes[size].width, sizes[size].height);
            raster_start(&fresh, sizes[size].width, sizes[size].height);
        }
        if (i % 100 == 0)
            raster_set_theme(&raster, theme);
        raster_set_theme(&fresh, theme);
        draw(look.cell, &look.beam);
        assert_memory_equal(pixels, raster_draw(&fresh, look.cell, &look.beam),
                            4 * raster.width * raster.height);
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

/* Two lines of the tube in one cell must be two spots of half its height. */
static void test_halves(void **state)
{
    const struct beam two = {.spot = {{60, 4}, {20, 0}}};
    unsigned width = 12, height = 24;

    (void)state;
    raster_start(&raster, width, height);
    raster_set_theme(&raster, THEME_AMBER);
    draw(0x0ADF, &two);
    for (unsigned y = 0; y < height; y++)
        for (unsigned x = 0; x < width; x++) {
            bool lower = y >= height / 2;
            const uint64_t *mask = raster.half_beam[0][lower ? 0 : 4];
            unsigned ink = ink_at(mask, x, lower ? y - height / 2 : y);

            assert_int_equal(pixels[y * width + x],
                             raster.light[(lower ? 20 : 60) * ink / INK_MAX]);
        }
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
        cmocka_unit_test(test_fits_nowhere),
        cmocka_unit_test(test_fit_grows),
        cmocka_unit_test(test_bitmap),
        cmocka_unit_test(test_lines_join),
        cmocka_unit_test(test_letters_differ),
        cmocka_unit_test(test_unscaled_font),
        cmocka_unit_test(test_glyphs_of_any_size),
        cmocka_unit_test(test_mirrored),
        cmocka_unit_test(test_lamp),
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_button),
        cmocka_unit_test(test_face),
        cmocka_unit_test(test_beam),
        cmocka_unit_test(test_colours),
        cmocka_unit_test(test_kept),
        cmocka_unit_test(test_light),
        cmocka_unit_test(test_halves),
        cmocka_unit_test(test_older_cards),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
