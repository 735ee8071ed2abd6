/* SPDX-License-Identifier: MIT */
/* VGA text mode (IBM VGA Technical Reference, "PS/2 Video Subsystem"). */
#include "vga.h"
#include "arch/io.h"
#include "arch/physical.h"

/* BIOS data area */
#define BDA_MODE      0x449
#define BDA_CRTC_PORT 0x463 /* 0 if there is no BIOS */
#define MODE_80_GREY  2
#define MODE_80       3
#define MODE_MONO     7

#define CRTC_COLOUR 0x3D4
#define CRTC_MONO   0x3B4

#define STATUS_OFFSET  6 /* offset from the CRTC port, 3DA or 3BA */
#define ATTRIBUTE      0x3C0
#define ATTRIBUTE_READ 0x3C1
#define MISC_WRITE     0x3C2
#define MISC_READ      0x3CC
#define SEQUENCER      0x3C4
#define GRAPHICS       0x3CE
#define DAC_MASK       0x3C6
#define DAC_READ_INDEX 0x3C7
#define DAC_INDEX      0x3C8
#define DAC_DATA       0x3C9

/* CRT controller registers */
#define MAXIMUM_SCAN_LINE 0x09 /* bits 0-4 are the character height minus 1 */
#define PRESET_ROW_SCAN   0x08
#define CURSOR_START      0x0A /* bit 5 turns the cursor off */
#define CURSOR_END        0x0B
#define START_HIGH        0x0C /* address of the first cell shown */
#define START_LOW         0x0D
#define CURSOR_HIGH       0x0E
#define CURSOR_LOW        0x0F

/* Attribute controller registers */
#define ATTRIBUTE_MODE 0x10
#define MODE_BLINK     0x08
#define PEL_PANNING    0x13
#define ATTRIBUTE_SHOW 0x20 /* if clear, the screen is black */

/* Sequencer registers */
#define SEQ_RESET       0x00
#define RESET_SYNC      0x01
#define RESET_OFF       0x03
#define SEQ_CLOCKING    0x01
#define EIGHT_DOTS      0x01
#define SEQ_MAP_MASK    0x02
#define SEQ_CHARACTERS  0x03 /* font select, 0 for the first font */
#define SEQ_MEMORY_MODE 0x04

/* Graphics controller registers */
#define GFX_READ_MAP 0x04
#define GFX_MODE     0x05
#define GFX_MISC     0x06

#define MISC_COLOUR     0x01 /* CRTC is at 3D4 rather than 3B4 */
#define MISC_CLOCK_MASK 0x0C /* 0 selects 25.175 MHz, for 640 dots */

#define NO_DEVICE 0xFF

#define FONT_MEMORY 0xA0000
#define FONT_STRIDE 32 /* bytes per glyph, whatever its height */
#define TEXT_COLOUR 0xB8000
#define TEXT_MONO   0xB0000

static uint16_t crtc;

static uint8_t read_indexed(uint16_t port, uint8_t index)
{
    port_write(port, index);
    return port_read((uint16_t)(port + 1));
}

static void write_indexed(uint16_t port, uint8_t index, uint8_t value)
{
    port_write(port, index);
    port_write((uint16_t)(port + 1), value);
}

/* Reading the status resets the index/data flip-flop. */
static void write_attribute(uint8_t index, uint8_t value)
{
    port_read((uint16_t)(crtc + STATUS_OFFSET));
    port_write(ATTRIBUTE, index);
    port_write(ATTRIBUTE, value);
    port_read((uint16_t)(crtc + STATUS_OFFSET));
    port_write(ATTRIBUTE, ATTRIBUTE_SHOW);
}

static uint8_t read_attribute(uint8_t index)
{
    port_read((uint16_t)(crtc + STATUS_OFFSET));
    port_write(ATTRIBUTE, index);
    uint8_t value = port_read(ATTRIBUTE_READ);

    port_read((uint16_t)(crtc + STATUS_OFFSET));
    port_write(ATTRIBUTE, ATTRIBUTE_SHOW);
    return value;
}

