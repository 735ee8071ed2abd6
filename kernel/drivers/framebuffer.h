/* SPDX-License-Identifier: MIT */
/*
 * A linear framebuffer set up by the boot loader: under UEFI, which has no text
 * mode, or in a requested VBE mode.
 *
 * The driver never reads it: on many PCs a read is uncached and takes 1 us.
 */
#pragma once

#include "arch/multiboot.h"

/* Uses the framebuffer that PIXELS describe; returns false if it is not usable.
   Supports 15, 16, 24 and 32 bits per pixel, with colours in any order. */
bool framebuffer_start(const struct boot_pixels *pixels);

/* Returns whether framebuffer_start() would succeed. */
bool framebuffer_is_usable(const struct boot_pixels *pixels);

/* Draws WIDTH by HEIGHT pixels (0xRRGGBB), each as a square of SCALE by SCALE,
   the first at LEFT, TOP.  All must be on the screen.  Drawing functions
   require a successful framebuffer_start(). */
void framebuffer_draw(unsigned left, unsigned top, unsigned width,
                      unsigned height, unsigned scale, const uint32_t *pixels);

/* Fills a rectangle with COLOUR (0xRRGGBB). */
void framebuffer_fill(unsigned left, unsigned top, unsigned width,
                      unsigned height, uint32_t colour);
