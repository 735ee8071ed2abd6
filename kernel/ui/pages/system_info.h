/* SPDX-License-Identifier: MIT */
/*
 * What lies below the Baby: what the program stands on, layer by layer, for a
 * photograph.  What the ui cannot know is the caller's to tell.
 */
#ifndef UI_BELOW_H
#define UI_BELOW_H

#include "emu/text/strbuf.h"

#define BELOW_FACTS 20
#define BELOW_TEXT  64 /* characters of a fact, with its ending zero */

enum below_layer { BELOW_KERNEL, BELOW_PC, BELOW_LAYERS };

struct fact {
    enum below_layer layer;
    const char *name;
    char text[BELOW_TEXT];
};

struct below {
    const char *version;             /* and which build; NULL: not told */
    const char *title[BELOW_LAYERS]; /* NULL: nothing is known of it */
    unsigned count;
    struct fact fact[BELOW_FACTS];
};

/* Begins a fact NAME of LAYER; returns where it is to be written. */
struct text below_add(struct below *below, enum below_layer layer,
                      const char *name);

#endif
