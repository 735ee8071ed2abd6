/* SPDX-License-Identifier: MIT */
/* Fuzzes the escape sequence decoder, which must recover after any pause. */
#include "fuzz.h"
#include "console/escape_decoder.h"
#include "console/keymap.h"

#define PAUSE_BYTE 0xFE /* input byte followed by a pause length */
#define STEP_US    10000u

static void check(const struct event *event)
{
    MUST(event->tap && event->down && !event->repeat);
    MUST(event->key > KEY_NONE && event->key <= KEY_F12);
    if (event->key != KEY_CHARACTER) {
        MUST(event->character == '\0' && event->position == '\0');
        return;
    }
    MUST(event->character >= ' ' && event->character <= '~');
    MUST(event->position == '\0' ||
         (event->position >= ' ' && event->position <= '~'));
    MUST(!event->control ||
         (event->character >= 'a' && event->character <= 'z'));
}

static void decode(struct escape_decoder *decoder, uint8_t byte, uint64_t now)
{
    struct event events[ESCAPE_EVENTS];
    unsigned count = escape_decode(decoder, byte, now, events);

    MUST(count <= ESCAPE_EVENTS);
    for (unsigned i = 0; i < count; i++)
        check(&events[i]);
    MUST(decoder->length <= ESCAPE_SIZE);
    MUST(decoder->row == 0 || (decoder->row < 10000 && decoder->column > 0 &&
                               decoder->column < 10000));
    MUST(escape_due(decoder) == UINT64_MAX || escape_due(decoder) > now);
    decoder->row = 0;
}

static void pause(struct escape_decoder *decoder, uint64_t *now, uint64_t time)
{
    uint64_t due = escape_due(decoder);
    struct event event;
    unsigned count = 0;

    *now += time;
    while (escape_turn(decoder, *now, &event)) {
        MUST(due <= *now && ++count <= 2);
        check(&event);
    }
    MUST(due > *now || !decoder->inside);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    struct escape_decoder decoder = {.keymap = (unsigned)(size % KEYMAPS)};
    struct event events[ESCAPE_EVENTS];
    uint64_t now = 1000000;

    while (input.left > 0) {
        uint8_t byte = input_byte(&input);

        if (byte == PAUSE_BYTE)
            pause(&decoder, &now, (uint64_t)input_byte(&input) * STEP_US);
        else
            decode(&decoder, byte, now);
    }
    pause(&decoder, &now, ESCAPE_BROKEN_US);
    MUST(escape_decode(&decoder, 'x', now, events) == 1);
    MUST(events[0].key == KEY_CHARACTER && events[0].character == 'x');
    return 0;
}
