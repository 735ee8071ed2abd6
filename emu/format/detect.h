/* SPDX-License-Identifier: MIT */
/*
 * Detects the format of a program file from all its rows, because a single row
 * is ambiguous: `10` may be a count, a word, an empty line or two digits.
 * Internal to the file reader.
 */
#pragma once

#include "digits.h"

enum format {
    FORMAT_ENTRIES,  /* source, .snp and listings (assembler.h) */
    FORMAT_SECTIONS, /* digits below headers `A:`, `C:` and `S:` (.mdm) */
    FORMAT_STORE,    /* rows of the form `@N value ...` (.store) */
    FORMAT_DIGITS,   /* one string of digits per row, starting at line 0 */
    FORMAT_IMAGE,  /* words as tools for hardware write them (memory_image.h) */
    FORMAT_SCRIPT, /* commands of SIMH (simh.h) */
    FORMAT_WORDS,  /* one number per row, starting at line 0 */
};

#define ROW_KINDS 9 /* number of row kinds, which detect.c defines */

/* State of format detection.  Must be initialized to zero. */
struct format_info {
    enum format format;
    bool counted;      /* true if the first row with data is the entry count */
    unsigned rows;     /* number of rows with data */
    unsigned comments; /* number of rows that have only a comment */
    unsigned of_kind[ROW_KINDS], first_kind;
    unsigned source; /* number of rows that begin as source texts do */
    struct digit_order order;
    unsigned eight; /* number of rows of words of eight hexadecimal figures */
    bool letters;   /* true if there are letters in these */
    bool zeros;     /* true if one of these begins with 0 */
};

/* Section of an .mdm file, which is a tube of the Windows MADM simulator. */
struct mdm_section {
    char name;
    unsigned lines;
};

/* Adds the next row of the file.  Returns false with an error message in WRONG
   if the row is not text. */
bool format_add_row(struct format_info *info, const struct text_row *row,
                    struct strbuf *wrong);

/* Determines the format.  Must be called after all rows have been added. */
void format_detect(struct format_info *info);

/* If DATA is a section header, such as `S:` or `S22:`, returns its section and
   sets *LINE to the line at which it starts.  Otherwise returns NULL. */
const struct mdm_section *mdm_section_of(struct span data, unsigned *line);

/* Returns the section of the store, which is the default before any header. */
const struct mdm_section *mdm_store_section(void);
