/* SPDX-License-Identifier: MIT */
/* State shared by all pages.  Page-specific state is in each page's header. */
#pragma once

#include "console/attributes.h"
#include "console/cells.h"
#include "console/event.h"
#include "emu/guests/guests.h"
#include "emu/session/session.h"
#include "emu/text/number_format.h"
#include "services/library.h"
#include "services/options.h"
#include "services/transfer.h"
#include "ui/base/monitor.h"

/* Requests to the PC.  The last two exit QEMU with a status. */
enum ui_request {
    REQUEST_NONE,
    REQUEST_REBOOT,
    REQUEST_POWER_OFF,
    REQUEST_SUCCESS,
    REQUEST_FAILURE,
};

enum keyboard_presence {
    KEYBOARD_PRESENT, /* keyboard found under a BIOS, or a key was pressed */
    /* Keyboard found under UEFI or denied by ACPI, so it may be on USB */
    KEYBOARD_UNCERTAIN,
    KEYBOARD_ABSENT, /* no keyboard controller found */
};

/* What an instruction does outside the kernel that is privileged or should be,
   as it reads or changes what belongs to the kernel */
struct privileged_row {
    const char *name; /* of the instruction */
    const char *what; /* what it does in the kernel */
    enum privileged_result {
        PRIVILEGED_TRAPS,
        PRIVILEGED_IGNORED, /* nothing happens */
        PRIVILEGED_READS,   /* the state is read */
    } result;
};
#define PRIVILEGED_ROWS 18

/* One entry into a guest, and the exit that ended it */
struct entry_row {
    uint32_t number;           /* from 1 */
    const char *call;          /* what the engine was to do */
    uint32_t budget, executed; /* instructions, 0 unless it was to run */
    const char *reason;        /* of the exit */
    uint64_t cycles;           /* from entry to exit, 0 if not counted */
};
#define ENTRY_ROWS 10
#define REGIONS    6

/* What the hypervisor shows of itself */
struct vmm_view {
    /* Writes what it knows of a guest, in three text lines. */
    void (*control_block)(struct strbuf *text,
                          const struct engine_space *space);
    /* Writes a text line for one of REGIONS ranges of memory that the guest can
       access: its linear and physical address, its pages, and what it is. */
    void (*region)(struct strbuf *text, const struct engine_space *space,
                   unsigned i);
    /* Fills in the guest's last entries, the newest first.  Returns their
       number. */
    unsigned (*entries)(const struct engine_space *space,
                        struct entry_row rows[ENTRY_ROWS]);
    /* Returns the least number of cycles that an entry and its exit take, if
       the guest FROM was used before it, or 0 if they are not counted. */
    uint64_t (*entry_cycles)(const struct engine_space *space,
                             const struct engine_space *from);
    /* Executes each such instruction outside the kernel.  Returns false if that
       is not possible. */
    bool (*try_privileged)(struct privileged_row rows[PRIVILEGED_ROWS]);
};

/* A disk on which programs can be saved, in a file that holds them all */
struct disk {
    /* Starts to save PROGRAM, the text of an .asm file, which must stay valid
       until the disk is no longer busy. */
    void (*save)(const char *program, size_t length);
    bool (*is_busy)(void);
    /* Appends what came of it as a sentence.  Returns true if it was saved, and
       then adds the program to the library. */
    bool (*describe)(struct strbuf *text);
};

/* Resources of the PC, filled in by the caller of ui_start() */
struct environment {
    struct engine_space *engine_space; /* of the first machine; NULL if here */
    union engine_state *engine_state;  /* of its engine, initially zero */
    struct code_area *code;           /* code area of the translator, or NULL */
    struct code_area *timed_run_code; /* code area for timed runs */
    struct code_area *history_code;   /* code area for replay */
    void *memory;       /* memory for undo and history, aligned for uint64_t */
    size_t memory_size; /* size of `memory` in bytes */
    struct guest_place guest_place[GUESTS_MAX - 1]; /* of other machines */
    unsigned guest_places;
    const struct vmm_view *vmm; /* NULL if guests are in no space */
    const struct bench_entry *bench_entries;
    unsigned bench_entry_count;
    enum keyboard_presence keyboard_presence;
    bool usb;                /* true if USB keyboards can be plugged in */
    const char *usb_problem; /* why not, after a colon; may be NULL */
    /* Writes TEXT to a new file with this ENDING and returns its name, or NULL
       if that fails.  NULL on a PC, which has no files. */
    const char *(*save_file)(const char *ending, const char *text,
                             size_t length);
    const struct disk *disk; /* NULL if there is none */
    bool serial;             /* true if the data port exists */
    bool screen;             /* true if the PC has a screen */
    const char *found;       /* hardware summary in one line, never NULL */
    const char *hypervisor;  /* CPUID signature, may be NULL or empty */
};

enum page_id {
    /* Base pages, one of which is always open beneath any other page */
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
    PAGE_MACHINES,
    PAGE_ASK,
    PAGE_PIN,
    PAGE_REPORT,
    PAGES
};

struct view;
struct command;
struct command_table;

/* Description and handlers of a page (see ui/page_list.c) */
struct page {
    const char *title; /* title of a base page in the title bar */
    void (*draw)(struct view *view);
    void (*event)(struct view *view, const struct event *event);
    void (*leave)(struct view *view); /* called on leaving the page, or NULL */
    /* Completes an entry.  Returns false if it is invalid.  May be NULL. */
    bool (*commit)(struct view *view);
    bool over_base;   /* true if drawn over the base page */
    bool large;       /* true if the page is the tube in larger cells */
    unsigned columns; /* maximum width on a wide screen, or 0 for 80 */
    bool releases;    /* true if the page handles key releases */
    bool still;       /* true if the page does not change by itself */
    bool commands;    /* true if command keys work on this page */
};

