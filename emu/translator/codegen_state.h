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
#define BRANCH    6 /* size of a conditional jump in bytes */
#define CHARGE    6 /* size of the `sub` that charges the budget */
#define CHAIN     (CHARGE + BRANCH)

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

    /* Instructions executed before each line since the block was entered. */
    uint32_t before[LINES];

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

/* Pads so that the next SIZE bytes of code are in one line of it. */
static inline void codegen_keep_together(struct codegen *gen, size_t size)
{
    struct block *block = gen->block;
    size_t offset = gen->emitter.used - block->code;
    size_t later = emit_keep_together(&gen->emitter, size, CODE_LINE);

    for (unsigned i = 0; i < block->count; i++)
        if (later > 0 && block->line_offset[block->order[i]] == offset)
            block->line_offset[block->order[i]] += (uint16_t)later;
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
