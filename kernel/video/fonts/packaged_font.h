/* SPDX-License-Identifier: MIT */
/* Bitmap fonts of a package, which are added at build time if it is installed.
   See embed.c. */
#pragma once

#include <stdint.h>

struct packaged_font {
    uint8_t width, height; /* in pixels, at most 16 by 32; 0 ends the list */
    const uint8_t *codes;  /* characters in CP437; 0 ends the list */
    /* Glyphs in the same order.  Each row starts with a new byte, and the
       leftmost pixel is the most significant bit. */
    const uint8_t *glyphs;
};

extern const struct packaged_font packaged_fonts[];
