/* SPDX-License-Identifier: MIT */
/*
 * What the files that make one translation share.  discover.c finds out which
 * lines, codegen.c writes their code, chaining.c the ways out of it.
 */
#ifndef EMU_TRANSLATOR_CODEGEN_INTERNAL_H
#define EMU_TRANSLATOR_CODEGEN_INTERNAL_H

#include "x86_emit.h"
#include "translator.h"

/* While translated code runs. */
#define A       EAX
#define BUDGET  EDX /* what is left of it */
#define MACHINE EBX /* points to it */
#define SCRATCH ECX
#define FOUND   ESI /* scratch, too */

#define NO_LINE LINES

/*
 * Processors keep code decoded by lines of 32 bytes.  A loop that fits one
 * needs no more; and where a jump reaches the end of one, some of Intel's
 * (Skylake and after) decode the line anew each time.
 */
#define CODE_LINE 32
#define BRANCH    6  /* bytes of a conditional jump */
#define CHAIN     12 /* .. with the `sub` before it */

/* Where control goes after a step. */
enum fork {
    GO_ON,           /* to the next step */
    LEAVE,           /* out of the block, in every case */
    LEAVE_NEGATIVE,  /* out if the Test skips, else to the next step */
    LEAVE_OTHERWISE, /* to the next step if the Test skips, else out */
    STEP_OVER,       /* the next step is a jump, and what the Test skips */
};

struct step {
    uint8_t line;
    uint8_t fork;
};

/* A block being made. */
struct making {
    struct translator *translator;
    const struct machine *machine;
    struct block *block;
    struct emitter emitter;
    struct step steps[LINES];
    unsigned count;   /* steps */
    uint32_t written; /* lines that any block stores into */
    unsigned first;   /* this block's first exit */
    bool out_of_exits;

    /* At the place where code is being written. */
    unsigned line;
    uint32_t obeyed; /* instructions since the entry */
    bool negated;    /* EAX is minus A */
    bool flags;      /* the sign flag is the sign of EAX */
    unsigned equal;  /* a line known to hold A, or NO_LINE */
    unsigned minus;  /* a line known to hold minus A, or NO_LINE */
};

/* The word that is being translated. */
static inline uint32_t making_word(const struct making *making)
{
    return making->machine->store[making->line];
}

/* Where line LINE of the store is, from the machine's beginning. */
static inline int32_t distance_of(unsigned line)
{
    return (int32_t)(offsetof(struct machine, store) + line * sizeof(uint32_t));
}

static inline bool is_jump(uint32_t word)
{
    return word_function(word) == JMP || word_function(word) == JRP;
}

/* discover.c: fills in the steps from line ENTRY on, and which lines the block
   is made from. */
void survey(struct making *making, unsigned entry);

/* chaining.c: a new exit with control, CI and flip-flop, after the instruction
   being translated; */
struct block_exit *exit_add(struct making *making, enum exit_kind kind,
                            uint32_t ci, bool test);
/* .. its code, here; or behind the block, with a conditional jump here; */
void exit_emit(struct making *making, struct block_exit *way);
void exit_emit_if(struct making *making, enum x86_condition condition,
                  struct block_exit *way);
/* .. and what can be written only when the block is complete. */
void exits_finish(struct making *making);

#endif
