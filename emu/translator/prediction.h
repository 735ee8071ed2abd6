/* SPDX-License-Identifier: MIT */
/* Software indirect jump prediction: see prediction.c. */
#pragma once

#include "codegen_state.h"

/* Reserves a prediction for EXIT.  Returns false if none is free. */
bool prediction_add(struct translator *translator, struct block_exit *exit);

/* Emits the chain of comparisons and what follows a miss. */
void prediction_emit(struct codegen *gen, struct block_exit *exit);

/* Returns whether a guess of EXIT holds for the state of MACHINE. */
bool prediction_guessed(const struct translator *translator,
                        const struct machine *machine,
                        const struct block_exit *exit);

/* Returns whether the code asked the manager to look at the prediction again.
 */
bool prediction_is_due(const struct translator *translator,
                       const struct block_exit *exit);

/* Records that the prediction of EXIT failed, after the exit has been taken. */
void prediction_missed(struct translator *translator,
                       const struct machine *machine, struct block_exit *exit);

/* Learns from the recorded miss, if it led to BLOCK. */
void prediction_learn(struct translator *translator, const struct block *block);

/* Removes block NUMBER, which is dropped, from the prediction of EXIT. */
void prediction_forget(struct translator *translator, struct block_exit *exit,
                       unsigned number);

/* Adds the counts of the current call to those of earlier calls, and puts the
   most common target first. */
void prediction_count(struct translator *translator, struct block_exit *exit);

static inline bool exit_is_predicted(const struct block_exit *exit)
{
    return exit->kind == EXIT_INDIRECT || exit->kind == EXIT_VERSION;
}
