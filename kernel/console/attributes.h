/* SPDX-License-Identifier: MIT */
#ifndef UI_LOOKS_H
#define UI_LOOKS_H

/*
 * Attributes by use.  The numbers are chosen to read on a terminal with the
 * PC's standard colours as well as in every theme (console/theme.h).
 */
enum attribute {
    LOOK_LABEL = 0x02,  /* what stays the same */
    LOOK_TEXT = 0x0A,   /* what is to be read */
    LOOK_STRONG = 0x0F, /* what matters now */
    LOOK_BAR = 0x20,    /* title and keys, dark on light */
    LOOK_CURSOR = 0xA0, /* the place where keys act */
    LOOK_CHOSEN = 0xF0, /* the row chosen in a list */
    LOOK_WARN = 0xE0,   /* a message */
};

#endif
