/* SPDX-License-Identifier: MIT */
/* Software indirect jump prediction: see prediction.c. */
#pragma once

#include "state.h"

/* Reserves a prediction for EXIT.  Returns false if none is free. */
bool prediction_add(struct translator *translator, struct block_exit *exit);

/* Return the number of the block that the code at EXIT finds for the state of
   MACHINE, by a guess or after a miss, or BLOCKS if it finds none. */
unsigned prediction_guess(const struct translator *translator,
                          const struct machine *machine,
                          const struct block_exit *exit);
unsigned prediction_look_up(const struct translator *translator,
                            const struct machine *machine,
                            const struct block_exit *exit);

/* Adds the counts of the current call to those of earlier calls. */
void prediction_collect(struct translator *translator,
                        const struct block_exit *exit);

/* Records the key and the target of EXIT, where the code has returned. */
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
