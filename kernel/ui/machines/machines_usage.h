/* SPDX-License-Identifier: MIT */
/* Measures what each guest gets. */
#pragma once

#include "machines_state.h"

/* Measures again if a second has passed. */
void machines_measure(struct view *view, uint64_t now);
/* Returns the time of the next measurement. */
uint64_t machines_next(const struct machines *machines);
/* Forgets all measurements, as guests were added or removed. */
void machines_forget(struct machines *machines);
