/* SPDX-License-Identifier: MIT */
/*
 * Sets up a new device whose port has just been reset: slot, address,
 * descriptors and configuration (xHCI 1.2, 4.3; USB 2.0, 9.4), then the
 * protocol of keyboards (HID 1.11, 7.2) or the power of a hub's ports
 * (USB 2.0, 11.11).
 */
#pragma once

#include "usb_state.h"

extern const struct usb_step usb_enumeration_job[];
