/* SPDX-License-Identifier: MIT */
/* Queries about the session's translator. */
#pragma once

#include "lab_state.h"

bool lab_translates(const struct view *view);
/* Returns true if an up-to-date block starts at LINE. */
bool lab_has_block(const struct view *view, unsigned line);
