/* SPDX-License-Identifier: MIT */
/*
 * The keyboard behind the 8042 controller: raw bytes in the order they come.
 */
#ifndef DRIVERS_KEYBOARD_H
#define DRIVERS_KEYBOARD_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Sets the controller up and takes IRQ 1.  False: no controller answers, and
 * no byte will ever come.  A controller that times out half way is left as
 * the firmware had it and used all the same.
 */
bool keyboard_start(void);

/* Takes the oldest byte waiting (a set 1 scancode); false if there is none. */
bool keyboard_take(uint8_t *byte);

/*
 * Takes a byte that no interrupt announced, as where IRQ 1 does not come or
 * one was lost.  A look may cost much where firmware imitates the controller:
 * not more than some hundred a second.
 */
void keyboard_poll(void);

/* Whether a byte waits. */
bool keyboard_is_waiting(void);

/* Asks the controller to reset the processor; returns if it does not. */
void keyboard_reset_processor(void);

#endif
