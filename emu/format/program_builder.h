/* SPDX-License-Identifier: MIT */
/*
 * Builds a program from the words, comments and initial values in a file, and
 * reports errors and warnings.  Internal to this folder.
 */
#pragma once

#include "emu/machine/program.h"
#include "emu/text/mnemonic.h"
#include "emu/text/names.h"

#define SENTENCE_SIZE 192

/* Callback for errors and warnings.  LINE is the line number in the file, or 0
   if the message concerns the whole file.  SENTENCE is plain ASCII without a
   full stop and is valid only during the call. */
struct reader_report {
    void (*say)(void *context, bool error, unsigned line, const char *sentence);
    void *context;
};

struct builder {
    struct program *program;     /* program being built */
    struct reader_report report; /* nothing is reported if `say` is NULL */
    unsigned row;                /* current line number in the file */
    unsigned entries;            /* number of words set so far */
    bool registers;              /* true if A or CI was set */
    uint32_t seen;               /* bitmask of the lines set so far */
    enum era era;                /* notation of the time used so far */
    unsigned era_row;            /* first line in the file that uses it */
    bool most_first;             /* true if digit 31 of a word comes first */
    bool starting;               /* true between `start:` and the next entry */
    const struct names *names;   /* names for notes; NULL if there are none */
    size_t head_length;          /* number of bytes in the head so far */
    unsigned head_gaps;          /* number of pending empty rows in the head */
    bool head_cut;               /* true if the head was truncated */
    unsigned notes_cut;          /* number of notes that were truncated */
    unsigned comments_left_out;  /* number of comments after the first word */
    unsigned word_row;           /* line in the file of the last word */
    struct strbuf wrong;         /* message being composed in `sentence` */
    char sentence[SENTENCE_SIZE];
};

/* Initializes BUILDER and clears PROGRAM.  BUILDER must not be copied, because
   `wrong` points into it.  REPORT may be NULL. */
void builder_begin(struct builder *builder, struct program *program,
                   const struct reader_report *report);

/* Reports the message in `wrong` as an error and returns false. */
bool builder_error(struct builder *builder);

/* Reports the message in `wrong`, if there is one, as a warning. */
void builder_warn(struct builder *builder);

/* Discards the message in `wrong`. */
void builder_clear(struct builder *builder);

/* Sets a line of the store and its note, which begins with the names of the
   line.  Warns if the line was already set. */
void builder_set_line(struct builder *builder, unsigned line, uint32_t word,
                      bool number, struct span note);

/* Returns true if LINE is below LINES.  Otherwise reports an error. */
bool builder_has_room(struct builder *builder, unsigned line);

/* Forgets that LINE was set, without a warning if it is set again. */
void builder_reopen(struct builder *builder, unsigned line);

/* Notes that an instruction is in the notation of ERA.  If another one is in
   that of the other year, reports an error and returns false, because the
   letters have other meanings there. */
bool builder_set_era(struct builder *builder, enum era era);

/* Set the initial value of A or CI. */
void builder_set_a(struct builder *builder, uint32_t word);
void builder_set_ci(struct builder *builder, uint32_t word);

/* Returns true if TEXT is a directive that builder_directive() executes. */
bool builder_is_directive(struct span text);

/* Executes the directive `ci-start N`, which madm-sdl2 writes in comments, or
   our own `a-start N`.  Returns false if TEXT is neither. */
bool builder_directive(struct builder *builder, struct span text);

/* Handles a row that has only a comment.  Executes a directive, or appends the
   comment to the head if there has been no entry yet.  Other comments are left
   out. */
void builder_comment(struct builder *builder, struct span comment);

/* Warns of all notes and comments that were truncated or left out. */
void builder_warn_left_out(struct builder *builder);
