/* SPDX-License-Identifier: MIT */
/*
 * The monitor tube, the only cathode-ray tube visible to the operator.  A
 * selector connects it to one of the storage tubes (Reference Manual A3.1).
 */
#pragma once

#include "console/cells.h"
#include "emu/session/session.h"

/* Selector buttons.  M and B belong to a later machine and show the store. */
enum monitor {
    MONITOR_C,
    MONITOR_A,
    MONITOR_S,
    MONITOR_M,
    MONITOR_B,
    MONITORS
};

/* Attributes for the brightness of a line, from dark to bright */
#define MONITOR_LEVELS 6
extern const uint8_t monitor_level[MONITOR_LEVELS];

/* Position and style of the tube on the screen */
struct monitor_look {
    unsigned row, column; /* position of digit 0 of line 0 */
    unsigned width;       /* cells per digit, 1 or 2 */
    bool halves;          /* true if two lines share a row */
    bool keep_pi;         /* true if C shows PI even at rest */
    bool coarse;          /* true for few steps of brightness */
    int line, digit;      /* cursor position, or -1 */
};

/* Draws the picture on the tube as 32 lines of dots and dashes. */
void monitor_draw(struct cells *cells, const struct session *session,
                  enum monitor monitor, const struct monitor_look *look);

/* Size in cells of a small tube, whose cells hold two digits of four lines */
#define MONITOR_SMALL_ROWS    (LINES / 4)
#define MONITOR_SMALL_COLUMNS (DIGITS / 2)

/* Draws the store as a small tube.  Displays that do not show the beam show how
   many digits are 1 in each half of a cell. */
void monitor_draw_small(struct cells *cells, const struct session *session,
                        unsigned row, unsigned column, bool coarse);

/* Draws the 32 digits of a register in row LOOK->row, averaged over the frame.
 */
void monitor_draw_register(struct cells *cells, const struct session *session,
                           enum phosphor_register which,
                           const struct monitor_look *look, uint8_t attribute);

/* Returns a description of what the tube shows. */
const char *monitor_name(enum monitor monitor);
