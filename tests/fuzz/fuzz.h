/* SPDX-License-Identifier: MIT */
/*
 * Helpers shared by all fuzz targets.
 *
 * A fuzz target is a file with one function that accepts any input and aborts
 * if a condition does not hold.  `make fuzz` searches for inputs that make it
 * abort.  `make test` replays the corpus in corpus/TARGET/ and
 * corpus/TARGET.tar.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Aborts the fuzz target unless CONDITION holds. */
#define MUST(condition)                                                        \
    do {                                                                       \
        if (!(condition)) {                                                    \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);    \
            abort();                                                           \
        }                                                                      \
    } while (0)

/* Unread part of the fuzzer's input.  Reads beyond its end return zeros. */
struct input {
    const uint8_t *at;
    size_t left;
};

static inline void input_read(struct input *input, void *to, size_t size)
{
    size_t count = size < input->left ? size : input->left;

    memset(to, 0, size);
    if (count > 0)
        memcpy(to, input->at, count);
    input->at += count;
    input->left -= count;
}

static inline uint8_t input_byte(struct input *input)
{
    uint8_t byte;

    input_read(input, &byte, sizeof byte);
    return byte;
}

static inline uint32_t input_word(struct input *input)
{
    uint32_t word;

    input_read(input, &word, sizeof word);
    return word;
}

static inline uint64_t input_long(struct input *input)
{
    uint64_t number;

    input_read(input, &number, sizeof number);
    return number;
}
