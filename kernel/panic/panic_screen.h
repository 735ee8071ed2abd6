/* SPDX-License-Identifier: MIT */
/* The panic screen: 24 rows of plain ASCII, for any screen and serial port. */
#pragma once

#include "arch/traps.h"
#include "ui/ui.h"

#define PANIC_ROWS 24

struct panic_report {
    struct trap_frame frame;
    const char *message; /* NULL if the exception is the cause */
    struct ui *ui;       /* provides the cells and the state of the Baby */
    uint32_t cr2;        /* address of the last page fault */
};

/* Each function draws its own rows.  panic_draw_title() clears the screen. */
void panic_draw_title(const struct panic_report *report);
void panic_draw_registers(const struct panic_report *report);
void panic_draw_backtrace(const struct panic_report *report);
void panic_draw_baby(const struct panic_report *report);

/* Sends the drawn rows, and the store in .snp format, to all serial ports. */
void panic_send(const struct panic_report *report);
