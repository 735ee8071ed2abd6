/* SPDX-License-Identifier: MIT */
#include "usb_keyboards.h"
#include "ui/keyboards.h"

void usb_location_describe(struct strbuf *text, struct usb_location location)
{
    strbuf_add(text, " at port %u", location.port);
    if (location.hubs == 1)
        strbuf_add(text, " behind a hub");
    else if (location.hubs > 1)
        strbuf_add(text, " behind %u hubs", location.hubs);
}

__attribute__((format(printf, 4, 5))) static void
notice(struct ui *ui, const char *what, struct usb_location location,
       const char *format, ...)
{
    char sentence[NOTICE_SIZE];
    struct strbuf text = strbuf_begin(sentence, sizeof sentence);
    va_list arguments;

    strbuf_add(&text, "%s", what);
    usb_location_describe(&text, location);
    va_start(arguments, format);
    strbuf_add_list(&text, format, arguments);
    va_end(arguments);
    keyboards_notice(ui, sentence);
}

unsigned usb_keyboards_count(const struct usb_keyboards *keyboards,
                             struct usb_location *first)
{
    unsigned count = 0;

    for (unsigned i = USB_KEYBOARDS; i-- > 0;) {
        if (!keyboards->usb.keyboards[i].used)
            continue;
        count++;
        *first = keyboards->locations[i];
    }
    return count;
}

/* Locks are sent back to the keyboard, which shows them. */
static void send_events(struct usb_keyboards *keyboards, unsigned number,
                        uint64_t now)
{
    struct usb_report_decoder *decoder = &keyboards->decoders[number];
    struct event event;

    decoder->scancodes.keymap = keyboards->ui->view.keymap;
    while (usb_report_next(decoder, now, &event)) {
        ui_event(keyboards->ui, &event);
        keyboards->events++;
    }
    if (decoder->scancodes.modifier)
        keys_modifier(keyboards->ui);
    decoder->scancodes.modifier = false;
    if (keyboards->usb.keyboards[number].used)
        usb_set_leds(&keyboards->usb, number, decoder->leds);
}

static void plugged(void *context, unsigned number,
                    struct usb_location location)
{
    struct usb_keyboards *keyboards = context;
    struct usb_location first;
    unsigned count = usb_keyboards_count(keyboards, &first);

    keyboards->decoders[number] = (struct usb_report_decoder){.leds = 0};
    keyboards->locations[number] = location;
    keyboards_set_presence(keyboards->ui, KEYBOARD_PRESENT);
    if (count == 1)
        notice(keyboards->ui, "USB keyboard", location, "%s", "");
    else
        notice(keyboards->ui, "USB keyboard", location, " (%u in use)", count);
}

static void report(void *context, unsigned number, const uint8_t *bytes,
                   unsigned size)
{
    struct usb_keyboards *keyboards = context;

    usb_report_receive(&keyboards->decoders[number], bytes, size);
    send_events(keyboards, number, keyboards->usb.xhci.now);
}

static void unplugged(void *context, unsigned number)
{
    struct usb_keyboards *keyboards = context;

    usb_report_unplug(&keyboards->decoders[number]);
    send_events(keyboards, number, keyboards->usb.xhci.now);
    notice(keyboards->ui, "USB keyboard", keyboards->locations[number],
           " was unplugged");
}

static void failed(void *context, struct usb_location location,
                   const char *what)
{
    const struct usb_keyboards *keyboards = context;

    notice(keyboards->ui, "USB device", location, " failed: %s", what);
}

void usb_keyboards_start(struct usb_keyboards *keyboards, struct ui *ui)
{
    keyboards->ui = ui;
    keyboards->usb.client =
        (struct usb_client){keyboards, plugged, report, unplugged, failed};
}

void usb_keyboards_poll(struct usb_keyboards *keyboards, uint64_t now)
{
    usb_poll(&keyboards->usb, now);
    for (unsigned i = 0; i < USB_KEYBOARDS; i++)
        if (keyboards->usb.keyboards[i].used)
            send_events(keyboards, i, now);
}
