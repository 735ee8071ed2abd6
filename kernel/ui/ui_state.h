/* SPDX-License-Identifier: MIT */
/* State of the console */
#pragma once

#include "services/batch.h"
#include "services/demo.h"
#include "ui/base/view.h"
#include "ui/debugger/debugger_state.h"
#include "ui/lab/lab_state.h"
#include "ui/machines/machines_state.h"
#include "ui/pages/editor_state.h"
#include "ui/pages/help.h"
#include "ui/pages/panel.h"
#include "ui/pages/pin.h"
#include "ui/pages/programs.h"
#include "ui/pages/report.h"
#include "ui/save/save.h"
#include "ui/pages/system_info.h"
#include "ui/serial_ports.h"

#define EVENTS_WAITING 32

/* Program that is loaded when the console starts */
struct opening {
    struct library_reader file;
    const char *default_name;
    bool asked; /* true unless `file` is only a fallback */
};

#define NOTICE_SIZE 80 /* of a sentence of keyboards_notice() */

/* Signs that a user is at the keyboard */
struct presence {
    uint64_t began;     /* time when the console started */
    bool key_seen;      /* true if any key has been pressed */
    bool advised;       /* true if the no-keyboard advice was shown */
    unsigned countdown; /* seconds shown in a kiosk, or 0 */
    bool key_pending;   /* true if a key was pressed since the last turn */
    char notice[NOTICE_SIZE +
                2]; /* end of the message, see keyboards_notice() */
};

/* Scheduling of execution and drawing */
struct pacing {
    bool animating; /* true if the tube may change by itself */
    uint64_t next_frame;
    uint64_t began;    /* start time of the last drawing of the screen */
    uint64_t drawing;  /* how long it took, without the machine's slices */
    bool unfinished;   /* true if parts of it are still to do */
    uint64_t current;  /* when the screen was last known to be current */
    unsigned drawn;    /* how many cells it drew */
    uint64_t drawn_us; /* how long these cells alone took */
    uint64_t slice;    /* start time of the current ui_more() slice */
    uint64_t call;     /* start time of the last ui_more() call */
    unsigned calls;    /* number of calls so far in this slice */
};

struct ui {
    struct view view;
    struct guests guests;
    struct history history;

    /* State of each page, referenced by view.state[] */
    struct editor editor;
    struct panel panel;
    struct lab lab;
    struct debugger debugger;
    struct demo demo;
    struct programs programs;
    struct save save;
    struct help help;
    struct system_info system_info; /* filled in by the caller */
    union {
        struct report report;
        struct batch batch; /* a batch runs before the console starts */
    };
    struct machines machines;
    struct pin pin;

    struct opening opening;
    struct serial_ports ports;
    struct presence presence;
    struct pacing pacing;
    struct event waiting[EVENTS_WAITING]; /* keys queued during a seek */
    unsigned waiting_count;
    enum page_id pressed_on; /* page on which the held key was pressed */
    bool repaint;            /* true if the caller must redraw the screen */
};
