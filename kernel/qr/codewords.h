/* SPDX-License-Identifier: MIT */
/*
 * The codewords of a QR code: the bytes of the text, padding, and the error
 * correction of each block.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QR_VERSION_MAX 13  /* the largest that fits 80 columns */
#define CODEWORDS_MAX  532 /* of that version */

enum qr_level { QR_LEVEL_L, QR_LEVEL_M };

struct codewords {
    unsigned version;
    enum qr_level level;
    unsigned count;  /* data and error correction codewords */
    unsigned data;   /* data codewords */
    unsigned blocks; /* number of blocks */
    unsigned ecc;    /* error correction codewords per block */
    /* The data of each block in turn, then the error correction of each. */
    uint8_t at[CODEWORDS_MAX];
};

/* Number of modules that hold codewords, remainder bits included. */
unsigned codewords_modules(unsigned version);

/* Encodes the text in the smallest version that holds it, up to VERSION_MAX.
   Returns false if there is none. */
bool codewords_encode(struct codewords *codewords, const char *text,
                      size_t length, unsigned version_max);

/* Returns the codeword at INDEX (below `count`) of the final sequence, in which
   the blocks are interleaved. */
uint8_t codewords_get(const struct codewords *codewords, unsigned index);
