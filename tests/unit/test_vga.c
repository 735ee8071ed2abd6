/* SPDX-License-Identifier: MIT */
/* Tests detection of graphics cards and programming a VGA or older card. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "drivers/vga.c"

static struct {
    bool vga;        /* true if the card has readable registers and a palette */
    bool controller; /* false if no register responds */
    uint16_t crtc;   /* base port of the CRT controller */
    uint8_t index, registers[256];
    uint8_t misc;
    uint8_t sequencer_index, sequencer[8];
    uint8_t graphics_index, graphics[16];
    /* true if the next write to the attribute controller is data */
    bool attribute_value;
    uint8_t attribute_index, attribute[32];
    uint8_t palette[256][3];
    unsigned palette_at;
    bool written[256]; /* whether each CRTC register was written */
    bool other;        /* true if any other port was written */
    uint8_t mode;
    uint16_t bios_crtc;
    uint8_t font[256][32];
    uint16_t text_mono[25 * 80], text_colour[50 * 80];
} pc;

static bool font_is_open(void)
{
    return pc.sequencer[2] == 4 && pc.sequencer[4] == 7 &&
           pc.graphics[4] == 2 && pc.graphics[5] == 0 && pc.graphics[6] == 4;
}

uint8_t physical_read(uint32_t address)
{
    if (address == 0x449)
        return pc.mode;
    assert_in_range(address, 0xA0000, 0xA0000 + sizeof pc.font - 1);
    assert_true(font_is_open());
    return pc.font[(address - 0xA0000) / 32][address % 32];
}

uint16_t physical_read16(uint32_t address)
{
    assert_int_equal(address, 0x463);
    return pc.bios_crtc;
}

void physical_write(uint32_t address, uint8_t value)
{
    assert_in_range(address, 0xA0000, 0xA0000 + sizeof pc.font - 1);
    assert_true(font_is_open());
    pc.font[(address - 0xA0000) / 32][address % 32] = value;
}

void physical_write16(uint32_t address, uint16_t value)
{
    bool mono = address < 0xB8000;
    uint32_t cell = (address - (mono ? 0xB0000 : 0xB8000)) / 2;

    assert_false(font_is_open());
    if (mono)
        pc.text_mono[cell] = value;
    else
        pc.text_colour[cell] = value;
}

static void write_attribute_port(uint8_t value)
{
    if (pc.attribute_value)
        pc.attribute[pc.attribute_index & 31] = value;
    else
        pc.attribute_index = value;
    pc.attribute_value = !pc.attribute_value;
}

static void write_card(uint16_t port, uint8_t value)
{
    switch (port) {
    case 0x3C0:
        write_attribute_port(value);
        break;
    case 0x3C2:
        pc.misc = value;
        break;
    case 0x3C4:
        pc.sequencer_index = value & 7;
        break;
    case 0x3C5:
        pc.sequencer[pc.sequencer_index] = value;
        break;
    case 0x3C7:
    case 0x3C8:
        pc.palette_at = value * 3u;
        break;
    case 0x3C9:
        pc.palette[pc.palette_at / 3][pc.palette_at % 3] = value & 0x3F;
        pc.palette_at++;
        break;
    case 0x3CE:
        pc.graphics_index = value & 15;
        break;
    case 0x3CF:
        pc.graphics[pc.graphics_index] = value;
        break;
    default:
        break;
    }
}

void port_write(uint16_t port, uint8_t value)
{
    if (!pc.controller)
        return;
    if (port == pc.crtc) {
        pc.index = value;
    } else if (port == pc.crtc + 1) {
        pc.registers[pc.index] = value;
        pc.written[pc.index] = true;
    } else {
        /* Probing for a palette is harmless on a card without one. */
        pc.other |= port < 0x3C6 || port > 0x3C9;
        if (pc.vga)
            write_card(port, value);
    }
}

