/* SPDX-License-Identifier: MIT */
/*
 * The keyboard at the 8042 controller; delivers raw scancode bytes.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Configures the controller, unless RAW, and enables IRQ 1.  Returns false if
   there is no controller; then no bytes arrive.  If a controller times out
   during configuration, its settings remain and it is used. */
bool keyboard_start(bool raw);

/* Returns whether bytes are of scancode set 1 (translated), not set 2. */
bool keyboard_translates(void);

/* Removes the oldest byte from the buffer; false if empty.  A byte of 00
   replaces lost bytes, as in the keyboard's own buffer. */
bool keyboard_read(uint8_t *byte);

/* Buffers a byte for which no interrupt came.  Slow where firmware emulates the
   controller: call at most a few hundred times per second. */
void keyboard_poll(void);

/* Returns whether there is a byte in the buffer. */
bool keyboard_has_byte(void);

/* Makes the controller reset the processor; returns if that fails. */
void keyboard_reset_processor(void);
