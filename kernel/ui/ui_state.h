/* SPDX-License-Identifier: MIT */
/* The state of the console. */
#pragma once

#include "services/demo.h"
#include "ui/base/view.h"
#include "ui/debugger/debugger_state.h"
#include "ui/lab/lab_state.h"
#include "ui/pages/editor_state.h"
#include "ui/pages/help.h"
#include "ui/pages/panel.h"
#include "ui/pages/programs.h"
#include "ui/pages/report.h"
#include "ui/pages/save.h"
#include "ui/pages/system_info.h"
#include "ui/serial_ports.h"

#define EVENTS_WAITING 32

/* The program that the console starts with. */
struct opening {
    struct library_reader file;
    const char *default_name;
    bool asked; /* `file` is the one that the boot line asks for */
};

/* Signs of a user at the keyboard. */
struct presence {
    uint64_t began;   /* start of the console */
    bool key_seen;    /* a key was pressed since then */
    bool advised;     /* the advice for a PC without keyboard was shown */
    bool key_pending; /* a key was pressed since the last turn */
};

/* When to run, and when to draw. */
struct pacing {
    bool animating; /* the tube may change by itself */
    bool drew;      /* the last turn drew */
    uint8_t owed;   /* turns that only run the machine */
    uint64_t next_frame;
    uint64_t slice; /* start of the slice of ui_more() */
    uint64_t call;  /* start of its last call */
    unsigned calls; /* calls in the slice; 0: no slice has begun */
};

struct ui {
    struct view view;
    struct history history;

    /* States of pages; view.state[] points to them. */
    struct editor editor;
    struct panel panel;
    struct lab lab;
    struct debugger debugger;
    struct demo demo;
    struct programs programs;
    struct save save;
    struct help help;
    struct system_info system_info; /* filled in by the caller */
    struct report report;

    struct opening opening;
    struct serial_ports ports;
    struct presence presence;
    struct pacing pacing;
    struct event waiting[EVENTS_WAITING]; /* keys queued during a seek */
    unsigned waiting_count;
    enum page_id pressed_on; /* page on which the held key was pressed */
    bool repaint;            /* the caller must redraw the screen */
};