static uint8_t read_vga(uint16_t port)
{
    switch (port) {
    case 0x3C1:
        return pc.attribute[pc.attribute_index & 31];
    case 0x3C5:
        return pc.sequencer[pc.sequencer_index];
    case 0x3C9:
        pc.palette_at++;
        return pc.palette[(pc.palette_at - 1) / 3][(pc.palette_at - 1) % 3];
    case 0x3CC:
        return pc.misc;
    case 0x3CF:
        return pc.graphics[pc.graphics_index];
    default:
        fail_msg("port %x is read", port);
        return 0;
    }
}

uint8_t port_read(uint16_t port)
{
    if (!pc.controller)
        return 0xFF;
    if (port == pc.crtc + 1)
        return pc.index == 0x0E || pc.index == 0x0F || pc.vga
                   ? pc.registers[pc.index]
                   : 0xFF;
    if (!pc.vga)
        return 0xFF;
    if (port == pc.crtc)
        return pc.index;
    if (port == pc.crtc + 6) {
        pc.attribute_value = false;
        return 0;
    }
    return read_vga(port);
}

static void be_vga(uint16_t at)
{
    memset(&pc, 0, sizeof pc);
    pc.vga = pc.controller = true;
    pc.crtc = pc.bios_crtc = at;
    pc.mode = at == 0x3D4 ? 3 : 7;
    pc.misc = at == 0x3D4 ? 0x67 : 0x66;
    pc.registers[0x09] = 0x4F;
    pc.sequencer[2] = 3;
    pc.sequencer[4] = 2;
    pc.graphics[5] = 0x10;
    pc.graphics[6] = 0x0E;
    pc.attribute[0x10] = 0x0C;
    pc.attribute[0x13] = 0x08;
    memset(pc.font, 0x5A, sizeof pc.font);
}

static void be_old(uint16_t at, uint8_t mode)
{
    memset(&pc, 0, sizeof pc);
    pc.controller = true;
    pc.crtc = pc.bios_crtc = at;
    pc.mode = mode;
    pc.registers[0x0F] = 80;
}

/* Checks that only the cursor position was written and then restored. */
static void check_untouched(uint8_t low)
{
    assert_false(pc.other);
    for (unsigned i = 0; i < 256; i++)
        if (pc.written[i])
            assert_in_range(i, 0x0E, 0x0F);
    assert_int_equal(pc.registers[0x0F], low);
}

static void test_vga_is_found(void **state)
{
    (void)state;
    be_vga(0x3D4);
    pc.palette[255][1] = 7;
    assert_int_equal(vga_probe(), VGA_FULL);
    assert_int_equal(pc.palette[255][0], 0);
    assert_int_equal(pc.palette[255][1], 7);
    be_vga(0x3B4);
    assert_int_equal(vga_probe(), VGA_FULL);
}

static void test_older_cards_are_found(void **state)
{
    static const struct {
        uint16_t crtc;
        uint8_t mode;
        enum vga_kind kind;
    } cards[] = {
        {0x3B4, 7, VGA_MDA},  {0x3D4, 3, VGA_CGA_EGA}, {0x3D4, 2, VGA_CGA_EGA},
        {0x3D4, 1, VGA_NONE}, {0x3D4, 6, VGA_NONE},    {0x3B4, 3, VGA_NONE},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof cards / sizeof cards[0]; i++) {
        be_old(cards[i].crtc, cards[i].mode);
        assert_int_equal(vga_probe(), cards[i].kind);
        check_untouched(80);
    }
}

/* A card must not be mistaken for a VGA if it does not respond. */
static void test_no_card_is_found(void **state)
{
    (void)state;
    be_vga(0x3D4);
    pc.bios_crtc = 0;
    assert_int_equal(vga_probe(), VGA_NONE);
    be_old(0x3D4, 3);
    pc.controller = false;
    assert_int_equal(vga_probe(), VGA_NONE);
    be_vga(0x3D4);
    pc.misc = 0xFF;
    assert_int_equal(vga_probe(), VGA_CGA_EGA);
    be_vga(0x3D4);
    pc.misc &= 0xFE;
    assert_int_equal(vga_probe(), VGA_CGA_EGA);
}

