/* SPDX-License-Identifier: MIT */
/* Lookup, translation and invalidation of blocks. */
#pragma once

#include "state.h"

/* Returns the block that starts at LINE, or NULL if there is none.  If LINE has
   versions, it is the one for its present word. */
const struct block *blocks_at(const struct translator *translator,
                              const struct machine *machine, unsigned line);

/* Returns true if a block at LINE, which has none, should be translated within
   the remaining budget LEFT. */
bool blocks_is_hot(const struct translator *translator,
                   const struct machine *machine, unsigned line, uint32_t left);

/* Translates the block at LINE and enters it in the map table.  If it does not
   fit the code area, blocks_at() still finds none. */
void blocks_translate(struct translator *translator,
                      const struct machine *machine, unsigned line);

/* Makes BLOCK, which is live, the entry of its word in the version map.  Has no
   effect on a block that is not a version. */
void blocks_map_version(struct translator *translator,
                        const struct block *block);

/* Returns true if LINE has changed since a block was translated from it. */
bool blocks_is_stale(const struct translator *translator,
                     const struct machine *machine, unsigned line);

/* Drops all blocks translated from changed lines in the bitmask LINES. */
void blocks_invalidate(struct translator *translator,
                       const struct machine *machine, uint32_t lines);

/* Invalidates the line written at EXIT, an EXIT_WROTE.  If blocks will not
   depend on it again, also drops the block that checks Stores into it. */
void blocks_wrote(struct translator *translator, const struct machine *machine,
                  const struct block_exit *exit);

/* Drops all blocks if the program has stopped rewriting a line with versions,
   so that the line becomes part of blocks again.  Called regularly. */
void blocks_forget_versions(struct translator *translator,
                            const struct machine *machine);

/* Drops all blocks and frees their code. */
void blocks_flush(struct translator *translator);
