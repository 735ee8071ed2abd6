/* SPDX-License-Identifier: MIT */
/*
 * Paging with 4 KB pages and no extensions of later processors (Intel SDM vol.
 * 3, "32-Bit Paging"), except for devices above 4 GiB.  All pages except the
 * first megabyte and those devices are identity mapped.  The kernel cannot
 * write to read-only pages on a 486 or later (CR0.WP), but can on a 386.
 */
#pragma once

#include "memory_map.h"

/* PAGE_USER and PAGE_DEVICE are combined with one of the others. */
enum page_access {
    PAGE_READ = 0,
    PAGE_WRITE = 1,
    PAGE_USER = 2,   /* also for ring 3 */
    PAGE_DEVICE = 4, /* registers of a device, which must not be cached */
};

/* Maps all pages that overlap RANGE.  Must be called before paging_start().
   Takes page tables from the end of SPARE when the static ones run out.
   Returns false if SPARE is exhausted; paging must then not be started. */
bool paging_map(struct range range, enum page_access access,
                struct range *spare);

/* Maps the first megabyte at PHYSICAL_LOW only (see physical.h). */
bool paging_map_low(struct range *spare);

/* Maps SIZE bytes of a device at a physical address above 4 GiB by pages of 4
   MB (PSE-36), and returns their linear address.  Returns 0 if the processor
   has no such pages, the address is above 2^40, a page ends among the bytes, or
   too many devices are mapped.  Must be called while paging is on, and before
   any address space is made. */
uint32_t paging_map_high(uint64_t address, uint32_t size);

/* Unmaps the page at ADDRESS, which must be mapped. */
void paging_guard(uint32_t address);

void paging_start(void);
void paging_stop(void);
bool paging_is_on(void);

/*
 * Address spaces.  Each is the kernel's, but with a page table of its own for
 * the first 4 MB of linear memory, in which some pages are others.  All that
 * changes while a space is in use must be as before when the next one is used.
 */

#define PAGING_SPACE (2 * MEMORY_PAGE) /* size of its tables in bytes */

/* Makes an address space of the memory at SPACE, which is its number.  Paging
   must be on. */
void paging_space_make(uint32_t space);

/* Maps ADDRESS in SPACE to the page at PHYSICAL.  Its access stays as it was.
   SPACE must not be in use. */
void paging_space_replace(uint32_t space, uint32_t address, uint32_t physical);

/* Uses the address space SPACE, or the kernel's own if SPACE is 0. */
void paging_space_use(uint32_t space);

/* Changes the access to mapped pages, but not whether ring 3 has it.  Has no
   effect while paging is off. */
void paging_set_access(struct range range, enum page_access access);
