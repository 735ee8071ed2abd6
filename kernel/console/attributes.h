/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Text attributes by use.  Readable in the PC's standard colours on a terminal
 * and in every theme (theme.h).
 */
enum attribute {
    ATTR_LABEL = 0x02,    /* labels */
    ATTR_TEXT = 0x0A,     /* text */
    ATTR_STRONG = 0x0F,   /* emphasis */
    ATTR_BAR = 0x20,      /* title and keys, dark on light */
    ATTR_CURSOR = 0xA0,   /* position of the cursor */
    ATTR_SELECTED = 0xF0, /* selected row of a list */
    ATTR_WARN = 0xE0,     /* messages */
};
