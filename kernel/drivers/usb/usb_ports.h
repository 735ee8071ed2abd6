/* SPDX-License-Identifier: MIT */
/*
 * Looks at a port of the controller (xHCI 1.2, 4.3 and 4.19) or of a hub (USB
 * 2.0, 11.24.2): notices that a device was plugged in or unplugged, and resets
 * the port of a new one (7.1.7.3 and 9.1.2).
 */
#pragma once

#include "usb_state.h"

/* Begins to disable the port, so that a device without a slot does not respond:
   the controller may give its address to another one.  Returns false if that is
   not needed. */
bool usb_disable_port(struct usb *usb);

/* The port is usb.port of usb.hub.  A new device is then set up. */
extern const struct usb_step usb_port_job[];
