/* SPDX-License-Identifier: MIT */
/* Terminal on standard input and output, using POSIX termios */
#pragma once

#include <stdbool.h>

/* Enters raw mode and the alternate screen.  Fatal signals restore the
   terminal.  Returns false if there is no terminal. */
bool host_terminal_open(void);

void host_terminal_restore(void);

/* Returns true if the terminal was resized since the last call. */
bool host_terminal_resized(void);
