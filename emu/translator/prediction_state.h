/* SPDX-License-Identifier: MIT */
/* The data of a prediction: a chain of comparisons with its profile. */
#pragma once

#include "emu/machine/machine.h"
#include <stddef.h>

#define GUESSES     4  /* comparisons in a chain */
#define PREDICTIONS 40 /* maximum number of chains of all blocks */
#define VERSIONS    32 /* maximum number of versions of rewritten lines */
#define BLOCKS      (LINES + VERSIONS)

/* A comparison with a key, and the jump to the block that belongs to it. */
struct guess {
    uint8_t target; /* number of the block, or BLOCKS if the guess is empty */
    uint32_t key;   /* operand of the jump, or word of the rewritten line */
    uint32_t hits;  /* hits in the current call of run() */
    uint32_t all_hits; /* hits in earlier calls (saturating) */
    uint32_t weight;   /* hits of late, which decide the order of the guesses */

    /* End offsets of the guess and of the instructions that are patched. */
    size_t end, compare_end, sub_end, jump_end, add_end;
};

/* Misses of late that led to a target.  Translated code accesses tables with
   entries of eight bytes. */
struct target {
    uint32_t missed, padding;
};

struct prediction {
    struct guess guesses[GUESSES]; /* most common first, empty last */
    /* Minus the number of misses until the manager reviews the guesses. */
    uint32_t review;
    uint32_t misses;               /* count for the current call of run() */
    uint32_t all_hits, all_misses; /* counts for earlier calls (saturating) */
    uint32_t recent;               /* hits and misses since the last ordering */
    size_t leave; /* offset of the code that leaves to the manager */
    /* Map table entry that the last miss read: code of the block, and its
       length minus the refund of the exit. */
    const uint8_t *to;
    int32_t cost;

    struct target profile[LINES]; /* indexed as the map table */
};
