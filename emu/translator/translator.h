/* SPDX-License-Identifier: MIT */
/*
 * What the translator keeps besides the machine (its V-state); translator.c
 * explains it.  Others may look, not touch; only `hot`, `price` and
 * `least` are to be set, after start().
 */
#ifndef EMU_TRANSLATOR_TRANSLATOR_H
#define EMU_TRANSLATOR_TRANSLATOR_H

#include "emu/engine/engine.h"

#define EXITS      256 /* ways out of all blocks together */
#define COLD_STATE 128 /* 64-bit words: V-state of the interpreter beside */

/* How control leaves a block. */
enum exit_kind {
    EXIT_CHAIN, /* to a line known in advance */
    EXIT_CACHE, /* a jump whose operand the program changes */
    EXIT_WROTE, /* something that a translation depends on was written */
    EXIT_STOP,  /* a Stop was obeyed */
    EXIT_TURNS, /* the next instruction makes A one to stop at */
};

/*
 * One way out of a block.  Control, PI and flip-flop there are constants: the
 * translated code does not set them, the manager does when code is left.
 */
struct block_exit {
    enum exit_kind kind;
    uint8_t block;    /* entry line of the block; LINES: it is no more */
    uint8_t operand;  /* line that a jump read or a Store wrote */
    uint8_t target;   /* line to be obeyed next; LINES: unknown, or none */
    bool linked;      /* a chain that leads to TARGET without the manager */
    bool test;        /* flip-flop there */
    bool negated;     /* the register of A holds minus A there */
    uint32_t ci, pi;  /* there; of EXIT_CACHE what is added to the operand */
    uint32_t obeyed;  /* instructions from the block's entry to here */
    uint32_t refund;  /* budget that the block has taken and not used here */
    int32_t cost;     /* budget taken here: next block's, less the refund */
    size_t taken_end; /* where the code that takes it ends, in the area */
    size_t jump_end;  /* .. and the jump to the next block */
    size_t from_end;  /* .. and the conditional jump to this exit; or 0 */

    /* Inline cache: the operand of last time, and what it led to. */
    uint32_t key;
    const uint8_t *to;
    uint32_t hits, misses;         /* counted by the code in this call .. */
    uint32_t all_hits, all_misses; /* .. and in those before, up to 2^32 - 1 */
};

/* A translation: one entry, several exits. */
struct block {
    bool live;
    uint32_t lines;    /* bit n: line n was translated */
    uint32_t operands; /* bit n: line n holds a jump's fixed operand */
    uint32_t stores;   /* bit n: it writes line n and does not look back */
    uint32_t length;   /* instructions on the longest way through */
    size_t code;       /* in the area */
    size_t size;       /* bytes of code */
    size_t behind;     /* .. from its beginning to exits behind the lines */
    uint32_t entered;  /* by the manager: chains are not counted; counts of 32
                          bits that are not the code's end at 2^32 - 1 */
    uint64_t made;     /* the machine's instructions when it was */
    uint16_t code_of[LINES]; /* where in the code that of a line begins; of
                                those in `lines`, in ascending order */
};

/* What the code looks up of a block when it enters it. */
struct entry {
    int32_t length;    /* UNAFFORDABLE where there is no block */
    const uint8_t *to; /* its code */
};

/* Dearer than any budget. */
#define UNAFFORDABLE INT32_MAX

struct translator {
    uint32_t hot;   /* a line is translated after so many arrivals there */
    int32_t price;  /* what a translation, or a loss of one, has to earn, in
                       instructions */
    uint32_t least; /* budget left below which nothing is translated */
    struct code_area *area;
    size_t used;    /* bytes of the area in use */
    size_t leave;   /* in the area: where all exits lead */
    size_t cleared; /* .. and where blocks begin */
    bool open;      /* the area is open for writing */

    struct entry map[LINES];    /* the map table, by entry line .. */
    struct block blocks[LINES]; /* .. and what there is to know besides */
    struct block_exit exits[EXITS];
    unsigned exits_used;

