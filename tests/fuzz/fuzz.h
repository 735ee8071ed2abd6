/* SPDX-License-Identifier: MIT */
/*
 * What all fuzz targets share: an input that is taken apart piece by piece, and
 * what must hold.
 *
 * A target is a file with one function, which gets any bytes at all and ends
 * the program where something is not as it must be.  `make fuzz` looks for such
 * bytes; those in corpus/TARGET/ are tried by `make test`.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program unless CONDITION holds. */
#define MUST(condition)                                                        \
    do {                                                                       \
        if (!(condition)) {                                                    \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);    \
            abort();                                                           \
        }                                                                      \
    } while (0)

/* What is left of an input.  After its end come zeros, so that every input
   means something. */
struct input {
    const uint8_t *at;
    size_t left;
};

static inline void input_take(struct input *input, void *to, size_t size)
{
    size_t given = size < input->left ? size : input->left;

    memset(to, 0, size);
    if (given > 0)
        memcpy(to, input->at, given);
    input->at += given;
    input->left -= given;
}

static inline uint8_t input_byte(struct input *input)
{
    uint8_t byte;

    input_take(input, &byte, sizeof byte);
    return byte;
}

static inline uint32_t input_word(struct input *input)
{
    uint32_t word;

    input_take(input, &word, sizeof word);
    return word;
}

static inline uint64_t input_long(struct input *input)
{
    uint64_t number;

    input_take(input, &number, sizeof number);
    return number;
}

#endif
