/* SPDX-License-Identifier: MIT */
#pragma once

#include "history.h"

/* Starts a seek back to the last position at which a breakpoint would fire. */
void history_seek_breakpoint(struct history *history,
                             const struct breakpoints *breakpoints);
