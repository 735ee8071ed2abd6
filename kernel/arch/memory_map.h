/* SPDX-License-Identifier: MIT */
/*
 * Memory beyond the kernel's own: which of it is free, as the boot loader
 * tells, and whether it is there.
 *
 * The map is the loader's (Multiboot Specification 0.6.96, 3.3, mmap_*), which
 * has it from the BIOS (INT 15h, AX=E820h) or from UEFI.  Entries may come in
 * any order, overlap, and lie beyond 4 GiB (ACPI Specification 6.4, 15.1).
 */
#ifndef ARCH_MEMORY_MAP_H
#define ARCH_MEMORY_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MEMORY_RANGES_MAX 1600     /* two for each module, and a map */
#define MEMORY_MAP_MAX    0x10000u /* bytes of a map; more is none */
#define MEMORY_PAGE       4096u
#define MEMORY_BLOCK      0x10000u /* bytes; what is proved, and given, at once */

/* In bytes; END is the first beyond.  Empty where both are the same. */
struct range {
    uint32_t start, end;
};

/* Free, or taken by us; all other kinds are taken as well, by firmware, and
   have the number that the map gives them (ACPI 6.4, table 15.3). */
enum memory_kind {
    MEMORY_TAKEN,
    MEMORY_FREE,
    MEMORY_RESERVED, /* of firmware, and what is no memory at all */
    MEMORY_ACPI,     /* ACPI's tables */
    MEMORY_NVS,      /* what firmware keeps, now and then tables */
};

/* All zero: nothing is known yet, so nothing is free. */
struct memory {
    bool full; /* not all could be kept: nothing counts as free */
    unsigned count;
    struct {
        struct range range; /* whole pages of 4096 bytes below 4 GiB */
        enum memory_kind kind;
    } known[MEMORY_RANGES_MAX];
};

/*
 * Adds LENGTH bytes from START, any numbers at all.  Where a free and a taken
 * range overlap, it is taken.
 */
void memory_add(struct memory *memory, enum memory_kind kind, uint64_t start,
                uint64_t length);

/* Adds the ranges of the loader's MAP of LENGTH bytes, those of a kind that is
   not known as taken.  False: that is no map, and nothing was added. */
bool memory_add_map(struct memory *memory, const void *map, size_t length);

/* Whether all whole pages from START to END are free. */
bool memory_is_free(const struct memory *memory, uint32_t start, uint32_t end);

/* Whether any of LENGTH bytes from START, any numbers at all, is free memory or
   taken by us: no device can be there.  Where not all could be kept it may
   be. */
bool memory_is_in_use(const struct memory *memory, uint64_t start,
                      uint64_t length);

/* How many bytes below 4 GiB are free. */
uint32_t memory_free(const struct memory *memory);

/*
 * The beginning of the largest free range: at most half of it and at most
 * MOST bytes, in whole blocks from a page's beginning on.  Empty if that is
 * not one block.
 */
struct range memory_share(const struct memory *memory, uint32_t most);

/*
 * How many of the SIZE bytes from AT on are memory, in whole blocks: maps have
 * been wrong.  The first and the last word of each block are written and
 * left so; what follows a hole, or is the same memory once more, is not
 * counted.
 */
size_t memory_answers(void *at, size_t size);

#endif