static void test_50_rows(void **state)
{
    (void)state;
    be_vga(0x3D4);
    vga_probe();
    vga_start(8, true);
    assert_int_equal(pc.registers[0x09], 0x47);
    assert_int_equal(pc.registers[0x0A] & 0x20, 0x20);
    assert_int_equal(pc.registers[0x0E], 0xFF);
    assert_int_equal(pc.registers[0x0F], 0xFF);
    assert_int_equal(pc.misc, 0x63);
    assert_int_equal(pc.sequencer[0], 3);
    assert_int_equal(pc.sequencer[1], 1);
    assert_int_equal(pc.attribute[0x10], 0x04);
    assert_int_equal(pc.attribute[0x13], 0);
    assert_int_equal(pc.attribute_index & 0x20, 0x20);
    vga_start(16, true);
    assert_int_equal(pc.registers[0x09], 0x4F);
}

static void test_nine_dots_are_kept(void **state)
{
    (void)state;
    be_vga(0x3D4);
    vga_probe();
    vga_start(8, false);
    assert_int_equal(pc.misc, 0x67);
    assert_int_equal(pc.sequencer[1], 0);
    assert_int_equal(pc.attribute[0x13], 8);
}

static void test_font(void **state)
{
    const uint8_t glyphs[2][8] = {{1, 2, 3, 4, 5, 6, 7, 8},
                                  {9, 10, 11, 12, 13, 14, 15, 16}};
    uint8_t got[3][8];

    (void)state;
    be_vga(0x3D4);
    vga_probe();
    vga_set_glyphs(65, 2, &glyphs[0][0], 8);
    assert_memory_equal(pc.font[65], glyphs[0], 8);
    assert_memory_equal(pc.font[66], glyphs[1], 8);
    assert_int_equal(pc.font[65][8], 0x5A);
    assert_int_equal(pc.font[67][0], 0x5A);
    vga_get_glyphs(65, 3, &got[0][0], 8);
    assert_memory_equal(got, glyphs, sizeof glyphs);
    assert_int_equal(got[2][0], 0x5A);
    /* Normal access to text memory must be restored. */
    assert_int_equal(pc.sequencer[2], 3);
    assert_int_equal(pc.sequencer[4], 2);
    assert_int_equal(pc.graphics[5], 0x10);
    assert_int_equal(pc.graphics[6], 0x0E);
    assert_int_equal(pc.sequencer[0], 3);
}

static void test_colours(void **state)
{
    struct vga_colour colours[16];

    (void)state;
    be_vga(0x3D4);
    vga_probe();
    for (uint8_t i = 0; i < 16; i++)
        colours[i] = (struct vga_colour){i, (uint8_t)(i + 16), 63};
    vga_set_colours(colours);
    for (unsigned i = 0; i < 16; i++) {
        const uint8_t *entry = pc.palette[pc.attribute[i]];

        assert_int_equal(entry[0], i);
        assert_int_equal(entry[1], i + 16);
        assert_int_equal(entry[2], 63);
    }
    assert_int_equal(pc.attribute_index & 0x20, 0x20);
}

static void test_cell_memory(void **state)
{
    (void)state;
    be_vga(0x3D4);
    vga_probe();
    vga_put_cell(49, 79, 0x1234);
    assert_int_equal(pc.text_colour[49 * 80 + 79], 0x1234);
    be_old(0x3B4, 7);
    vga_probe();
    vga_put_cell(1, 2, 0x0741);
    assert_int_equal(pc.text_mono[82], 0x0741);
    vga_hide_cursor();
    check_untouched(0xFF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vga_is_found),
        cmocka_unit_test(test_older_cards_are_found),
        cmocka_unit_test(test_no_card_is_found),
        cmocka_unit_test(test_50_rows),
        cmocka_unit_test(test_nine_dots_are_kept),
        cmocka_unit_test(test_font),
        cmocka_unit_test(test_colours),
        cmocka_unit_test(test_cell_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
