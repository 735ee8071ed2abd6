/* SPDX-License-Identifier: MIT */
/*
 * The undo journal: all operator actions, each with the number of prepulses
 * executed before it.  The effects of a key are recorded on release.
 *
 * An action is one step for the operator, such as typing a word, cutting a line
 * or pressing a button.  It consists of one record per operation.  Undo and
 * redo work on whole actions and are recorded too, so the journal is a complete
 * log of the input.  A full journal drops its oldest actions.
 */
#pragma once

#include "emu/machine/program.h"

enum op {
    /* Changes by the operator that can be undone. */
    OP_LINE, /* digits of a line of the store */
    OP_A,
    OP_CI,
    OP_PI,
    OP_STAT,   /* L and F switches, as in controls.stat */
    OP_MANUAL, /* Auto/Man switch, 1 for Man */
    OP_ERASE,  /* Write/Erase switch, 1 for Erase */
    /* Reload or restart, recorded before its individual changes.  `after` is 1
       if a snapshot was restored. */
    OP_RELOAD,
    OP_NOTE,    /* note of a line, with its text in journal.note */
    OP_NUMBERS, /* mask of lines displayed as numbers */
    OP_NOTED,   /* mask of lines whose note is displayed */
    OP_HEADED,  /* 1 if the head comments of the file are kept */
    OP_ENTERED, /* word of a line in the program as entered */

    /* Events that cannot be undone. */
    OP_TYPEWRITER, /* active typewriter buttons, as in controls.typewriter */
    OP_STRIP,      /* active strip keys, as in controls.strip */
    OP_CS,         /* CS switch, 1 for Run */
    OP_KC,         /* single prepulse requested with KC */
    OP_LOAD,       /* load of a program, which clears the journal */
    OP_UNDO,       /* undo of action number `after` */
    OP_REDO,       /* redo of action number `after` */
};

struct record {
    uint64_t prepulse; /* number of prepulses executed before it */
    uint32_t action;   /* number of the action it belongs to, starting at 1 */
    uint32_t before;
    uint32_t after;
    uint32_t digits; /* mask of the valid digits in `before` and `after` */
    uint8_t op;      /* enum op */
    uint8_t line;    /* line number, for OP_LINE, OP_NOTE and OP_ENTERED */
    uint8_t entered; /* 1 if OP_LINE changed the program as entered, too */
    uint8_t state;   /* private to journal.c */
};

/* Both must be powers of two.  1,000 actions can be undone even if each changes
   two lines and their notes (6 records, plus 1 for the undo). */
#define JOURNAL_RECORDS 8192
#define JOURNAL_NOTES   2048

struct journal {
    uint32_t first, end; /* numbers of the oldest record and the next one */
    uint32_t future;     /* number of records after the current position */
    uint32_t actions;    /* number of actions started so far */
    uint32_t notes;      /* number of note texts stored so far */
    struct record record[JOURNAL_RECORDS];
    char note[JOURNAL_NOTES][NOTE_SIZE];
};

/* Clears the journal.  A zeroed journal is also valid and empty. */
void journal_clear(struct journal *journal);

/* Starts a new action, which takes effect when its first record is added. */
void journal_begin(struct journal *journal);

/* Adds RECORD to the current action.  If it can be undone, actions that were
   undone earlier can no longer be redone. */
void journal_add(struct journal *journal, struct record record);

/* Adds a record for a change to the note of LINE.  NOTE is the old text. */
void journal_add_note(struct journal *journal, uint64_t prepulse, unsigned line,
                      const char note[NOTE_SIZE]);

struct journal_callbacks {
    /* Sets the target of RECORD to RECORD->after on redo and to RECORD->before
       on undo.  For OP_NOTE, swaps the current text with NOTE. */
    void (*play)(void *context, const struct record *record, bool redo,
                 char note[NOTE_SIZE]);
    void *context;
};

/* Undo the last action, or redo the last undone action.  Return the number of
   the action, or 0 if there is none. */
uint32_t journal_undo(struct journal *journal, uint64_t prepulse,
                      const struct journal_callbacks *callbacks);
uint32_t journal_redo(struct journal *journal, uint64_t prepulse,
                      const struct journal_callbacks *callbacks);

/* Moves to the position at which the journal had RECORDS records, or to the
   oldest one available.  Replays annotations only (notes and line formats); the
   caller must restore the machine.  Adding a record discards later ones. */
void journal_seek(struct journal *journal, uint32_t records,
                  const struct journal_callbacks *callbacks);
