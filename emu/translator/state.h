/* SPDX-License-Identifier: MIT */
/*
 * The translator's V-state, which the engine's caller allocates.  Outside this
 * folder only `hot_threshold`, `translation_cost` and `min_budget` may be set,
 * after start().
 */
#pragma once

#include "block.h"
#include "emu/engine/engine.h"

#define EXITS          256 /* maximum, of all blocks together */
#define FALLBACK_STATE 128 /* 64-bit words: V-state of the fallback */

/* Map table entry, which translated code reads. */
struct map_entry {
    int32_t length;    /* of the block; BUDGET_NEVER: there is none */
    const uint8_t *to; /* its code */
};

#define BUDGET_NEVER INT32_MAX /* exceeds every budget */

/* A program that rewrites itself too often is left to the fallback. */
struct rest {
    int32_t credit;
    uint32_t left; /* instructions until the translator runs again */
    uint32_t next; /* length of the next rest */
    uint64_t state[FALLBACK_STATE]; /* V-state of the fallback */
};

/* Statistics since start(); the counts saturate. */
struct translator_count {
    uint32_t translations, invalidations, flushes, rests;
};

struct translator {
    uint32_t
        hot_threshold; /* arrivals at a line after which it is translated */
    int32_t translation_cost; /* of a translation or the loss of one, in
                                 instructions */
    uint32_t min_budget;      /* minimum remaining budget for a translation */
    struct code_area *area;
    size_t used;    /* bytes of the area in use */
    size_t leave;   /* offset of the epilogue, to which exits jump */
    size_t cleared; /* offset of the first block */
    bool open;      /* the area is open for writing */

    struct map_entry map[LINES]; /* by entry line */
    struct block blocks[LINES];  /* by entry line */
    struct block_exit exits[EXITS];
    unsigned exits_used;

    uint32_t depended;        /* bit n: a live block depends on line n */
    uint32_t shadow[LINES];   /* words that the blocks were made from */
    uint32_t varying;         /* jump operands that the program has written */
    uint32_t executed_lines;  /* lines that were executed */
    uint32_t too_large;       /* entry lines whose block exceeds the area */
    uint32_t arrivals[LINES]; /* by jump, skip or exit, while interpreted */
    uint32_t follows;         /* after the last line interpreted; or LINES */
    bool interpret_next;      /* after an EXIT_BREAKPOINT */

    /* What the blocks were made for. */
    struct breakpoints breakpoints;
    bool ci5, immediate_test;

    /* Changes from outside since the last call. */
    uint32_t edited; /* lines */
    bool changed;

    struct rest rest;

    bool limits_work; /* the budget of a call limits its work, too */
    uint64_t work;    /* in this call, in translated instructions */

    struct translator_count count;
};

/* Whether a block may contain LINE: no breakpoint needs the interpreter. */
static inline bool translator_may_hold(const struct translator *translator,
                                       const struct machine *machine,
                                       uint32_t line)
{
    return line < LINES &&
           !breakpoints_before(&translator->breakpoints, line) &&
           !breakpoints_cover_line(&translator->breakpoints,
                                   machine->store[line]);
}

/* The control after CI, as prepulse() increments it. */
static inline uint32_t translator_next(const struct translator *translator,
                                       uint32_t ci, bool test)
{
    uint32_t next = ci + (test ? 2 : 1);

    return translator->ci5 ? next & (LINES - 1) : next;
}
