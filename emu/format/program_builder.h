/* SPDX-License-Identifier: MIT */
/*
 * Where what is read from a file arrives: words, notes, comments, starting
 * values, and what there is to say about them.
 *
 * Inside of the reader.
 */
#ifndef EMU_FORMAT_PROGRAM_BUILDER_H
#define EMU_FORMAT_PROGRAM_BUILDER_H

#include "emu/machine/program.h"
#include "emu/text/span.h"

#define SENTENCE_SIZE 192

/*
 * Receives what the reader has to say: LINE is the line of the file, from 1
 * (0: the file as a whole); SENTENCE has no full stop, is plain ASCII and
 * lives only during the call.
 */
struct reader_report {
    void (*say)(void *context, bool error, unsigned line, const char *sentence);
    void *context;
};

struct builder {
    struct program *program;     /* that is being filled */
    struct reader_report report; /* `say` NULL: nothing is said */
    unsigned row;                /* line of the file being read */
    unsigned entries;            /* words for the store so far */
    bool registers;              /* A or CI was set */
    uint32_t seen;               /* bit n: line n has been set */
    bool starting;               /* `start:`: the next entry is obeyed first */
    size_t head_length;          /* bytes of the head so far */
    unsigned head_gaps;  /* empty rows held back until another follows */
    bool head_cut;       /* the head did not hold all comments */
    struct strbuf wrong; /* the sentence to be said next */
    char sentence[SENTENCE_SIZE];
};

/* Begins empty, and clears PROGRAM.  INTAKE must not be copied: `wrong` points
   into it.  REPORT may be NULL. */
void builder_begin(struct builder *builder, struct program *program,
                   const struct reader_report *report);

/* Says the sentence in `wrong` as an error; returns false. */
bool builder_error(struct builder *builder);

/* Says the sentence in `wrong`, if there is one, as a warning. */
void builder_warn(struct builder *builder);

/* Forgets the sentence in `wrong`. */
void builder_clear(struct builder *builder);

/* Sets LINE (0 to 31) of the store. */
void builder_set_line(struct builder *builder, unsigned line, uint32_t word,
                      bool number, struct span note);

/* Sets the accumulator, or the line before the first to be obeyed. */
void builder_set_a(struct builder *builder, uint32_t word);
void builder_set_ci(struct builder *builder, uint32_t word);

/*
 * Takes `ci-start N` (madm-sdl2 has it in comments) or `a-start N` (our own);
 * false if TEXT is neither.
 */
bool builder_directive(struct builder *builder, struct span text);

/* A comment with no data beside it: a directive, a row of the head, or too
   late for the head and dropped. */
void builder_comment(struct builder *builder, struct span comment);

/* Warns if the head did not hold all comments. */
void builder_warn_cut(struct builder *builder);

#endif
