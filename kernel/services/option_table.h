/* SPDX-License-Identifier: MIT */
/* The table of boot options, used by the parser and the help pages. */
#pragma once

#include "options.h"

struct option {
    const char *name;   /* ends with `=` if the option has a value */
    const char *values; /* possible values, for the help pages; may be "" */
    const char *help;
    bool pc; /* true if listed on the second help page */
    /* Returns false if the value is invalid. */
    bool (*set)(struct options *options, const char *value, size_t length);
};

extern const struct option option_table[];
extern const unsigned option_count;
