/* SPDX-License-Identifier: MIT */
#pragma once

#include "history.h"

/* Starts a seek that profiles the instructions between FROM and the current
   position, without moving.  FROM must be the earlier of the two. */
void history_profile_range(struct history *history, const struct position *from,
                           struct profile *profile);
