/* SPDX-License-Identifier: MIT */
/*
 * What the pages share: attributes, where things stand, and the calls from
 * one part of the console to another.  For ui/ only.
 */
#ifndef UI_BASE_PAGE_H
#define UI_BASE_PAGE_H

#include "console/attributes.h"
#include "ui/ui.h"

/* Where the parts of the editor's page stand; rows count from 0 at the top. */
struct layout {
    unsigned rows;
    unsigned step;      /* rows from one line of prose to the next */
    unsigned store;     /* first row of the store */
    bool halves;        /* two lines of the store share a row */
    unsigned scale;     /* numbers of the digits */
    unsigned registers; /* A, CI and PI */
    unsigned words;
    unsigned note;       /* the whole note of the line under the cursor */
    unsigned note_entry; /* where a note is typed */
    unsigned switches;   /* on the panel: what the switches do */
    unsigned status;
    unsigned rate;    /* may be the row of the status */
    unsigned message; /* the last row of a message, which may take two */
    unsigned advice;
};

/* C as a capital letter, if it is a letter. */
static inline char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

#define KEYS_ROW(layout) ((layout)->rows - 1)
#define TUBE_COLUMN      4  /* of digit 0 */
#define LISTING_COLUMN   38 /* of the mark */
#define WORD_WIDTH       18 /* of a word there: "STO 29 -1610588135" */

/* On the short screen two lines of the listing share a row: mark, number,
   stop and word of one, then of the other. */
#define NARROW_COLUMN  36 /* of the first mark */
#define LISTING_NARROW (4 + WORD_WIDTH)

/* Columns of a line's two marks: L, the line that the L switches choose, and
   C, that of CI. */
#define MARK_COLUMN (TUBE_COLUMN + DIGITS + 1)

/* tube.c: the tube with its frame, numbers and marks. */
void tube_draw(struct ui *ui);
/* And A, CI and PI under it. */
void tube_draw_registers(struct ui *ui);

/* listing.c */
void listing_draw(struct ui *ui);
/* The note being typed, if there is one, over the row that it takes. */
void listing_draw_note_entry(struct ui *ui);
/* Adds a word as the listing shows it: mnemonic and number in WORD_WIDTH. */
void listing_word(struct ui *ui, unsigned row, unsigned column,
                  uint8_t attribute, uint32_t word, bool instruction);

/* editor.c */
void editor_draw(struct ui *ui);
void editor_event(struct ui *ui, const struct event *event);
/*
 * Takes what was typed into the line.  False: it is no word; the reason is
 * on the screen, and what was typed is left to be mended.
 */
bool editor_finish(struct ui *ui);

/* status.c: all of it; all but the last instruction in words. */
void status_draw(struct ui *ui);
void status_draw_around(struct ui *ui);
void status_draw_message(struct ui *ui);
void status_measure(struct ui *ui, uint64_t now);
/* Adds the instructions obeyed and the time they take a Baby, in ROOM
   characters (61 hold any); THOUSANDTHS of a prepulse a second, and what that
   is against 1948's. */
void status_add_counts(struct strbuf *text, const struct ui *ui, size_t room);
void status_add_rate(struct strbuf *text, uint64_t thousandths);

/* panel.c, large_tube.c */
void panel_draw(struct ui *ui);
void panel_event(struct ui *ui, const struct event *event);
/* CS to its other position; KC.  They say what hinders them. */
void panel_cs(struct ui *ui);
void panel_kc(struct ui *ui);
/* All hands off. */
void panel_let_go(struct ui *ui);
/* Lets go what was held long enough. */
void panel_turn(struct ui *ui, uint64_t now);
void large_draw(struct ui *ui);
void large_event(struct ui *ui, const struct event *event);

/* The large tube itself, for any desk. */
void large_tube(struct ui *ui, const struct session *session,
                enum monitor monitor);

#define LARGE_COLUMN 8 /* of digit 0 */

/* lab.c, measure.c */
void lab_open(struct ui *ui);
void lab_draw(struct ui *ui);
void lab_event(struct ui *ui, const struct event *event);
/* What follows from where the console is, before the machine gets its turn. */
void lab_turn(struct ui *ui);
/* Obeys a slice of a trial; false: none is due.  What it took is told to
   lab_took(), which says whether it was one. */
bool lab_slice(struct ui *ui);
bool lab_took(struct ui *ui, uint64_t us, uint64_t cycles);
void lab_measure(struct ui *ui);
void lab_next_engine(struct ui *ui);
void lab_block(struct ui *ui);
void lab_lockstep(struct ui *ui);
void lab_view(struct ui *ui);

