/* SPDX-License-Identifier: MIT */
/*
 * What a version of the file reader made of a file, as two hashes.  Include it
 * after the headers in which that version defines `struct program` and `struct
 * controls`.
 */
#pragma once

#include "mutants.h"

struct reader_result {
    bool accepted;
    uint32_t words; /* hash of store, A, CI, numbers and a snapshot's state */
    uint32_t texts; /* hash of the notes and the head */
};

static inline struct reader_result result_of(const struct program *program)
{
    struct reader_result result = {true, HASH_START, HASH_START};

    for (unsigned line = 0; line < LINES; line++) {
        result.words = hash_number(result.words, program->store[line]);
        result.texts = hash_string(result.texts, program->note[line]);
    }
    result.words = hash_number(result.words, program->a);
    result.words = hash_number(result.words, program->ci);
    result.words = hash_number(result.words, program->numbers);
    result.texts = hash_string(result.texts, program->head);
    return result;
}

/* Adds the state of a snapshot.  COUNTS are the two counts beside it. */
static inline void result_add_state(struct reader_result *result,
                                    const struct machine *machine,
                                    const struct controls *controls, bool hung,
                                    const uint64_t counts[2])
{
    const uint64_t numbers[] = {machine->a,
                                machine->ci,
                                machine->pi,
                                machine->test,
                                machine->neon,
                                machine->ci5,
                                machine->prepulses,
                                hung,
                                machine->immediate_test,
                                controls->stat,
                                counts[0],
                                machine->instructions,
                                controls->manual,
                                controls->erase,
                                counts[1]};

    for (unsigned line = 0; line < LINES; line++)
        result->words = hash_number(result->words, machine->store[line]);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        result->words = hash_number(result->words, numbers[i]);
}
