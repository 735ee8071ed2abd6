/* SPDX-License-Identifier: MIT */
/*
 * Pages of 4096 bytes, as the 386 has them: only what is mapped is there, each
 * page at its own address, and read-only pages cannot be written.  A 386 lets
 * the kernel write them all the same; from the 486 on it obeys, too (Intel SDM
 * vol. 3, "32-Bit Paging", and CR0.WP).
 */
#ifndef ARCH_PAGING_H
#define ARCH_PAGING_H

#include "memory_map.h"

enum page_access { PAGE_READ, PAGE_WRITE };

/*
 * Maps what RANGE touches, before paging_start().  Tables that are wanted
 * beside those of the kernel's own are taken from the end of SPARE, which gets
 * shorter by that.  False: there was no room for one, and paging must not
 * start.
 */
bool paging_map(struct range range, enum page_access access,
                struct range *spare);

/* Maps the first megabyte to where physical.h finds it, and nowhere else. */
bool paging_map_low(struct range *spare);

/* Takes the page at ADDRESS away again. */
void paging_guard(uint32_t address);

/* From now on this holds.  Pages are write-protected against the kernel, too,
   unless this is a 386. */
void paging_start(void);

/* All memory is there as it was at the start; for leaving. */
void paging_stop(void);

/* Whether it was started. */
bool paging_is_on(void);

/* Another access to pages that are mapped, at once. */
void paging_set_access(struct range range, enum page_access access);

#endif
