/* SPDX-License-Identifier: MIT */
/* Driver for the 8042 keyboard controller.  Delivers raw scancode bytes. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Configures the controller, unless RAW is set, and enables IRQ 1.  Returns
   false if there is no controller and thus no input.  If configuration times
   out, the firmware's settings are kept and the keyboard is still used. */
bool keyboard_start(bool raw);

/* Returns true if scancodes are in set 1 (translated), false if in set 2. */
bool keyboard_translates(void);

/* Removes the oldest byte from the buffer.  Returns false if it is empty.  A
   byte of 00 stands for lost bytes, as in the keyboard's own buffer. */
bool keyboard_read(uint8_t *byte);

/* Receives a pending byte in case its interrupt was lost.  Slow on firmware
   that emulates the controller: call at most a few hundred times per second. */
void keyboard_poll(void);

bool keyboard_has_byte(void);

/* Resets the processor through the controller.  Returns only on failure. */
void keyboard_reset_processor(void);
