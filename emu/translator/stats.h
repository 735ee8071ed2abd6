/* SPDX-License-Identifier: MIT */
/* Read-only access to translator statistics, for display. */
#pragma once

#include "state.h"

struct inspection {
    unsigned blocks;       /* number of live blocks */
    unsigned exits;        /* number of exits of live blocks */
    unsigned chained;      /* number of exits linked to another block */
    uint64_t hits, misses; /* totals of all predictions */
    size_t used, size;     /* bytes used in the code area, and its size */
};

struct inspection inspect(const struct translator *translator);

/* Iterates over the exits of block NUMBER, in code order.  PREVIOUS is NULL for
   the first exit.  Returns NULL after the last. */
const struct block_exit *inspect_exit(const struct translator *translator,
                                      unsigned number,
                                      const struct block_exit *previous);

/* Returns the number of the exit, from 0 to EXITS - 1. */
unsigned inspect_number(const struct translator *translator,
                        const struct block_exit *exit);

/* Return the counts of the exit's prediction, at most UINT32_MAX. */
uint32_t inspect_hits(const struct translator *translator,
                      const struct block_exit *exit);
uint32_t inspect_misses(const struct translator *translator,
                        const struct block_exit *exit);

/* A guess of a prediction: the key that it compares, and the target. */
struct inspected_guess {
    uint32_t key; /* operand of the jump, or word of the rewritten line */
    uint32_t line;
    uint32_t hits; /* hits of this target, at most UINT32_MAX */
};

/* Gets guess I of the exit's prediction, most common first.  Returns false if
   there are fewer guesses. */
bool inspect_guess(const struct translator *translator,
                   const struct block_exit *exit, unsigned i,
                   struct inspected_guess *to);

/* Returns the name of KIND, at most 8 characters. */
const char *inspect_kind(enum exit_kind kind);

/* Returns the line translated at OFFSET in BLOCK, or LINES for an exit. */
unsigned inspect_line(const struct block *block, size_t offset);
