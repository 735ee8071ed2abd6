/* SPDX-License-Identifier: MIT */
/* Code for the exits of blocks, and the links between blocks. */
#pragma once

#include "codegen_state.h"

/* Writes prologue and epilogue into the empty area; false: they do not fit. */
bool exits_start(struct translator *translator);

/* Adds an exit after the current instruction, with this CI and flip-flop. */
struct block_exit *exit_add(struct codegen *gen, enum exit_kind kind,
                            uint32_t ci, bool test);

/* Writes the code of EXIT here; or behind the block, with a conditional jump
   here. */
void exit_emit(struct codegen *gen, struct block_exit *exit);
void exit_emit_if(struct codegen *gen, enum x86_condition condition,
                  struct block_exit *exit);

/* Completes all exits of the block, whose length is now known. */
void exits_finish(struct codegen *gen);

/* Patches a chain to jump to its target, or to the manager, in an open area. */
void exit_link(struct translator *translator, struct block_exit *exit);
void exit_unlink(struct translator *translator, struct block_exit *exit);

/* Adds this call's cache counts, each below 2^32, to those of earlier calls. */
void exits_count(struct translator *translator);