static void read_entry(uint8_t entry, uint8_t colour[3])
{
    port_write(DAC_READ_INDEX, entry);
    for (unsigned i = 0; i < 3; i++)
        colour[i] = port_read(DAC_DATA);
}

static void write_entry(uint8_t entry, const uint8_t colour[3])
{
    port_write(DAC_INDEX, entry);
    for (unsigned i = 0; i < 3; i++)
        port_write(DAC_DATA, colour[i]);
}

/* Tests the DAC with six-bit values in an entry unused by text mode. */
static bool has_palette(void)
{
    static const uint8_t tried[3] = {0x2A, 0x15, 0x3F};
    uint8_t before[3], after[3];

    read_entry(0xFF, before);
    write_entry(0xFF, tried);
    read_entry(0xFF, after);
    write_entry(0xFF, before);
    for (unsigned i = 0; i < 3; i++)
        if (after[i] != tried[i])
            return false;
    return true;
}

/* Only a VGA has a readable output register; bit 0 selects the CRTC port. */
static bool is_vga(void)
{
    uint8_t misc = port_read(MISC_READ);

    return misc != NO_DEVICE && (misc & MISC_COLOUR) == (crtc == CRTC_COLOUR) &&
           has_palette();
}

static bool has_readable_index(void)
{
    uint8_t before = port_read(crtc);

    port_write(crtc, CURSOR_LOW);
    bool kept = port_read(crtc) == CURSOR_LOW;

    port_write(crtc, before);
    return kept;
}

/* On older cards the CRTC index is write-only, but the cursor is readable. */
static bool keeps_cursor(void)
{
    uint8_t before = read_indexed(crtc, CURSOR_LOW);
    uint8_t other = before ^ 0xFF;

    write_indexed(crtc, CURSOR_LOW, other);
    bool kept = read_indexed(crtc, CURSOR_LOW) == other;

    write_indexed(crtc, CURSOR_LOW, before);
    return kept;
}

/* Memory at B8000 is not probed: without a VGA it may be ordinary RAM. */
enum vga_kind vga_probe(void)
{
    uint8_t mode = physical_read(BDA_MODE);

    crtc = physical_read16(BDA_CRTC_PORT);
    if (crtc != CRTC_COLOUR && crtc != CRTC_MONO)
        return VGA_NONE;
    if (has_readable_index() && is_vga())
        return VGA_FULL;
    if (!keeps_cursor())
        return VGA_NONE;
    if (crtc == CRTC_MONO)
        return mode == MODE_MONO ? VGA_MDA : VGA_NONE;
    return mode == MODE_80 || mode == MODE_80_GREY ? VGA_CGA_EGA : VGA_NONE;
}

/* Nine-dot characters would leave a dark stripe beside each tube digit. */
static void set_eight_dots(void)
{
    uint8_t misc = port_read(MISC_READ);
    uint8_t clocking = read_indexed(SEQUENCER, SEQ_CLOCKING);

    write_indexed(SEQUENCER, SEQ_RESET, RESET_SYNC);
    write_indexed(SEQUENCER, SEQ_CLOCKING, clocking | EIGHT_DOTS);
    port_write(MISC_WRITE, (uint8_t)(misc & ~MISC_CLOCK_MASK));
    write_indexed(SEQUENCER, SEQ_RESET, RESET_OFF);
    write_attribute(PEL_PANNING, 0);
}

/* Uses only registers that MDA, CGA and EGA also have. */
void vga_hide_cursor(void)
{
    write_indexed(crtc, CURSOR_HIGH, 0xFF);
    write_indexed(crtc, CURSOR_LOW, 0xFF);
}

/* On some cards bit 5 misplaces the cursor, so also move it off the page. */
static void disable_cursor(void)
{
    write_indexed(crtc, CURSOR_START, 0x20);
    write_indexed(crtc, CURSOR_END, 0);
    vga_hide_cursor();
}

