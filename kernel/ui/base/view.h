/* SPDX-License-Identifier: MIT */
/*
 * What all pages share: screen, session, cursor, and functions that draw or
 * open pages.  A page's own state is in its header.
 */
#pragma once

#include "console/attributes.h"
#include "console/cells.h"
#include "console/event.h"
#include "emu/session/session.h"
#include "emu/text/number_format.h"
#include "services/library.h"
#include "services/options.h"
#include "services/transfer.h"
#include "ui/base/monitor.h"

/* Requests to the PC; the last two end QEMU with a status. */
enum ui_request {
    REQUEST_NONE,
    REQUEST_REBOOT,
    REQUEST_POWER_OFF,
    REQUEST_SUCCESS,
    REQUEST_FAILURE,
};

enum keyboard_presence {
    KEYBOARD_PRESENT,   /* a PC with a BIOS, or a key was pressed */
    KEYBOARD_UNCERTAIN, /* there is a controller, but UEFI started the PC, or
                           ACPI denies the controller: perhaps on USB */
    KEYBOARD_ABSENT,    /* no controller */
};

/* What the PC offers; the caller of ui_start() fills it in. */
struct environment {
    struct code_area *code;           /* for the translator; NULL: none */
    struct code_area *timed_run_code; /* for timed runs */
    struct code_area *history_code;   /* for replay */
    void *memory;       /* for journal and history, aligned as uint64_t */
    size_t memory_size; /* bytes */
    const struct bench_entry *bench_entries;
    unsigned bench_entry_count;
    enum keyboard_presence keyboard_presence;
    bool serial;            /* the port for data exists */
    bool screen;            /* the PC has a screen */
    const char *found;      /* one line about the hardware; never NULL */
    const char *hypervisor; /* signature in CPUID; NULL or empty: none */
};

enum page_id {
    /* Base pages: one of them is always open, below any other page. */
    PAGE_EDITOR,
    PAGE_PANEL,
    PAGE_LARGE,
    PAGE_LAB,
    PAGE_DEBUG,
    PAGE_DEMO,
    PAGES_BASE,

    PAGE_OFFER = PAGES_BASE,
    PAGE_MENU,
    PAGE_PROGRAMS,
    PAGE_SAVE,
    PAGE_HELP,
    PAGE_SYSTEM_INFO,
    PAGE_ASK,
    PAGE_REPORT,
    PAGES
};

struct view;
struct command;
struct command_table;

/* A row of the table of pages (ui/page_list.c). */
struct page {
    const char *title; /* of a base page, in the title bar */
    void (*draw)(struct view *view);
    void (*event)(struct view *view, const struct event *event);
    void (*leave)(struct view *view);  /* another page opens; or NULL */
    bool (*commit)(struct view *view); /* completes an entry being typed; false:
                                          it is no word; or NULL */
    bool over_base;                    /* drawn over the base page */
    bool releases;                     /* receives key releases */
    bool still;    /* shows nothing that the machine changes */
    bool commands; /* receives the keys of the base page's commands */
};

/* First rows of the parts of a page, from 0 at the top. */
struct layout {
    unsigned rows;
    unsigned step;  /* rows from one line of prose to the next */
    unsigned store; /* first row of the store */
    bool halves;    /* two lines of the store share a row */
    unsigned scale; /* numbers of the digits */
    unsigned registers;
    unsigned words;      /* the last instruction in words */
    unsigned note;       /* the whole note of the cursor's line */
    unsigned note_entry; /* where a note is typed */
    unsigned switches;   /* on the panel: effect of the switches */
    unsigned status;
    unsigned rate;    /* may be the row of the status */
    unsigned message; /* the last row of a message, which may take two */
    unsigned advice;
};

#define ROWS_MIN 24 /* of the short screen, and of every terminal */

#define KEYS_ROW(layout) ((layout)->rows - 1)
#define TUBE_COLUMN      4  /* of digit 0 */
#define LISTING_COLUMN   38 /* of the mark */
#define WORD_WIDTH       18 /* of a word in the listing: "STO 29 -1610588135" */

/* On the short screen a row of the listing has two lines, each with mark,
   number, breakpoint and word. */
#define NARROW_COLUMN  36 /* of the first mark */
#define LISTING_NARROW (4 + WORD_WIDTH)

/* Column of the marks L (line of the L switches) and C (line of CI). */
#define MARK_COLUMN (TUBE_COLUMN + DIGITS + 1)

enum focus { FOCUS_LISTING, FOCUS_TUBE };

#define ENTRY_SIZE   (40 + NOTE_SIZE)
#define MESSAGE_SIZE 240

/* The word or note being typed. */
struct typed_entry {
    enum focus focus; /* where the editor's keys go */
    bool typing;
    char text[ENTRY_SIZE];
};

/* A question, and what follows the answer "yes". */
struct question {
    const struct command *command; /* asked about */
    const struct command *then;    /* executed next; NULL: handle `event` */
    struct event event;
    bool replay;       /* `event` is to be handled again */
    enum page_id from; /* page that opens on "no" */
    bool run;          /* run the loaded program */
};

/* The file being read, or read last. */
struct load {
    struct library_reader file;
    void (*then)(struct view *view, bool good); /* at its end; or NULL */
    uint32_t count;                             /* of loads so far */
};

/* How fast the machine runs, measured since it was started. */
struct rate {
    bool begun, known;
    uint64_t since;       /* start of the measurement */
    uint64_t prepulses;   /* count then */
    uint64_t thousandths; /* prepulses in 1,000 s; if known */
};

struct view {
    struct cells cells;
    const struct layout *layout;
    struct environment environment;
    struct options options; /* of the boot line */
    struct library library;
    struct session session;
    struct transfer transfer; /* of the port for data */
    struct load load;

    const struct page *pages; /* PAGES of them */
    const struct command_table *commands;
    void *state[PAGES]; /* each page's own */
    enum page_id page, base;
    enum page_id large_from; /* base before the large tube */
    unsigned menu_row;
    struct question question;

    unsigned line, digit; /* the cursor */
    struct typed_entry entry;
    enum monitor monitor;   /* what the tube shows */
    enum notation notation; /* of numbers in the listing */
    bool notation_1951;     /* instructions as written in 1951 */
    unsigned theme;         /* enum theme */
    bool touring;           /* the tour is open beside the editor */

    char message[MESSAGE_SIZE]; /* until the next key; may be empty */
    struct rate rate;
    uint64_t last_key; /* time of the last key */
    enum port console; /* port of a possible terminal; PORT_NONE: none */
    enum ui_request request;
    bool changed; /* the screen must be drawn before the next frame */
};

/* C as a capital letter, if it is a letter. */
static inline char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Sets the size of the screen to ROWS: 24 or 50. */
void view_set_rows(struct view *view, unsigned rows);

/* Sets the message, in place of an earlier one. */
void view_message(struct view *view, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* On pages other than the panel the switches are not visible: sets them to
   normal before a run, with a message. */
void view_make_normal(struct view *view);

/* The name of the port for data; the rate of PORT in baud. */
const char *view_port_name(const struct view *view);
uint32_t view_port_baud(const struct view *view, enum port port);
