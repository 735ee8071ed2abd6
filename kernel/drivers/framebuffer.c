/* SPDX-License-Identifier: MIT */
/* See Multiboot 0.6.96, 3.3, and VESA VBE 3.0, "Linear frame buffer". */
#include "framebuffer.h"
#include <stddef.h>
#include <string.h>

#define SIDE_MAX    16384u        /* maximum width and height in pixels */
#define PITCH_MAX   0x40000u      /* maximum pitch in bytes */
#define ADDRESS_END 0xFFC00000ull /* PHYSICAL_LOW (see physical.h) */
#define LINE_SIZE   1020          /* bytes, a multiple of 2, 3 and 4 */

static struct boot_pixels screen;
static unsigned pixel_size; /* bytes per pixel */
static bool rgb;            /* true if pixels are words of 0xRRGGBB */

static bool field_fits(struct colour_field field, unsigned bits)
{
    return field.size > 0 && field.position + field.size <= bits;
}

static unsigned bytes_of(const struct boot_pixels *pixels)
{
    return (pixels->bits + 7u) / 8;
}

static bool is_byte(struct colour_field field, unsigned position)
{
    return field.size == 8 && field.position == position;
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
    rgb = pixel_size == 4 && is_byte(pixels->red, 16) &&
          is_byte(pixels->green, 8) && is_byte(pixels->blue, 0);
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
    if (rgb)
        return colour;
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

    at[0] = (uint8_t)pixel;
    at[1] = (uint8_t)(pixel >> 8);
    if (pixel_size > 2)
        at[2] = (uint8_t)(pixel >> 16);
    if (pixel_size > 3)
        at[3] = (uint8_t)(pixel >> 24);
    line->length += pixel_size;
}

/* Copies LINE to ROWS successive rows at AT. */
static void put(uint8_t *at, const struct line *line, unsigned rows)
{
    for (; rows > 0; rows--, at += screen.pitch)
        memcpy(at, line->word, line->length);
}

static uint8_t *address_of(unsigned left, unsigned top)
{
    return (uint8_t *)(uintptr_t)screen.address + top * screen.pitch +
           left * pixel_size;
}

/* Copies pixels that have the format of the screen. */
static void copy(uint8_t *at, unsigned width, unsigned height,
                 const uint32_t *pixels)
{
    for (; height > 0; height--, at += screen.pitch, pixels += width)
        memcpy(at, pixels, 4 * width);
}

/* Draws a row of WIDTH pixels, each scaled to ACROSS by DOWN pixels. */
static void draw(unsigned left, unsigned top, unsigned width, unsigned across,
                 unsigned down, const uint32_t *pixels)
{
    static struct line line;
    uint8_t *at = address_of(left, top);

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
    if (rgb && scale == 1) {
        copy(address_of(left, top), width, height, pixels);
        return;
    }
    for (unsigned row = 0; row < height; row++, pixels += width)
        draw(left, top + row * scale, width, scale, scale, pixels);
}

void framebuffer_fill(unsigned left, unsigned top, unsigned width,
                      unsigned height, uint32_t colour)
{
    draw(left, top, 1, width, height, &colour);
}
