/* SPDX-License-Identifier: MIT */
/* Queries about the translator of the session. */
#pragma once

#include "lab_state.h"

/* Whether the translator is the selected engine. */
bool lab_translates(const struct view *view);
/* Whether the translator has a block that begins at LINE and is up to date. */
bool lab_has_block(const struct view *view, unsigned line);
