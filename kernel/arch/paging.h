/* SPDX-License-Identifier: MIT */
/*
 * Paging with 4 KB pages and no extensions of later processors (Intel SDM vol.
 * 3, "32-Bit Paging").  Pages are mapped at their physical address, except for
 * the first megabyte.  Read-only pages are write-protected from the 486 on
 * (CR0.WP); a 386 lets the kernel write to them.
 */
#pragma once

#include "memory_map.h"

enum page_access { PAGE_READ, PAGE_WRITE };

/* Maps the pages that RANGE touches; call before paging_start().  When the
   static page tables run out, allocates tables at the end of SPARE, which
   shrinks.  Returns false if SPARE is empty; then paging must not start. */
bool paging_map(struct range range, enum page_access access,
                struct range *spare);

/* Maps the first megabyte at PHYSICAL_LOW only; see physical.h. */
bool paging_map_low(struct range *spare);

/* Unmaps the page at ADDRESS, which must have been mapped. */
void paging_guard(uint32_t address);

void paging_start(void);

/* Turns paging off, for reboot and power off. */
void paging_stop(void);

bool paging_is_on(void);

/* Changes the access to mapped pages; no effect while paging is off. */
void paging_set_access(struct range range, enum page_access access);
