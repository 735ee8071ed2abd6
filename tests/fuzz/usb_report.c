/* SPDX-License-Identifier: MIT */
/* Fuzzes the decoder of USB keyboard reports with arbitrary reports, at
   arbitrary times.  No key may appear to be held after the keyboard has been
   unplugged. */
#include "fuzz.h"
#include "console/keymap.h"
#include "console/usb_report.h"

#define EVENTS_MAX 21 /* 6 keys released, 8 modifiers, 6 keys, one repeat */

#define REQUESTS_MAX 64

/* Requests in the input */
#define UNPLUG 0
#define WAIT   1
#define SHORT  2

static void check(const struct event *event)
{
    MUST(event->key > KEY_NONE && event->key <= KEY_UNTYPED);
    MUST(!event->repeat || event->down);
    MUST(!event->tap);
    MUST((event->key == KEY_CHARACTER) == (event->character != '\0'));
    MUST(event->character == '\0' ||
         (event->character >= ' ' && event->character <= '~'));
}

/* Takes all events, or only one, as a driver that is late. */
static void take(struct usb_report_decoder *decoder, uint64_t now, bool one)
{
    struct event event;
    unsigned count = 0;

    while (usb_report_next(decoder, now, &event)) {
        check(&event);
        MUST(++count <= EVENTS_MAX);
        if (one)
            return;
    }
}

/* The report is allocated exactly, so that a read beyond it is found. */
static void receive(struct usb_report_decoder *decoder, struct input *input,
                    unsigned size)
{
    uint8_t *report = malloc(size);

    MUST(report != NULL);
    input_read(input, report, size);
    usb_report_receive(decoder, report, size);
    free(report);
}

static void unplug(struct usb_report_decoder *decoder, uint64_t now)
{
    static const struct usb_report_keys none;

    usb_report_unplug(decoder);
    take(decoder, now, false);
    MUST(memcmp(&decoder->held, &none, sizeof none) == 0);
    MUST(decoder->leds == 0 && decoder->repeating == 0);
    for (unsigned i = 0; i < 8; i++)
        MUST(decoder->scancodes.held[i] == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    struct usb_report_decoder decoder = {.leds = 0};
    uint64_t now = 0;

    decoder.scancodes.keymap = (unsigned)(size % KEYMAPS);
    for (unsigned i = 0; i < REQUESTS_MAX && input.left > 0; i++) {
        uint8_t request = input_byte(&input);

        if (request == UNPLUG)
            unplug(&decoder, now);
        else if (request == WAIT)
            now += input_word(&input);
        else if (request == SHORT)
            receive(&decoder, &input, input_byte(&input) % 16 + 1u);
        else
            receive(&decoder, &input, USB_REPORT_SIZE);
        take(&decoder, now, request & 1);
    }
    unplug(&decoder, now);
    return 0;
}
