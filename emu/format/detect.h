/* SPDX-License-Identifier: MIT */
/*
 * Which of the forms of program files one has in hand.
 *
 * Inside of the reader.  The form is found from all lines of the file before
 * any of them is understood: a bare `10` is a count, a word, an empty line of
 * the store or two digits, and only its company tells.
 */
#ifndef EMU_FORMAT_DETECT_H
#define EMU_FORMAT_DETECT_H

#include "line_reader.h"

enum form {
    FORM_ENTRIES,  /* `N ...`: .snp, .asm, .ssem, listings */
    FORM_SECTIONS, /* .mdm: `A:` `C:` `S:` and digits below them */
    FORM_STORE,    /* .store: `@N value ...` */
    FORM_DIGITS,   /* digits only, from line 0 on */
    FORM_WORDS,    /* numbers only, from line 0 on */
};

#define FORM_KINDS 6 /* that a line with data can be on its own */

/* Begins all zero. */
struct survey {
    enum form form;
    bool counted;      /* the first line with data is a count of entries */
    unsigned rows;     /* lines with data */
    unsigned comments; /* lines with none but a comment */
    unsigned of_kind[FORM_KINDS], first_kind;
};

/* A tube of the Windows MADM simulator. */
struct tube {
    char name;
    unsigned lines;
};

/* Adds ROW, the next of the file, to SURVEY.  False: it is not text, and
 *WRONG says why. */
bool form_add(struct survey *survey, const struct source_row *row,
              struct strbuf *wrong);

/* Finds `form` and `counted` when all rows were added. */
void form_judge(struct survey *survey);

/*
 * The tube that DATA, as in `S:` or `S22:`, is the header of, and the line of
 * it that the next word goes to; NULL if it is no header.
 */
const struct tube *form_section(struct span data, unsigned *line);

/* The tube of words before any header. */
const struct tube *form_store_tube(void);

#endif
