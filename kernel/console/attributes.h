/* SPDX-License-Identifier: MIT */
#pragma once

/* Text attributes by purpose, readable in every theme and on terminals. */
enum attribute {
    ATTR_LABEL = 0x02,
    ATTR_TEXT = 0x0A,
    ATTR_STRONG = 0x0F,
    ATTR_BAR = 0x20,      /* title bar and key bar, dark on light */
    ATTR_CURSOR = 0xA0,   /* item under the cursor */
    ATTR_SELECTED = 0xF0, /* selected row of a list */
    ATTR_WARN = 0xE0,     /* messages and warnings */
};
