/* SPDX-License-Identifier: MIT */
#ifndef CONSOLE_ATTRIBUTES_H
#define CONSOLE_ATTRIBUTES_H

/*
 * Attributes by use.  The numbers are chosen to read on a terminal with the
 * PC's standard colours as well as in every theme (console/theme.h).
 */
enum attribute {
    ATTR_LABEL = 0x02,  /* what stays the same */
    ATTR_TEXT = 0x0A,   /* what is to be read */
    ATTR_STRONG = 0x0F, /* what matters now */
    ATTR_BAR = 0x20,    /* title and keys, dark on light */
    ATTR_CURSOR = 0xA0, /* the place where keys act */
    ATTR_CHOSEN = 0xF0, /* the row chosen in a list */
    ATTR_WARN = 0xE0,   /* a message */
};

#endif