    uint32_t depended;      /* lines that a live block was made from .. */
    uint32_t shadow[LINES]; /* .. and what they held */
    uint32_t varying; /* operands of jumps that were written: no constants */
    uint32_t seen;    /* lines known to be instructions: they were obeyed */
    uint32_t unfit;   /* entry lines whose block is too large for the area */
    uint32_t arrivals[LINES]; /* how often a line was interpreted that did not
                                 follow the one interpreted before */
    uint32_t follows;         /* the line that follows that one; LINES: none */
    bool turns;               /* code was left by an EXIT_TURNS: the next is to
                                 be interpreted, whatever blocks there are */

    /* What the translations were made for, and what may have changed. */
    struct breakpoints breakpoints;
    bool ci5, immediate_test;
    uint32_t edited; /* lines */
    bool changed;

    /* The interpreter that takes over from programs that rewrite themselves
       all the time, for how long, and its own V-state. */
    int32_t credit;
    uint32_t resting; /* instructions it still has */
    uint32_t rest;    /* what it is given next time */
    uint64_t cold[COLD_STATE];

    bool weighs;   /* a call ends after so much work .. */
    uint64_t work; /* .. in it so far, in translated instructions */

    /* Since start(). */
    uint32_t translations, invalidations, flushes, rests;
};

extern const struct engine engine_translator;

#define TRANSLATOR_HOT 4 /* where nobody says otherwise */

/*
 * For STATE, which ENGINE has started; nothing happens where that is another
 * engine.  The first sets after how many arrivals there a line is translated;
 * with the second all is translated at once, at any budget and without a rest,
 * which is slow and finds mistakes.
 */
void translator_set_hot(const struct engine *engine, void *state, uint32_t hot);
void translator_hurry(const struct engine *engine, void *state);

/*
 * From now on the budget of run() also limits its work, so that a call cannot
 * last much longer than BUDGET translated instructions do: interpreting an
 * instruction or making a translation counts as many of them.  A call that
 * reaches the limit returns RUN_BUDGET with fewer instructions, at least one.
 * Returns false if ENGINE is not the translator.
 */
bool translator_weigh(const struct engine *engine, void *state);

/*
 * block_cache.c: makes the area writable, or fit to run, if it is not;
 */
void blocks_open(struct translator *translator);
void blocks_seal(struct translator *translator);
/* .. the block that begins with line NEXT, made now if it is time, or NULL; */
struct block *blocks_find(struct translator *translator,
                          const struct machine *machine, uint32_t next,
                          uint32_t left);
/* .. whether LINE has changed since a block was made from it; drops what was
   made from those of LINES, a set, that have; drops everything. */
bool blocks_is_stale(const struct translator *translator,
                     const struct machine *machine, unsigned line);
void blocks_revise(struct translator *translator, const struct machine *machine,
                   uint32_t lines);
void blocks_flush(struct translator *translator);

/*
 * codegen.c: one block into the room that is left, which is open.  False:
 * there is not enough, and nothing may be kept but what blocks_flush() leaves.
 */
bool translate(struct translator *translator, const struct machine *machine,
               unsigned entry);

/*
 * chaining.c: writes the code through which C enters blocks and they are left;
 * leads a chain to the block of its target, or to the manager.
 */
bool exits_start(struct translator *translator);
void exit_link(struct translator *translator, struct block_exit *way);
void exit_unlink(struct translator *translator, struct block_exit *way);
/* Adds what the code counted in a call, which is less than 2^32, to what it
   counted before. */
void exits_count(struct translator *translator);

/* Whether LINE is one that a block may begin with, or go on with. */
static inline bool translator_may_hold(const struct translator *translator,
                                       const struct machine *machine,
                                       uint32_t line)
{
    return line < LINES &&
           !breakpoints_before(&translator->breakpoints, line) &&
           !breakpoints_cover_line(&translator->breakpoints,
                                   machine->store[line]);
}

/* The control that comes after CI; as prepulse() counts it. */
static inline uint32_t translator_next(const struct translator *translator,
                                       uint32_t ci, bool test)
{
    uint32_t next = ci + (test ? 2 : 1);

    return translator->ci5 ? next & (LINES - 1) : next;
}

#endif
