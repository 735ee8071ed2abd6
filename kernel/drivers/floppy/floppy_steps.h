/* SPDX-License-Identifier: MIT */
/* The states of the floppy driver, and what follows each. */
#pragma once

#include "floppy_state.h"

/* Enters STATE at the time `now`. */
void floppy_enter(struct floppy *floppy, enum floppy_state state);

/* Ends what was started last, with RESULT. */
void floppy_finish(struct floppy *floppy, enum floppy_result result);

/* Starts what `request` asks for, or the next part of it. */
void floppy_proceed(struct floppy *floppy);

/* Continues the state at the time `now`.  Returns true if another has been
   entered. */
bool floppy_step(struct floppy *floppy);
