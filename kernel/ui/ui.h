/* SPDX-License-Identifier: MIT */
/*
 * The operator's console: keys in, cells out, the machine in between.  It
 * reads no clock and touches no hardware; the caller brings both.
 */
#ifndef UI_UI_H
#define UI_UI_H

#include "ui/pages/system_info.h"
#include "console/cells.h"
#include "console/escape_decoder.h"
#include "console/event.h"
#include "console/terminal.h"
#include "ui/debugger/debugger.h"
#include "services/demo.h"
#include "emu/session/session.h"
#include "emu/text/number_format.h"
#include "ui/lab/lab.h"
#include "services/library.h"
#include "ui/base/monitor.h"
#include "services/options.h"
#include "ui/pages/panel.h"
#include "ui/pages/report.h"
#include "ui/pages/tour.h"
#include "ui/debugger/trace_export.h"
#include "services/transfer.h"

#define UI_NOTHING_DUE UINT32_MAX
#define ROWS_MIN       24 /* of the short screen, and of every terminal */

/* What the console wants of the PC; the last two end QEMU with a status. */
enum ui_request {
    REQUEST_NONE,
    REQUEST_REBOOT,
    REQUEST_POWER_OFF,
    REQUEST_SUCCESS,
    REQUEST_FAILURE,
};

/* What may be hoped for of the PC's own keyboard. */
enum keyboard_presence {
    KEYBOARD_PRESENT,   /* as on any PC with a BIOS; or a key came already */
    KEYBOARD_UNCERTAIN, /* there is a controller, but this looks like a PC whose
                      keyboard is on USB: UEFI started it, or its tables deny
                      the controller */
    KEYBOARD_ABSENT,    /* no controller: no key will ever come */
};

enum page {
    /* One of these is the base: it stays while others come and go. */
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

/* Where the keys go on the editor's page. */
enum focus { FOCUS_LISTING, FOCUS_TUBE };

#define EVENTS_WAITING 32

#define ENTRY_SIZE   (40 + NOTE_SIZE)
#define MESSAGE_SIZE 240

/* What the list of programs shows, so that no file is read to draw it. */
#define PROGRAMS_SHOWN 12 /* at once, at most */
struct programs {
    struct {
        bool known;
        unsigned index; /* of the program */
        struct library_card card;
    } row[PROGRAMS_SHOWN];
    bool more; /* a card is still to be read */
};

struct layout;
struct command;

/* How fast the machine runs, measured since it was started. */
struct rate {
    bool begun, known;
    uint64_t since;       /* start of the span it is taken over */
    uint64_t prepulses;   /* prepulses then */
    uint64_t thousandths; /* prepulses in 1,000 s; if known */
};

struct ui {
    struct cells cells;
    const struct layout *layout;
    struct session session;
    struct journal *journal; /* NULL: there is no memory for it */
    struct history history;
    struct library library;
    struct options options; /* of the boot line */
    const char *default_name;
    struct library_reader opening; /* the program that it begins with */
    bool opening_asked;            /* it is the one asked for */
    struct library_reader reading; /* what is read now, or was last */
    void (*read_then)(struct ui *ui, bool good); /* when it is; NULL: nothing */
    struct programs programs;
    struct program scratch;   /* being sent .. */
    struct snapshot snapshot; /* .. and of a state the moment */
    struct panel panel;
    struct tour tour;
    struct demo demo;
    struct lab lab;
    struct debug debug;
    uint64_t began;    /* when the console was started */
    bool key_seen;     /* since then, from wherever */
    bool keyless_told; /* what to try without a keyboard */
    enum keyboard_presence keyboard_presence; /* the caller's */
    bool keyed;           /* a key came since the last turn */
    uint64_t last_key;    /* the turn after it */
    enum monitor monitor; /* what the tube shows */

    struct event waiting[EVENTS_WAITING]; /* for the end of a search */
    unsigned waiting_count;

    enum page page;
    enum page base;
    enum page large_from; /* base before the large tube */
    enum page pressed_on; /* where the key now held went down */
    enum focus focus;
    unsigned line, digit;   /* the cursor */
    bool typing;            /* `entry` is being typed */
    char entry[ENTRY_SIZE]; /* what was typed so far */
    struct line clipboard;
    bool clipboard_full;
    enum notation notation; /* of numbers in the listing */
    bool paper;             /* instructions as the paper of 1951 writes them */
    char message[MESSAGE_SIZE]; /* until the next key; may be empty */

    unsigned menu_row;
    unsigned list_row; /* chosen program */
    unsigned save_row;
    unsigned help_page;
    unsigned theme;            /* that the screen is to have; enum theme */
    const struct command *ask; /* what is asked about */
    const struct command *asked_for; /* .. before this is done, */
    struct event asked_at;           /* .. or where it is NULL, this */
    enum page asked_on;              /* where "no" leads */
    bool ask_run;                    /* whether to run what is loaded */

