/* SPDX-License-Identifier: MIT */
#include "codewords.h"
#include <string.h>

#define BYTE_MODE 4u
#define ECC_MAX   30 /* error correction codewords per block */

/* ISO/IEC 18004:2015, table 9: blocks, and error correction codewords in each,
   for versions from 1 on. */
static const struct {
    uint8_t ecc[QR_VERSION_MAX];
    uint8_t blocks[QR_VERSION_MAX];
} levels[] = {
    [QR_LEVEL_L] = {{7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26},
                    {1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4}},
    [QR_LEVEL_M] = {{10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22},
                    {1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9}},
};

/* ------------------------------------------------------------- versions --- */

/* All modules less the finder, alignment and timing patterns, the format and
   version information (ISO/IEC 18004:2015, table 1). */
unsigned codewords_modules(unsigned version)
{
    unsigned size = 17 + 4 * version;
    unsigned modules = size * size - 3 * 64 - 2 * (size - 16) - 31;

    if (version > 1) {
        unsigned side = version / 7 + 2; /* alignment patterns in a row */

        modules -= (side * side - 3) * 25;
        modules += (side - 2) * 2 * 5; /* where they lie on timing patterns */
    }
    if (version >= 7)
        modules -= 2 * 18;
    return modules;
}

static void set_version(struct codewords *codewords, unsigned version,
                        enum qr_level level)
{
    codewords->version = version;
    codewords->level = level;
    codewords->blocks = levels[level].blocks[version - 1];
    codewords->ecc = levels[level].ecc[version - 1];
    codewords->count = codewords_modules(version) / 8;
    codewords->data = codewords->count - codewords->blocks * codewords->ecc;
}

/* Returns the number of bits of the length in byte mode. */
static unsigned length_bits(unsigned version)
{
    return version < 10 ? 8 : 16;
}

static bool fits(const struct codewords *codewords, size_t length)
{
    return length <= codewords->data &&
           4 + length_bits(codewords->version) + 8 * length <=
               8 * codewords->data;
}

static bool choose_version(struct codewords *codewords, size_t length,
                           unsigned version_max)
{
    unsigned version = 0;

    do {
        if (version == version_max)
            return false;
        set_version(codewords, ++version, QR_LEVEL_L);
    } while (!fits(codewords, length));
    set_version(codewords, version, QR_LEVEL_M);
    if (!fits(codewords, length))
        set_version(codewords, version, QR_LEVEL_L);
    return true;
}

/* ----------------------------------------------------------------- data --- */

/* Adds COUNT bits of VALUE after the BITS already in AT. */
static void add_bits(uint8_t *at, unsigned *bits, unsigned value,
                     unsigned count)
{
    while (count-- > 0) {
        at[*bits / 8] |= (uint8_t)((value >> count & 1) << (7 - *bits % 8));
        ++*bits;
    }
}

static void put_text(struct codewords *codewords, const char *text,
                     size_t length)
{
    unsigned bits = 0;

    memset(codewords->at, 0, sizeof codewords->at);
    add_bits(codewords->at, &bits, BYTE_MODE, 4);
    add_bits(codewords->at, &bits, (unsigned)length,
             length_bits(codewords->version));
    for (size_t i = 0; i < length; i++)
        add_bits(codewords->at, &bits, (uint8_t)text[i], 8);
    /* The terminator of up to four zeros ends in this or the next codeword. */
    for (unsigned i = bits / 8 + 1, pad = 0xEC; i < codewords->data; i++) {
        codewords->at[i] = (uint8_t)pad;
        pad ^= 0xEC ^ 0x11;
    }
}

/* ----------------------------------------------------- error correction --- */

/* Multiplies in GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1. */
static uint8_t multiply(uint8_t a, uint8_t b)
{
    unsigned product = 0;

    for (int i = 7; i >= 0; i--) {
        product = product << 1 ^ (product >> 7) * 0x11D;
        product ^= (b >> i & 1u) * a;
    }
    return (uint8_t)product;
}

/* Computes the generator polynomial of DEGREE, without its leading 1. */
static void make_generator(uint8_t *generator, unsigned degree)
{
    uint8_t root = 1;

    memset(generator, 0, degree);
    generator[degree - 1] = 1;
    for (unsigned i = 0; i < degree; i++) {
        for (unsigned j = 0; j < degree; j++) {
            generator[j] = multiply(generator[j], root);
            if (j + 1 < degree)
                generator[j] ^= generator[j + 1];
        }
        root = multiply(root, 2);
    }
}

/* Computes the remainder of COUNT bytes of DATA by the generator. */
static void divide(const uint8_t *data, unsigned count,
                   const uint8_t *generator, uint8_t *remainder,
                   unsigned degree)
{
    memset(remainder, 0, degree);
    for (unsigned i = 0; i < count; i++) {
        uint8_t factor = data[i] ^ remainder[0];

        memmove(remainder, remainder + 1, degree - 1);
        remainder[degree - 1] = 0;
        for (unsigned j = 0; j < degree; j++)
            remainder[j] ^= multiply(generator[j], factor);
    }
}

/* Blocks before the long ones; a long one has one more data codeword. */
static unsigned short_blocks(const struct codewords *codewords)
{
    return codewords->blocks - codewords->data % codewords->blocks;
}

static void put_ecc(struct codewords *codewords)
{
    uint8_t generator[ECC_MAX];
    const uint8_t *data = codewords->at;
    uint8_t *ecc = codewords->at + codewords->data;

    make_generator(generator, codewords->ecc);
    for (unsigned i = 0; i < codewords->blocks; i++) {
        unsigned count = codewords->data / codewords->blocks +
                         (i >= short_blocks(codewords));

        divide(data, count, generator, ecc, codewords->ecc);
        data += count;
        ecc += codewords->ecc;
    }
}

bool codewords_encode(struct codewords *codewords, const char *text,
                      size_t length, unsigned version_max)
{
    if (!choose_version(codewords, length, version_max))
        return false;
    put_text(codewords, text, length);
    put_ecc(codewords);
    return true;
}

uint8_t codewords_get(const struct codewords *codewords, unsigned index)
{
    unsigned blocks = codewords->blocks, shorts = short_blocks(codewords);
    unsigned length = codewords->data / blocks; /* of a short block */
    unsigned block, place;

    if (index >= codewords->data) {
        index -= codewords->data;
        return codewords->at[codewords->data + index % blocks * codewords->ecc +
                             index / blocks];
    }
    if (index < length * blocks) {
        block = index % blocks;
        place = index / blocks;
    } else { /* the last codewords of the long blocks */
        block = shorts + index - length * blocks;
        place = length;
    }
    return codewords
        ->at[block * length + (block > shorts ? block - shorts : 0) + place];
}
