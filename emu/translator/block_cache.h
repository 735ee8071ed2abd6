/* SPDX-License-Identifier: MIT */
/* The live blocks: lookup, translation when due, invalidation. */
#pragma once

#include "state.h"

/* Makes the area writable, or executable, unless it already is. */
void blocks_open(struct translator *translator);
void blocks_seal(struct translator *translator);

/* Returns the block that begins at line NEXT, or NULL.  Translates it first if
   it is hot and LEFT, the remaining budget, allows that. */
struct block *blocks_find(struct translator *translator,
                          const struct machine *machine, uint32_t next,
                          uint32_t left);

/* Whether LINE has changed since a live block was made from it. */
bool blocks_is_stale(const struct translator *translator,
                     const struct machine *machine, unsigned line);

/* Drops every block made from a stale line of the set LINES. */
void blocks_invalidate(struct translator *translator,
                       const struct machine *machine, uint32_t lines);

/* Drops all blocks and frees their code. */
void blocks_flush(struct translator *translator);
