/* SPDX-License-Identifier: MIT */
/* Lookup, translation and invalidation of blocks. */
#pragma once

#include "state.h"

/* Make the code area writable or executable, unless it already is. */
void blocks_open(struct translator *translator);
void blocks_seal(struct translator *translator);

/* Returns the block that starts at line NEXT, or NULL if there is none.
   Translates it first if it is hot and the remaining budget LEFT allows it. */
struct block *blocks_find(struct translator *translator,
                          const struct machine *machine, uint32_t next,
                          uint32_t left);

/* Returns true if LINE has changed since a block was translated from it. */
bool blocks_is_stale(const struct translator *translator,
                     const struct machine *machine, unsigned line);

/* Drops all blocks translated from changed lines in the bitmask LINES. */
void blocks_invalidate(struct translator *translator,
                       const struct machine *machine, uint32_t lines);

/* Drops all blocks and frees their code. */
void blocks_flush(struct translator *translator);
