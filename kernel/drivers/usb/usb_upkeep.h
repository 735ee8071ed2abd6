/* SPDX-License-Identifier: MIT */
/* Jobs on a device that is in use or gone: its number is usb.device */
#pragma once

#include "usb_state.h"

/* Takes back the slot of a device that is gone. */
extern const struct usb_step usb_removal_job[];

/* Uses a pipe again after an error; usb.index is its number. */
extern const struct usb_step usb_repair_job[];

/* Sends the LEDs to a keyboard; usb.index is its number. */
extern const struct usb_step usb_leds_job[];
