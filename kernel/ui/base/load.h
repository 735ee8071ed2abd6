/* SPDX-License-Identifier: MIT */
/* Reads program files in slices, one file at a time, and loads them. */
#pragma once

#include "view.h"

/* Starts reading FILE in place of any other file.  Its strings must stay
   valid.  THEN is called when the file has been read, unless it is NULL. */
void load_start(struct view *view, const struct library_file *file,
                void (*then)(struct view *view, bool good));
/* Like load_start(), but continues with the file in view->load.file. */
void load_continue(struct view *view,
                   void (*then)(struct view *view, bool good));
void load_cancel(struct view *view);

/* Calls the callback if reading is done.  Must be called before each key. */
void load_finish(struct view *view);
/* Reads the next slice of the file.  Called once per turn. */
void load_turn(struct view *view);

/* Loads the program or state in FILE, or shows its errors and returns false. */
bool load_file(struct view *view, const struct library_reader *file);
