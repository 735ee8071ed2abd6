/* SPDX-License-Identifier: MIT */
/* Divides memory between the guests, and undo and history. */
#pragma once

#include "arch/memory_map.h"
#include "hypervisor/guest.h"
#include "ui/base/view.h"

/* The first guest, which the console starts with */
extern struct guest_space first_guest;

/* Bytes that all guests but the first need, in whole pages */
extern const uint32_t guest_places_size;

/* Makes the first guest run in ring 3.  DESCRIBE writes what guests that are
   killed did.  vm_start() must have been called. */
void guest_places_start(struct environment *environment,
                        guest_describe *describe);

/* Gives most of MEMORY to guests, or as much as all of them need, and the rest
   to undo and history.  Each guest has an address space of its own, or only
   memory if vm_start() has not been called. */
void guest_places_fill(struct environment *environment, struct range memory);
