/* SPDX-License-Identifier: MIT */
/* Reads files, one at a time and in slices, and loads what was read. */
#pragma once

#include "view.h"

/*
 * Begins to read FILE instead of any other; its strings must stay valid.  At
 * its end load_finish() or load_turn() calls THEN, unless that is NULL.
 */
void load_start(struct view *view, const struct library_file *file,
                void (*then)(struct view *view, bool good));
/* The same for the file in view->load.file, which may be complete. */
void load_continue(struct view *view,
                   void (*then)(struct view *view, bool good));
void load_cancel(struct view *view);

/* Calls THEN if the file is complete; due before each key. */
void load_finish(struct view *view);
/* Reads the next slice; due in each turn. */
void load_turn(struct view *view);

/* Loads the program or state in FILE; false: it has errors, as the message
   says. */
bool load_file(struct view *view, const struct library_reader *file);
