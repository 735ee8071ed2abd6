/* SPDX-License-Identifier: MIT */
/* Queries about the session's translator. */
#pragma once

#include "lab_state.h"

bool lab_translates(const struct view *view);
/* Returns true if BLOCK is live and none of its lines has changed since. */
bool lab_is_current(const struct view *view, const struct block *block);

/* Returns the current block that starts at LINE, or NULL if there is none. */
const struct block *lab_block_at(const struct view *view, unsigned line);
