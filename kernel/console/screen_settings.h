/* SPDX-License-Identifier: MIT */
/* Screen settings, from the boot options video, theme, scale and dots. */
#pragma once

#include <stdint.h>

enum video { VIDEO_TEXT50, VIDEO_TEXT25, VIDEO_LFB, VIDEO_NONE };

struct screen_settings {
    unsigned video; /* one of enum video */
    unsigned theme; /* one of enum theme */
    uint32_t scale; /* framebuffer magnification, or 0 for the maximum */
    uint32_t dots;  /* width of a character cell on a VGA, 8 or 9 */
};
