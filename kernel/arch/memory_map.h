/* SPDX-License-Identifier: MIT */
/*
 * Free memory according to the boot loader's map, and a test whether memory is
 * present.
 *
 * The loader's map (Multiboot Specification 0.6.96, 3.3, mmap_*) is that of the
 * BIOS (INT 15h, AX=E820h) or of UEFI.  Entries may be in any order, overlap,
 * and lie above 4 GiB (ACPI Specification 6.4, 15.1).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MEMORY_RANGES_MAX 1600     /* two for each module, and a map */
#define MEMORY_MAP_MAX    0x10000u /* bytes; a longer map is invalid */
#define MEMORY_PAGE       4096u
#define MEMORY_BLOCK      0x10000u /* bytes; unit of memory_share() */

/* In bytes; END is exclusive.  Empty if both are equal. */
struct range {
    uint32_t start, end;
};

/* MEMORY_TAKEN: used by the kernel, its modules or the loader's data.  The
   other kinds have the numbers of the map (ACPI 6.4, table 15.3). */
enum memory_kind {
    MEMORY_TAKEN,
    MEMORY_FREE,
    MEMORY_RESERVED, /* used by firmware, or no memory */
    MEMORY_ACPI,     /* ACPI tables, reclaimable */
    MEMORY_NVS,      /* firmware data, sometimes with ACPI tables */
};

/* All zero: no memory is known or free. */
struct memory {
    bool full; /* a range was dropped, so no memory counts as free */
    unsigned count;
    struct {
        struct range range; /* whole pages below 4 GiB */
        enum memory_kind kind;
    } known[MEMORY_RANGES_MAX];
};

/* Adds LENGTH bytes from START; both may have any value.  Where a free range
   overlaps one of another kind, the memory is not free. */
void memory_add(struct memory *memory, enum memory_kind kind, uint64_t start,
                uint64_t length);

/* Adds the ranges of the loader's MAP of LENGTH bytes; unknown kinds become
   MEMORY_TAKEN.  Returns false, and adds nothing, if MAP is invalid. */
bool memory_add_map(struct memory *memory, const void *map, size_t length);

/* Returns whether all whole pages from START to END are free. */
bool memory_is_free(const struct memory *memory, uint32_t start, uint32_t end);

/*
 * Returns whether any of the LENGTH bytes from START is RAM, free or in use,
 * and so cannot belong to a device.  START and LENGTH may have any value.
 * Returns true for all if the map had too many ranges.
 */
bool memory_is_in_use(const struct memory *memory, uint64_t start,
                      uint64_t length);

/* Returns the number of free bytes below 4 GiB. */
uint32_t memory_free(const struct memory *memory);

/* Returns the low end of the largest free range, page aligned: whole blocks, at
   most half of the range and at most MAX bytes.  May be empty. */
struct range memory_share(const struct memory *memory, uint32_t max);

/* Tests whether the SIZE bytes at AT are present, as memory maps can be wrong;
   returns how many are, in whole blocks up to the first hole or alias.
   Overwrites the first and the last word of each block. */
size_t memory_test(void *at, size_t size);
