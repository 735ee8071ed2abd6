/* SPDX-License-Identifier: MIT */
/* The controls of the panel, with their PC keys and screen positions. */
#pragma once

#include "emu/machine/controls.h"

enum panel_control_kind {
    CONTROL_BUTTON,  /* typewriter button for digit `number` */
    CONTROL_SWITCH,  /* L or F switch for digit `number` */
    CONTROL_MANUAL,  /* the Auto/Man switch */
    CONTROL_ERASE,   /* the Write/Erase switch */
    CONTROL_CS,      /* the Stop/Run switch */
    CONTROL_KC,      /* the KC key, which sends one prepulse */
    CONTROL_STRIP,   /* strip key with the enum strip value `number` */
    CONTROL_KMC,     /* the KMC key, which loads a program on the replica */
    CONTROL_DEAD,    /* button or key that is not connected */
    CONTROL_MONITOR, /* button that selects the monitor `number` */
};

struct panel_control {
    enum panel_control_kind kind;
    uint8_t number;
    char key;          /* position of the PC key, or 0 if there is none */
    const char *label; /* text on the control, or "" if it is blank */
    struct {
        uint8_t row, column;
    } place[2]; /* position on the long and the short screen */
};

#define BUTTONS        40 /* typewriter buttons; 32 to 39 are not connected */
#define PANEL_CONTROLS 66

/* INDEX must be below PANEL_CONTROLS. */
struct panel_control panel_control_of(unsigned index);

/* Returns PANEL_CONTROLS if no control has its key at POSITION. */
unsigned panel_control_find(char position);

unsigned panel_control_first(enum panel_control_kind kind);

/* Returns the control that an arrow key selects from INDEX.  ROWS and COLUMNS
   give the direction, each -1, 0 or 1, where 1 is down or right. */
unsigned panel_control_beside(unsigned index, int rows, int columns,
                              bool is_short);