/* kiosk.c: the demonstration, and what its first key offers. */
void demo_draw(struct ui *ui);
void demo_event(struct ui *ui, const struct event *event);
void offer_draw(struct ui *ui);
/* When the demonstration comes by itself; UINT64_MAX: never. */
uint64_t kiosk_due(const struct ui *ui);
/* Once nobody is there any more all is as it was, and the show goes on. */
void kiosk_turn(struct ui *ui, uint64_t now);
void offer_event(struct ui *ui, const struct event *event);

/* no_keyboard.c: a PC that seems to have no keyboard says what to try; when, or
   UINT64_MAX: never. */
uint64_t keyless_due(const struct ui *ui);
void keyless_turn(struct ui *ui, uint64_t now);

/* tour.c: lies beside the editor's page while ui->tour.on. */
void tour_begin(struct ui *ui);
void tour_draw(struct ui *ui);
void tour_turn(struct ui *ui);
/* Takes a key of the tour's own; false: it is the editor's. */
bool tour_event(struct ui *ui, const struct event *event);

/* line_edit.c: what can be done to the line under the cursor. */
void line_clear(struct ui *ui);
void line_copy(struct ui *ui);
void line_cut(struct ui *ui);
void line_paste(struct ui *ui);
/* Moves the lines from here down to the next empty one by one. */
void line_insert(struct ui *ui);
void line_swap_up(struct ui *ui);
void line_swap_down(struct ui *ui);

/* save.c */
void save_open(struct ui *ui);
void save_draw(struct ui *ui);
void save_event(struct ui *ui, const struct event *event);
/* Goes on with what COM1 does, and tells how it ended. */
void save_turn(struct ui *ui, uint64_t now);
/* Loads what was received. */
void save_load(struct ui *ui);
/* Drops what is under way. */
void save_cancel(struct ui *ui);

/* debugger.c */
void debug_open(struct ui *ui);
void debug_draw(struct ui *ui);
void debug_event(struct ui *ui, const struct event *event);
void debug_view(struct ui *ui);
/* Another program is loaded: what was counted and compared is gone. */
void debug_forget(struct ui *ui);
/* Gives up the search that is under way. */
void debug_cancel_seek(struct ui *ui);
/* navigate.c: through history, on other pages too; what comes of it once
   a search ends. */
void debug_turn(struct ui *ui);
void debug_back(struct ui *ui);
void debug_back_to_stop(struct ui *ui);
void debug_back_to_write(struct ui *ui);
void debug_go(struct ui *ui);
void debug_profile(struct ui *ui);
void debug_compare(struct ui *ui);
/* breakpoints.c: sets a stop, or takes it away; on other pages too */
void breakpoint_toggle_here(struct ui *ui);
void breakpoint_toggle_read(struct ui *ui);
void breakpoint_toggle_written(struct ui *ui);
void breakpoint_toggle_negative(struct ui *ui);
void breakpoint_toggle_zero(struct ui *ui);
void breakpoint_toggle_leaving(struct ui *ui);
void breakpoint_toggle_after(struct ui *ui);
void breakpoint_toggle_nowhere(struct ui *ui);
/* .. says what a run stopped at, in place of any message. */
void debug_show_stop(struct ui *ui);

/* trace_export.c: the trace to COM1 takes notice of where the machine is, after
   each thing that an operator does; it goes on, before the machine does; and
   how many prepulses that may take then. */
void trace_export_follow(struct ui *ui);
void trace_export_turn(struct ui *ui, uint64_t now);
uint32_t trace_export_room(const struct ui *ui);
/* Whether there is something to send. */
bool trace_export_is_active(const struct ui *ui);
/* As transfer_next() and transfer_took(). */
size_t trace_export_next(const struct trace_export *trace_export,
                         const char **bytes);
void trace_export_took(struct trace_export *trace_export, size_t count,
                       uint64_t now);
/* Why there can be none; NULL: there can. */
const char *trace_export_hindrance(const struct ui *ui);
/* Each step from now on; or no more, if it does so already; the last ones. */
void trace_export_begin(struct ui *ui);
void trace_export_live(struct ui *ui);
void trace_export_last(struct ui *ui);

/*
 * future.c: in the past a change begins a new future, and that is asked
 * first.  False: it is being asked; once the answer is yes COMMAND is done,
 * or where that is NULL, EVENT comes again.
 */
bool future_may_begin(struct ui *ui, const struct command *command,
                      const struct event *event);

