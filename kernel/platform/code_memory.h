/* SPDX-License-Identifier: MIT */
/*
 * Memory for translated code, on separate pages, executable at first.
 */
#pragma once

#include "emu/engine/engine.h"

extern struct code_area code_area;      /* for the session */
extern struct code_area timed_run_area; /* for timed runs and bench */
extern struct code_area history_area;   /* for replay */
