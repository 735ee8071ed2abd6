/* SPDX-License-Identifier: MIT */
/* Tests the memory map with valid and invalid input, and the memory probe. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>

#include "arch/memory_map.c"

#define KB        1024ull
#define MB        (1024 * KB)
#define GB        (1024 * MB)
#define BLOCK     ((uint64_t)MEMORY_BLOCK)
#define SHARE_MAX (16u << 20)
#define BAD       5

#define USABLE 1

static struct memory memory;

/* Checks the share of FREE bytes from START on. */
static void assert_share(uint64_t start, uint64_t free)
{
    struct range share = memory_share(&memory, SHARE_MAX);
    uint64_t most = free * 7 / 8;
    uint64_t size = most < SHARE_MAX ? most - most % MEMORY_BLOCK : SHARE_MAX;

    assert_int_equal(share.end - share.start, size);
    if (size > 0)
        assert_int_equal(share.start, start);
}

static void begin(void)
{
    memset(&memory, 0, sizeof memory);
}

struct told {
    uint64_t start, length;
    uint32_t type;
};

#define MAP_MAX 16
#define ENTRY   24 /* size of a map entry in bytes */

static uint8_t map[MAP_MAX * ENTRY];

static void put_entry(unsigned i, uint32_t size, const struct told *told)
{
    uint8_t *at = map + i * ENTRY;

    memcpy(at, &size, 4);
    memcpy(at + 4, &told->start, 8);
    memcpy(at + 12, &told->length, 8);
    memcpy(at + 20, &told->type, 4);
}

/* Adds a memory map from a buffer of its exact size. */
static bool add_map(const struct told *told, unsigned count)
{
    uint8_t *copy = malloc(count * ENTRY);

    for (unsigned i = 0; i < count; i++)
        put_entry(i, ENTRY - 4, &told[i]);
    memcpy(copy, map, count * ENTRY);
    bool added = memory_add_map(&memory, copy, count * ENTRY);

    free(copy);
    return added;
}

#define ADD_MAP(...)                                                           \
    add_map((const struct told[]){__VA_ARGS__},                                \
            sizeof((const struct told[]){__VA_ARGS__}) / sizeof(struct told))

/* Tests the memory map that QEMU provides for a PC with 64 MB. */
static void test_map_of_a_pc(void **state)
{
    (void)state;
    begin();
    assert_true(ADD_MAP({0, 0x9FC00, USABLE}, {0x9FC00, 0x400, 2},
                        {0xF0000, 0x10000, 2}, {MB, 0x3EE0000, USABLE},
                        {0x3FE0000, 0x20000, 2}, {0xFFFC0000, 0x40000, 2}));
    memory_add(&memory, MEMORY_TAKEN, 0, 0x20F448);
    assert_share(0x210000, 32 * MB);
}

static void test_small_memory(void **state)
{
    (void)state;
    begin();
    memory_add(&memory, MEMORY_FREE, MB, 3 * MB);
    memory_add(&memory, MEMORY_TAKEN, 0, 2 * MB + 1);
    assert_share(2 * MB + 4 * KB, 2 * MB - 4 * KB);
    memory_add(&memory, MEMORY_TAKEN, 2 * MB, 2 * MB - 2 * BLOCK);
    assert_share(4 * MB - 2 * BLOCK, 2 * BLOCK);
    memory_add(&memory, MEMORY_TAKEN, 4 * MB - BLOCK, BLOCK);
    assert_share(0, 0);
}

static void test_empty_ranges(void **state)
{
    (void)state;
    begin();
    assert_share(0, 0);
    memory_add(&memory, MEMORY_FREE, MB, 0);
    memory_add(&memory, MEMORY_FREE, MB + 1, 8190);
    memory_add(&memory, MEMORY_FREE, 4 * GB - 4 * KB, GB);
    memory_add(&memory, MEMORY_FREE, UINT64_MAX, UINT64_MAX);
    memory_add(&memory, MEMORY_TAKEN, MB + 1, 0);
    assert_int_equal(memory.count, 0);
    assert_share(0, 0);
}

/* Memory above 4 GiB must not be used. */
static void test_above_4_gb(void **state)
{
    (void)state;
    begin();
    assert_true(ADD_MAP({4 * GB, 60 * GB, USABLE},
                        {4 * GB - 4 * MB, 8 * GB, USABLE},
                        {5 * GB, UINT64_MAX, 2}));
    assert_share(4 * GB - 4 * MB, 4 * MB - 4 * KB);
    memory_add(&memory, MEMORY_TAKEN, 4 * GB - 2 * MB, UINT64_MAX);
    assert_share(4 * GB - 4 * MB, 2 * MB);
}

