/* SPDX-License-Identifier: MIT */
/*
 * memory_share() uses the low end of free memory, because memory maps are most
 * often wrong at the top: they omit firmware tables and buffers or the ISA hole
 * below 16 MB, or report a wrong size.  memory_test() finds other errors, as it
 * stops at the first hole.
 */
#include "memory_map.h"

/* Excludes the last page below 4 GiB, which belongs to the BIOS. */
#define TOP (0u - MEMORY_PAGE)

struct entry {
    uint32_t size; /* size of the other fields in bytes */
    uint64_t start, length;
    uint32_t type;
} __attribute__((packed));

static uint32_t clip(uint64_t address)
{
    return address < TOP ? (uint32_t)address : TOP;
}

static uint32_t page_down(uint32_t address)
{
    return address & ~(MEMORY_PAGE - 1);
}

static uint32_t page_up(uint32_t address)
{
    return page_down(address + MEMORY_PAGE - 1);
}

/* Tries to merge RANGE with an adjacent taken range, because modules tend to be
   adjacent and find_free() is quadratic in the number of ranges. */
static bool extend(struct memory *memory, const struct range *range)
{
    for (unsigned i = 0; i < memory->count; i++) {
        struct range *known = &memory->known[i].range;

        if (memory->known[i].kind != MEMORY_TAKEN ||
            range->start > known->end || range->end < known->start)
            continue;
        if (range->start < known->start)
            known->start = range->start;
        if (range->end > known->end)
            known->end = range->end;
        return true;
    }
    return false;
}

void memory_add(struct memory *memory, enum memory_kind kind, uint64_t start,
                uint64_t length)
{
    uint64_t end = length > UINT64_MAX - start ? UINT64_MAX : start + length;
    struct range range = {page_down(clip(start)), page_up(clip(end))};

    if (kind == MEMORY_FREE)
        range = (struct range){page_up(clip(start)), page_down(clip(end))};
    if (length == 0 || range.start >= range.end ||
        (kind == MEMORY_TAKEN && extend(memory, &range)))
        return;
    if (memory->count == MEMORY_RANGES_MAX) {
        memory->full = true;
        return;
    }
    memory->known[memory->count].range = range;
    memory->known[memory->count].kind = kind;
    memory->count++;
}

static enum memory_kind kind_of(uint32_t type)
{
    return type <= MEMORY_NVS ? (enum memory_kind)type : MEMORY_TAKEN;
}

bool memory_add_map(struct memory *memory, const void *map, size_t length)
{
    unsigned count = memory->count;
    size_t at = 0;

    if (length > MEMORY_MAP_MAX)
        return false;
    while (length - at >= sizeof(struct entry) && !memory->full) {
        const struct entry *entry =
            (const struct entry *)((const char *)map + at);

        if (entry->size < sizeof *entry - sizeof entry->size ||
            entry->size > length - at - sizeof entry->size)
            break;
        memory_add(memory, kind_of(entry->type), entry->start, entry->length);
        at += entry->size + sizeof entry->size;
    }
    if (at > 0 && at == length)
        return true;
    memory->count = count;
    return false;
}

static bool is_free(const struct memory *memory, unsigned i)
{
    return memory->known[i].kind == MEMORY_FREE;
}

/* Returns the highest end of the ranges that contain AT, or AT if there are
   none.  FREE selects either free ranges or all others. */
static uint32_t end_of(const struct memory *memory, bool free, uint32_t at)
{
    uint32_t end = at;

    for (unsigned i = 0; i < memory->count; i++) {
        const struct range *range = &memory->known[i].range;

        if (is_free(memory, i) == free && range->start <= at &&
            range->end > end)
            end = range->end;
    }
    return end;
}

/* Returns the lowest start of the ranges above AT, or TOP if there are none.
   FREE selects either free ranges or all others. */
static uint32_t start_after(const struct memory *memory, bool free, uint32_t at)
{
    uint32_t start = TOP;

    for (unsigned i = 0; i < memory->count; i++) {
        const struct range *range = &memory->known[i].range;

        if (is_free(memory, i) == free && range->start > at &&
            range->start < start)
            start = range->start;
    }
    return start;
}

bool memory_is_free(const struct memory *memory, uint32_t start, uint32_t end)
{
    uint32_t at = page_up(clip(start));

    end = page_down(end);
    while (at < end && !memory->full) {
        uint32_t free = end_of(memory, true, at);
        uint32_t taken = start_after(memory, false, at);

        if (end_of(memory, false, at) > at || free == at)
            return false;
        at = free < taken ? free : taken;
    }
    return at >= end && start < TOP;
}

bool memory_is_in_use(const struct memory *memory, uint64_t start,
                      uint64_t length)
{
    uint64_t end = length > UINT64_MAX - start ? UINT64_MAX : start + length;

    if (memory->full)
        return true;
    for (unsigned i = 0; i < memory->count; i++) {
        const struct range *range = &memory->known[i].range;
        enum memory_kind kind = memory->known[i].kind;

        if ((kind == MEMORY_FREE || kind == MEMORY_TAKEN) &&
            start < range->end && end > range->start)
            return true;
    }
    return false;
}

struct free_memory {
    uint32_t total; /* bytes */
    struct range largest;
};

/* Walks along the range boundaries.  The memory from START to AT is free. */
static struct free_memory find_free(const struct memory *memory)
{
    struct free_memory found = {0};
    uint32_t at = 0, start = 0;

    while (at < TOP && !memory->full) {
        uint32_t taken = end_of(memory, false, at);
        uint32_t free = end_of(memory, true, at);

        if (taken > at) {
            start = at = taken;
        } else if (free == at) {
            start = at = start_after(memory, true, at);
        } else {
            uint32_t end = start_after(memory, false, at);

            if (free < end)
                end = free;
            found.total += end - at;
            at = end;
            if (at - start > found.largest.end - found.largest.start)
                found.largest = (struct range){start, at};
        }
    }
    return found;
}

uint32_t memory_free(const struct memory *memory)
{
    return find_free(memory).total;
}

struct range memory_share(const struct memory *memory, uint32_t max)
{
    struct range range = find_free(memory).largest;
    uint32_t size = (range.end - range.start) / 8 * 7;

    if (size > max)
        size = max;
    range.end = range.start + size - size % MEMORY_BLOCK;
    return range;
}

/* Returns the address of a probe: the first or the last word of a block. */
static volatile uint32_t *probe(void *at, size_t number)
{
    size_t offset = number / 2 * MEMORY_BLOCK;

    if (number % 2 == 1)
        offset += MEMORY_BLOCK - sizeof(uint32_t);
    return (volatile uint32_t *)((char *)at + offset);
}

uint32_t memory_take(struct range *range, uint32_t size)
{
    uint32_t available = range->end - range->start;

    if (available < MEMORY_LEFT || available - MEMORY_LEFT < size)
        return 0;
    uint32_t at = (range->end - size) & ~(MEMORY_PAGE - 1);

    if (at < range->start || at - range->start < MEMORY_LEFT)
        return 0;
    range->end = at;
    return at;
}

/* Writes all probes before reading any, so that no value lingers on the bus,
   and from the top down, so that the lower of two aliases keeps its value. */
size_t memory_test(void *at, size_t size)
{
    size_t probes = size / MEMORY_BLOCK * 2, good = 0;

    for (size_t i = probes; i > 0; i--)
        *probe(at, i - 1) = (uint32_t)~i;
    while (good < probes && *probe(at, good) == (uint32_t) ~(good + 1))
        good++;
    return good / 2 * MEMORY_BLOCK;
}
