/* SPDX-License-Identifier: MIT */
/* The tree of devices and ports: search, failures and removal.  And requests to
   devices (USB 2.0, 9.3). */
#pragma once

#include "usb_state.h"
#include "xhci_operations.h"

/* Number of failures since a device was plugged in, and whether the port needs
   no more work.  HUB is USB_NONE for a root port. */
#define USB_TRIES   3u
#define USB_SETTLED 0x80u
uint8_t *usb_tries(struct usb *usb, unsigned hub, unsigned port);

/* Returns the number of the device at a port, or USB_NONE.  It may be gone. */
unsigned usb_device_at(const struct usb *usb, unsigned hub, unsigned port);

/* Returns the number of a device that is not in use, or USB_NONE. */
unsigned usb_find_unused(const struct usb *usb);

/* Returns the protocol of a root port, or NULL if it has none. */
const struct xhci_protocol *usb_protocol_of(const struct usb *usb,
                                            unsigned port);

struct usb_location usb_locate(const struct usb_device *device);

/* Marks a device, and all behind it, as gone, and unplugs their keyboards. */
void usb_drop(struct usb *usb, unsigned device);

/* Counts a failure at a port, whose device has been dropped if there was one.
 */
void usb_count_failure(struct usb *usb, unsigned hub, unsigned port,
                       const char *what);

/* Drops a device, and counts the failure. */
void usb_fail(struct usb *usb, unsigned device, const char *what);

/* Forgets all devices and the job, as the controller has stopped. */
void usb_forget_all(struct usb *usb);

/* Makes the job wait for at least MS milliseconds. */
void usb_wait(struct usb *usb, unsigned ms);

/* Sends a request.  The data received is in xhci_data(). */
void usb_control(struct usb *usb, unsigned device, uint8_t type,
                 uint8_t request, uint16_t value, uint16_t index,
                 uint16_t length);

/* Types and numbers of requests (USB 2.0, tables 9-4 and 11-16; HID 1.11, 7.2)
 */
#define USB_DEVICE_IN     0x80u
#define USB_DEVICE_OUT    0x00u
#define USB_ENDPOINT_OUT  0x02u
#define USB_INTERFACE_OUT 0x21u
#define USB_HUB_IN        0xA0u
#define USB_PORT_IN       0xA3u
#define USB_PORT_OUT      0x23u

#define USB_GET_STATUS        0
#define USB_CLEAR_FEATURE     1
#define USB_SET_FEATURE       3
#define USB_GET_DESCRIPTOR    6
#define USB_SET_CONFIGURATION 9
#define USB_SET_REPORT        9
#define USB_SET_IDLE          10
#define USB_SET_PROTOCOL      11

/* Bits of the status of a port (tables 11-21 and 11-22).  Root ports have the
   same ones as far as they are used here (xHCI 1.2, 5.4.8). */
#define USB_PORT_CONNECTED   0x00000001u
#define USB_PORT_ENABLED     0x00000002u
#define USB_PORT_RESETTING   0x00000010u
#define USB_PORT_LOW_SPEED   0x00000200u
#define USB_PORT_HIGH_SPEED  0x00000400u
#define USB_PORT_RECONNECTED 0x00010000u /* connected or disconnected */
#define USB_PORT_CHANGES     0x001F0000u
