/* SPDX-License-Identifier: MIT */
/*
 * Where what is read from a file arrives: words, notes, comments, starting
 * values, and what there is to say about them.
 *
 * Inside of the reader.
 */
#ifndef EMU_INTAKE_H
#define EMU_INTAKE_H

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

struct intake {
    struct program *program;     /* that is being filled */
    struct reader_report report; /* `say` NULL: nothing is said */
    unsigned row;                /* line of the file being read */
    unsigned entries;            /* words for the store so far */
    bool registers;              /* A or CI was set */
    uint32_t seen;               /* bit n: line n has been set */
    bool starting;               /* `start:`: the next entry is obeyed first */
    size_t head_length;          /* bytes of the head so far */
    unsigned head_gaps; /* empty rows held back until another follows */
    bool head_cut;      /* the head did not hold all comments */
    struct text wrong;  /* the sentence to be said next */
    char sentence[SENTENCE_SIZE];
};

/* Begins empty, and clears PROGRAM.  INTAKE must not be copied: `wrong` points
   into it.  REPORT may be NULL. */
void intake_begin(struct intake *intake, struct program *program,
                  const struct reader_report *report);

/* Says the sentence in `wrong` as an error; returns false. */
bool intake_fail(struct intake *intake);

/* Says the sentence in `wrong`, if there is one, as a warning. */
void intake_doubt(struct intake *intake);

/* Forgets the sentence in `wrong`. */
void intake_forget(struct intake *intake);

/* Sets LINE (0 to 31) of the store. */
void intake_put(struct intake *intake, unsigned line, uint32_t word,
                bool number, struct span note);

/* Sets the accumulator, or the line before the first to be obeyed. */
void intake_set_a(struct intake *intake, uint32_t word);
void intake_set_ci(struct intake *intake, uint32_t word);

/*
 * Takes `ci-start N` (madm-sdl2 has it in comments) or `a-start N` (our own);
 * false if TEXT is neither.
 */
bool intake_directive(struct intake *intake, struct span text);

/* A comment with no data beside it: a directive, a row of the head, or too
   late for the head and dropped. */
void intake_comment(struct intake *intake, struct span comment);

/* Warns if the head did not hold all comments. */
void intake_say_cut(struct intake *intake);

#endif
