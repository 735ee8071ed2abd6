/* SPDX-License-Identifier: MIT */
/* A translation: a dynamic basic block with one entry and several exits. */
#pragma once

#include "emu/machine/machine.h"
#include <stddef.h>

enum exit_kind {
    EXIT_CHAIN,      /* to a line known at translation */
    EXIT_CACHE,      /* indirect jump: the program changes its operand */
    EXIT_WROTE,      /* after a Store into a line that a block depends on */
    EXIT_STOP,       /* after a Stop */
    EXIT_BREAKPOINT, /* before an instruction that fires a breakpoint on A */
};

/* CI, PI and flip-flop are constants, which the manager sets after the exit. */
struct block_exit {
    enum exit_kind kind;
    uint8_t block;     /* entry line of its block; LINES: block was dropped */
    uint8_t operand;   /* line that the jump reads or the Store writes */
    uint8_t target;    /* next line; LINES: unknown or none */
    bool linked;       /* jumps to the block of TARGET directly */
    bool test;         /* flip-flop */
    bool negated;      /* EAX is minus A */
    uint32_t ci, pi;   /* CI of EXIT_CACHE is without the operand */
    uint32_t executed; /* instructions from the block's entry to here */
    uint32_t refund;   /* budget that the block has taken and not used */
    int32_t cost;      /* budget taken here: next block's length - refund */
    size_t sub_end;    /* end of the `sub` of COST in the area */
    size_t jump_end;   /* end of the jump to the next block in the area */
    size_t branch_end; /* end of the conditional jump to this exit; 0: none */

    /* Inline cache. */
    uint32_t key;                  /* last operand */
    const uint8_t *to;             /* code of the block that it led to */
    uint32_t hits, misses;         /* in this call of run() */
    uint32_t all_hits, all_misses; /* in earlier calls, up to 2^32 - 1 */
};

struct block {
    bool live;
    uint32_t lines;      /* bit n: line n is translated here */
    uint32_t operands;   /* bit n: line n is the constant operand of a jump */
    uint32_t stores;     /* bit n: line n is written without a write check */
    uint32_t length;     /* instructions on the longest path */
    size_t code;         /* offset of the code in the area */
    size_t size;         /* bytes of code */
    size_t exits_offset; /* offset in the code of the exits behind the lines */
    uint32_t entered;    /* by the manager, not through chains; saturates */
    uint64_t made;       /* machine's instruction count at translation */
    uint16_t line_offset[LINES]; /* offsets of LINES in the code, ascending */
};
