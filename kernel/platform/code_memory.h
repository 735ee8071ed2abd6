/* SPDX-License-Identifier: MIT */
/* Memory for translated code.  Its pages are initially executable. */
#pragma once

#include "emu/engine/engine.h"

extern struct code_area code_area;      /* used by the session */
extern struct code_area timed_run_area; /* used by timed runs and bench */
extern struct code_area history_area;   /* used by replay */
