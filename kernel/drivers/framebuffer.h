/* SPDX-License-Identifier: MIT */
/* Linear framebuffer.  It is never read, as uncached reads can take 1 us. */
#pragma once

#include "arch/multiboot.h"

/* Starts using the boot loader's framebuffer, with 15, 16, 24 or 32 bits per
   pixel and colours in any order.  Returns false if it is unusable. */
bool framebuffer_start(const struct boot_pixels *pixels);

/* Returns true if framebuffer_start() would succeed. */
bool framebuffer_is_usable(const struct boot_pixels *pixels);

/* Draws WIDTH by HEIGHT pixels (0xRRGGBB) at LEFT, TOP, each scaled to SCALE by
   SCALE.  They must lie within the screen.  Requires framebuffer_start(). */
void framebuffer_draw(unsigned left, unsigned top, unsigned width,
                      unsigned height, unsigned scale, const uint32_t *pixels);

/* Fills a rectangle with COLOUR (0xRRGGBB). */
void framebuffer_fill(unsigned left, unsigned top, unsigned width,
                      unsigned height, uint32_t colour);
