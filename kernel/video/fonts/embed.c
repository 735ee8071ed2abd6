/* SPDX-License-Identifier: MIT */
/*
 * Writes the bitmap fonts of a package as C, at build time.  Arguments are the
 * names of fonts in the formats PSF 1 and PSF 2, compressed by gzip.  Only the
 * characters that the console uses are written.
 */
#define _POSIX_C_SOURCE 200809L

#include "console/cells.h"
#include "console/charset.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_SIZE_MAX 0x40000
#define FONTS_MAX     32
#define CODES         256
#define WIDTH_MAX     16
#define HEIGHT_MAX    32

struct font {
    unsigned width, height, count, glyph_size;
    const unsigned char *glyphs;
    const unsigned char *table, *end; /* the characters of each glyph */
    int wide_table; /* the table has words of 16 bits instead of UTF-8 */
};

static unsigned char file[FILE_SIZE_MAX];

static void fail(const char *path, const char *what)
{
    fprintf(stderr, "%s: %s\n", path, what);
    exit(1);
}

static size_t read_file(const char *path)
{
    char command[4096];

    snprintf(command, sizeof command, "gzip -dc '%s'", path);
    FILE *pipe = popen(command, "r");
    size_t size = pipe != NULL ? fread(file, 1, sizeof file, pipe) : 0;

    if (pipe == NULL || pclose(pipe) != 0)
        fail(path, "cannot be read");
    return size;
}

static unsigned word(unsigned at)
{
    return file[at] | (unsigned)file[at + 1] << 8 |
           (unsigned)file[at + 2] << 16 | (unsigned)file[at + 3] << 24;
}

/* Sets FONT to the font in the buffer, of SIZE bytes. */
static void parse(struct font *font, size_t size, const char *path)
{
    static const unsigned char magic_1[] = {0x36, 0x04};
    static const unsigned char magic_2[] = {0x72, 0xB5, 0x4A, 0x86};
    size_t start;

    if (size > 32 && memcmp(file, magic_2, 4) == 0) {
        *font = (struct font){.width = word(28),
                              .height = word(24),
                              .count = word(16),
                              .glyph_size = word(20)};
        start = word(8);
    } else if (size > 4 && memcmp(file, magic_1, 2) == 0) {
        *font = (struct font){.width = 8,
                              .height = file[3],
                              .count = file[2] & 1 ? 512 : 256,
                              .glyph_size = file[3],
                              .wide_table = 1};
        start = 4;
    } else {
        fail(path, "is no PSF font");
        return;
    }
    if (font->width > WIDTH_MAX || font->height > HEIGHT_MAX ||
        font->count > 4096 || start > size ||
        font->glyph_size != (font->width + 7) / 8 * font->height ||
        font->count * font->glyph_size > size - start)
        fail(path, "has an unexpected size");
    font->glyphs = file + start;
    font->table = font->glyphs + font->count * font->glyph_size;
    font->end = file + size;
}

/* Returns the length of the character at AT, or 0 at the end of a glyph's
   characters. */
static unsigned length_at(const struct font *font, const unsigned char *at)
{
    if (font->wide_table)
        return at[0] == 0xFF && at[1] == 0xFF ? 0 : 2;
    return at[0] == 0xFF ? 0 : at[0] < 0xC0 ? 1 : at[0] < 0xE0 ? 2 : 3;
}

/* Writes the UTF-8 TEXT of a character as a word of 16 bits, low byte first. */
static void to_word(unsigned char wide[2], const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    unsigned code = at[0] < 0x80   ? at[0]
                    : at[0] < 0xE0 ? (at[0] & 0x1Fu) << 6 | (at[1] & 0x3Fu)
                                   : (at[0] & 0x0Fu) << 12 |
                                         (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu);

    wide[0] = (unsigned char)code;
    wide[1] = (unsigned char)(code >> 8);
}

/* Returns the glyph of a character (CP437), or NULL if the font has none. */
static const unsigned char *find(const struct font *font, unsigned character)
{
    char text[GLYPH_SIZE];
    unsigned char wide[2];
    unsigned length = glyph_write(text, (uint8_t)character, true, PAGE_ROWS),
             glyph = 0;
    const void *wanted = font->wide_table ? (const void *)wide : text;

    to_word(wide, text);
    if (font->wide_table)
        length = 2;
    for (const unsigned char *at = font->table; at + 3 < font->end;) {
        unsigned size = length_at(font, at);

        if (size == length && memcmp(at, wanted, size) == 0)
            return font->glyphs + glyph * font->glyph_size;
        if (size == 0) {
            glyph++;
            at += font->wide_table ? 2 : 1;
        } else {
            at += size;
        }
    }
    return NULL;
}

/* Returns true if a packaged font replaces the console's own drawing.  Digits
   of the tube keep it. */
static int is_text(unsigned character)
{
    static const unsigned char others[] = {
        CHAR_LAMP_ON,         CHAR_LAMP_OFF,     CHAR_POINTER,
        CHAR_POINTER_LEFT,    CHAR_UP,           CHAR_DOWN,
        CHAR_RIGHT,           CHAR_LEFT,         CHAR_VERTICAL,
        CHAR_HORIZONTAL,      CHAR_TOP_LEFT,     CHAR_TOP_RIGHT,
        CHAR_BOTTOM_LEFT,     CHAR_BOTTOM_RIGHT, CHAR_FRAME_TEE_LEFT,
        CHAR_FRAME_TEE_RIGHT,
    };

    return (character >= ' ' && character <= '~') ||
           memchr(others, (int)character, sizeof others) != NULL;
}

static void write_glyph(const struct font *font, const unsigned char *glyph)
{
    for (unsigned i = 0; i < font->glyph_size; i++)
        printf("%u,", glyph[i]);
    printf("\n");
}

static void write_font(const struct font *font, unsigned number)
{
    printf("static const uint8_t glyphs_%u[] = {\n", number);
    for (unsigned i = 0; i < CODES; i++)
        if (is_text(i) && find(font, i) != NULL)
            write_glyph(font, find(font, i));
    printf("};\nstatic const uint8_t codes_%u[] = {", number);
    for (unsigned i = 0; i < CODES; i++)
        if (is_text(i) && find(font, i) != NULL)
            printf("%u,", i);
    printf("0};\n");
}

int main(int count, char *names[])
{
    struct font fonts[FONTS_MAX];
    unsigned used = 0;

    printf("#include \"video/fonts/packaged_font.h\"\n");
    for (int i = 1; i < count && used < FONTS_MAX; i++, used++) {
        parse(&fonts[used], read_file(names[i]), names[i]);
        write_font(&fonts[used], used);
    }
    printf("const struct packaged_font packaged_fonts[] = {\n");
    for (unsigned i = 0; i < used; i++)
        printf("{%u, %u, codes_%u, glyphs_%u},\n", fonts[i].width,
               fonts[i].height, i, i);
    printf("{0, 0, 0, 0}};\n");
    return 0;
}
