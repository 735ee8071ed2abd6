/* SPDX-License-Identifier: MIT */
/*
 * Source: IBM PS/2 Hardware Interface Technical Reference, "Keyboards (101- and
 * 102-Key)", scan code sets 1 and 2.  In set 1, bit 7 of a code is clear for a
 * press and set for a release, and E0 precedes the keys that the 83-key
 * keyboard lacks.  Set 2 has different codes and sends F0 before a release.  It
 * is translated to set 1 in the same way as by the controller.
 */
#include "scancode.h"
#include "keymap.h"

#define PREFIX_EXTENDED 0xE0
#define PREFIX_PAUSE    0xE1
#define PREFIX_RELEASED 0xF0 /* release prefix in set 2 */
#define PAUSE_REST      5    /* bytes of the Pause key after E1 */
#define RELEASED        0x80
#define EXTENDED        0x80 /* offset of E0 keys in the tables */

/* F7 is the only set 2 code above 7F.  Like the controller, treat it as 02. */
#define F7_SET_2 0x83
#define F7_SHORT 0x02

#define SHIFT_LEFT    0x2A
#define SHIFT_RIGHT   0x36
#define CONTROL       0x1D
#define CONTROL_RIGHT (EXTENDED | CONTROL)
#define ALT           0x38
#define ALT_GR        (EXTENDED | ALT)
#define CAPS_LOCK     0x3A
#define NUM_LOCK      0x45
#define SCROLL_LOCK   0x46
#define WINDOWS_LEFT  (EXTENDED | 0x5B)
#define WINDOWS_RIGHT (EXTENDED | 0x5C)

/* Replies and errors.  An overrun means that the keyboard has lost bytes. */
#define OVERRUN_0 0x00
#define ACK       0xFA
#define RESEND    0xFE
#define OVERRUN_1 0xFF

/* Set 2 to set 1 translation ("Keyboard and Auxiliary Device Controller"). */
static const uint8_t set_1[] = {
    0xFF, 0x43, 0x41, 0x3F, 0x3D, 0x3B, 0x3C, 0x58, 0x64, 0x44, 0x42, 0x40,
    0x3E, 0x0F, 0x29, 0x59, 0x65, 0x38, 0x2A, 0x70, 0x1D, 0x10, 0x02, 0x5A,
    0x66, 0x71, 0x2C, 0x1F, 0x1E, 0x11, 0x03, 0x5B, 0x67, 0x2E, 0x2D, 0x20,
    0x12, 0x05, 0x04, 0x5C, 0x68, 0x39, 0x2F, 0x21, 0x14, 0x13, 0x06, 0x5D,
    0x69, 0x31, 0x30, 0x23, 0x22, 0x15, 0x07, 0x5E, 0x6A, 0x72, 0x32, 0x24,
    0x16, 0x08, 0x09, 0x5F, 0x6B, 0x33, 0x25, 0x17, 0x18, 0x0B, 0x0A, 0x60,
    0x6C, 0x34, 0x35, 0x26, 0x27, 0x19, 0x0C, 0x61, 0x6D, 0x73, 0x28, 0x74,
    0x1A, 0x0D, 0x62, 0x6E, 0x3A, 0x36, 0x1C, 0x1B, 0x75, 0x2B, 0x63, 0x76,
    0x55, 0x56, 0x77, 0x78, 0x79, 0x7A, 0x0E, 0x7B, 0x7C, 0x4F, 0x7D, 0x4B,
    0x47, 0x7E, 0x7F, 0x6F, 0x52, 0x53, 0x50, 0x4C, 0x4D, 0x48, 0x01, 0x45,
    0x57, 0x4E, 0x51, 0x4A, 0x37, 0x49, 0x46, 0x54,
};

/* Keys without a character.  The keypad behaves as if Num Lock were off. */
static const struct {
    uint8_t code;
    uint8_t key;
} keys[] = {
    {0x01, KEY_ESCAPE},
    {0x0E, KEY_BACKSPACE},
    {0x0F, KEY_TAB},
    {0x1C, KEY_ENTER},
    {EXTENDED | 0x1C, KEY_ENTER},
    {0x3B, KEY_F1},
    {0x3C, KEY_F2},
    {0x3D, KEY_F3},
    {0x3E, KEY_F4},
    {0x3F, KEY_F5},
    {0x40, KEY_F6},
    {0x41, KEY_F7},
    {0x42, KEY_F8},
    {0x43, KEY_F9},
    {0x44, KEY_F10},
    {0x57, KEY_F11},
    {0x58, KEY_F12},
    {0x47, KEY_HOME},
    {0x48, KEY_UP},
    {0x49, KEY_PAGE_UP},
    {0x4B, KEY_LEFT},
    {0x4D, KEY_RIGHT},
    {0x4F, KEY_END},
    {0x50, KEY_DOWN},
    {0x51, KEY_PAGE_DOWN},
    {0x52, KEY_INSERT},
    {0x53, KEY_DELETE},
    {EXTENDED | 0x47, KEY_HOME},
    {EXTENDED | 0x48, KEY_UP},
    {EXTENDED | 0x49, KEY_PAGE_UP},
    {EXTENDED | 0x4B, KEY_LEFT},
    {EXTENDED | 0x4D, KEY_RIGHT},
    {EXTENDED | 0x4F, KEY_END},
    {EXTENDED | 0x50, KEY_DOWN},
    {EXTENDED | 0x51, KEY_PAGE_DOWN},
    {EXTENDED | 0x52, KEY_INSERT},
    {EXTENDED | 0x53, KEY_DELETE},
};

