/* SPDX-License-Identifier: MIT */
/*
 * What lies below the Baby: what the program stands on, layer by layer, for a
 * photograph.  What the ui cannot know is the caller's to tell.
 */
#ifndef UI_PAGES_SYSTEM_INFO_H
#define UI_PAGES_SYSTEM_INFO_H

#include "emu/text/strbuf.h"
#include "ui/base/view.h"

#define BELOW_FACTS 20
#define BELOW_TEXT  64 /* characters of a fact, with its ending zero */

enum system_info_layer { BELOW_KERNEL, BELOW_PC, BELOW_LAYERS };

struct info_row {
    enum system_info_layer layer;
    const char *name;
    char text[BELOW_TEXT];
};

struct system_info {
    const char *version;             /* and which build; NULL: not told */
    const char *title[BELOW_LAYERS]; /* NULL: nothing is known of it */
    unsigned count;
    struct info_row info_row[BELOW_FACTS];
};

/* Begins a fact NAME of LAYER; returns where it is to be written. */
struct strbuf system_info_add(struct system_info *system_info,
                              enum system_info_layer layer, const char *name);

void system_info_open(struct view *view);
void system_info_draw(struct view *view);
void system_info_event(struct view *view, const struct event *event);

#endif
