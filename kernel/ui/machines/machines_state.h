/* SPDX-License-Identifier: MIT */
/* State of the page of machines. */
#pragma once

#include "emu/guests/guests.h"
#include "ui/base/view.h"

enum machines_view {
    MACHINES_TABLE,
    MACHINES_TUBES,
    MACHINES_CONTROL, /* control block and last exits of a guest */
    MACHINES_TRAPS,
};

/* What a guest used up to the last measurement, and since then */
struct usage {
    uint64_t us, instructions; /* as in its account */
    uint64_t rate;             /* thousandths of an instruction per second */
    unsigned share; /* of the time of all that compete, in thousandths */
};

struct machines {
    unsigned chosen; /* number of the guest under the cursor */
    unsigned doomed; /* guest to remove if Del is pressed again, or 0 */
    enum machines_view view;
    uint64_t now;      /* time of the last turn */
    uint64_t measured; /* time of the last measurement, or 0 */
    bool known;        /* true if rates and shares have been measured */
    uint64_t rate;     /* of all guests together, as in struct usage */
    struct usage usage[GUESTS_MAX];
    /* Name of the file of each guest that is not in focus, or NULL */
    const char *name[GUESTS_MAX];
    /* Cycles of an entry and its exit, if the same or another guest was used
       before, or 0 if unknown */
    uint64_t entry_cycles, change_cycles;
    struct privileged_row privileged[PRIVILEGED_ROWS];
};

static inline struct machines *machines_of(const struct view *view)
{
    return view->state[PAGE_MACHINES];
}
