/* SPDX-License-Identifier: MIT */
/*
 * IBM PS/2 Hardware Interface Technical Reference, "Keyboards (101- and
 * 102-Key)", scan code set 1.  A key's code has bit 7 clear when it goes down
 * and set when it comes up; E0 stands before the keys that the 83-key
 * keyboard did not have.
 */
#include "scancode.h"

#define PREFIX_EXTENDED 0xE0
#define PREFIX_PAUSE    0xE1
#define PAUSE_REST      5 /* bytes of Pause after its E1 */
#define RELEASED        0x80
#define EXTENDED        0x80 /* where the E0 keys stand in our tables */

#define SHIFT_LEFT    0x2A
#define SHIFT_RIGHT   0x36
#define CONTROL       0x1D
#define CONTROL_RIGHT (EXTENDED | CONTROL)

/* Replies and failures; none of them is a key. */
#define OVERRUN_0 0x00
#define ACK       0xFA
#define RESEND    0xFE
#define OVERRUN_1 0xFF

/* Characters of the US layout by code; 0 writes nothing. */
static const char plain[0x60] =
    "\0\0001234567890-=\0\0qwertyuiop[]\0\0asdfghjkl;'`\0\\zxcvbnm,./\0*\0 ";
static const char shifted[0x60] =
    "\0\0!@#$%^&*()_+\0\0QWERTYUIOP{}\0\0ASDFGHJKL:\"~\0|ZXCVBNM<>?\0*\0 ";

/* Keys that are no characters.  The keypad's are taken as the cursor keys
   that are printed on it, whatever Num Lock says. */
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

/* Keypad keys that write whatever Num Lock says. */
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
    if (code >= sizeof plain)
        return '\0';
    return shift ? shifted[code] : plain[code];
}

static char find_position(uint8_t code)
{
    for (unsigned i = 0; i < sizeof keypad / sizeof keypad[0]; i++)
        if (keypad[i].code == code)
            return '\0';
    return plain[code];
}

static bool is_fake_shift(uint8_t code)
{
    return code == (EXTENDED | SHIFT_LEFT) || code == (EXTENDED | SHIFT_RIGHT);
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
    };
    set_held(decoder, code, down);
    if (event->key == KEY_NONE) {
        event->character = find_character(decoder, code);
        if (event->character == '\0')
            return false;
        event->position = find_position(code);
        event->key = KEY_CHARACTER;
    }
    return true;
}

static bool is_reply(uint8_t byte)
{
    return byte == OVERRUN_0 || byte == ACK || byte == RESEND ||
           byte == OVERRUN_1;
}

bool scancode_decode(struct scancode_decoder *decoder, uint8_t byte,
                     struct event *event)
{
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
    if (is_reply(byte))
        return false;

    uint8_t code = byte & (uint8_t)~RELEASED;
    if (extended)
        code |= EXTENDED;
    return make_event(decoder, code, !(byte & RELEASED), event);
}
