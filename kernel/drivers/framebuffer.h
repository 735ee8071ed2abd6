/* SPDX-License-Identifier: MIT */
/*
 * A linear framebuffer, as the boot loader hands one over where there is no
 * text: under UEFI, or a VBE mode that was asked for.
 *
 * It is only written, never read: on many PCs it is not cached, and a read
 * takes a microsecond.
 */
#ifndef DRIVERS_FRAMEBUFFER_H
#define DRIVERS_FRAMEBUFFER_H

#include "arch/multiboot.h"

/*
 * Takes the framebuffer that PIXELS tell of.  False: they tell of none that can
 * be reached and used.  Pixels of 15, 16, 24 and 32 bits will do, with colours
 * in any order.
 */
bool framebuffer_start(const struct boot_pixels *pixels);

/* Whether framebuffer_start() would say true. */
bool framebuffer_is_usable(const struct boot_pixels *pixels);

/*
 * Draws WIDTH by HEIGHT pixels (0xRRGGBB), each as a square of SCALE by SCALE,
 * the first at LEFT, TOP.  They must lie on the screen.  Only after
 * framebuffer_start() said true, as below.
 */
void framebuffer_draw(unsigned left, unsigned top, unsigned width,
                      unsigned height, unsigned scale, const uint32_t *pixels);

/* Fills a part of the screen with COLOUR. */
void framebuffer_fill(unsigned left, unsigned top, unsigned width,
                      unsigned height, uint32_t colour);

#endif
