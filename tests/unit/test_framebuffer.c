/* SPDX-License-Identifier: MIT */
/* Tests which framebuffers are accepted, and every byte written to them. */
#define _DEFAULT_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <cmocka.h>

#include "drivers/framebuffer.c"

#define MEMORY_SIZE 0x20000u
#define UNTOUCHED   0xA5

static uint8_t *memory;

static int map(void **state)
{
    (void)state;
    /* This address is below 4 GiB, and the host is unlikely to have mapped it.
     */
    memory = mmap((void *)0x10000000, MEMORY_SIZE, PROT_READ | PROT_WRITE,
                  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED || (uintptr_t)memory > UINT32_MAX - MEMORY_SIZE;
}

/* Pixel layouts reported by GRUB. */
static const struct {
    uint8_t bits;
    struct colour_field red, green, blue;
    uint32_t pixel; /* expected pixel value for the colour 0x123456 */
} layouts[] = {
    {32, {16, 8}, {8, 8}, {0, 8}, 0x123456},
    {32, {0, 8}, {8, 8}, {16, 8}, 0x563412},
    {32, {24, 8}, {16, 8}, {8, 8}, 0x12345600},
    {32, {20, 10}, {10, 10}, {0, 10}, 0x12 << 22 | 0x34 << 12 | 0x56 << 2},
    {24, {16, 8}, {8, 8}, {0, 8}, 0x123456},
    {24, {0, 8}, {8, 8}, {16, 8}, 0x563412},
    {16, {11, 5}, {5, 6}, {0, 5}, 2 << 11 | 13 << 5 | 10},
    {15, {10, 5}, {5, 5}, {0, 5}, 2 << 10 | 6 << 5 | 10},
};
#define LAYOUTS (sizeof layouts / sizeof layouts[0])

static struct boot_pixels pixels_of(unsigned layout)
{
    return (struct boot_pixels){
        .address = (uintptr_t)memory + 64,
        .pitch = 50 * 4 + 20,
        .width = 50,
        .height = 40,
        .bits = layouts[layout].bits,
        .red = layouts[layout].red,
        .green = layouts[layout].green,
        .blue = layouts[layout].blue,
    };
}

static void start(unsigned layout)
{
    struct boot_pixels pixels = pixels_of(layout);

    memset(memory, UNTOUCHED, MEMORY_SIZE);
    assert_true(framebuffer_start(&pixels));
}

/* Checks every pixel, and that no other byte has changed.  COLOUR_AT returns 0
   for pixels that must be untouched. */
static void check(uint32_t (*colour_at)(unsigned x, unsigned y))
{
    static uint8_t expected[MEMORY_SIZE];

    memset(expected, UNTOUCHED, sizeof expected);
    for (unsigned y = 0; y < screen.height; y++) {
        for (unsigned x = 0; x < screen.width; x++) {
            uint32_t pixel = native(colour_at(x, y));

            for (unsigned i = 0; colour_at(x, y) && i < pixel_size; i++)
                expected[64 + y * screen.pitch + x * pixel_size + i] =
                    (uint8_t)(pixel >> 8 * i);
        }
    }
    assert_memory_equal(memory, expected, MEMORY_SIZE);
}

static void test_pixels(void **state)
{
    (void)state;
    for (unsigned i = 0; i < LAYOUTS; i++) {
        start(i);
        assert_int_equal(native(0x123456), layouts[i].pixel);
        assert_int_equal(native(0), 0);
    }
}

static uint32_t picture[6 * 5];

static uint32_t drawn_at(unsigned x, unsigned y)
{
    if (x < 7 || x >= 7 + 6 * 3 || y < 2 || y >= 2 + 5 * 3)
        return 0;
    return picture[(y - 2) / 3 * 6 + (x - 7) / 3];
}

static void test_draw(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 6 * 5; i++)
        picture[i] = 0x010203 * (i + 1) | 0x400000;
    for (unsigned i = 0; i < LAYOUTS; i++) {
        start(i);
        framebuffer_draw(7, 2, 6, 5, 3, picture);
        check(drawn_at);
    }
}

