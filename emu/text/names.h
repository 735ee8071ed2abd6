/* SPDX-License-Identifier: MIT */
/* Names of lines, as programs and notes define them before a colon. */
#pragma once

#include "span.h"
#include <stdint.h>

#define NAMES_MAX     64 /* maximum number of names in a program */
#define NAME_SIZE_MAX 31 /* maximum length of a name in characters */

/* Instead of a line, for a name that several lines have, and for one that no
   line of the store has. */
#define NAME_OF_SEVERAL 32
#define NAME_OF_NONE    33

/* A table of names.  Must be initialized to zero. */
struct names {
    struct name {
        char text[NAME_SIZE_MAX];
        uint8_t length; /* number of characters in `text` */
        uint8_t line;   /* 0 to 31, NAME_OF_SEVERAL or NAME_OF_NONE */
    } name[NAMES_MAX];
    unsigned count;
};

/* Returns true if WORD may be a name: it consists of letters, figures, `_`, `.`
   and `$`, and does not begin with a figure. */
bool name_is(struct span word);

/* Removes and returns a name from the start of *REST, with the colon after it.
   Returns an empty span if *REST does not start with a name and a colon. */
struct span name_take(struct span *rest);

/* Adds TEXT as a name of LINE.  Returns false with an error message in WRONG if
   it is the name of another line, if it is too long, or if the table is full.
 */
bool names_add(struct names *names, struct span text, unsigned line,
               struct strbuf *wrong);

/* Adds the name at the start of NOTE, if it has one, as a name of LINE, or as
   one of several lines.  Ignores names that do not fit. */
void names_add_note(struct names *names, struct span note, unsigned line);

/* Sets *LINE to the line with the name TEXT, in any case of letters.  Returns
   false if there is none. */
bool names_find(const struct names *names, struct span text, unsigned *line);
