/* SPDX-License-Identifier: MIT */
#ifndef EMU_HISTORY_REVERSE_CONTINUE_H
#define EMU_HISTORY_REVERSE_CONTINUE_H

#include "history.h"

/* Begins a seek back to the last position at which BREAKPOINTS would fire. */
void history_seek_breakpoint(struct history *history,
                             const struct breakpoints *breakpoints);

#endif
