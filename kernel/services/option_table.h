/* SPDX-License-Identifier: MIT */
/* All boot options: the parser and the help pages use this table. */
#pragma once

#include "options.h"

/* One row of the table. */
struct option {
    const char *name;   /* with `=` if it has a value */
    const char *values; /* for the help pages; "" if it has none */
    const char *help;
    bool pc; /* concerns the PC: on the second help page */
    /* Returns false if VALUE, LENGTH characters, is invalid. */
    bool (*set)(struct options *options, const char *value, size_t length);
};

extern const struct option option_table[];
extern const unsigned option_count;
