/* SPDX-License-Identifier: MIT */
/* The table of panel controls: kind, key of the PC, and place on the screen. */
#pragma once

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
    char key;          /* by position; 0: none */
    const char *label; /* "" if blank */
    struct {
        uint8_t row, column;
    } place[2]; /* on the long screen and on the short one */
};

#define BUTTONS        40 /* of the typewriter; 32 to 39 are not connected */
#define PANEL_CONTROLS 66

/* Control INDEX (below PANEL_CONTROLS). */
struct panel_control panel_control_of(unsigned index);

/* The index of the control with the key at POSITION; PANEL_CONTROLS: none. */
unsigned panel_control_find(char position);

/* The index of the first control of KIND. */
unsigned panel_control_first(enum panel_control_kind kind);

/* The control that an arrow moves to from INDEX: ROWS down and COLUMNS right,
   each -1, 0 or 1, on the short or on the long screen. */
unsigned panel_control_beside(unsigned index, int rows, int columns,
                              bool is_short);
