/* SPDX-License-Identifier: MIT */
/* Describes a guest as the hypervisor sees it: what VMMs call the virtual
   machine control block. */
#pragma once

#include "emu/text/strbuf.h"
#include "guest.h"

/* Writes three text lines of at most 78 characters. */
void control_block_write(struct strbuf *text, const struct guest_space *guest);

#define CONTROL_BLOCK_REGIONS 6

/* Writes a text line for one of the ranges of memory that the guest can access:
   its linear and physical address, its pages, and what it is. */
void control_block_region(struct strbuf *text, const struct guest_space *guest,
                          unsigned i);

/* Return a few words for the call that ENTRY is for, and for its exit. */
const char *control_block_call(const struct guest_entry *entry);
const char *control_block_reason(const struct guest_entry *entry);
