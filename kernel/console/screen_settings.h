/* SPDX-License-Identifier: MIT */
/* What you choose of the screen: boot options video, theme, scale and dots. */
#pragma once

#include <stdint.h>

enum video { VIDEO_TEXT50, VIDEO_TEXT25, VIDEO_LFB, VIDEO_NONE };

struct screen_settings {
    unsigned video; /* enum video */
    unsigned theme; /* enum theme */
    uint32_t scale; /* framebuffer: magnification; 0: maximum */
    uint32_t dots;  /* VGA: width of a cell, 8 or 9 */
};
