/* SPDX-License-Identifier: MIT */
/* State and register conventions of code generation. */
#pragma once

#include "state.h"
#include "x86_emit.h"

/* Register assignment in translated code. */
#define A       EAX
#define BUDGET  EDX /* remaining budget */
#define MACHINE EBX /* pointer to struct machine */
#define SCRATCH ECX
#define FOUND   ESI /* second scratch register */

#define NO_LINE LINES

/* Processors cache decoded code in 32-byte lines, so a short loop should fit in
   one.  Some Intel processors since Skylake decode a line again each time if a
   jump crosses or touches its end. */
#define CODE_LINE 32
#define BRANCH    6  /* size of a conditional jump in bytes */
#define CHAIN     12 /* size of a conditional jump and the `sub` before it */

/* Where control goes after a step. */
enum branch {
    GO_ON,           /* continue with the next step */
    LEAVE,           /* leave the block */
    LEAVE_NEGATIVE,  /* after a Test, leave the block if A is negative */
    LEAVE_OTHERWISE, /* after a Test, leave the block unless A is negative */
    STEP_OVER,       /* after a Test, skip the next step if A is negative */
    FOLLOW,          /* continue with the next step, the target of a jump */
};

struct step {
    uint8_t line;
    uint8_t branch;
};

struct codegen {
    struct translator *translator;
    const struct machine *machine;
    unsigned number; /* number of the block */
    struct block *block;
    struct emitter emitter;
    struct step steps[LINES];
    unsigned count;    /* number of steps */
    uint32_t written;  /* bitmask of the lines that any block stores into */
    uint32_t followed; /* bitmask of the operands of jumps that are followed */
    unsigned first;    /* index of this block's first exit */
    bool out_of_exits; /* true if no exit or prediction was free */

    /* State at the current instruction. */
    unsigned line;
    uint32_t executed; /* instructions executed since the block was entered */
    bool negated;      /* true if EAX holds -A */
    bool flags;        /* true if the sign flag reflects EAX */
    unsigned equal;    /* line known to hold A, or NO_LINE */
    unsigned minus;    /* line known to hold -A, or NO_LINE */
};

static inline uint32_t codegen_word(const struct codegen *gen)
{
    return gen->machine->store[gen->line];
}

/* Returns the offset of a line of the store in struct machine. */
static inline int32_t distance_of(unsigned line)
{
    return (int32_t)(offsetof(struct machine, store) + line * sizeof(uint32_t));
}

static inline bool is_jump(uint32_t word)
{
    return word_function(word) == JMP || word_function(word) == JRP;
}