/* Row numbers of the parts of a page, counted from 0 at the top */
struct layout {
    unsigned rows;
    unsigned step;  /* rows per line of prose */
    unsigned digit; /* columns per digit of the tube, 1 or 2 */
    unsigned shift; /* columns by which a tube of two columns per digit moves
                       what is to its right */
    unsigned store; /* first row of the store */
    bool halves;    /* true if two lines of the store share a row */
    unsigned scale; /* row of the digit numbers */
    unsigned registers;
    unsigned words;      /* row that describes the last instruction */
    unsigned note;       /* row of the full note of the current line */
    unsigned note_entry; /* row in which a note is typed */
    unsigned switches;   /* row that explains the panel's switches */
    unsigned status;
    unsigned rate;    /* row of the rate, which may equal `status` */
    unsigned message; /* last row of a message, which may take two */
    unsigned advice;
    unsigned caption; /* column of the caption beside the large tube, or 0 */
};

#define TUBE_COLUMN 4 /* column of digit 0 */
#define LISTING_COLUMN                                                         \
    38                /* column of the marks in the listing, plus `shift`      \
                       */
#define WORD_WIDTH 18 /* width of a word, e.g. "STO 29 -1610588135" */

/* On the short screen each row of the listing holds two lines, each with a
   mark, a line number, a breakpoint and a word. */
#define NARROW_COLUMN  36 /* column of the first mark */
#define LISTING_NARROW (4 + WORD_WIDTH)

/* Column of the marks L (line set on the L switches) and C (line in CI), plus
   `shift` */
#define MARK_COLUMN (TUBE_COLUMN + DIGITS + 1)

enum focus { FOCUS_LISTING, FOCUS_TUBE };

#define ENTRY_SIZE   (40 + NOTE_SIZE)
#define MESSAGE_SIZE 240

struct typed_entry {
    enum focus focus; /* part of the editor that receives keys */
    bool typing;
    bool accepted; /* true if the last key completed an entry */
    char text[ENTRY_SIZE];
};

/* Cache of the listing's words as text.  Most words are the same in the next
   frame, and writing them takes a slow PC longer than copying them. */
#define WORDS_CACHED 64
struct cached_word {
    uint32_t word;
    uint8_t style; /* notations and layout of the text, or 0 if unused */
    char text[WORD_WIDTH + 1];
};

/* A pending question and what to do if the answer is yes */
struct question {
    const struct command *command; /* command to confirm */
    const struct command *then;    /* command to execute next, or NULL */
    struct event event;
    bool replay;       /* true if `event` must be handled again */
    enum page_id from; /* page to reopen if the answer is no */
    bool run;          /* true to run the program after loading it */
};

/* The file being read, or the last one read */
struct load {
    struct library_reader file;
    void (*then)(struct view *view, bool good); /* called when done, or NULL */
    uint32_t count;                             /* number of files loaded */
    const char *name;                           /* of the program loaded */
};

/* Execution rate, measured while the machine runs */
struct rate {
    bool begun, known;
    uint64_t since;       /* time when the measurement started */
    uint64_t prepulses;   /* prepulse count at that time */
    uint64_t thousandths; /* prepulses per 1,000 s, valid if `known` */
};

struct view {
    struct cells cells;
    const struct layout *layout;
    struct environment environment;
    struct options options; /* options from the boot command line */
    struct library library;
    struct session session; /* of the guest in focus */
    struct guests *guests;
    struct transfer transfer; /* transfer on the data port */
    struct load load;

    const struct page *pages; /* array of PAGES entries */
    const struct command_table *commands;
    void *state[PAGES]; /* private state of each page */
    enum page_id page, base;
    enum page_id large_from; /* base page before the large tube */
    unsigned menu_row;
    struct question question;

    unsigned line, digit; /* cursor position */
    struct typed_entry entry;
    enum monitor monitor;   /* tube selected for display */
    enum notation notation; /* number format in the listing */
    bool notation_1951;     /* true to show the 1951 notation */
    struct cached_word cached[WORDS_CACHED];
    unsigned theme;     /* enum theme */
    unsigned keymap;    /* of the keyboard, see console/keymap.h */
    bool coarse;        /* true for few steps of brightness, to draw less */
    bool large_letters; /* true for 24 rows on a screen that has more */
    bool touring;       /* true while the guided tour is open */

    char message[MESSAGE_SIZE]; /* shown until the next key press */
    struct rate rate;
    uint64_t last_key; /* time of the last key press */
    enum port console; /* port used for a terminal, or PORT_NONE */
    enum ui_request request;
    bool refocused; /* true if another guest has just come into focus */
    bool reset;     /* true if the kiosk is to start over now */
    bool changed;   /* true if the screen must be redrawn now */
};

static inline char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static inline char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Sets the largest grid that has a layout and fits into SIZE: 24 or 50 rows of
   80 columns, or at least 38 rows for the large tube, or 50 rows and 110
   columns. */
void view_set_size(struct view *view, struct cells_size size);

/* Returns the last row of the window, which has the keys of the page. */
unsigned view_keys_row(const struct view *view);

/* Returns the number of columns of the window. */
unsigned view_columns(const struct view *view);

void view_message(struct view *view, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Sets the panel's switches to normal before a run from a page that does not
   show them, and shows a message. */
void view_make_normal(struct view *view);

/* Returns the title of the program, or else the name of its file.  May be
   empty. */
const char *view_title(const struct view *view);

/* Return the name of the data port and the baud rate of a port. */
const char *view_port_name(const struct view *view);
uint32_t view_port_baud(const struct view *view, enum port port);