/* Keypad keys that always type a character. */
static const struct {
    uint8_t code;
    char character;
} keypad[] = {
    {0x37, '*'},
    {0x4A, '-'},
    {0x4E, '+'},
    {EXTENDED | 0x35, '/'},
};

static bool is_held(const struct scancode_decoder *decoder, uint8_t code)
{
    return decoder->held[code / 32] >> code % 32 & 1;
}

static void set_held(struct scancode_decoder *decoder, uint8_t code, bool down)
{
    uint32_t bit = 1u << code % 32;

    if (down)
        decoder->held[code / 32] |= bit;
    else
        decoder->held[code / 32] &= ~bit;
}

static enum key find_key(uint8_t code)
{
    for (unsigned i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (keys[i].code == code)
            return keys[i].key;
    return KEY_NONE;
}

static char find_character(const struct scancode_decoder *decoder, uint8_t code)
{
    bool shift = is_held(decoder, SHIFT_LEFT) || is_held(decoder, SHIFT_RIGHT);

    for (unsigned i = 0; i < sizeof keypad / sizeof keypad[0]; i++)
        if (keypad[i].code == code)
            return keypad[i].character;
    return keymap_character(decoder->keymap, code, shift,
                            is_held(decoder, ALT_GR));
}

static bool is_fake_shift(uint8_t code)
{
    return code == (EXTENDED | SHIFT_LEFT) || code == (EXTENDED | SHIFT_RIGHT);
}

/* Keys that cause no event of their own */
static bool is_modifier(uint8_t code)
{
    static const uint8_t modifiers[] = {SHIFT_LEFT,    SHIFT_RIGHT,   CONTROL,
                                        CONTROL_RIGHT, ALT,           ALT_GR,
                                        WINDOWS_LEFT,  WINDOWS_RIGHT, CAPS_LOCK,
                                        NUM_LOCK,      SCROLL_LOCK};

    for (unsigned i = 0; i < sizeof modifiers; i++)
        if (modifiers[i] == code)
            return true;
    return false;
}

static bool make_event(struct scancode_decoder *decoder, uint8_t code,
                       bool down, struct event *event)
{
    if (is_fake_shift(code))
        return false;
    *event = (struct event){
        .key = find_key(code),
        .down = down,
        .repeat = down && is_held(decoder, code),
        .control = is_held(decoder, CONTROL) || is_held(decoder, CONTROL_RIGHT),
        .alt = is_held(decoder, ALT),
        .windows =
            is_held(decoder, WINDOWS_LEFT) || is_held(decoder, WINDOWS_RIGHT),
    };
    decoder->modifier |= down && !event->repeat && is_modifier(code);
    set_held(decoder, code, down);
    if (event->key != KEY_NONE) {
        event->alt |= is_held(decoder, ALT_GR);
        return true;
    }
    event->character = find_character(decoder, code);
    event->position = keymap_position(code);
    event->key = event->character != '\0' ? KEY_CHARACTER : KEY_UNTYPED;
    return event->character != '\0' || event->position != '\0';
}

/* Translates a set 2 byte to set 1.  Returns false if it has no equivalent. */
static bool translate(struct scancode_decoder *decoder, uint8_t *byte)
{
    bool released = decoder->released;

    decoder->released = *byte == PREFIX_RELEASED;
    if (*byte == PREFIX_EXTENDED || *byte == PREFIX_PAUSE || *byte == OVERRUN_1)
        return true;
    if (*byte == F7_SET_2)
        *byte = F7_SHORT;
    if (*byte >= sizeof set_1)
        return false;
    *byte = set_1[*byte];
    if (released && *byte != OVERRUN_1)
        *byte |= RELEASED;
    return true;
}

/* Drops an incomplete sequence and records that bytes were lost. */
static bool lose(struct scancode_decoder *decoder)
{
    decoder->extended = decoder->released = false;
    decoder->skip = 0;
    decoder->lost = true;
    return false;
}

bool scancode_release(struct scancode_decoder *decoder, struct event *event)
{
    for (unsigned code = 0; decoder->lost && code <= UINT8_MAX; code++)
        if (is_held(decoder, (uint8_t)code) &&
            make_event(decoder, (uint8_t)code, false, event))
            return true;
    decoder->lost = false;
    return false;
}

bool scancode_decode(struct scancode_decoder *decoder, uint8_t byte,
                     struct event *event)
{
    if (decoder->set_2 && !translate(decoder, &byte))
        return false;
    if (byte == OVERRUN_0 || byte == OVERRUN_1)
        return lose(decoder);
    if (decoder->skip > 0) {
        decoder->skip--;
        return false;
    }
    if (byte == PREFIX_PAUSE) {
        decoder->skip = PAUSE_REST;
        return false;
    }
    if (byte == PREFIX_EXTENDED) {
        decoder->extended = true;
        return false;
    }
    bool extended = decoder->extended;

    decoder->extended = false;
    if (byte == ACK || byte == RESEND)
        return false;

    uint8_t code = byte & (uint8_t)~RELEASED;
    if (extended)
        code |= EXTENDED;
    return make_event(decoder, code, !(byte & RELEASED), event);
}
