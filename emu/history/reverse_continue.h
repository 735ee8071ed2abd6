/* SPDX-License-Identifier: MIT */
#pragma once

#include "history.h"

/* Begins a seek back to the last position at which BREAKPOINTS would fire. */
void history_seek_breakpoint(struct history *history,
                             const struct breakpoints *breakpoints);
