/* SPDX-License-Identifier: MIT */
/* Translator statistics for display; nothing here changes the state. */
#pragma once

#include "state.h"

struct inspection {
    unsigned blocks;       /* live */
    unsigned exits;        /* of live blocks */
    unsigned chained;      /* exits linked to another block */
    uint64_t hits, misses; /* of all inline caches */
    size_t used, size;     /* bytes of the area: in use, in all */
};

struct inspection inspect(const struct translator *translator);

/* Iterates over the exits of the block that begins at line ENTRY, in code
   order. PREVIOUS is NULL for the first.  Returns NULL after the last. */
const struct block_exit *inspect_exit(const struct translator *translator,
                                      unsigned entry,
                                      const struct block_exit *previous);

/* The exit's number, 0 to EXITS - 1. */
unsigned inspect_number(const struct translator *translator,
                        const struct block_exit *exit);

/* Counts of the exit's inline cache; UINT32_MAX: that many or more. */
uint32_t inspect_hits(const struct block_exit *exit);
uint32_t inspect_misses(const struct block_exit *exit);

/* "chain", "cache", "wrote", "stop" or "turns". */
const char *inspect_kind(enum exit_kind kind);

/* The line that the exit leads to: for a chain its target, for an inline cache
   the block it last led to; LINES: unknown or none. */
unsigned inspect_target(const struct translator *translator,
                        const struct block_exit *exit);

/* The source line of the code at OFFSET in BLOCK; LINES: it is an exit's. */
unsigned inspect_line(const struct block *block, size_t offset);
