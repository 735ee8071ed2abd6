/* SPDX-License-Identifier: MIT */
/* A block during code generation, and the conventions of translated code. */
#pragma once

#include "state.h"
#include "x86_emit.h"

/* Registers in translated code. */
#define A       EAX
#define BUDGET  EDX /* remaining */
#define MACHINE EBX /* points to struct machine */
#define SCRATCH ECX
#define FOUND   ESI /* scratch, too */

#define NO_LINE LINES

/* Processors cache decoded code in lines of 32 bytes, so a short loop should
   lie in one.  Some of Intel's (Skylake and after) decode a line again each
   time if a jump reaches its end. */
#define CODE_LINE 32
#define BRANCH    6  /* bytes of a conditional jump */
#define CHAIN     12 /* bytes of a conditional jump and the `sub` before it */

/* Where control goes after a step. */
enum branch {
    GO_ON,           /* to the next step */
    LEAVE,           /* out of the block */
    LEAVE_NEGATIVE,  /* Test: out if A is negative, else to the next step */
    LEAVE_OTHERWISE, /* Test: to the next step if A is negative, else out */
    STEP_OVER,       /* Test: if A is negative, over the jump that is next */
};

struct step {
    uint8_t line;
    uint8_t branch;
};

struct codegen {
    struct translator *translator;
    const struct machine *machine;
    struct block *block;
    struct emitter emitter;
    struct step steps[LINES];
    unsigned count;   /* of steps */
    uint32_t written; /* lines that any block stores into */
    unsigned first;   /* this block's first exit */
    bool out_of_exits;

    /* At the current instruction. */
    unsigned line;
    uint32_t executed; /* instructions since the entry */
    bool negated;      /* EAX is minus A */
    bool flags;        /* the sign flag is the sign of EAX */
    unsigned equal;    /* a line known to hold A, or NO_LINE */
    unsigned minus;    /* a line known to hold minus A, or NO_LINE */
};

/* The word being translated. */
static inline uint32_t codegen_word(const struct codegen *gen)
{
    return gen->machine->store[gen->line];
}

/* Offset of a line of the store in struct machine. */
static inline int32_t distance_of(unsigned line)
{
    return (int32_t)(offsetof(struct machine, store) + line * sizeof(uint32_t));
}

static inline bool is_jump(uint32_t word)
{
    return word_function(word) == JMP || word_function(word) == JRP;
}
