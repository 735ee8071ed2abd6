/* SPDX-License-Identifier: MIT */
/* A translated block: a dynamic basic block with several exits. */
#pragma once

#include "prediction_state.h"
#include <stddef.h>

enum exit_kind {
    EXIT_CHAIN,      /* jump to a line known at translation time */
    EXIT_INDIRECT,   /* indirect jump, predicted by its operand */
    EXIT_VERSION,    /* goes to a rewritten line, predicted by its word */
    EXIT_WROTE,      /* exit after a write to a line used by a block */
    EXIT_STOP,       /* exit after a Stop */
    EXIT_BREAKPOINT, /* exit before an instruction that hits a breakpoint */
};

/* An exit of a block, with constant values of CI, PI and the flip-flop. */
struct block_exit {
    enum exit_kind kind;
    uint8_t block;   /* number of the block, or BLOCKS if it was dropped */
    uint8_t line;    /* line of the last instruction before the exit */
    uint8_t operand; /* line that the jump reads or the Store writes */
    uint8_t target;  /* line of the target block, or LINES if unknown */
    bool repeats;    /* EXIT_CHAIN: true if the target is the same version */
    bool linked;     /* true if chained directly to the target block */
    bool test;       /* value of the test flip-flop */
    bool negated;    /* true if EAX holds -A */
    bool in_a;       /* EXIT_VERSION: true if EAX holds the word of the line */
    uint8_t prediction; /* number of the prediction, or PREDICTIONS if none */
    /* Values of CI and PI at the exit.  EXIT_INDIRECT adds its operand to CI.
     */
    uint32_t ci, pi;
    uint32_t executed; /* instructions executed since the block was entered */
    uint32_t refund;   /* budget charged on entry but not used */
    int32_t cost;      /* length of the next block minus the refund */
    size_t sub_end;    /* end offset of the `sub` that charges the cost */
    size_t jump_end;   /* end offset of the jump to the next block */
    size_t branch_end; /* end offset of the jump to this exit, or 0 if none */
};

struct block {
    bool live;
    uint8_t entry;     /* line at which the block starts */
    uint8_t count;     /* number of lines translated in this block */
    uint32_t lines;    /* bitmask of these lines */
    uint32_t keyed;    /* bitmask of the entry line of a version, or 0 */
    uint32_t word;     /* word that the entry line of a version holds */
    uint32_t operands; /* bitmask of lines that are constant jump operands */
    uint32_t stores;   /* bitmask of the lines written without a check */
    /* Number of instructions on the longest path.  If an exit to an inner loop
       is prepaid, the path includes a pass of that loop. */
    uint32_t length;
    size_t code;          /* offset of the code in the code area */
    size_t size;          /* size of the code in bytes */
    size_t exits_offset;  /* offset of the out-of-line exits in the code */
    uint32_t entered;     /* number of entries by the manager (saturating) */
    uint64_t made;        /* instruction count of the machine at translation */
    uint8_t order[LINES]; /* lines in the order of their code */
    uint16_t line_offset[LINES]; /* offset of each line in the code */
};

/* Returns the bitmask of the lines whose change invalidates BLOCK. */
static inline uint32_t block_depends(const struct block *block)
{
    return (block->lines & ~block->keyed) | block->operands;
}
