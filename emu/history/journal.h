/* SPDX-License-Identifier: MIT */
/*
 * The undo journal: all operator actions in order, each with the number of
 * prepulses before it.  The effects of a key are recorded when it is released.
 *
 * An action is one step for the operator (a word typed, a line cut, a button
 * pressed).  It consists of records, one for each operation.  Undo and redo
 * work on actions, and are recorded as well, so that the journal is a complete
 * record of the input.  A full journal drops its oldest actions.
 */
#pragma once

#include "emu/machine/program.h"

enum op {
    /* Changes by the operator, which can be undone. */
    OP_LINE, /* digits of a line of the store */
    OP_A,
    OP_CI,
    OP_PI,
    OP_STAT,    /* L and F switches, as controls.stat */
    OP_MANUAL,  /* Auto/Man: 1 is Man */
    OP_ERASE,   /* Write/Erase: 1 is Erase */
    OP_RELOAD,  /* machine cleared; other records have what else a reload
                   changes; before: bit n: line n was unsaved */
    OP_NOTE,    /* note beside a line; journal.note has the text */
    OP_NUMBERS, /* bit n: line n is shown as a number */
    OP_NOTED,   /* bit n: line n shows its note */
    OP_HEADED,  /* 1: the head comments still belong to the store */

    /* Events, which cannot be undone. */
    OP_TYPEWRITER, /* active buttons, as controls.typewriter */
    OP_STRIP,      /* active keys, as controls.strip */
    OP_CS,         /* 1 is Run */
    OP_KC,         /* single prepulse */
    OP_LOAD,       /* the store was loaded and the journal cleared */
    OP_UNDO,       /* of action number `after` */
    OP_REDO,       /* of action number `after` */
};

struct record {
    uint64_t prepulse; /* prepulses before it */
    uint32_t action;   /* number of the action it belongs to, from 1 */
    uint32_t before;
    uint32_t after;
    uint32_t digits; /* those of `before` and `after` that are valid */
    uint8_t op;      /* enum op */
    uint8_t line;    /* of OP_LINE and OP_NOTE */
    uint8_t state;   /* private to journal.c */
};

/* Powers of two.  1,000 actions can be undone in a row even if each changes
   two lines with their notes: 6 records each, and one for the undo. */
#define JOURNAL_RECORDS 8192
#define JOURNAL_NOTES   2048

struct journal {
    uint32_t first, end;     /* numbers of the oldest record and the next */
    uint32_t future;         /* records after the current position */
    uint32_t actions;        /* begun so far */
    uint32_t notes;          /* texts stored so far */
    uint32_t edit_forgotten; /* last edit among the dropped actions */
    struct record record[JOURNAL_RECORDS];
    char note[JOURNAL_NOTES][NOTE_SIZE];
};

/* Whether OP changes the program, so that it is unsaved. */
bool op_is_edit(enum op op);

/* Clears the journal; one of all zeros is empty, too. */
void journal_clear(struct journal *journal);

/* Begins an action, which takes effect with its first record. */
void journal_begin(struct journal *journal);

/* Adds RECORD to the last action begun, whose number it gets.  If it can be
   undone, no earlier undo can be redone any more. */
void journal_add(struct journal *journal, struct record record);

/* Adds the record of a change of LINE's note.  NOTE is the text before it. */
void journal_add_note(struct journal *journal, uint64_t prepulse, unsigned line,
                      const char note[NOTE_SIZE]);

struct journal_callbacks {
    /* Applies RECORD: sets its object to RECORD->after for REDO, else to
       RECORD->before.  For OP_NOTE, swaps the note with NOTE. */
    void (*play)(void *context, const struct record *record, bool redo,
                 char note[NOTE_SIZE]);
    void *context;
};

/* Undoes the last action that is not undone, or redoes the one undone last, at
   PREPULSE.  Returns the number of the action; 0: there is none. */
uint32_t journal_undo(struct journal *journal, uint64_t prepulse,
                      const struct journal_callbacks *callbacks);
uint32_t journal_redo(struct journal *journal, uint64_t prepulse,
                      const struct journal_callbacks *callbacks);

/*
 * Moves to the position at which journal->end was RECORDS, or to the oldest one
 * not dropped.  Applies the records of annotations (notes and how lines are
 * shown); the caller restores the machine.  The same actions can be undone and
 * redone there as at that time.  New records replace those after the position.
 */
void journal_seek(struct journal *journal, uint32_t records,
                  const struct journal_callbacks *callbacks);

/* The number of the last action that changed the program and is not undone; 0:
   none.  Equal numbers mean equal edits. */
uint32_t journal_last_edit(const struct journal *journal);
