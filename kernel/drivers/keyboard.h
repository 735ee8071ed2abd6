/* SPDX-License-Identifier: MIT */
/*
 * The keyboard behind the 8042 controller: raw bytes in the order they come.
 */
#ifndef DRIVERS_KEYBOARD_H
#define DRIVERS_KEYBOARD_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Sets the controller up, or if RAW leaves it as firmware had it, and takes
 * IRQ 1.  False: no controller answers, and no byte will ever come.  One that
 * times out half way is left as it was and used all the same.
 */
bool keyboard_start(bool raw);

/* Whether bytes are of scancode set 1, as the controller is to translate them;
   if not, they are of set 2, the keyboard's own. */
bool keyboard_translates(void);

/* Takes the oldest byte waiting; false if there is none.  Where there was no
   room for one, 00 stands for it and all that were lost, as with a keyboard
   that has no room. */
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
