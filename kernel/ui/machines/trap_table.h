/* SPDX-License-Identifier: MIT */
/* Shows which sensitive instructions of this PC trap outside the kernel, and so
   why its processor cannot be virtualized by trapping alone. */
#pragma once

#include "machines_state.h"

/* Executes the instructions.  Returns false, with a message, without a PC or
   without paging. */
bool trap_table_fill(struct view *view);
void trap_table_draw(struct view *view);
