/* SPDX-License-Identifier: MIT */
/* The system information page, with the program, the Baby, the kernel and the
   PC as layers.  Platform code adds the rows about the kernel and the PC. */
#pragma once

#include "emu/text/strbuf.h"
#include "ui/base/view.h"

#define SYSTEM_INFO_ROWS 20
#define SYSTEM_INFO_TEXT 64 /* row size including the terminating zero */

enum system_info_layer { LAYER_KERNEL, LAYER_PC, LAYERS };

struct info_row {
    enum system_info_layer layer;
    const char *name;
    char text[SYSTEM_INFO_TEXT];
};

struct system_info {
    const char *version;       /* version and build, or NULL if unknown */
    const char *title[LAYERS]; /* title of each layer, or NULL to omit it */
    unsigned count;
    struct info_row info_row[SYSTEM_INFO_ROWS];
};

/* Adds a row called NAME to a layer and returns the builder for its text. */
struct strbuf system_info_add(struct system_info *system_info,
                              enum system_info_layer layer, const char *name);

void system_info_open(struct view *view);
void system_info_draw(struct view *view);
void system_info_event(struct view *view, const struct event *event);