static uint32_t filled_at(unsigned x, unsigned y)
{
    (void)x;
    return y >= 3 && y < 39 ? 0x224466 : 0;
}

static void test_fill(void **state)
{
    (void)state;
    for (unsigned i = 0; i < LAYOUTS; i++) {
        start(i);
        framebuffer_fill(0, 3, 50, 36, 0x224466);
        check(filled_at);
    }
}

/* Colours more pixels in a row than the driver writes at once. */
static uint32_t wide_at(unsigned x, unsigned y)
{
    (void)y;
    return x < 1100 ? 0x224466 : 0;
}

static void test_wide_rows(void **state)
{
    (void)state;
    for (unsigned i = 0; i < LAYOUTS; i++) {
        struct boot_pixels pixels = pixels_of(i);

        pixels.width = 1200;
        pixels.height = 20;
        pixels.pitch = 1200 * 4 + 1;
        memset(memory, UNTOUCHED, MEMORY_SIZE);
        assert_true(framebuffer_start(&pixels));
        framebuffer_fill(0, 0, 1100, 20, 0x224466);
        check(wide_at);
    }
}

static void test_usable_framebuffers(void **state)
{
    const uint64_t top = UINT64_C(0xFFC00000);

    (void)state;
    for (unsigned i = 0; i < LAYOUTS; i++) {
        const struct boot_pixels good = pixels_of(i);
        struct boot_pixels bad = good;

        assert_true(framebuffer_is_usable(&good));
        bad.address = 0;
        assert_false(framebuffer_is_usable(&bad));
        bad.address = top;
        assert_false(framebuffer_is_usable(&bad));
        bad.address = UINT64_MAX;
        assert_false(framebuffer_is_usable(&bad));
        bad.address = top - bad.pitch * bad.height;
        assert_true(framebuffer_is_usable(&bad));
        bad.address++;
        assert_false(framebuffer_is_usable(&bad));

        bad = good;
        bad.width = 0;
        assert_false(framebuffer_is_usable(&bad));
        bad.width = UINT32_MAX;
        assert_false(framebuffer_is_usable(&bad));
        bad = good;
        bad.height = 0;
        assert_false(framebuffer_is_usable(&bad));
        bad.height = UINT32_MAX;
        assert_false(framebuffer_is_usable(&bad));
        bad = good;
        bad.pitch = 50 * ((good.bits + 7u) / 8) - 1;
        assert_false(framebuffer_is_usable(&bad));
        bad.pitch = UINT32_MAX;
        assert_false(framebuffer_is_usable(&bad));
    }
}

static void test_unknown_layouts(void **state)
{
    (void)state;
    for (unsigned bits = 0; bits < 256; bits++) {
        struct boot_pixels pixels = pixels_of(0);

        pixels.bits = (uint8_t)bits;
        assert_int_equal(framebuffer_is_usable(&pixels),
                         bits == 24 || bits == 32);
    }
    struct boot_pixels pixels = pixels_of(0);

    pixels.green.size = 0;
    assert_false(framebuffer_is_usable(&pixels));
    pixels = pixels_of(0);
    pixels.red.position = 25;
    assert_false(framebuffer_is_usable(&pixels));
    pixels = pixels_of(0);
    pixels.blue = (struct colour_field){255, 255};
    assert_false(framebuffer_is_usable(&pixels));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pixels),
        cmocka_unit_test(test_draw),
        cmocka_unit_test(test_fill),
        cmocka_unit_test(test_wide_rows),
        cmocka_unit_test(test_usable_framebuffers),
        cmocka_unit_test(test_unknown_layouts),
    };

    return cmocka_run_group_tests(tests, map, NULL);
}
