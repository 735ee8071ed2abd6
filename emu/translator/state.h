/* SPDX-License-Identifier: MIT */
/* State of the translator, allocated by the caller of the engine. */
#pragma once

#include "block.h"
#include "emu/engine/engine.h"
#include "manager_state.h"

#define EXITS          256 /* maximum number of exits of all blocks */
#define FALLBACK_STATE 128 /* size of the fallback's state in 64-bit words */

/* Map table entry, read by translated code. */
struct map_entry {
    int32_t length;    /* length of the block, or BUDGET_NEVER if none */
    const uint8_t *to; /* code of the block */
};

#define BUDGET_NEVER INT32_MAX /* larger than any budget */

/* The word of a version map entry.  Translated code reads tables with entries
   of eight bytes. */
struct version_key {
    uint32_t word, padding;
};

#define VERSION_STEP 5

/* Returns the index in the version map for WORD in LINE.  It starts from the
   line digits of the word, in which most words of a rewritten line differ.  As
   VERSION_STEP is odd, no two lines have the same index for the same word, so
   that an entry needs no line. */
static inline unsigned version_index(unsigned line, uint32_t word)
{
    return (word + VERSION_STEP * line) % LINES;
}

/* A prediction that has just failed, and where control went. */
struct miss {
    struct block_exit *exit; /* NULL if there is none */
    uint32_t key;
    uint32_t line;
};

/* Changes of a line while a block contains it, or since it has versions. */
struct rewrites {
    uint32_t count; /* changes, each within REWRITE_SOON of the last */
    uint32_t word;  /* word of a line with versions when last looked at */
    uint64_t last;  /* instruction count at the last change that was seen */
};

/* Rest periods, in which the fallback engine runs a self-modifying program. */
struct rest {
    int32_t credit;
    uint32_t left; /* instructions until the translator resumes */
    uint32_t next; /* instructions of the next rest period */
    uint64_t state[FALLBACK_STATE]; /* private state of the fallback engine */
};

/* Statistics since start(), which saturate at 32 bits. */
struct translator_count {
    uint32_t translations, invalidations, flushes, rests;
};

/* Budget that must be left for a translation.  On a slow PC, calls begin with
   16 instructions (see emu/session/pace.h), and get larger only once they are
   fast. */
#define TRANSLATION_BUDGET 8

struct translator {
    /* Settings that others may change after start(). */
    uint32_t hot_threshold;   /* arrivals at a line before it is translated */
    int32_t translation_cost; /* cost of a translation in instructions */
    uint32_t min_budget;      /* minimum remaining budget for a translation */
    bool prepays;             /* a block is charged for its inner loop, too */
    struct code_area *area;
    size_t used;    /* number of bytes used in the code area */
    size_t leave;   /* offset of the epilogue, to which exits jump */
    size_t cleared; /* offset of the first block */
    bool open;      /* true while the code area is writable */

    struct map_entry map[LINES];         /* indexed by entry line */
    struct map_entry version_map[LINES]; /* indexed by version_index() */
    struct version_key version_keys[LINES];
    /* Indexed by entry line, followed by the versions of rewritten lines. */
    struct block blocks[BLOCKS];
    struct block_exit exits[EXITS];
    unsigned exits_used;
    struct prediction predictions[PREDICTIONS];
    unsigned predictions_used;
    struct miss miss;

    uint32_t depended;      /* bitmask of lines that live blocks depend on */
    uint32_t shadow[LINES]; /* words that the blocks were translated from */
    uint32_t varying;       /* bitmask of jump operands that have changed */
    uint32_t versioned;     /* bitmask of lines that have versions */
    struct rewrites rewrites[LINES];
    uint32_t executed_lines;      /* bitmask of lines that have been executed */
    struct lines_used lines_used; /* since start() or restart() */
    uint32_t too_large;       /* bitmask of entry lines of oversized blocks */
    uint32_t arrivals[LINES]; /* number of arrivals at each line */
    uint32_t follows;    /* line after the last one interpreted, or LINES */
    bool interpret_next; /* true after an EXIT_BREAKPOINT exit */

    /* Settings for which the live blocks were translated. */
    struct breakpoints breakpoints;
    bool ci5, immediate_test, counted_chains, prepaid;

    /* Changes made by the caller since the last run(). */
    uint32_t edited; /* bitmask of the lines changed */
    bool changed;
    bool restarted; /* true if the program restarts */

    struct rest rest;

    bool limits_work; /* true if the budget of a call also limits its work */
    uint64_t work;    /* work done by the call, in translated instructions */

    struct translator_count count;
    struct manager manager;
};

/* Returns the index of block NUMBER in its map table. */
static inline unsigned translator_map_index(const struct translator *translator,
                                            unsigned number)
{
    const struct block *block = &translator->blocks[number];

    return number < LINES ? number : version_index(block->entry, block->word);
}

/* Returns the prediction of EXIT, which must have one. */
static inline struct prediction *
translator_prediction(struct translator *translator,
                      const struct block_exit *exit)
{
    return &translator->predictions[exit->prediction];
}

/* Returns true if no breakpoint prevents LINE from being part of a block. */
static inline bool translator_may_hold(const struct translator *translator,
                                       const struct machine *machine,
                                       uint32_t line)
{
    return line < LINES &&
           !breakpoints_before(&translator->breakpoints, line) &&
           !breakpoints_cover_line(&translator->breakpoints,
                                   machine->store[line]);
}

/* Returns the value of CI after prepulse() has incremented it. */
static inline uint32_t translator_next(const struct translator *translator,
                                       uint32_t ci, bool test)
{
    uint32_t next = ci + (test ? 2 : 1);

    return translator->ci5 ? next & (LINES - 1) : next;
}
