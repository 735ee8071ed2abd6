/* SPDX-License-Identifier: MIT */
/*
 * Paging with 4 KB pages and no extensions of later processors (Intel SDM vol.
 * 3, "32-Bit Paging").  All pages except the first megabyte are identity
 * mapped.  The kernel cannot write to read-only pages on a 486 or later
 * (CR0.WP), but can on a 386.
 */
#pragma once

#include "memory_map.h"

/* PAGE_USER is combined with one of the others. */
enum page_access {
    PAGE_READ = 0,
    PAGE_WRITE = 1,
    PAGE_USER = 2, /* also for ring 3 */
};

/* Maps all pages that overlap RANGE.  Must be called before paging_start().
   Takes page tables from the end of SPARE when the static ones run out.
   Returns false if SPARE is exhausted; paging must then not be started. */
bool paging_map(struct range range, enum page_access access,
                struct range *spare);

/* Maps the first megabyte at PHYSICAL_LOW only (see physical.h). */
bool paging_map_low(struct range *spare);

/* Unmaps the page at ADDRESS, which must be mapped. */
void paging_guard(uint32_t address);

void paging_start(void);
void paging_stop(void);
bool paging_is_on(void);

/* Changes the access to mapped pages, but not whether ring 3 has it.  Has no
   effect while paging is off. */
void paging_set_access(struct range range, enum page_access access);
