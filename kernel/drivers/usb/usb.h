/* SPDX-License-Identifier: MIT */
/*
 * The USB devices of one controller.  Watches the ports of the controller and
 * of hubs, addresses new devices, and receives the reports of all keyboards
 * (USB 2.0, 9.1 and 11; HID 1.11).  All other devices are left alone.
 *
 * Everything is done in steps by usb_poll(), one device after the other, so
 * that nothing waits.  A device that fails is tried again, and then ignored
 * until it is unplugged.
 */
#pragma once

#include "usb_state.h"
#include "xhci.h"

/* Starts a controller (see xhci_start) and its client, which must have been set
   in *USB.  All other fields of *USB must be zero. */
void usb_start(struct usb *usb, const struct xhci_access *access,
               const struct xhci_capabilities *capabilities,
               struct xhci_memory *memory, uint32_t address, uint64_t now);

/* Does what is due.  Must be called once per millisecond or as often as
   possible, and soon if xhci_has_event(). */
void usb_poll(struct usb *usb, uint64_t now);

/* Sets the LEDs of a keyboard to the bits of a report (HID 1.11, B.1). */
void usb_set_leds(struct usb *usb, unsigned keyboard, uint8_t leds);

/* Starts a controller again that was stopped. */
void usb_restart(struct usb *usb, uint64_t now);

/* Unplugs all keyboards and stops the controller (see xhci_stop). */
bool usb_stop(struct usb *usb);
