/* SPDX-License-Identifier: MIT */
/*
 * Reads the configuration descriptor of a USB device (Universal Serial Bus
 * Specification 2.0, 9.6.3, 9.6.5 and 9.6.6) and finds the interfaces that are
 * keyboards or hubs.  All others are ignored, as are all alternate settings
 * other than 0, which is in use after the configuration has been set.  The
 * device is untrusted: nothing outside the given bytes is read, and each
 * descriptor is read once.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum usb_function {
    USB_OTHER,
    USB_KEYBOARD, /* HID keyboard with a boot protocol (HID 1.11, 4.1 to 4.3) */
    USB_HUB,      /* hub (USB 2.0, 11.23.1) */
};

/* An interface with its first interrupt IN endpoint that no earlier interface
   has */
struct usb_interface {
    enum usb_function function;
    uint8_t number;       /* bInterfaceNumber */
    uint8_t endpoint;     /* endpoint number, 1 to 15 */
    uint16_t packet_size; /* in bytes, 1 to 1024 */
    uint8_t interval;     /* bInterval, whose unit depends on the speed; >= 1 */
};

#define USB_INTERFACES_MAX 4

struct usb_configuration {
    uint8_t value;  /* bConfigurationValue, for the request Set Configuration */
    unsigned count; /* number of interfaces found */
    struct usb_interface interfaces[USB_INTERFACES_MAX];
};

/* Reads SIZE bytes, which may be fewer than the device has: interfaces whose
   endpoint is not among them are left out.  They are also left out if they
   share the number of an earlier one or have no endpoint of their own, or if
   there are too many.  Returns false if BYTES do not start with a configuration
   descriptor; CONFIGURATION is then empty. */
bool usb_read_configuration(const uint8_t *bytes, size_t size,
                            struct usb_configuration *configuration);
