/* SPDX-License-Identifier: MIT */
/*
 * System information: program, Baby, kernel and PC, layer by layer, for a
 * photograph.  The caller fills in kernel and PC.
 */
#pragma once

#include "emu/text/strbuf.h"
#include "ui/base/view.h"

#define SYSTEM_INFO_ROWS 20
#define SYSTEM_INFO_TEXT                                                       \
    64 /* characters of a row, with the terminating zero                       \
        */

enum system_info_layer { LAYER_KERNEL, LAYER_PC, LAYERS };

struct info_row {
    enum system_info_layer layer;
    const char *name;
    char text[SYSTEM_INFO_TEXT];
};

struct system_info {
    const char *version;       /* version and build; NULL: unknown */
    const char *title[LAYERS]; /* NULL: the layer is not shown */
    unsigned count;
    struct info_row info_row[SYSTEM_INFO_ROWS];
};

/* Adds row NAME to LAYER; returns the builder of its text. */
struct strbuf system_info_add(struct system_info *system_info,
                              enum system_info_layer layer, const char *name);

void system_info_open(struct view *view);
void system_info_draw(struct view *view);
void system_info_event(struct view *view, const struct event *event);
