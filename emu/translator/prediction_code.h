/* SPDX-License-Identifier: MIT */
/*
 * The code of a predicted jump, a chain of ifs.
 *
 * An indirect jump goes to the line in its operand, and a jump to a rewritten
 * line goes to the version for its word.  The code compares this operand or
 * word with up to GUESSES keys, each of which has a direct jump to its block:
 *
 *      mov  ecx, [line]       omitted if EAX holds the word
 *      cmp  ecx, key          first guess
 *      jne  other
 *      inc  [hits]
 *      sub  edx, cost         budget of the target
 *      jge  target
 *      add  edx, cost         too small
 *      jmp  leave
 *  other: ...                 the next guess, and after the last one the miss
 *
 * After a miss, the code looks the block up in the map table, without the
 * manager, and counts which target it was.  The versions of rewritten lines
 * have a map table of their own, indexed by a hash of line and word.
 */
#pragma once

#include "codegen_state.h"

/* Emits the chain of comparisons, with empty guesses, and what follows a miss.
   EXIT must have a prediction. */
void prediction_emit(struct codegen *gen, struct block_exit *exit);

/* Patches the code of GUESS.  An empty guess leads to the code behind it. */
void prediction_patch(struct translator *translator,
                      const struct block_exit *exit, const struct guess *guess);
