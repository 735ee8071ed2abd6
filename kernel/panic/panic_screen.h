/* SPDX-License-Identifier: MIT */
/*
 * The panic screen, part by part: 24 rows of plain ASCII, which every screen
 * can show and every serial port can send.
 */
#pragma once

#include "arch/traps.h"
#include "ui/ui.h"

#define PANIC_ROWS 24

struct panic_report {
    struct trap_frame frame;
    const char *message; /* NULL: the exception is the cause */
    struct ui *ui;       /* provides the cells and the Baby */
    uint32_t cr2;        /* address of the last page fault */
};

/* Each draws its own rows; the first also clears the screen. */
void panic_draw_title(const struct panic_report *report);
void panic_draw_registers(const struct panic_report *report);
void panic_draw_backtrace(const struct panic_report *report);
void panic_draw_baby(const struct panic_report *report);

/* Sends the drawn rows and the store, as a .snp file, to all serial ports. */
void panic_send(const struct panic_report *report);