void vga_start(unsigned glyph_lines, bool eight_dots)
{
    uint8_t scan = read_indexed(crtc, MAXIMUM_SCAN_LINE);

    /* Preserve bits 5-7, which include line compare and scan doubling. */
    scan = (uint8_t)((scan & 0xE0) | (glyph_lines - 1));
    write_indexed(crtc, MAXIMUM_SCAN_LINE, scan);
    write_indexed(crtc, PRESET_ROW_SCAN, 0);
    write_indexed(crtc, START_HIGH, 0);
    write_indexed(crtc, START_LOW, 0);
    disable_cursor();
    if (eight_dots)
        set_eight_dots();
    write_indexed(SEQUENCER, SEQ_CHARACTERS, 0);
    write_attribute(ATTRIBUTE_MODE,
                    read_attribute(ATTRIBUTE_MODE) & (uint8_t)~MODE_BLINK);
}

/* Registers that map the font plane to A0000.  All five must be set, or some
   cards write only every other line. */
static const struct {
    uint16_t port;
    uint8_t index, value;
} font_access[] = {
    {SEQUENCER, SEQ_MAP_MASK, 0x04},    /* plane 2 */
    {SEQUENCER, SEQ_MEMORY_MODE, 0x07}, /* disable odd/even */
    {GRAPHICS, GFX_READ_MAP, 0x02},     /* plane 2 */
    {GRAPHICS, GFX_MODE, 0x00},         /* disable odd/even */
    {GRAPHICS, GFX_MISC, 0x04},         /* 64 KB at A0000 */
};
#define FONT_REGISTERS (sizeof font_access / sizeof font_access[0])

static void write_access(const uint8_t values[FONT_REGISTERS])
{
    write_indexed(SEQUENCER, SEQ_RESET, RESET_SYNC);
    for (unsigned i = 0; i < FONT_REGISTERS; i++)
        write_indexed(font_access[i].port, font_access[i].index, values[i]);
    write_indexed(SEQUENCER, SEQ_RESET, RESET_OFF);
}

static void open_font(uint8_t saved[FONT_REGISTERS])
{
    uint8_t values[FONT_REGISTERS];

    for (unsigned i = 0; i < FONT_REGISTERS; i++) {
        saved[i] = read_indexed(font_access[i].port, font_access[i].index);
        values[i] = font_access[i].value;
    }
    write_access(values);
}

void vga_set_glyphs(unsigned first, unsigned count, const uint8_t *glyphs,
                    unsigned glyph_lines)
{
    uint8_t saved[FONT_REGISTERS];

    open_font(saved);
    for (unsigned i = 0; i < count; i++)
        for (unsigned line = 0; line < glyph_lines; line++)
            physical_write(FONT_MEMORY + (first + i) * FONT_STRIDE + line,
                           glyphs[i * glyph_lines + line]);
    write_access(saved);
}

void vga_get_glyphs(unsigned first, unsigned count, uint8_t *glyphs,
                    unsigned glyph_lines)
{
    uint8_t saved[FONT_REGISTERS];

    open_font(saved);
    for (unsigned i = 0; i < count; i++)
        for (unsigned line = 0; line < glyph_lines; line++)
            glyphs[i * glyph_lines + line] =
                physical_read(FONT_MEMORY + (first + i) * FONT_STRIDE + line);
    write_access(saved);
}

/* Maps colour n to DAC entry n (the BIOS maps 6 to 20 and 8-15 to 56-63). */
void vga_set_colours(const struct vga_colour colours[16])
{
    for (uint8_t i = 0; i < 16; i++)
        write_attribute(i, i);
    port_write(DAC_MASK, 0xFF);
    port_write(DAC_INDEX, 0);
    for (unsigned i = 0; i < 16; i++) {
        port_write(DAC_DATA, colours[i].red);
        port_write(DAC_DATA, colours[i].green);
        port_write(DAC_DATA, colours[i].blue);
    }
}

/* Write all 16 bits at once, because some cards lose single-byte writes. */
void vga_put_cell(unsigned row, unsigned column, uint16_t cell)
{
    uint32_t text = crtc == CRTC_MONO ? TEXT_MONO : TEXT_COLOUR;

    physical_write16(text + 2 * (row * VGA_COLUMNS + column), cell);
}
