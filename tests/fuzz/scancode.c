/* SPDX-License-Identifier: MIT */
/* Fuzzes the scancode decoder with arbitrary bytes.  No key may appear to be
   held after all keys have been released or an overrun has been reported. */
#include "fuzz.h"
#include "console/keymap.h"
#include "console/scancode.h"

#define EXTENDED    0xE0
#define RELEASED    0x80
#define PREFIX      0xF0 /* prefix of a break code in scancode set 2 */
#define PAUSE       0xE1
#define UNUSED_CODE 0x64
#define ACK         0xFA
#define RESEND      0xFE
#define OVERRUN     0xFF

/* The keys that are down according to the events received.  Characters are
   indexed by key position, or by the character typed for keypad keys.  A key
   that US keyboards lack has no position and types another character with
   other modifiers, so it is left out. */
struct listener {
    bool down[KEY_F12 + 1];
    bool character[128], keypad[128];
};

static void listen(struct listener *listener, const struct event *event)
{
    MUST(event->key > KEY_NONE && event->key <= KEY_UNTYPED);
    MUST(!event->repeat || event->down);
    MUST(!event->tap);
    if (event->key <= KEY_F12 && event->key != KEY_CHARACTER) {
        MUST(event->character == '\0' && event->position == '\0');
        listener->down[event->key] = event->down;
        return;
    }
    MUST(event->key == KEY_UNTYPED
             ? event->character == '\0' && event->position != '\0'
             : event->character >= ' ' && event->character <= '~');
    MUST(event->position == '\0' ||
         (event->position >= ' ' && event->position <= '~'));
    if (event->position != '\0')
        listener->character[(unsigned)event->position] = event->down;
    else if (strchr("*-+/", event->character) != NULL)
        listener->keypad[(unsigned)event->character] = event->down;
}

/* Returns false if the key's break code would be a prefix or a reply. */
static bool has_release(uint8_t code)
{
    uint8_t byte = code | RELEASED;

    return byte != EXTENDED && byte != PAUSE && byte != ACK && byte != RESEND &&
           byte != OVERRUN;
}

static bool is_held(const struct scancode_decoder *decoder, uint8_t code)
{
    return decoder->held[code / 32] >> code % 32 & 1;
}

static bool none_is_held(const struct scancode_decoder *decoder)
{
    for (unsigned code = 0; code <= UINT8_MAX; code++)
        if (has_release((uint8_t)code) && is_held(decoder, (uint8_t)code))
            return false;
    return true;
}

/* Passes a byte to the decoder in the same way as the kernel's driver. */
static void decode(struct scancode_decoder *decoder, uint8_t byte,
                   struct listener *listener)
{
    struct event event;
    unsigned released = 0;

    if (scancode_decode(decoder, byte, &event))
        listen(listener, &event);
    bool lost = decoder->lost;

    while (scancode_release(decoder, &event)) {
        MUST(!event.down && ++released <= 256);
        listen(listener, &event);
    }
    MUST(!decoder->lost);
    MUST(!lost || none_is_held(decoder));
}

/* Finds the set 2 equivalent of a set 1 scancode.  Returns false if none. */
static bool find_set_2(uint8_t code, uint8_t *byte)
{
    for (unsigned i = 1; i < 0x84; i++) {
        struct scancode_decoder decoder = {.set_2 = true};
        struct event event;

        scancode_decode(&decoder, (uint8_t)i, &event);
        *byte = (uint8_t)i;
        if (is_held(&decoder, code))
            return true;
    }
    return false;
}

static void release(struct scancode_decoder *decoder, uint8_t code,
                    struct listener *listener)
{
    uint8_t byte = code & (uint8_t)~RELEASED;

    if (decoder->set_2)
        MUST(find_set_2(byte, &byte));
    if (code & RELEASED)
        decode(decoder, EXTENDED, listener);
    if (decoder->set_2)
        decode(decoder, PREFIX, listener);
    else
        byte |= RELEASED;
    decode(decoder, byte, listener);
}

static void release_all(struct scancode_decoder *decoder,
                        struct listener *listener)
{
    /* Finish any incomplete Pause sequence or prefix first. */
    for (unsigned i = 0; i < 6; i++)
        release(decoder, UNUSED_CODE, listener);
    for (unsigned code = 0; code <= UINT8_MAX; code++)
        if (has_release((uint8_t)code) && is_held(decoder, (uint8_t)code))
            release(decoder, (uint8_t)code, listener);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct listener nothing;
    struct input input = {data, size};
    uint8_t choice = input_byte(&input);
    struct scancode_decoder decoder = {.set_2 = choice & 1,
                                       .keymap = choice / 2 % KEYMAPS};
    struct listener listener = {0};

    while (input.left > 0)
        decode(&decoder, input_byte(&input), &listener);
    release_all(&decoder, &listener);
    MUST(none_is_held(&decoder));
    MUST(memcmp(&listener, &nothing, sizeof listener) == 0);
    return 0;
}
