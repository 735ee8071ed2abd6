/* SPDX-License-Identifier: MIT */
/*
 * Detects the format of a program file.
 *
 * Private to the reader.  The format depends on all rows of the file: a single
 * `10` may be a count, a word, an empty line of the store or two digits.
 */
#pragma once

#include "line_reader.h"

enum format {
    FORMAT_ENTRIES,  /* `N ...`: .snp, .asm, .ssem, listings */
    FORMAT_SECTIONS, /* .mdm: headers `A:` `C:` `S:`, digits below */
    FORMAT_STORE,    /* .store: `@N value ...` */
    FORMAT_DIGITS,   /* digits only, from line 0 on */
    FORMAT_WORDS,    /* numbers only, from line 0 on */
};

#define ROW_KINDS 6 /* kinds of rows with data (detect.c) */

/* The format of a file; initialize to zero. */
struct format_info {
    enum format format;
    bool counted;      /* the first row with data is a count of entries */
    unsigned rows;     /* number of rows with data */
    unsigned comments; /* number of rows with only a comment */
    unsigned of_kind[ROW_KINDS], first_kind;
};

/* A section of an .mdm file: a tube of the Windows MADM simulator. */
struct mdm_section {
    char name;
    unsigned lines;
};

/* Adds ROW, the next of the file.  Returns false with an error in *WRONG if it
   is not text. */
bool format_add_row(struct format_info *info, const struct text_row *row,
                    struct strbuf *wrong);

/* Sets `format` and `counted` after all rows are added. */
void format_detect(struct format_info *info);

/* Returns the section if DATA is a header as `S:` or `S22:`, and sets *LINE to
   the line in it of the next word; otherwise NULL. */
const struct mdm_section *mdm_section_of(struct span data, unsigned *line);

/* The store: the section of words before any header. */
const struct mdm_section *mdm_store_section(void);