    bool serial;        /* this PC has the port for data */
    enum port console;  /* where a terminal may be; PORT_NONE: not */
    bool screen;        /* it has one of its own, too .. */
    unsigned rows_most; /* .. of so many rows */
    bool repaint;       /* .. which must be drawn anew; the caller's to end */
    struct terminal terminal;
    struct escape_decoder escape;
    uint64_t deaf;          /* until then what comes from it is no key */
    struct code_area *code; /* for translated code; NULL: there is none */
    struct code_area *timed_run_code; /* .. beside the machine on the desk */
    struct code_area *history_code;   /* .. for what is obeyed once more */
    void *memory;       /* for journal and history, aligned as uint64_t .. */
    size_t memory_size; /* .. in bytes; 0: there is none */
    const struct bench_entry *bench_entries; /* of `bench` */
    unsigned bench_entry_count;
    struct transfer transfer;
    struct trace_export trace_export;
    bool sent_all;              /* what is being sent leaves nothing out */
    bool sent_state;            /* .. and is a state */
    uint32_t sent_edit;         /* .. of the store after this edit */
    char compact[COMPACT_SIZE]; /* the store when Save was opened */
    struct report report;

    bool lively;     /* the tube may change by itself */
    bool drew;       /* in the turn before */
    uint8_t owed;    /* turns that the machine has before the next frame */
    bool changed;    /* something must be drawn before time */
    uint64_t slice;  /* when that of ui_more() began, .. */
    uint64_t called; /* .. and its last call */
    unsigned calls;  /* .. of so many; 0: none has begun */
    uint64_t next_frame;
    struct rate rate;
    enum ui_request request;
    struct system_info
        system_info;        /* the caller's, while ui_shows_system_info() */
    const char *found;      /* one line on the hardware; never NULL */
    const char *hypervisor; /* as it signs in CPUID; NULL or empty: none */
};

/*
 * Starts a console of 80x24 (ROWS 24) or 80x50 (50) in *UI, which the caller
 * has zeroed but for the library, `keyboard_presence`, `serial`, `console`,
 * `screen`, `system_info`, `hypervisor`, its memory and all code areas; a
 * terminal that may have fewer rows makes it 80x24 meanwhile. It loads the
 * program that OPTIONS name, else the first module, else DEFAULT_NAME.
 * COMPLAINTS, which may be empty, are shown; FOUND says what hardware there is,
 * and must live on.
 */
void ui_start(struct ui *ui, unsigned rows, const struct options *options,
              unsigned modules, const char *default_name, const char *warnings,
              const char *found, uint64_t now);

/* Begins the demonstration, as it comes by itself with kiosk=. */
void ui_start_demo(struct ui *ui, uint64_t now);

/* Whether ui->below is to be on the screen: then it is to tell how things are
   now. */
bool ui_shows_system_info(const struct ui *ui);

/* Draws all anew, on every screen; the terminal is asked once more. */
void ui_repaint(struct ui *ui);

/* Takes one key. */
void ui_event(struct ui *ui, const struct event *event);

/*
 * Runs what is due at NOW and draws if it is time.  Returns how many
 * microseconds the PC may sleep (0: come back at once; UI_NOTHING_DUE: until
 * a key or a byte).  *DRAWN says whether ui->cells changed.
 */
uint32_t ui_turn(struct ui *ui, uint64_t now, bool *drawn);

/*
 * Serial ports are carried by the caller.  ui_received() tells before each turn
 * what came, and whether something was LOST.  ui_to_send() returns after it how
 * many bytes at *BYTES are to go out; ui_sent() tells how many of them the port
 * took, which may be none.
 */
void ui_received(struct ui *ui, enum port port, const char *bytes, size_t count,
                 bool lost, uint64_t now);
size_t ui_to_send(struct ui *ui, enum port port, const char **bytes);
void ui_sent(struct ui *ui, enum port port, size_t count, uint64_t now);

/* Tells that what ui->request said could not be done; it is taken back. */
void ui_request_failed(struct ui *ui);

/*
 * Before each ui_turn(): while it returns true, there is more to be done by
 * the machine or a search, and it is called again with the time as it is then.
 * It ends after 5 ms and one call; pace.h says how long that takes.
 */
bool ui_more(struct ui *ui, uint64_t now);

/* Tells how many microseconds the last ui_turn() took, and how many cycles of
   the processor, 0 where it counts none, for those who measure that. */
void ui_account_time(struct ui *ui, uint64_t took, uint64_t cycles);

#endif
