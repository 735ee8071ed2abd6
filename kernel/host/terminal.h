/* SPDX-License-Identifier: MIT */
/*
 * The process's terminal (POSIX termios) on standard input and output.
 */
#pragma once

#include <stdbool.h>

/* Sets raw mode, with Ctrl-C as an ordinary key, and the alternate screen.
   Fatal signals restore the terminal.  Returns false if there is no
   terminal. */
bool host_terminal_open(void);

/* Restores mode and screen. */
void host_terminal_restore(void);

/* Returns whether its size has changed since the last call. */
bool host_terminal_resized(void);
