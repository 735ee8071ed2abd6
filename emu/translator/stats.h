/* SPDX-License-Identifier: MIT */
/*
 * What the translator has at the moment, for those who show it.  All of this
 * only looks.
 */
#ifndef EMU_TRANSLATOR_STATS_H
#define EMU_TRANSLATOR_STATS_H

#include "state.h"

struct inspection {
    unsigned blocks;       /* that are live */
    unsigned exits;        /* of them */
    unsigned chained;      /* .. that lead to the next block directly */
    uint64_t hits, misses; /* of their inline caches */
    size_t used, size;     /* bytes of the area: taken, and there are */
};

struct inspection inspect(const struct translator *translator);

/*
 * The exits of the block that begins with line ENTRY, in the order of its code:
 * the first one if PREVIOUS is NULL, else the one after it; NULL: no more, or
 * no such block.
 */
const struct block_exit *inspect_exit(const struct translator *translator,
                                      unsigned entry,
                                      const struct block_exit *previous);

/* WAY's number among all exits, 0 to EXITS - 1. */
unsigned inspect_number(const struct translator *translator,
                        const struct block_exit *exit);

/* Of the inline cache of WAY; UINT32_MAX: so many or more. */
uint32_t inspect_hits(const struct block_exit *exit);
uint32_t inspect_misses(const struct block_exit *exit);

/* "chain", "cache", "wrote" or "stop". */
const char *inspect_kind(enum exit_kind kind);

/* The line that WAY leads to: of a chain the one it is for, of an inline cache
   the block that it led to last; LINES: unknown, or none. */
unsigned inspect_target(const struct translator *translator,
                        const struct block_exit *exit);

/* The line which the code at OFFSET bytes of BLOCK was made from; LINES: it is
   an exit that lies behind the lines. */
unsigned inspect_line(const struct block *block, size_t offset);

#endif
