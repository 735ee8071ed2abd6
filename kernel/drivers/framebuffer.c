/* SPDX-License-Identifier: MIT */
/* See Multiboot 0.6.96, 3.3, and VESA VBE 3.0, "Linear frame buffer". */
#include "framebuffer.h"
#include <stddef.h>

#define SIDE_MAX    16384u        /* maximum width and height in pixels */
#define PITCH_MAX   0x40000u      /* maximum pitch in bytes */
#define ADDRESS_END 0xFFC00000ull /* PHYSICAL_LOW (see physical.h) */
#define LINE_SIZE   1020          /* bytes, a multiple of 2, 3 and 4 */

static struct boot_pixels screen;
static unsigned pixel_size; /* bytes per pixel */

static bool field_fits(struct colour_field field, unsigned bits)
{
    return field.size > 0 && field.position + field.size <= bits;
}

static unsigned bytes_of(const struct boot_pixels *pixels)
{
    return (pixels->bits + 7u) / 8;
}

static bool layout_is_known(const struct boot_pixels *pixels)
{
    unsigned bits = 8 * bytes_of(pixels);

    return (pixels->bits == 15 || pixels->bits == 16 || pixels->bits == 24 ||
            pixels->bits == 32) &&
           field_fits(pixels->red, bits) && field_fits(pixels->green, bits) &&
           field_fits(pixels->blue, bits);
}

bool framebuffer_is_usable(const struct boot_pixels *pixels)
{
    return pixels->address != 0 && layout_is_known(pixels) &&
           pixels->width > 0 && pixels->width <= SIDE_MAX &&
           pixels->height > 0 && pixels->height <= SIDE_MAX &&
           pixels->pitch >= pixels->width * bytes_of(pixels) &&
           pixels->pitch <= PITCH_MAX && pixels->address < ADDRESS_END &&
           (uint64_t)pixels->pitch * pixels->height <=
               ADDRESS_END - pixels->address;
}

bool framebuffer_start(const struct boot_pixels *pixels)
{
    if (!framebuffer_is_usable(pixels))
        return false;
    screen = *pixels;
    pixel_size = bytes_of(pixels);
    return true;
}

static uint32_t put_field(struct colour_field field, unsigned value)
{
    if (field.size < 8)
        value >>= 8 - field.size;
    else
        value <<= field.size - 8;
    return value << field.position;
}

static uint32_t native(uint32_t colour)
{
    return put_field(screen.red, colour >> 16 & 0xFF) |
           put_field(screen.green, colour >> 8 & 0xFF) |
           put_field(screen.blue, colour & 0xFF);
}

/* Part of a scan line in the framebuffer's pixel format. */
struct line {
    unsigned length;
    uint32_t word[LINE_SIZE / sizeof(uint32_t)];
};

static void add(struct line *line, uint32_t pixel)
{
    uint8_t *at = (uint8_t *)line->word + line->length;

    for (unsigned i = 0; i < pixel_size; i++)
        at[i] = (uint8_t)(pixel >> 8 * i);
    line->length += pixel_size;
}

/* A word that may be unaligned, as pixels can be three bytes long. */
struct unaligned {
    uint32_t word;
} __attribute__((packed));

/* Copies LINE to ROWS successive rows at AT, four bytes at a time. */
static void put(uintptr_t at, const struct line *line, unsigned rows)
{
    unsigned words = line->length / 4;

    for (; rows > 0; rows--, at += screen.pitch) {
        volatile struct unaligned *to = (volatile struct unaligned *)at;
        const uint8_t *rest = (const uint8_t *)(line->word + words);

        for (unsigned i = 0; i < words; i++)
            to[i].word = line->word[i];
        for (unsigned i = 0; i < line->length % 4; i++)
            ((volatile uint8_t *)(to + words))[i] = rest[i];
    }
}

/* Draws a row of WIDTH pixels, each scaled to ACROSS by DOWN pixels. */
static void draw(unsigned left, unsigned top, unsigned width, unsigned across,
                 unsigned down, const uint32_t *pixels)
{
    static struct line line;
    uintptr_t at =
        (uintptr_t)screen.address + top * screen.pitch + left * pixel_size;

    line.length = 0;
    for (unsigned i = 0; i < width; i++) {
        uint32_t pixel = native(pixels[i]);

        for (unsigned j = 0; j < across; j++) {
            if (line.length + pixel_size > LINE_SIZE) {
                put(at, &line, down);
                at += line.length;
                line.length = 0;
            }
            add(&line, pixel);
        }
    }
    put(at, &line, down);
}

void framebuffer_draw(unsigned left, unsigned top, unsigned width,
                      unsigned height, unsigned scale, const uint32_t *pixels)
{
    for (unsigned row = 0; row < height; row++)
        draw(left, top + row * scale, width, scale, scale,
             pixels + row * width);
}

void framebuffer_fill(unsigned left, unsigned top, unsigned width,
                      unsigned height, uint32_t colour)
{
    draw(left, top, 1, width, height, &colour);
}