/* A free range may be split several times by ranges of other types. */
static void test_overlapping(void **state)
{
    (void)state;
    begin();
    assert_true(ADD_MAP({8 * MB, 4 * MB, 3}, {20 * MB, MB, BAD},
                        {2 * MB, 30 * MB, USABLE}, {9 * MB, MB, USABLE},
                        {2 * MB, 30 * MB, USABLE}, {MB, MB, 0}));
    assert_share(21 * MB, 11 * MB);
    memory_add(&memory, MEMORY_TAKEN, 31 * MB, 6 * MB);
    assert_share(21 * MB, 10 * MB);
    memory_add(&memory, MEMORY_TAKEN, 21 * MB, 6 * MB);
    assert_share(12 * MB, 8 * MB);
}

/* Adjacent free ranges must be merged, whatever their order. */
static void test_neighbours(void **state)
{
    (void)state;
    begin();
    assert_true(ADD_MAP({6 * MB, 2 * MB, USABLE}, {2 * MB, MB, USABLE},
                        {20 * MB, 5 * MB, USABLE}, {3 * MB, 3 * MB, USABLE}));
    assert_share(2 * MB, 6 * MB);
}

/* Only ranges of free memory may be used. */
static void test_kinds(void **state)
{
    static const struct {
        uint32_t type;
        enum memory_kind kind;
    } kinds[] = {
        {0, MEMORY_TAKEN},    {1, MEMORY_FREE},
        {2, MEMORY_RESERVED}, {3, MEMORY_ACPI},
        {4, MEMORY_NVS},      {BAD, MEMORY_TAKEN},
        {0xFF, MEMORY_TAKEN}, {UINT32_MAX, MEMORY_TAKEN},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        begin();
        assert_true(ADD_MAP({MB, MB, kinds[i].type}));
        assert_int_equal(memory.count, 1);
        assert_int_equal(memory.known[0].kind, kinds[i].kind);
        assert_share(MB, kinds[i].kind == MEMORY_FREE ? MB : 0);
    }
}

static const struct told two[] = {{2 * MB, 8 * MB, USABLE}, {4 * MB, MB, 2}};

static void assert_no_map(size_t length)
{
    begin();
    memory_add(&memory, MEMORY_TAKEN, 0, MB);
    uint8_t *copy = malloc(length + 1);

    memcpy(copy, map, length);
    assert_false(memory_add_map(&memory, copy, length));
    free(copy);
    assert_int_equal(memory.count, 1);
    assert_share(0, 0);
}

static void test_bad_sizes(void **state)
{
    static const uint32_t sizes[] = {0,   1,          19,         21,
                                     100, 0x7FFFFFFF, 0xFFFFFFFC, -4u};

    (void)state;
    for (unsigned i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        put_entry(0, 20, &two[0]);
        put_entry(1, sizes[i], &two[1]);
        assert_no_map(2 * ENTRY);
        put_entry(0, sizes[i], &two[0]);
        put_entry(1, 20, &two[1]);
        assert_no_map(2 * ENTRY);
    }
}

/* A map that contains a truncated entry must be rejected as a whole. */
static void test_short_entry(void **state)
{
    (void)state;
    for (uint32_t size = 0; size < 20; size++) {
        put_entry(0, size, &two[0]);
        memcpy(map + size + 4, (const uint32_t[]){20}, 4);
        memcpy(map + size + 8, &two[0], 20);
        assert_no_map(size + 4 + ENTRY);
    }
}

static void test_bad_lengths(void **state)
{
    (void)state;
    put_entry(0, 20, &two[0]);
    put_entry(1, 20, &two[1]);
    for (size_t length = 0; length < 2 * ENTRY; length++)
        if (length != ENTRY)
            assert_no_map(length);
}

static void test_long_entries(void **state)
{
    (void)state;
    begin();
    memset(map, 0xFF, sizeof map);
    put_entry(0, 2 * ENTRY - 4, &two[0]);
    put_entry(2, 3 * ENTRY - 4, &two[1]);
    assert_true(memory_add_map(&memory, map, 5 * ENTRY));
    assert_int_equal(memory.count, 2);
    assert_share(5 * MB, 5 * MB);
}

/* A map of the maximum size must be accepted, and a larger one rejected. */
static void test_map_max(void **state)
{
    static const size_t lengths[] = {MEMORY_MAP_MAX - 16, MEMORY_MAP_MAX + 8,
                                     10 * MEMORY_MAP_MAX};
    static uint8_t long_map[10 * MEMORY_MAP_MAX];
    static const uint32_t size = 20;

    (void)state;
    for (size_t at = 0; at + ENTRY <= sizeof long_map; at += ENTRY)
        memcpy(long_map + at, &size, sizeof size);
    for (unsigned i = 0; i < 3; i++) {
        size_t length = lengths[i] - lengths[i] % ENTRY;

        begin();
        assert_int_equal(memory_add_map(&memory, long_map, length), i == 0);
        assert_int_equal(memory.count, 0);
    }
}

