/* SPDX-License-Identifier: MIT */
/*
 * Any bytes from a keyboard.  After all keys were let go, or lost, nobody
 * may believe that one is still held.
 */
#include "fuzz.h"
#include "console/scancode.h"

#define EXTENDED 0xE0
#define RELEASED 0x80
#define PREFIX   0xF0 /* before a release in set 2 */
#define PAUSE    0xE1
#define NO_KEY   0x64
#define ACK      0xFA
#define RESEND   0xFE
#define OVERRUN  0xFF

/* What a listener believes: keys by kind, characters by place or by what they
   write. */
struct belief {
    bool down[KEY_F12 + 1];
    bool character[128], keypad[128];
};

static void listen(struct belief *belief, const struct event *event)
{
    MUST(event->key > KEY_NONE && event->key <= KEY_F12);
    MUST(!event->repeat || event->down);
    MUST(!event->tap);
    if (event->key != KEY_CHARACTER) {
        MUST(event->character == '\0' && event->position == '\0');
        belief->down[event->key] = event->down;
        return;
    }
    MUST(event->character >= ' ' && event->character <= '~');
    MUST(event->position == '\0' ||
         (event->position >= ' ' && event->position <= '~'));
    if (event->position != '\0')
        belief->character[(unsigned)event->position] = event->down;
    else
        belief->keypad[(unsigned)event->character] = event->down;
}

/* Some codes are no key's: as releases they would be something else. */
static bool can_be_let_go(uint8_t code)
{
    uint8_t byte = code | RELEASED;

    return byte != EXTENDED && byte != PAUSE && byte != ACK && byte != RESEND &&
           byte != OVERRUN;
}

static bool is_held(const struct scancode_decoder *decoder, uint8_t code)
{
    return decoder->held[code / 32] >> code % 32 & 1;
}

static bool nothing_is_held(const struct scancode_decoder *decoder)
{
    for (unsigned code = 0; code <= UINT8_MAX; code++)
        if (can_be_let_go((uint8_t)code) && is_held(decoder, (uint8_t)code))
            return false;
    return true;
}

/* As the kernel does. */
static void give(struct scancode_decoder *decoder, uint8_t byte,
                 struct belief *belief)
{
    struct event event;
    unsigned released = 0;

    if (scancode_decode(decoder, byte, &event))
        listen(belief, &event);
    bool lost = decoder->lost;

    while (scancode_let_go(decoder, &event)) {
        MUST(!event.down && ++released <= 256);
        listen(belief, &event);
    }
    MUST(!decoder->lost);
    MUST(!lost || nothing_is_held(decoder));
}

/* A byte of set 1, by the one of set 2 that becomes it, if there is one. */
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

static void let_go(struct scancode_decoder *decoder, uint8_t code,
                   struct belief *belief)
{
    uint8_t byte = code & (uint8_t)~RELEASED;

    if (decoder->set_2)
        MUST(find_set_2(byte, &byte));
    if (code & RELEASED)
        give(decoder, EXTENDED, belief);
    if (decoder->set_2)
        give(decoder, PREFIX, belief);
    else
        byte |= RELEASED;
    give(decoder, byte, belief);
}

static void let_all_go(struct scancode_decoder *decoder, struct belief *belief)
{
    /* What a Pause or a prefix would swallow. */
    for (unsigned i = 0; i < 6; i++)
        let_go(decoder, NO_KEY, belief);
    for (unsigned code = 0; code <= UINT8_MAX; code++)
        if (can_be_let_go((uint8_t)code) && is_held(decoder, (uint8_t)code))
            let_go(decoder, (uint8_t)code, belief);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct belief nothing;
    struct input input = {data, size};
    struct scancode_decoder decoder = {.set_2 = input_byte(&input) & 1};
    struct belief belief = {0};

    while (input.left > 0)
        give(&decoder, input_byte(&input), &belief);
    let_all_go(&decoder, &belief);
    MUST(nothing_is_held(&decoder));
    MUST(memcmp(&belief, &nothing, sizeof belief) == 0);
    return 0;
}
