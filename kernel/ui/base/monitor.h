/* SPDX-License-Identifier: MIT */
/*
 * The monitor tube: the one cathode-ray tube that people could see.  Its
 * selector puts one of the storage tubes on it (Reference Manual A3.1).
 */
#pragma once

#include "console/cells.h"
#include "emu/session/session.h"

/* The selector's five buttons; M and B belong to a later machine and leave
   the store on the tube. */
enum monitor {
    MONITOR_C,
    MONITOR_A,
    MONITOR_S,
    MONITOR_M,
    MONITOR_B,
    MONITORS
};

/* A line's brightness as attributes, from dark to bright. */
#define MONITOR_LEVELS 6
extern const uint8_t monitor_level[MONITOR_LEVELS];

/* How the tube is drawn. */
struct monitor_look {
    unsigned row, column; /* of line 0, digit 0 */
    unsigned width;       /* cells a digit takes: 1 or 2 */
    bool halves;          /* two lines share a row */
    bool keep_pi;         /* C shows PI on a machine at rest, too */
    int line, digit;      /* the cursor; -1: none */
};

/* Draws 32 lines of dots and dashes as MONITOR shows them. */
void monitor_draw(struct cells *cells, const struct session *session,
                  enum monitor monitor, const struct monitor_look *look);

/* Draws one register's 32 digits, averaged over the frame, in one row. */
void monitor_draw_register(struct cells *cells, const struct session *session,
                           enum phosphor_register which, unsigned row,
                           unsigned column, uint8_t attribute);

/* The name of what MONITOR shows. */
const char *monitor_name(enum monitor monitor);