static void test_adjacent_modules(void **state)
{
    (void)state;
    begin();
    memory_add(&memory, MEMORY_FREE, MB, 64 * MB);
    for (unsigned i = 0; i < 10 * MEMORY_RANGES_MAX; i++)
        memory_add(&memory, MEMORY_TAKEN, MB + i * 4096, 4096);
    assert_false(memory.full);
    assert_int_equal(memory.count, 2);
    assert_int_equal(memory_free(&memory),
                     64 * MB - 10 * MEMORY_RANGES_MAX * 4096);
    memory_add(&memory, MEMORY_TAKEN, 0, 2 * 4096);
    memory_add(&memory, MEMORY_TAKEN, 4 * 4096, 4096);
    memory_add(&memory, MEMORY_TAKEN, 2 * 4096, 2 * 4096);
    assert_int_equal(memory.count, 4);
    memory_add(&memory, MEMORY_RESERVED, 5 * 4096, 4096);
    assert_int_equal(memory.count, 5);
}

/* If there are too many ranges, no memory may be considered free. */
static void test_too_many_ranges(void **state)
{
    static uint8_t long_map[(MEMORY_RANGES_MAX + 1) * ENTRY];

    (void)state;
    begin();
    memory_add(&memory, MEMORY_FREE, MB, 64 * MB);
    for (unsigned i = 1; i < MEMORY_RANGES_MAX; i++)
        memory_add(&memory, MEMORY_RESERVED, MB, 1);
    assert_share(MB + 4 * KB, 32 * MB);
    memory_add(&memory, MEMORY_RESERVED, MB, 1);
    assert_share(0, 0);

    begin();
    put_entry(0, 20, &two[0]);
    for (unsigned i = 0; i <= MEMORY_RANGES_MAX; i++)
        memcpy(long_map + i * ENTRY, map, ENTRY);
    memory_add_map(&memory, long_map, sizeof long_map);
    assert_share(0, 0);
}

#define PAGES 256

/* Finds the largest free range by examining every page, for comparison. */
static struct range plain_largest(const bool *free, const bool *taken)
{
    struct range best = {0};
    uint32_t start = 0;

    for (uint32_t page = 0; page < PAGES; page++) {
        if (!free[page] || taken[page])
            start = page + 1;
        else if (page + 1 - start > best.end - best.start)
            best = (struct range){start, page + 1};
    }
    return best;
}

static uint32_t count_free(const bool *free, const bool *taken)
{
    uint32_t count = 0;

    for (uint32_t page = 0; page < PAGES; page++)
        count += free[page] && !taken[page];
    return count;
}

static void add_random(bool *free, bool *taken)
{
    bool is_free = rand() % 2;
    uint32_t start = (uint32_t)rand() % PAGES;
    uint32_t length = (uint32_t)rand() % (PAGES / 4);

    if (length > PAGES - start)
        length = PAGES - start;
    memory_add(&memory, is_free ? MEMORY_FREE : MEMORY_TAKEN,
               (uint64_t)start * MEMORY_PAGE, (uint64_t)length * MEMORY_PAGE);
    memset((is_free ? free : taken) + start, true, length);
}

static void test_random_maps(void **state)
{
    (void)state;
    srand(1);
    for (unsigned i = 0; i < 20000; i++) {
        bool free[PAGES] = {0}, taken[PAGES] = {0};

        begin();
        for (int n = rand() % 12; n > 0; n--)
            add_random(free, taken);
        struct range expected = plain_largest(free, taken);
        struct free_memory found = find_free(&memory);

        assert_int_equal(found.largest.start, expected.start * MEMORY_PAGE);
        assert_int_equal(found.largest.end, expected.end * MEMORY_PAGE);
        assert_int_equal(memory_free(&memory),
                         count_free(free, taken) * MEMORY_PAGE);
    }
}

#define BLOCKS 8

/* Maps a file so that block I of the mapping is block SHOWN[I] of the file. */
static uint8_t *mapped(const unsigned *shown)
{
    size_t size = BLOCKS * MEMORY_BLOCK;
    int file = memfd_create("memory", 0);
    uint8_t *at =
        mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    assert_true(file >= 0 && ftruncate(file, (off_t)size) == 0);
    assert_true(at != MAP_FAILED);
    for (unsigned i = 0; i < BLOCKS; i++)
        assert_true(mmap(at + i * MEMORY_BLOCK, MEMORY_BLOCK,
                         PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file,
                         (off_t)shown[i] * MEMORY_BLOCK) != MAP_FAILED);
    close(file);
    return at;
}

