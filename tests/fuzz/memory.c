/* SPDX-License-Identifier: MIT */
/* Fuzzes the memory map, which must never treat reserved memory as free. */
#include "fuzz.h"
#include "arch/memory_map.c"

#define SHARE_MAX (16u << 20)

static struct memory memory;

static bool is_free_at(uint32_t page)
{
    bool free = false;

    for (unsigned i = 0; i < memory.count; i++) {
        const struct range *range = &memory.known[i].range;

        if (page < range->start || page >= range->end)
            continue;
        if (memory.known[i].kind != MEMORY_FREE)
            return false;
        free = true;
    }
    return free;
}

/* Comparison function for qsort(), in ascending order. */
static int compare(const void *one, const void *other)
{
    uint32_t left = *(const uint32_t *)one, right = *(const uint32_t *)other;

    return left < right ? -1 : left > right;
}

static uint32_t edges[2 * MEMORY_RANGES_MAX + 2];

static unsigned find_edges(void)
{
    unsigned count = 0;

    edges[count++] = 0;
    edges[count++] = TOP;
    for (unsigned i = 0; i < memory.count; i++) {
        edges[count++] = memory.known[i].range.start;
        edges[count++] = memory.known[i].range.end;
    }
    qsort(edges, count, sizeof edges[0], compare);
    return count;
}

/* Checks each range between adjacent edges, and the total free memory. */
static void check(void)
{
    unsigned count = find_edges();
    uint32_t all = 0, largest = 0, contiguous = 0;
    struct range share = memory_share(&memory, SHARE_MAX);

    for (unsigned i = 0; i + 1 < count; i++) {
        uint32_t size = edges[i + 1] - edges[i];
        bool free = !memory.full && is_free_at(edges[i]);

        if (size == 0)
            continue;
        MUST(memory_is_free(&memory, edges[i], edges[i + 1]) == free);
        contiguous = free ? contiguous + size : 0;
        all += free ? size : 0;
        largest = contiguous > largest ? contiguous : largest;
        MUST(free || share.end <= edges[i] || share.start >= edges[i + 1]);
    }
    MUST(memory_free(&memory) == all);
    largest = largest / 8 * 7 < SHARE_MAX ? largest / 8 * 7 : SHARE_MAX;
    MUST(share.end - share.start == largest - largest % MEMORY_BLOCK);
    MUST(share.start % MEMORY_PAGE == 0);
    if (share.start < share.end)
        MUST(memory_is_in_use(&memory, share.start, 1));
}

static void check_known(void)
{
    for (unsigned i = 0; i < memory.count; i++) {
        const struct range *range = &memory.known[i].range;

        MUST(range->start < range->end && range->end <= TOP);
        MUST(range->start % MEMORY_PAGE == 0 && range->end % MEMORY_PAGE == 0);
        MUST(memory.known[i].kind <= MEMORY_NVS);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};

    memset(&memory, 0, sizeof memory);
    for (unsigned i = input_byte(&input) % 8; i > 0; i--) {
        enum memory_kind kind = input_byte(&input) % 5;
        uint64_t start = input_long(&input), length = input_long(&input);

        memory_add(&memory, kind, start, length);
        if (kind == MEMORY_TAKEN && length > 0 && start < TOP)
            MUST(memory_is_in_use(&memory, start, length));
    }
    unsigned before = memory.count;

    if (!memory_add_map(&memory, input.at, input.left))
        MUST(memory.count == before);
    check_known();
    check();
    return 0;
}
