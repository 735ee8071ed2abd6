/* SPDX-License-Identifier: MIT */
/*
 * The terminal that this process was started from (POSIX termios), by its
 * standard input and output.
 */
#ifndef HOST_TERMINAL_H
#define HOST_TERMINAL_H

#include <stdbool.h>

/*
 * Takes it: keys come one by one, Ctrl-C among them, and the screen is another
 * one where the terminal has two.  A signal that ends the process gives it
 * back first.  False: there is none.
 */
bool host_terminal_take(void);

/* Gives it back as it was. */
void host_terminal_give_back(void);

/* Whether its size has changed since this was last asked. */
bool host_terminal_resized(void);

#endif