static void test_probe(void **state)
{
    static const struct {
        unsigned shown[BLOCKS], good;
    } tried[] = {
        {{0, 1, 2, 3, 4, 5, 6, 7}, 8}, {{0, 1, 2, 3, 0, 1, 2, 3}, 4},
        {{0, 1, 2, 3, 4, 5, 6, 6}, 7}, {{0, 1, 2, 2, 4, 5, 6, 7}, 3},
        {{0, 0, 0, 0, 0, 0, 0, 0}, 1},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof tried / sizeof tried[0]; i++) {
        uint8_t *at = mapped(tried[i].shown);

        assert_int_equal(memory_test(at, BLOCKS * MEMORY_BLOCK),
                         tried[i].good * MEMORY_BLOCK);
        munmap(at, BLOCKS * MEMORY_BLOCK);
    }
}

/* The probe must detect aliased memory even at the end of a block. */
static void test_probe_reaches_block_end(void **state)
{
    static const unsigned shown[BLOCKS] = {0, 1, 2, 3, 4, 5, 6, 7};
    uint8_t *at = mapped(shown), *last = at + 6 * MEMORY_BLOCK - MEMORY_PAGE;

    (void)state;
    assert_true(mremap(at + 3 * MEMORY_BLOCK - MEMORY_PAGE, 0, MEMORY_PAGE,
                       MREMAP_MAYMOVE | MREMAP_FIXED, last) == last);
    assert_int_equal(memory_test(at, BLOCKS * MEMORY_BLOCK), 5 * MEMORY_BLOCK);
    munmap(at, BLOCKS * MEMORY_BLOCK);
}

/* The probe must not access partial blocks or memory beyond the given size. */
static void test_probe_stays_in_range(void **state)
{
    uint8_t *at = calloc(2, MEMORY_BLOCK);

    (void)state;
    assert_int_equal(memory_test(at, 0), 0);
    assert_int_equal(memory_test(at, MEMORY_BLOCK - 1), 0);
    for (unsigned i = 0; i < 2 * MEMORY_BLOCK; i++)
        assert_int_equal(at[i], 0);
    assert_int_equal(memory_test(at, 2 * MEMORY_BLOCK - 1), MEMORY_BLOCK);
    for (unsigned i = MEMORY_BLOCK; i < 2 * MEMORY_BLOCK; i++)
        assert_int_equal(at[i], 0);
    free(at);
}

/* Memory taken is in whole pages, and enough is left. */
static void test_take(void **state)
{
    static const struct {
        struct range range;
        uint32_t size, at;
    } cases[] = {
        {{0x300000, 0x500000}, 0x1000, 0x4FF000},
        {{0x300000, 0x500000}, 1, 0x4FF000},
        {{0x300000, 0x4FF800}, 0x1000, 0x4FE000},
        {{0x300000, 0x500000}, 0x1C0000, 0x340000},
        {{0x300000, 0x500000}, 0x1C0001, 0},
        {{0x300000, 0x340800}, 0x800, 0x340000},
        {{0x300800, 0x340FFF}, 0x7FF, 0},
        {{0x300000, 0x310000}, 1, 0},
        {{0x300000, 0x300000}, 1, 0},
        {{0x300000, 0x500000}, UINT32_MAX, 0},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct range range = cases[i].range;
        uint32_t end = cases[i].at != 0 ? cases[i].at : range.end;

        assert_int_equal(memory_take(&range, cases[i].size), cases[i].at);
        assert_int_equal(range.start, cases[i].range.start);
        assert_int_equal(range.end, end);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_map_of_a_pc),
        cmocka_unit_test(test_small_memory),
        cmocka_unit_test(test_empty_ranges),
        cmocka_unit_test(test_above_4_gb),
        cmocka_unit_test(test_overlapping),
        cmocka_unit_test(test_neighbours),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_bad_sizes),
        cmocka_unit_test(test_bad_lengths),
        cmocka_unit_test(test_short_entry),
        cmocka_unit_test(test_probe_reaches_block_end),
        cmocka_unit_test(test_long_entries),
        cmocka_unit_test(test_map_max),
        cmocka_unit_test(test_adjacent_modules),
        cmocka_unit_test(test_too_many_ranges),
        cmocka_unit_test(test_random_maps),
        cmocka_unit_test(test_probe),
        cmocka_unit_test(test_probe_stays_in_range),
        cmocka_unit_test(test_take),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
