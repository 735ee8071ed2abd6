/* SPDX-License-Identifier: MIT */
/*
 * Turns the reports of a USB keyboard into key events ("Device Class Definition
 * for Human Interface Devices (HID)", version 1.11, appendices B.1 and C).  A
 * report lists the keys that are held, so a key is pressed or released if it
 * differs from the report before.  Keys are mapped to scancodes of set 1, and
 * scancode.h makes the events: they are the same as those of a PS/2 keyboard.
 * USB keyboards do not repeat keys, so repeats are made here.
 */
#pragma once

#include "scancode.h"

#define USB_REPORT_SIZE    8u /* modifiers, a reserved byte, and the keys */
#define USB_REPORT_KEYS    6u /* keys that a report can hold */
#define USB_REPORT_KEYS_AT 2u

/* As a PS/2 keyboard does by default: after half a second, 10.9 per second */
#define USB_REPEAT_DELAY_US  500000u
#define USB_REPEAT_PERIOD_US 91743u

/* Bits of the report for the keyboard that sets its LEDs (B.1) */
#define USB_LED_NUM    0x01u
#define USB_LED_CAPS   0x02u
#define USB_LED_SCROLL 0x04u

struct usb_report_keys {
    uint8_t modifiers;               /* bit n is set for usage E0 + n */
    uint8_t usages[USB_REPORT_KEYS]; /* 0 if none */
};

/* One keyboard.  Must be zeroed before the first call. */
struct usb_report_decoder {
    struct scancode_decoder scancodes;
    struct usb_report_keys held;     /* as far as events have been returned */
    struct usb_report_keys reported; /* by the last report */
    uint8_t leds;         /* LEDs to show, which lock keys have toggled */
    uint8_t repeating;    /* usage of the key pressed last, or 0 if released */
    uint64_t next_repeat; /* time in microseconds */
};

/* Takes a report of SIZE bytes.  Those that are too short are ignored.  If the
   keyboard reports too many keys or an error, keys stay as they are, and only
   the modifiers change.  Call usb_report_next() before the next report. */
void usb_report_receive(struct usb_report_decoder *decoder,
                        const uint8_t *report, unsigned size);

/* Releases all keys of a keyboard that was unplugged, and switches off its
   Caps, Num and Scroll Lock. */
void usb_report_unplug(struct usb_report_decoder *decoder);

/* Returns true if EVENT contains the next event at NOW, in microseconds; call
   it until it returns false.  Keys are released first and pressed last, so
   that a key pressed together with Shift is shifted.  At most one repeat is
   made for each period since the last call, so a slow PC makes no burst. */
bool usb_report_next(struct usb_report_decoder *decoder, uint64_t now,
                     struct event *event);
