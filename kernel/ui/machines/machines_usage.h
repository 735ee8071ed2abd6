/* SPDX-License-Identifier: MIT */
/* Measures what each guest gets. */
#pragma once

#include "machines_state.h"

/* Measures again if a second has passed. */
void machines_measure(struct view *view, uint64_t now);
/* Returns true if the guest runs flat out, and so competes for the processor.
 */
bool machines_competes(struct view *view, unsigned number);
/* Returns the share of the processor that its weight gives to a guest that
   competes, in thousandths of the time of all that do. */
unsigned machines_share_asked(struct view *view, unsigned number);
/* Returns the time of the next measurement. */
uint64_t machines_next(const struct machines *machines);
/* Forgets all measurements, as guests were added or removed. */
void machines_forget(struct machines *machines);
