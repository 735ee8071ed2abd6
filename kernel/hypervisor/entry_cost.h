/* SPDX-License-Identifier: MIT */
/* Measures an entry into ring 3 that does nothing, and its exit. */
#pragma once

#include "guest.h"

/* Returns the least number of cycles of several entries into GUEST, each after
   FROM was in use, or 0 if cycles are not counted.  Includes the change of the
   address space if they are not the same.  vm_start() must have been called. */
uint64_t entry_cost(const struct guest_space *guest,
                    const struct guest_space *from);
