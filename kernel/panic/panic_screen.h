/* SPDX-License-Identifier: MIT */
/*
 * What the last page says, part by part.  It has 24 rows of plain ASCII, which
 * every screen can show and every port can send.
 */
#ifndef PANIC_PANIC_SCREEN_H
#define PANIC_PANIC_SCREEN_H

#include "arch/traps.h"
#include "ui/ui.h"

#define FAULT_ROWS 24

struct fault {
    struct trap_frame frame;
    const char *why;  /* NULL: the exception tells */
    struct ui *ui;    /* whose cells are drawn in */
    uint32_t address; /* of a page fault */
};

/* Each draws its rows; the first clears all. */
void fault_page_begin(const struct fault *fault);
void fault_page_registers(const struct fault *fault);
void fault_page_callers(const struct fault *fault);
void fault_page_baby(const struct fault *fault);

/* Sends what was drawn to all serial ports, with the store as a .snp file. */
void fault_page_send(const struct fault *fault);

#endif
