/* SPDX-License-Identifier: MIT */
/*
 * The guided tour: short pages beside the editor, which goes on working.
 */
#ifndef UI_PAGES_TOUR_H
#define UI_PAGES_TOUR_H

#include <stdbool.h>
#include <stdint.h>

#define TOUR_PAGES 10

struct ui;

struct tour {
    bool on;
    unsigned page;                   /* from 0 */
    bool done;                       /* what the page asked for was done */
    void (*prepared)(struct ui *ui); /* what made the store ready, last */
    uint64_t prepulses;              /* when the page was opened */
};

#endif
