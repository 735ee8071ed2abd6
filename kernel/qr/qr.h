/* SPDX-License-Identifier: MIT */
/*
 * QR codes (ISO/IEC 18004:2015, model 2): encodes a text as a square of dark
 * and light modules that a phone can read.
 *
 * Only byte mode is used, and error correction level L or M.  The smallest
 * version that holds the text at level L is chosen, and level M if the text
 * fits at that level as well.
 */
#pragma once

#include "codewords.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QR_SIZE_MAX   (17 + 4 * QR_VERSION_MAX) /* modules per side */
#define QR_TEXT_MAX   425 /* bytes in the largest version at level L */
#define QR_QUIET_ZONE 4   /* light modules required on each side */

#define QR_MASKS 8

struct qr {
    unsigned size; /* modules per side, without the quiet zone, or 0 */
    bool done;     /* true if the code is complete */
    uint8_t dark[QR_SIZE_MAX][(QR_SIZE_MAX + 7) / 8];

    /* The remaining fields are used while encoding. */
    struct codewords codewords;
    unsigned mask;    /* the next mask to try, or QR_MASKS */
    unsigned best;    /* the mask with the lowest penalty */
    unsigned penalty; /* its penalty */
};

/* Starts to encode LENGTH bytes of TEXT, using versions up to VERSION_MAX.
   Returns false, and sets the size to 0, if the text is too long. */
bool qr_start(struct qr *qr, const char *text, size_t length,
              unsigned version_max);

/* Tries the next mask, or completes the code with the best one; each call is
   short.  Returns false if there was nothing left to do. */
bool qr_step(struct qr *qr);

/* Returns whether the module in column X and row Y, from 0 at the upper left
   corner, is dark. */
bool qr_is_dark(const struct qr *qr, unsigned x, unsigned y);
