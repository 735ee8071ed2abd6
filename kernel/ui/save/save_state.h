/* SPDX-License-Identifier: MIT */
/* State of the Save page. */
#pragma once

#include "emu/format/compact.h"
#include "qr/qr.h"
#include "ui/base/view.h"

/* What was sent last. */
struct sent {
    struct program program;
    struct snapshot snapshot;
    bool is_state;    /* true if `snapshot` was sent as well */
    const char *lack; /* what of the program as entered it lacks, or NULL */
    bool unconfirmed; /* true until it is known to have arrived */
};

struct save {
    unsigned row;    /* selected row */
    unsigned number; /* number of saves so far */
    struct sent sent;
    bool to_disk; /* true while a program is being saved on a disk */
    /* Title or author being typed, or 0 */
    unsigned typing;
    char text[NOTE_SIZE];
    char compact[COMPACT_SIZE]; /* program as entered when the page opened */
    char link[QR_TEXT_MAX];     /* text of its QR code */
    struct qr qr;               /* size 0 if the text is too long */
    bool large;                 /* true if the QR code has the page alone */
};

struct save *save_of(const struct view *view);
