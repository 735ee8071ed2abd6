/* SPDX-License-Identifier: MIT */
/* Fuzzes drawing on framebuffers of any size and format. */
#define _DEFAULT_SOURCE
#include "fuzz.h"
#include "drivers/framebuffer.h"
#include <sys/mman.h>

#include "console/theme.h"
#include "video/screen_framebuffer.c"

#define PLACE          0x10000000u /* usually unmapped on the host */
#define INPUT_SIZE_MAX 0x280000u   /* in bytes, to limit the run time */
#define UNTOUCHED      0xA5

/* Maps the framebuffer between two inaccessible pages. */
static uint8_t *map(void)
{
    static uint8_t *memory;

    if (memory != NULL)
        return memory;
    memory = mmap((void *)(uintptr_t)(PLACE - MEMORY_PAGE),
                  INPUT_SIZE_MAX + 2 * MEMORY_PAGE, PROT_NONE,
                  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    MUST(memory == (void *)(uintptr_t)(PLACE - MEMORY_PAGE));
    memory += MEMORY_PAGE;
    MUST(mprotect(memory, INPUT_SIZE_MAX, PROT_READ | PROT_WRITE) == 0);
    return memory;
}

static struct boot_pixels take_pixels(struct input *input)
{
    struct boot_pixels pixels = {0};

    pixels.address = input_long(input);
    pixels.pitch = input_word(input);
    pixels.width = input_word(input);
    pixels.height = input_word(input);
    pixels.bits = input_byte(input);
    input_read(input, &pixels.red, sizeof pixels.red);
    input_read(input, &pixels.green, sizeof pixels.green);
    input_read(input, &pixels.blue, sizeof pixels.blue);
    return pixels;
}

static void fill(struct cells *cells, struct input *input)
{
    uint32_t seed = input_word(input);

    for (unsigned row = 0; row < cells->rows; row++)
        for (unsigned column = 0; column < cells->columns; column++) {
            struct beam *beam = &cells->beam[row][column];

            seed = seed * 1664525u + 1013904223u;
            cells->at[row][column] = (uint16_t)(seed >> 8);
            *beam = (struct beam){0};
            if (seed >> 30 > 0)
                continue;
            beam->part = (uint8_t)((seed >> 8) % 3);
            beam->spot[0].light = seed >> 16 & LIGHT_MAX;
            beam->spot[0].share = (uint8_t)((seed >> 24) % 5);
            beam->spot[1].light = seed >> 10 & LIGHT_MAX;
            beam->spot[1].share = (uint8_t)((seed >> 20) % 5);
        }
}

static void check_untouched(const uint8_t *at, size_t size)
{
    static uint8_t blank[MEMORY_PAGE];

    memset(blank, UNTOUCHED, sizeof blank);
    for (; size > sizeof blank; at += sizeof blank, size -= sizeof blank)
        MUST(memcmp(at, blank, sizeof blank) == 0);
    MUST(memcmp(at, blank, size) == 0);
}

/* Checks that the bytes between and around the pixel rows are unchanged. */
static void check(const uint8_t *memory, const struct boot_pixels *pixels)
{
    size_t line = pixels->width * ((pixels->bits + 7u) / 8);
    const uint8_t *at = memory + (pixels->address - PLACE);

    check_untouched(memory, (size_t)(at - memory));
    for (uint32_t i = 0; i < pixels->height; i++, at += pixels->pitch)
        check_untouched(at + line, pixels->pitch - line);
    check_untouched(at, (size_t)(memory + INPUT_SIZE_MAX - at));
}

static unsigned minimum(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static void draw_on(const struct screen_output *driver, struct input *input)
{
    static struct cells cells;
    const struct cells_size sizes[] = {
        {SHORT_ROWS, PAGE_COLUMNS},
        {minimum(driver->sizes.page.rows, CELLS_ROWS_MAX),
         minimum(driver->sizes.page.columns, CELLS_COLUMNS_MAX)},
    };

    MUST(driver->beams);
    for (unsigned i = 0; i < 2; i++) {
        struct cells_size size = sizes[input_byte(input) & 1];

        cells_set_size(&cells, size.rows, size.columns);
        fill(&cells, input);
        driver->set_theme(input_byte(input) % THEMES);
        driver->set_size(size);
        for (unsigned row = 0; row < cells.rows; row++)
            driver->draw(&cells, row, 0, cells.columns);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    struct boot_pixels pixels = take_pixels(&input);
    struct screen_settings settings = {.scale = input_byte(&input) % 65};
    uint64_t bytes = (uint64_t)pixels.pitch * pixels.height;
    bool at_end = input_byte(&input) & 1;

    if (!framebuffer_is_usable(&pixels)) {
        MUST(screen_framebuffer_find(&pixels, &settings) == NULL);
        return 0;
    }
    MUST(pixels.address + bytes <= 1ull << 32);
    if (bytes > INPUT_SIZE_MAX)
        return 0;
    uint8_t *memory = map();

    memset(memory, UNTOUCHED, INPUT_SIZE_MAX);
    pixels.address = PLACE + (at_end ? INPUT_SIZE_MAX - bytes : 0);
    const struct screen_output *driver =
        screen_framebuffer_find(&pixels, &settings);

    if (driver != NULL)
        draw_on(driver, &input);
    check(memory, &pixels);
    return 0;
}
