/* SPDX-License-Identifier: MIT */
/*
 * Everything on the desk of 1948 that a hand can move, in one table: what it
 * is, the PC's key for it, and where it is drawn.
 */
#ifndef UI_FITTINGS_H
#define UI_FITTINGS_H

#include "emu/machine/controls.h"

enum fitting_kind {
    FITTING_BUTTON,  /* of the typewriter: `number` is its digit */
    FITTING_SWITCH,  /* L or F: `number` is its digit */
    FITTING_MANUAL,  /* Auto/Man */
    FITTING_ERASE,   /* Write/Erase */
    FITTING_CS,      /* Stop/Run */
    FITTING_KC,      /* of the strip: one prepulse */
    FITTING_STRIP,   /* of the strip: `number` is its bit of enum strip */
    FITTING_KMC,     /* of the strip: the replica's loads a program */
    FITTING_DEAD,    /* of the strip: not connected, or blank */
    FITTING_MONITOR, /* of the selector: `number` is its enum monitor */
};

struct fitting {
    enum fitting_kind kind;
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
struct fitting fitting_of(unsigned index);

/* The fitting whose own key is at POSITION; FITTINGS if there is none. */
unsigned fitting_find(char position);

/* The first fitting of KIND. */
unsigned fitting_first(enum fitting_kind kind);

/* The one that arrows lead to from INDEX: ROWS down and COLUMNS right, each
   -1, 0 or 1, on the SHORT screen or the long one. */
unsigned fitting_beside(unsigned index, int rows, int columns, bool is_short);

#endif
