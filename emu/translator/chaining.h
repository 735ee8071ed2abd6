/* SPDX-License-Identifier: MIT */
/* Generates the exits of blocks and links blocks to each other. */
#pragma once

#include "codegen_state.h"

/* Writes the prologue and epilogue.  Returns false if they do not fit. */
bool exits_start(struct translator *translator);

/* Adds an exit with the given CI and flip-flop after the current step. */
struct block_exit *exit_add(struct codegen *gen, enum exit_kind kind,
                            uint32_t ci, bool test);

/* Returns whether the block may pay for the next one at EXIT, which has just
   been added: it is a jump back into the block, but not to its entry. */
bool exit_may_prepay(const struct codegen *gen, const struct block_exit *exit);

/* Emit the code of EXIT in place, or out of line behind a conditional jump. */
void exit_emit(struct codegen *gen, struct block_exit *exit);
void exit_emit_if(struct codegen *gen, enum x86_condition condition,
                  struct block_exit *exit);

/* Emits the code of EXIT in place behind a jump that skips it if CONDITION
   holds.  Returns where that jump ends. */
size_t exit_emit_unless(struct codegen *gen, enum x86_condition condition,
                        struct block_exit *exit);

/* Completes all exits of the block once its length is known. */
void exits_finish(struct codegen *gen);

/* Returns the number of the block that a chain leads to.  A version that has
   not written its line is repeated. */
static inline unsigned exit_leads_to(const struct block_exit *exit)
{
    return exit->repeats ? exit->block : exit->target;
}

/* Link the exit to its target or to the manager.  The area must be open. */
void exit_link(struct translator *translator, struct block_exit *exit);
void exit_unlink(struct translator *translator, struct block_exit *exit);

/* Brings the counts and the order of all predictions up to date. */
void exits_count(struct translator *translator);
