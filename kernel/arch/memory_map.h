/* SPDX-License-Identifier: MIT */
/*
 * Memory map: which memory is free according to the boot loader, and a test
 * that memory is present.  The loader's map (Multiboot Specification 0.6.96,
 * 3.3, mmap_*) comes from the BIOS (INT 15h, AX=E820h) or UEFI.  Its entries
 * may be in any order, overlap, and lie above 4 GiB (ACPI 6.4, 15.1).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MEMORY_RANGES_MAX 1600     /* two per module, plus the loader's map */
#define MEMORY_MAP_MAX    0x10000u /* maximum size of a valid map in bytes */
#define MEMORY_PAGE       4096u
#define MEMORY_BLOCK      0x10000u /* granularity of memory_share() in bytes */

/* Byte addresses from START up to, but not including, END. */
struct range {
    uint32_t start, end;
};

/* MEMORY_TAKEN is memory in use by the kernel, its modules or the boot loader.
   The other values are the types of the memory map (ACPI 6.4, table 15.3). */
enum memory_kind {
    MEMORY_TAKEN,
    MEMORY_FREE,
    MEMORY_RESERVED, /* used by firmware, or not RAM */
    MEMORY_ACPI,     /* reclaimable memory with ACPI tables */
    MEMORY_NVS,      /* firmware data, which may include ACPI tables */
};

/* The known memory ranges.  An all-zero structure is an empty map. */
struct memory {
    bool full; /* true if a range was dropped; no memory is then free */
    unsigned count;
    struct {
        struct range range; /* page aligned and below 4 GiB */
        enum memory_kind kind;
    } known[MEMORY_RANGES_MAX];
};

/* Adds a memory range, which may have any start and length.  Where a free range
   overlaps one of another kind, the memory is not free. */
void memory_add(struct memory *memory, enum memory_kind kind, uint64_t start,
                uint64_t length);

/* Adds the boot loader's memory map of LENGTH bytes, treating unknown types as
   MEMORY_TAKEN.  Returns false, and adds nothing, if the map is invalid. */
bool memory_add_map(struct memory *memory, const void *map, size_t length);

/* Returns true if every whole page between START and END is free. */
bool memory_is_free(const struct memory *memory, uint32_t start, uint32_t end);

/* Returns true if any of the LENGTH bytes at START may be RAM, so that they
   cannot belong to a device.  START and LENGTH may have any value. */
bool memory_is_in_use(const struct memory *memory, uint64_t start,
                      uint64_t length);

/* Returns the number of free bytes below 4 GiB. */
uint32_t memory_free(const struct memory *memory);

/* Returns the lower part of the largest free range: whole blocks, but no more
   than seven eighths of the range or MAX bytes.  It is page aligned and may be
   empty. */
struct range memory_share(const struct memory *memory, uint32_t max);

/* Takes SIZE bytes from the end of RANGE, in whole pages, and returns their
   address.  Returns 0, and takes nothing, if fewer than MEMORY_LEFT bytes would
   be left, which undo and history need. */
#define MEMORY_LEFT 0x40000u
uint32_t memory_take(struct range *range, uint32_t size);

/* Tests whether memory is present, because memory maps can be wrong.  Returns
   the number of bytes in whole blocks up to the first hole or alias.
   Overwrites the first and last word of each block. */
size_t memory_test(void *at, size_t size);
