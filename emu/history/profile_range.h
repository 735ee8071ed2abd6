/* SPDX-License-Identifier: MIT */
#pragma once

#include "history.h"

/* Begins a seek that adds to *PROFILE the instructions executed between FROM
   and the current position, which is after FROM.  It ends with SEEK_PREVIEW. */
void history_profile_range(struct history *history, const struct position *from,
                           struct profile *profile);
