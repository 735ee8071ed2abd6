/* SPDX-License-Identifier: MIT */
/* The keyboards at one USB controller: turns their reports into key events, and
   says on the screen which keyboards come and go. */
#pragma once

#include "console/usb_report.h"
#include "drivers/usb/usb.h"
#include "ui/ui.h"

struct usb_keyboards {
    struct usb usb;
    struct ui *ui;
    uint32_t events; /* number of key events sent since it was cleared */
    struct usb_report_decoder decoders[USB_KEYBOARDS];
    struct usb_location locations[USB_KEYBOARDS];
};

/* Makes KEYBOARDS, which must be zeroed, the client of its controller. */
void usb_keyboards_start(struct usb_keyboards *keyboards, struct ui *ui);

/* Does what is due, sends key events to the console and counts them. */
void usb_keyboards_poll(struct usb_keyboards *keyboards, uint64_t now);

/* Returns the number of keyboards, and the location of the first one. */
unsigned usb_keyboards_count(const struct usb_keyboards *keyboards,
                             struct usb_location *first);

/* Appends words such as " at port 3 behind a hub". */
void usb_location_describe(struct strbuf *text, struct usb_location location);
