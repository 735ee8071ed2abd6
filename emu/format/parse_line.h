/* SPDX-License-Identifier: MIT */
/*
 * One line of a program file, in each form that there is.
 *
 * Inside of the reader.
 */
#ifndef EMU_FORMAT_PARSE_LINE_H
#define EMU_FORMAT_PARSE_LINE_H

#include "detect.h"
#include "program_builder.h"

struct dialect {
    struct builder builder;
    unsigned next;           /* where a word without a number of its own goes */
    const struct tube *tube; /* FORM_SECTIONS: the tube that `next` is of */
};

/*
 * Takes ROW, which has data, in FORM.  Returns false after an error has been
 * said.
 */
bool dialect_take(struct dialect *dialect, enum form form,
                  const struct source_row *row);

#endif
