/* SPDX-License-Identifier: MIT */
/*
 * The emulation manager as an automaton.  A box is a state, and an arrow is a
 * transition with a count.  The lab draws both.
 *
 *      a call of run()
 *            | CALLED
 *            v          HIT                        CHAINED, PREDICTED, FOUND
 *      +-> look up -------------------> execute <--+
 *      |     | MISS                     |  |   +---+
 *      |     v     HOT       TRANSLATED |  |
 *      |   decide ----> translate ------+  | LEFT, SPENT: back to look up
 *      |     | COLD
 *      |     v
 *      +-- interpret
 *       INTERPRETED
 *
 * The manager interprets a line that has a block if the budget is too small or
 * a breakpoint may hit (SHORT), and a line whose block does not fit (REFUSED).
 * It calls the fallback engine during a rest or while CI is above 31 (RESTED).
 *
 * CHAINED, PREDICTED and FOUND are taken by translated code, without the
 * manager.  The code counts the jumps of predictions, but chained jumps only if
 * `counts_chains` is set, as that takes time.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum manager_box {
    BOX_LOOK_UP,   /* look the next line up in the map table */
    BOX_DECIDE,    /* is the line hot? */
    BOX_TRANSLATE, /* discover a block, translate it, enter it in the table */
    BOX_INTERPRET, /* interpret one instruction */
    BOX_EXECUTE,   /* execute translated code */
    BOX_REST,      /* run the fallback engine */
    MANAGER_BOXES
};

enum manager_arrow {
    ARROW_CALLED,
    ARROW_HIT,
    ARROW_MISS,
    ARROW_SHORT,
    ARROW_RESTED,
    ARROW_COLD,
    ARROW_HOT,
    ARROW_TRANSLATED,
    ARROW_REFUSED,
    ARROW_INTERPRETED,
    ARROW_CHAINED,   /* direct jump to the next block */
    ARROW_PREDICTED, /* jump to the next block after a right guess */
    ARROW_FOUND,     /* the code looked the next block up in the map table */
    ARROW_LEFT,      /* no next block: to the manager */
    ARROW_SPENT,     /* the budget is too small for the next block */
    ARROW_ENDED,     /* end of a rest */
    MANAGER_ARROWS
};

struct manager {
    enum manager_box box;     /* current box */
    enum manager_arrow arrow; /* arrow that led there */
    uint32_t line;            /* line looked up last */
    unsigned block;           /* number of the block of BOX_EXECUTE */
    /* A call of run() executes a single box.  Needs `counts_chains`. */
    bool one_box;
    bool counts_chains; /* code counts chained jumps, none of them prepaid */
    uint32_t chained;   /* chained jumps of the current call */
    /* Times that each arrow was taken since start() or restart(). */
    uint64_t arrows[MANAGER_ARROWS];
};
