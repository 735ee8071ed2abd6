/* SPDX-License-Identifier: MIT */
/*
 * What the operator did, in order: each deed at the prepulse before which it
 * was done.  What came of a press is recorded when it ends.
 *
 * An action is what a person thinks of as one step (a word typed, a line cut,
 * a button pressed); it is made of records, one for each thing changed.  Undo
 * and redo walk over actions; they are recorded as well, so that the journal
 * tells all that ever came from outside.  A full journal forgets its oldest
 * actions.
 */
#ifndef EMU_HISTORY_JOURNAL_H
#define EMU_HISTORY_JOURNAL_H

#include "emu/machine/program.h"

enum op {
    /* What was changed by hand and can be undone. */
    OP_LINE,    /* digits of a line of the store */
    OP_A,       /* accumulator, control instruction, present instruction */
    OP_CI,      /* .. */
    OP_PI,      /* .. */
    OP_STAT,    /* L and F switches, as controls.stat */
    OP_MANUAL,  /* Auto/Man: 1 is Man */
    OP_ERASE,   /* Write/Erase: 1 is Erase */
    OP_RELOAD,  /* the machine was cleared, and what else a reload changed
                     is in more records; before: lines not saved, a bit each */
    OP_NOTE,    /* the note beside a line; the text is kept apart */
    OP_NUMBERS, /* which lines are shown as numbers, a bit each */
    OP_NOTED,   /* which lines show their note, a bit each */
    OP_HEADED,  /* 1: the head comments still belong to the store */

    /* What only happened. */
    OP_TYPEWRITER, /* buttons that act, as controls.typewriter */
    OP_STRIP,      /* keys that act, as controls.strip */
    OP_CS,         /* 1 is Run */
    OP_KC,         /* a prepulse by hand */
    OP_LOAD,       /* the store was loaded; all before it is forgotten */
    OP_UNDO,       /* action number `after` was undone */
    OP_REDO,       /* .. was done again */
};

struct record {
    uint64_t prepulse; /* prepulses before it */
    uint32_t action;   /* number of the action it belongs to, from 1 */
    uint32_t before;
    uint32_t after;
    uint32_t digits; /* which of `before` and `after` count; of the others
                        nothing is known */
    uint8_t op;      /* enum op */
    uint8_t line;    /* of OP_LINE and OP_NOTE */
    uint8_t state;   /* private */
};

/* Powers of two.  1,000 actions can be undone in a row even if each changes
   two lines with their notes: 6 records, and one for the undoing. */
#define JOURNAL_RECORDS 8192
#define JOURNAL_NOTES   2048

struct journal {
    uint32_t first, end;     /* records ever dropped, and ever made; before
                                the moment one is at */
    uint32_t future;         /* records after that */
    uint32_t actions;        /* ever begun */
    uint32_t notes;          /* texts ever kept */
    uint32_t edit_forgotten; /* last edit among the actions dropped */
    struct record record[JOURNAL_RECORDS];
    char note[JOURNAL_NOTES][NOTE_SIZE];
};

/* Whether DEED changes what a program is, which is worth saving. */
bool op_is_edit(enum op op);

/* Forgets everything; a journal of all zeros is empty too. */
void journal_clear(struct journal *journal);

/* Begins a new action, which is one as soon as it has a record. */
void journal_begin(struct journal *journal);

/* Adds a record to the action begun last; its number is filled in.  Where it
   can be undone, what had been undone before can no longer be redone. */
void journal_add(struct journal *journal, struct record record);

/*
 * Adds the record that the note of LINE is about to change.  NOTE is its text
 * now.
 */
void journal_add_note(struct journal *journal, uint64_t prepulse, unsigned line,
                      const char note[NOTE_SIZE]);

/* Sets what RECORD speaks of back to RECORD->before, or for REDO to
   RECORD->after; of OP_NOTE it exchanges the text with NOTE. */
struct journal_callbacks {
    void (*play)(void *context, const struct record *record, bool redo,
                 char note[NOTE_SIZE]);
    void *context;
};

/*
 * Undoes the last action that is not undone, or does the one undone last
 * again, at PREPULSE.  Returns the action's number; 0: there is none.
 */
uint32_t journal_undo(struct journal *journal, uint64_t prepulse,
                      const struct journal_callbacks *player);
uint32_t journal_redo(struct journal *journal, uint64_t prepulse,
                      const struct journal_callbacks *player);

/*
 * Goes back, or forward again, to where RECORDS have ever been made
 * (journal->end, as it was then): what is only beside the machine, notes and
 * how lines are shown, is played to what it was; the machine itself is the
 * caller's affair.  What can be undone there is what could be undone then. What
 * was forgotten cannot be gone to; the oldest that is known must do.
 * Records made there take the place of those after it.
 */
void journal_seek(struct journal *journal, uint32_t records,
                  const struct journal_callbacks *player);

/*
 * The number of the last action that is not undone and changed the store or
 * its notes; 0: none.  Two equal answers mean the same edits.
 */
uint32_t journal_edit(const struct journal *journal);

#endif
