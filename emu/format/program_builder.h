/* SPDX-License-Identifier: MIT */
/*
 * Collects the words, notes, comments and initial values that the reader finds
 * in a file, and reports errors and warnings.  Private to the reader.
 */
#pragma once

#include "emu/machine/program.h"
#include "emu/text/span.h"

#define SENTENCE_SIZE 192

/*
 * Receives errors and warnings.  LINE is the line of the file, from 1 (0: the
 * file as a whole); SENTENCE is plain ASCII without a full stop, valid only
 * during the call.
 */
struct reader_report {
    void (*say)(void *context, bool error, unsigned line, const char *sentence);
    void *context;
};

struct builder {
    struct program *program;     /* the program to fill */
    struct reader_report report; /* with `say` NULL nothing is reported */
    unsigned row;                /* line of the file being read */
    unsigned entries;            /* words set so far */
    bool registers;              /* A or CI was set */
    uint32_t seen;               /* bit n: line n was set */
    bool starting;               /* after `start:`: the next entry is first */
    size_t head_length;          /* bytes in the head so far */
    unsigned head_gaps;          /* pending empty rows of the head */
    bool head_cut;               /* the head is full; comments were dropped */
    struct strbuf wrong;         /* the next message, in `sentence` */
    char sentence[SENTENCE_SIZE];
};

/* Initializes BUILDER and clears PROGRAM.  BUILDER must not be copied: `wrong`
   points into it.  REPORT may be NULL. */
void builder_begin(struct builder *builder, struct program *program,
                   const struct reader_report *report);

/* Reports the sentence in `wrong` as an error; returns false. */
bool builder_error(struct builder *builder);

/* Reports the sentence in `wrong`, if any, as a warning. */
void builder_warn(struct builder *builder);

/* Discards the sentence in `wrong`. */
void builder_clear(struct builder *builder);

/* Sets LINE (0 to 31) of the store. */
void builder_set_line(struct builder *builder, unsigned line, uint32_t word,
                      bool number, struct span note);

/* Sets the initial A or CI. */
void builder_set_a(struct builder *builder, uint32_t word);
void builder_set_ci(struct builder *builder, uint32_t word);

/* Obeys the directive `ci-start N` (of madm-sdl2, in comments) or `a-start N`
   (of this project).  Returns false if TEXT is neither. */
bool builder_directive(struct builder *builder, struct span text);

/* Handles a comment without data: a directive, a row of the head, or after the
   first entry dropped. */
void builder_comment(struct builder *builder, struct span comment);

/* Warns if comments did not fit the head. */
void builder_warn_cut(struct builder *builder);
