/* SPDX-License-Identifier: MIT */
/* Read-only access to translator statistics, for display. */
#pragma once

#include "state.h"

struct inspection {
    unsigned blocks;       /* number of live blocks */
    unsigned exits;        /* number of exits of live blocks */
    unsigned chained;      /* number of exits linked to another block */
    uint64_t hits, misses; /* totals of all inline caches */
    size_t used, size;     /* bytes used in the code area, and its size */
};

struct inspection inspect(const struct translator *translator);

/* Iterates over the exits of the block that starts at line ENTRY, in code
   order.  PREVIOUS is NULL for the first exit.  Returns NULL after the last. */
const struct block_exit *inspect_exit(const struct translator *translator,
                                      unsigned entry,
                                      const struct block_exit *previous);

/* Returns the number of the exit, from 0 to EXITS - 1. */
unsigned inspect_number(const struct translator *translator,
                        const struct block_exit *exit);

/* Return the inline cache counts of the exit, at most UINT32_MAX. */
uint32_t inspect_hits(const struct block_exit *exit);
uint32_t inspect_misses(const struct block_exit *exit);

/* Returns the name of KIND: "chain", "cache", "wrote", "stop" or "turns". */
const char *inspect_kind(enum exit_kind kind);

/* Returns the line that the exit leads to, or LINES if it is unknown.  For an
   inline cache this is the line of the cached block. */
unsigned inspect_target(const struct translator *translator,
                        const struct block_exit *exit);

/* Returns the line translated at OFFSET in BLOCK, or LINES for an exit. */
unsigned inspect_line(const struct block *block, size_t offset);