/* report.c */
/* Begins JOB, and shows what it says; what is on the screen as a message goes
   to COM1 as a warning. */
void report_open(struct ui *ui, const struct job *job);
void report_draw(struct ui *ui);
void report_event(struct ui *ui, const struct event *event);
/* Goes on with the job.  True: it did a slice, and this turn is to be no more,
   so that report_took() tells how long that was; which says whether it was
   one. */
bool report_turn(struct ui *ui, uint64_t now);
bool report_took(struct ui *ui, uint64_t took, uint64_t cycles);

/* menu.c, programs.c, help.c, confirm.c */
void menu_open(struct ui *ui);
void menu_draw(struct ui *ui);
void menu_event(struct ui *ui, const struct event *event);
void programs_open(struct ui *ui);
void programs_draw(struct ui *ui);
void programs_event(struct ui *ui, const struct event *event);
/* Reads what the page is to show. */
void programs_turn(struct ui *ui);
void help_draw(struct ui *ui);
void help_event(struct ui *ui, const struct event *event);
void ask_draw(struct ui *ui);
void ask_event(struct ui *ui, const struct event *event);

/* serial_ports.c: the port for data by its name, and the rate of any; a turn of
   what comes and goes there, and when one is due. */
const char *port_name(const struct ui *ui);
uint32_t port_baud(const struct ui *ui, enum port port);
void ports_turn(struct ui *ui, uint64_t now);
uint64_t ports_due(const struct ui *ui);
/* .. how many rows there are before a terminal says more, and if it never
   does; whatever is on the terminal is drawn anew. */
unsigned ports_rows(const struct ui *ui);
void ports_repaint(struct ui *ui);

/* system_info.c */
void system_info_open(struct ui *ui);
void system_info_draw(struct ui *ui);
void system_info_event(struct ui *ui, const struct event *event);

/* start.c */
/* From now on the screen has so many, 24 or 50. */
void ui_set_rows(struct ui *ui, unsigned rows);
/* All that a visitor may have changed is as the boot line has it. */
void ui_begin(struct ui *ui, uint64_t now);

/* command_table.c: on the panel alone can the switches be seen; elsewhere a
   machine that is to run has them as a program needs them.  It says so. */
void ui_make_normal(struct ui *ui);
/* .. and restarts the PC. */
void ui_reboot(struct ui *ui);

/* ui.c */
/* Shows PAGE; a base becomes the base. */
void ui_open(struct ui *ui, enum page page);
/* Back to the base. */
void ui_back(struct ui *ui);
/* The first row, and the last one. */
void page_title(struct ui *ui, const char *text);
void page_keys(struct ui *ui, const char *text);
/*
 * Copies as much of TEXT into LINE (SIZE bytes) as fits up to a line end or
 * else a blank; returns where the next line begins.
 */
const char *page_wrap(const char *text, char *line, unsigned size);
/* Draws what FORMAT gives. */
void page_text(struct ui *ui, unsigned row, unsigned column, uint8_t attribute,
               const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Draws TEXT in WIDTH columns; where it is cut, it ends in two dots. */
void page_cut(struct ui *ui, unsigned row, unsigned column, unsigned width,
              uint8_t attribute, const char *text);
/* Where the store has only ROWS: the line in the Ith of them.  That of the
   cursor is in the middle, or as near to it as can be. */
unsigned page_line(const struct ui *ui, unsigned rows, unsigned i);
/* Draws TEXT in at most ROWS rows of WIDTH, ended by "..." where it is longer;
   returns the row after it. */
unsigned page_prose(struct ui *ui, unsigned row, unsigned rows, unsigned column,
                    unsigned width, uint8_t attribute, const char *text);
void ui_message(struct ui *ui, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* load.c: begins to read FILE, whose strings must stay, in place of the one
   being read.  When all is read, THEN is called, if it is not NULL, by the next
   of load_finish() and load_turn(), and ui->reading is what was read. */
void ui_read(struct ui *ui, const struct library_file *file,
             void (*then)(struct ui *ui, bool good));
/* The same for the file of ui->reading, all of which may be read already. */
void ui_read_on(struct ui *ui, void (*then)(struct ui *ui, bool good));
/* Drops it. */
void ui_read_cancel(struct ui *ui);
/* Does what was to be done when all is read: before the next key. */
void load_finish(struct ui *ui);
/* Reads the next slice. */
void load_turn(struct ui *ui);
/* Loads what was READ, or says why not. */
bool ui_load(struct ui *ui, const struct library_reader *read);

#endif
