/* SPDX-License-Identifier: MIT */
/*
 * Everything on the desk of 1948 that a hand can move, in one table: what it
 * is, the PC's key for it, and where it is drawn.
 */
#ifndef UI_PAGES_PANEL_LAYOUT_H
#define UI_PAGES_PANEL_LAYOUT_H

#include "emu/machine/controls.h"

enum panel_control_kind {
    CONTROL_BUTTON,  /* of the typewriter: `number` is its digit */
    CONTROL_SWITCH,  /* L or F: `number` is its digit */
    CONTROL_MANUAL,  /* Auto/Man */
    CONTROL_ERASE,   /* Write/Erase */
    CONTROL_CS,      /* Stop/Run */
    CONTROL_KC,      /* of the strip: one prepulse */
    CONTROL_STRIP,   /* of the strip: `number` is its bit of enum strip */
    CONTROL_KMC,     /* of the strip: the replica's loads a program */
    CONTROL_DEAD,    /* of the strip: not connected, or blank */
    CONTROL_MONITOR, /* of the selector: `number` is its enum monitor */
};

struct panel_control {
    enum panel_control_kind kind;
    uint8_t number;
    char key;          /* by position; 0: none that writes a character */
    const char *label; /* "" if blank */
    struct {
        uint8_t row, column;
    } place[2]; /* on the long screen and on the short one */
};

#define BUTTONS  40 /* of the typewriter; 32 to 39 are not connected */
#define FITTINGS 66

/* What fitting number INDEX (below FITTINGS) is. */
struct panel_control panel_control_of(unsigned index);

/* The fitting whose own key is at POSITION; FITTINGS if there is none. */
unsigned panel_control_find(char position);

/* The first fitting of KIND. */
unsigned panel_control_first(enum panel_control_kind kind);

/* The one that arrows lead to from INDEX: ROWS down and COLUMNS right, each
   -1, 0 or 1, on the SHORT screen or the long one. */
unsigned panel_control_beside(unsigned index, int rows, int columns,
                              bool is_short);

#endif
