/* SPDX-License-Identifier: MIT */
/* Tests the ACPI parser with intact, damaged and synthetic tables.  All
   buffers have their exact size, so that the sanitizer reports any overrun. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "arch/memory_map.c"
#include "drivers/acpi_s5.c"
#include "drivers/acpi_tables.c"

#include "drivers/acpi.c"

#define PIECES_MAX 16

static struct acpi_area pieces[PIECES_MAX];
static unsigned piece_count;
static struct acpi acpi;

static void forget_pieces(void)
{
    while (piece_count > 0)
        free((void *)pieces[--piece_count].bytes);
}

static uint8_t *add_piece(uint32_t start, uint32_t length, const void *bytes)
{
    uint8_t *copy = malloc(length);

    assert_true(piece_count < PIECES_MAX);
    memcpy(copy, bytes, length);
    pieces[piece_count++] = (struct acpi_area){start, length, copy, 4};
    return copy;
}

static bool read_pieces(void)
{
    memset(&acpi, 0xA5, sizeof acpi);
    return acpi_read(&acpi, pieces, piece_count);
}

static const char *const dumps[] = {"pc", "q35", "ovmf"};

#define DUMPS (sizeof dumps / sizeof dumps[0])

/* Loads an ACPI table dump written by tests/data/acpi/dump.py. */
static void load(const char *name)
{
    char path[64];
    uint32_t head[2];
    static uint8_t bytes[65536];

    forget_pieces();
    snprintf(path, sizeof path, "tests/data/acpi/%s.tables", name);
    FILE *file = fopen(path, "rb");

    assert_non_null(file);
    while (fread(head, sizeof head, 1, file) == 1) {
        assert_true(head[1] <= sizeof bytes);
        assert_int_equal(fread(bytes, 1, head[1], file), head[1]);
        add_piece(head[0], head[1], bytes);
    }
    fclose(file);
    assert_true(piece_count >= 4);
}

static void test_pc(void **state)
{
    (void)state;
    load("pc");
    assert_true(read_pieces());
    assert_true(acpi.found);
    assert_int_equal(acpi.revision, 1);
    assert_false(acpi.keyboard_known || acpi.keyboard);
    assert_int_equal(acpi.timer, 0x608);
    assert_false(acpi.timer_long);
    assert_false(acpi.can_reset);
    assert_int_equal(acpi.control_a, 0x604);
    assert_int_equal(acpi.control_b, 0);
    assert_int_equal(acpi.command, 0xB2);
    assert_int_equal(acpi.enable, 0xF1);
    assert_true(acpi.can_sleep);
    assert_int_equal(acpi.sleep_a, 0);
    assert_int_equal(acpi.sleep_b, 0);
}

static void test_revision_3(void **state)
{
    (void)state;
    for (unsigned i = 1; i < DUMPS; i++) {
        load(dumps[i]);
        assert_true(read_pieces());
        assert_int_equal(acpi.revision, 3);
        assert_true(acpi.keyboard_known && acpi.keyboard);
        assert_int_equal(acpi.timer, 0x608);
        assert_true(acpi.can_reset);
        assert_int_equal(acpi.reset.space, ACPI_IN_PORTS);
        assert_true(acpi.reset.address == 0xCF9);
        assert_int_equal(acpi.reset_value, 0x0F);
        assert_int_equal(acpi.control_a, 0x604);
        assert_int_equal(acpi.enable, 2);
        assert_true(acpi.can_sleep);
    }
}

static void assert_nothing(void)
{
    static const struct acpi nothing;

    assert_false(acpi.found);
    assert_memory_equal(&acpi, &nothing, sizeof acpi);
}

/* A table with a damaged byte must be ignored.  Some dumps contain up to three
   DSDTs, and UEFI keeps two copies of every table except FADT and DSDT. */
static void test_damaged(void **state)
{
    static const uint8_t flips[] = {0x01, 0x80, 0xFF};

    (void)state;
    for (unsigned dump = 0; dump < DUMPS; dump++) {
        load(dumps[dump]);
        bool twice = piece_count > 4;

        for (unsigned piece = 0; piece < piece_count; piece++) {
            uint8_t *bytes = (uint8_t *)pieces[piece].bytes;
            bool dsdt = memcmp(bytes, "DSDT", 4) == 0;
            bool fadt = memcmp(bytes, "FACP", 4) == 0;

            unsigned step = dsdt && dump > 0 ? 16 : 1;

            for (uint32_t at = 0; at < pieces[piece].length; at += step) {
                bytes[at] ^= flips[at % sizeof flips];
                bool found = read_pieces();

                bytes[at] ^= flips[at % sizeof flips];
                assert_int_equal(found, dsdt || (twice && !fadt));
                assert_int_equal(acpi.can_sleep, found && !dsdt);
                if (!found)
                    assert_nothing();
            }
        }
    }
}

static void fix_checksum(uint8_t *bytes, uint32_t length, unsigned sum_at)
{
    bytes[sum_at] = 0;
    for (uint32_t i = 0; i < length; i++)
        if (i != sum_at)
            bytes[sum_at] = (uint8_t)(bytes[sum_at] - bytes[i]);
}

#define SUM_AT      9
#define ROOT_SUM_AT 8

/* Wrong values must be harmless even in tables with a valid checksum. */
static void test_wrong_values_with_good_checksums(void **state)
{
    static const uint8_t values[] = {0x00, 0x01, 0x80, 0xFF};

    (void)state;
    for (unsigned dump = 0; dump < DUMPS; dump++) {
        load(dumps[dump]);
        for (unsigned piece = 0; piece < piece_count; piece++) {
            uint8_t *bytes = (uint8_t *)pieces[piece].bytes;
            uint32_t length = pieces[piece].length;
            bool root = memcmp(bytes, "RSD ", 4) == 0;
            unsigned sum_at = root ? ROOT_SUM_AT : SUM_AT;
            uint8_t *whole = malloc(length);

            memcpy(whole, bytes, length);
            for (uint32_t at = 8; at < length && at < 400; at++) {
                for (unsigned i = 0; i < sizeof values; i++) {
                    bytes[at] = values[i];
                    fix_checksum(bytes, root ? ROOT_SIZE : length, sum_at);
                    if (read_pieces())
                        assert_true(acpi.sleep_a <= 7 && acpi.sleep_b <= 7);
                    memcpy(bytes, whole, length);
                }
            }
            free(whole);
        }
        assert_true(read_pieces());
    }
}

/* A truncated table must not be read beyond its end. */
static void test_truncated(void **state)
{
    (void)state;
    for (unsigned dump = 0; dump < 2; dump++) {
        load(dumps[dump]);
        for (unsigned piece = 0; piece < piece_count; piece++) {
            struct acpi_area whole = pieces[piece];
            bool dsdt = memcmp(whole.bytes, "DSDT", 4) == 0;

            for (uint32_t length = 0; length < whole.length;
                 length += 1 + length / 256) {
                uint8_t *part = malloc(length + 1);

                memcpy(part + 1, whole.bytes, length);
                pieces[piece].bytes = part + 1;
                pieces[piece].length = length;
                assert_int_equal(read_pieces(), dsdt);
                assert_false(acpi.can_sleep);
                free(part);
            }
            pieces[piece] = whole;
        }
    }
}

#define ROOT_AT 0xE0000u
#define XSDT_AT 0x100000u
#define RSDT_AT 0x200000u
#define FADT_AT 0x300000u
#define DSDT_AT 0x400000u
#define SSDT_AT 0x500000u

static const uint8_t s5[] = {0x08, '_',  'S',  '5', '_',  0x12,
                             0x06, 0x02, 0x0A, 5,   0x0A, 6};

static void put(uint8_t *at, uint64_t number, unsigned size)
{
    for (unsigned i = 0; i < size; i++)
        at[i] = (uint8_t)(number >> 8 * i);
}

static uint8_t *add_table(uint32_t start, const char *name, const void *content,
                          uint32_t size)
{
    uint8_t table[2048] = {0};

    assert_true(HEADER_SIZE + size <= sizeof table);
    memcpy(table, name, 4);
    put(table + HEADER_LENGTH, HEADER_SIZE + size, 4);
    memcpy(table + HEADER_SIZE, content, size);
    fix_checksum(table, HEADER_SIZE + size, SUM_AT);
    return add_piece(start, HEADER_SIZE + size, table);
}

static void add_root(uint8_t revision, uint32_t rsdt, uint64_t xsdt)
{
    uint8_t root[ROOT_LONG] = "RSD PTR ";

    root[ROOT_REVISION] = revision;
    put(root + ROOT_RSDT, rsdt, 4);
    put(root + ROOT_LENGTH, ROOT_LONG, 4);
    put(root + ROOT_XSDT, xsdt, 8);
    fix_checksum(root, ROOT_SIZE, ROOT_SUM_AT);
    fix_checksum(root, ROOT_LONG, 32);
    add_piece(ROOT_AT, ROOT_LONG, root);
}

static void add_fadt(uint32_t start, const uint8_t *fadt, uint32_t length)
{
    uint8_t *bytes =
        add_table(start, "FACP", fadt + HEADER_SIZE, length - HEADER_SIZE);

    bytes[HEADER_REVISION] = fadt[HEADER_REVISION];
    fix_checksum(bytes, length, SUM_AT);
}

/* Creates a root pointer, an RSDT with one entry, and the given FADT. */
static void make_simple(const uint8_t *fadt, uint32_t length)
{
    uint8_t entry[4];

    forget_pieces();
    put(entry, FADT_AT, 4);
    add_root(0, RSDT_AT, 0);
    add_table(RSDT_AT, "RSDT", entry, sizeof entry);
    add_fadt(FADT_AT, fadt, length);
}

#define FADT_MAX 276

static void fill_fadt(uint8_t fadt[FADT_MAX])
{
    memset(fadt, 0, FADT_MAX);
    fadt[HEADER_REVISION] = 4;
    put(fadt + FADT_DSDT, DSDT_AT, 4);
    put(fadt + FADT_COMMAND, 0xB2, 4);
    put(fadt + FADT_ENABLE, 0xA0, 1);
    put(fadt + FADT_CONTROL_A, 0x404, 4);
    put(fadt + FADT_CONTROL_B, 0x504, 4);
    put(fadt + FADT_TIMER, 0x408, 4);
    put(fadt + FADT_BOOT_FLAGS, BOOT_HAS_8042, 2);
    put(fadt + FADT_FLAGS, FLAG_LONG_TIMER | FLAG_CAN_RESET, 4);
    put(fadt + FADT_RESET, 0x0000000000080800 | ACPI_IN_PCI, 4);
    put(fadt + FADT_RESET + GENERIC_ADDRESS, 0x0000001F00030044, 8);
    put(fadt + FADT_RESET_WITH, 0x06, 1);
}

/* Fields beyond the end of a short FADT must be ignored. */
static void test_short_fadt(void **state)
{
    uint8_t fadt[FADT_MAX];

    (void)state;
    fill_fadt(fadt);
    for (uint32_t length = HEADER_SIZE; length <= FADT_MAX; length++) {
        make_simple(fadt, length);
        assert_true(read_pieces());
        assert_int_equal(acpi.command, length >= 52 ? 0xB2 : 0);
        assert_int_equal(acpi.enable, length >= 53 ? 0xA0 : 0);
        assert_int_equal(acpi.control_a, length >= 68 ? 0x404 : 0);
        assert_int_equal(acpi.control_b, length >= 72 ? 0x504 : 0);
        assert_int_equal(acpi.timer, length >= 80 ? 0x408 : 0);
        assert_int_equal(acpi.keyboard_known, length >= 111);
        assert_int_equal(acpi.keyboard, length >= 111);
        assert_int_equal(acpi.timer_long, length >= 116);
        assert_int_equal(acpi.can_reset, length >= 129);
        assert_false(acpi.can_sleep);
    }
    assert_true(acpi.reset.address == 0x0000001F00030044);
    assert_int_equal(acpi.reset.space, ACPI_IN_PCI);
    assert_int_equal(acpi.reset_value, 0x06);
}

/* A table must be found even if another area contains only its header. */
static void test_overlapping_areas(void **state)
{
    uint8_t fadt[FADT_MAX];

    (void)state;
    fill_fadt(fadt);
    make_simple(fadt, FADT_MAX);
    struct acpi_area whole = pieces[piece_count - 1];

    piece_count--;
    add_piece(FADT_AT, HEADER_SIZE, whole.bytes);
    pieces[piece_count++] = whole;
    assert_true(read_pieces());
    assert_int_equal(acpi.timer, 0x408);
}

/* The 8042 flag of the FADT is valid only from revision 2 on. */
static void test_keyboard_flag(void **state)
{
    uint8_t fadt[FADT_MAX];

    (void)state;
    for (unsigned revision = 0; revision < 7; revision++) {
        for (unsigned flag = 0; flag < 4; flag++) {
            fill_fadt(fadt);
            fadt[HEADER_REVISION] = (uint8_t)revision;
            put(fadt + FADT_BOOT_FLAGS, flag, 2);
            make_simple(fadt, FADT_MAX);
            assert_true(read_pieces());
            assert_int_equal(acpi.keyboard_known, revision >= 2);
            assert_int_equal(acpi.keyboard, revision >= 2 && (flag & 2));
        }
    }
}

/* A generic address must be ignored unless it is in I/O space. */
static void test_generic_addresses(void **state)
{
    static const struct {
        uint32_t old;
        uint8_t space;
        uint64_t generic;
        uint16_t port;
    } rows[] = {
        {0x404, 1, 0x999, 0x404},  {0, 1, 0x999, 0x999},
        {0, 0, 0x999, 0},          {0, 2, 0x999, 0},
        {0, 1, 0x10000, 0},        {0x10000, 1, 0x999, 0},
        {0, 1, 0x100000999, 0},    {0, 1, UINT64_MAX, 0},
        {UINT32_MAX, 1, 0x999, 0}, {0, 0x7F, 0x999, 0},
    };
    uint8_t fadt[FADT_MAX];

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        fill_fadt(fadt);
        put(fadt + FADT_CONTROL_A, rows[i].old, 4);
        put(fadt + FADT_LONG_A, rows[i].space, 1);
        put(fadt + FADT_LONG_A + GENERIC_ADDRESS, rows[i].generic, 8);
        make_simple(fadt, FADT_MAX);
        assert_true(read_pieces());
        assert_int_equal(acpi.control_a, rows[i].port);
        assert_int_equal(acpi.timer, 0x408);
    }
}

/* The XSDT must be preferred to the RSDT, unless it is unusable. */
static void test_xsdt_or_rsdt(void **state)
{
    static const struct {
        uint8_t revision;
        uint64_t xsdt, entry;
        uint16_t timer;
    } rows[] = {
        {2, XSDT_AT, FADT_AT, 0x999},
        {0, XSDT_AT, FADT_AT, 0x408},
        {2, XSDT_AT + 0x100000000, FADT_AT, 0x408},
        {2, XSDT_AT, FADT_AT + 0x100000000, 0x408},
        {2, 0, FADT_AT, 0x408},
        {2, UINT64_MAX, FADT_AT, 0x408},
        {2, XSDT_AT, UINT64_MAX, 0x408},
        {2, XSDT_AT, UINT32_MAX, 0x408},
        {2, XSDT_AT, XSDT_AT, 0x408},
        {2, RSDT_AT, FADT_AT, 0x408},
    };
    uint8_t fadt[FADT_MAX], entry[8];

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        fill_fadt(fadt);
        make_simple(fadt, FADT_MAX);
        forget_pieces();
        add_root(rows[i].revision, RSDT_AT, rows[i].xsdt);
        put(entry, FADT_AT + 0x1000, 4);
        add_table(RSDT_AT, "RSDT", entry, 4);
        add_fadt(FADT_AT + 0x1000, fadt, FADT_MAX);
        put(entry, rows[i].entry, 8);
        add_table(XSDT_AT, "XSDT", entry, 8);
        put(fadt + FADT_TIMER, 0x999, 4);
        add_fadt(FADT_AT, fadt, FADT_MAX);
        assert_true(read_pieces());
        assert_int_equal(acpi.timer, rows[i].timer);
    }
}

/* The _S5_ object must be found in the DSDT or, failing that, in an SSDT. */
static void test_sleep_in_dsdt_or_ssdt(void **state)
{
    uint8_t fadt[FADT_MAX], entries[12], none[3] = {0};

    (void)state;
    fill_fadt(fadt);
    for (unsigned in_ssdt = 0; in_ssdt < 2; in_ssdt++) {
        forget_pieces();
        add_root(0, RSDT_AT, 0);
        put(entries, SSDT_AT, 4);
        put(entries + 4, FADT_AT, 4);
        put(entries + 8, SSDT_AT + 0x1000, 4);
        add_table(RSDT_AT, "RSDT", entries, sizeof entries);
        add_fadt(FADT_AT, fadt, FADT_MAX);
        add_table(DSDT_AT, "DSDT", in_ssdt ? none : s5,
                  in_ssdt ? sizeof none : sizeof s5);
        add_table(SSDT_AT, "SSDT", none, sizeof none);
        add_table(SSDT_AT + 0x1000, "SSDT", in_ssdt ? s5 : none,
                  in_ssdt ? sizeof s5 : sizeof none);
        assert_true(read_pieces());
        assert_true(acpi.can_sleep);
        assert_int_equal(acpi.sleep_a, 5);
        assert_int_equal(acpi.sleep_b, 6);
    }
}

/* A DSDT longer than the maximum must be ignored. */
static void test_long_dsdt(void **state)
{
    static const uint32_t lengths[] = {TABLE_MAX + 1, 16u << 20, 0xFFFFFFFF};
    uint8_t fadt[FADT_MAX];

    (void)state;
    fill_fadt(fadt);
    for (unsigned i = 0; i < 3; i++) {
        make_simple(fadt, FADT_MAX);
        for (unsigned piece = 0; piece < piece_count; piece++) {
            if (memcmp(pieces[piece].bytes, "DSDT", 4) != 0)
                continue;
            /* This memory is not mapped, so the sanitizer reports any
               access. */
            put((uint8_t *)pieces[piece].bytes + HEADER_LENGTH, lengths[i], 4);
            pieces[piece].length = 0xFFFFFFFF - pieces[piece].start;
        }
        assert_true(read_pieces());
        assert_true(acpi.found && !acpi.can_sleep);
    }
}

/* The search for _S5_ must give up if the tables exceed the size limit. */
static void test_many_tables(void **state)
{
    static const unsigned counts[] = {63, 64, 255};
    static uint8_t table[0x10000] = "SSDT\0\0\1";
    uint8_t fadt[FADT_MAX], entries[4 * ENTRIES_MAX], none[3] = {0};

    (void)state;
    fill_fadt(fadt);
    for (unsigned i = 0; i < 3; i++) {
        unsigned count = counts[i];

        forget_pieces();
        add_root(0, RSDT_AT, 0);
        put(entries, FADT_AT, 4);
        for (unsigned j = 1; j <= count; j++)
            put(entries + 4 * j, j < count ? SSDT_AT : SSDT_AT + sizeof table,
                4);
        memset(table + HEADER_SIZE, 0, sizeof s5);
        fix_checksum(table, sizeof table, SUM_AT);
        add_piece(SSDT_AT, sizeof table, table);
        memcpy(table + HEADER_SIZE, s5, sizeof s5);
        fix_checksum(table, sizeof table, SUM_AT);
        add_piece(SSDT_AT + sizeof table, sizeof table, table);
        add_table(RSDT_AT, "RSDT", entries, 4 * (count + 1));
        add_fadt(FADT_AT, fadt, FADT_MAX);
        add_table(DSDT_AT, "DSDT", none, sizeof none);
        assert_true(read_pieces());
        assert_int_equal(acpi.can_sleep, i == 0);
    }
}

/* The search for the root pointer must give up after SCAN_MAX bytes. */
static void test_scan_budget(void **state)
{
    static uint8_t zeros[SCAN_MAX / 8];
    uint8_t fadt[FADT_MAX];

    (void)state;
    fill_fadt(fadt);
    for (unsigned count = 8; count <= 9; count++) {
        make_simple(fadt, FADT_MAX);
        struct acpi_area all[PIECES_MAX + 9];

        for (unsigned i = 0; i < count; i++)
            all[i] = (struct acpi_area){0x40000000, sizeof zeros, zeros, 4};
        memcpy(all + count, pieces, piece_count * sizeof pieces[0]);
        assert_int_equal(acpi_read(&acpi, all, count + piece_count), count < 9);
    }
}

/* The search must end even if memory is full of false root pointers. */
static void test_false_roots(void **state)
{
    static uint8_t memory[1 << 20];
    uint8_t root[ROOT_SIZE] = "RSD PTR ";

    (void)state;
    put(root + ROOT_RSDT, 0x100000 + sizeof memory - 40, 4);
    fix_checksum(root, ROOT_SIZE, ROOT_SUM_AT);
    for (unsigned i = 0; i + ROOT_SIZE <= sizeof memory; i += ROOT_SIZE)
        memcpy(memory + i, root, ROOT_SIZE);
    memcpy(memory + sizeof memory - 40, "RSDT\xFF\xFF\xFF\xFF", 8);
    forget_pieces();
    add_piece(0x100000, sizeof memory, memory);
    assert_false(read_pieces());
    assert_nothing();
}

/* The search must give up after ROOTS_MAX invalid root pointers. */
static void test_root_budget(void **state)
{
    uint8_t fadt[FADT_MAX], root[ROOT_SIZE] = "RSD PTR ";

    (void)state;
    fill_fadt(fadt);
    for (unsigned lies = 0; lies <= ROOTS_MAX; lies++) {
        uint8_t memory[ROOT_SIZE * (ROOTS_MAX + 1)];

        make_simple(fadt, FADT_MAX);
        memset(memory, 0, sizeof memory);
        put(root + ROOT_RSDT, 1, 4);
        fix_checksum(root, ROOT_SIZE, ROOT_SUM_AT);
        for (unsigned i = 0; i < lies; i++)
            memcpy(memory + i * ROOT_SIZE, root, ROOT_SIZE);
        put(root + ROOT_RSDT, RSDT_AT, 4);
        fix_checksum(root, ROOT_SIZE, ROOT_SUM_AT);
        memcpy(memory + lies * ROOT_SIZE, root, ROOT_SIZE);
        pieces[0].step = 0;
        add_piece(0xF0000, sizeof memory, memory);
        assert_int_equal(read_pieces(), lies < ROOTS_MAX);
    }
}

/* A table at the end of the 4 GiB address space must not wrap around. */
static void test_top_of_memory(void **state)
{
    uint8_t top[64] = "RSDT";
    static const uint32_t lengths[] = {0,  35, 36,         37,
                                       64, 65, UINT32_MAX, 0x80000000};

    (void)state;
    for (unsigned i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        forget_pieces();
        add_root(0, 0u - 64, 0);
        put(top + HEADER_LENGTH, lengths[i], 4);
        fix_checksum(top, 64, SUM_AT);
        add_piece(0u - 64, 64, top);
        assert_false(read_pieces());
    }
}

static const struct {
    const char *bytes;
    uint32_t length;
    int a, b; /* expected sleep types, or -1 if there is no package */
} sleeps[] = {
#define CODE(text) text, sizeof text - 1
    {CODE("\x08_S5_\x12\x06\x04\x00\x00\x00\x00"), 0, 0}, /* QEMU */
    {CODE("\x08\\_S5_\x12\x08\x04\x0A\x07\x0A\x06\x00\x00"), 7, 6},
    {CODE("xx\x08_S5_\x12\x04\x02\x01\x00yy"), 1, 0},
    {CODE("\x08_S5_\x12\x4A\x00\x04\x0A\x05\x0A\x05\x0A\x05\x00"), 5, 5},
    {CODE("\x08_S5_\x12\x06\x02\x0B\x05\x00\x0A\x04"), -1, -1}, /* truncated */
    {CODE("\x08_S5_\x12\x07\x02\x0B\x05\x00\x0A\x04"), 5, 4},
    {CODE("\x08_S5_\x12\x08\x02\x0C\x03\x00\x00\x00\x01"), 3, 1},
    {CODE("\x08_S5_\x12\x05\x01\x0B\x05\x06"), 5, 6},
    {CODE("\x08_S5_\x12\x03\x01\x01"), 1, 0},
    /* An invalid package must not prevent finding a valid one. */
    {CODE("\x08_S5_\x14\x08_S5_\x12\x04\x02\x01\x01"), 1, 1},
    /* The remaining entries contain no valid package. */
    {CODE(""), -1, -1},
    {CODE("_S5_"), -1, -1},
    {CODE("\x08_S5_"), -1, -1},
    {CODE("\x08_S5_\x12"), -1, -1},
    {CODE("\x08_S5_\x12\x06"), -1, -1},
    {CODE("\x08_S5_\x12\x02\x00"), -1, -1},
    {CODE("\x08_S5_\x12\x00\x02\x01\x01"), -1, -1},
    {CODE("\x08_S5_\x12\xC0\xFF\xFF\xFF\x02\x01\x01"), -1, -1},
    {CODE("\x08_S5_\x12\x05\x02\x01\x01"), -1, -1}, /* too long */
    {CODE("\x08_S5_\x12\x03\x02\x01\x01"), -1, -1}, /* too short */
    {CODE("\x08_S5_\x12\x06\x02\x0A\x08\x0A\x00"), -1, -1},
    {CODE("\x08_S5_\x12\x06\x02\x0A\x00\x0A\x08"), -1, -1},
    {CODE("\x08_S5_\x12\x04\x02\xFF\x00"), -1, -1},
    {CODE("\x08_S5_\x12\x0C\x02\x0E\x01\x00\x00\x00\x00\x00\x00\x00\x00"), -1,
     -1},
    {CODE("\x14_S5_\x12\x04\x02\x01\x01"), -1, -1}, /* a method */
    {CODE("\\_S5_\x12\x04\x02\x01\x01"), -1, -1},
    {CODE("x\\_S5_\x12\x04\x02\x01\x01"), -1, -1},
    {CODE("\x08_S4_\x12\x04\x02\x01\x01"), -1, -1},
};

static bool find(const void *bytes, uint32_t length, uint8_t *a, uint8_t *b)
{
    uint8_t *copy = malloc(length + 1);

    memcpy(copy + 1, bytes, length);
    bool found = acpi_find_s5(copy + 1, length, a, b);

    free(copy);
    return found;
}

static void test_sleep_packages(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof sleeps / sizeof sleeps[0]; i++) {
        uint8_t a = 0xA5, b = 0xA5;

        if (find(sleeps[i].bytes, sleeps[i].length, &a, &b) !=
            (sleeps[i].a >= 0))
            fail_msg("row %u", i);
        if (sleeps[i].a >= 0) {
            assert_int_equal(a, sleeps[i].a);
            assert_int_equal(b, sleeps[i].b);
        }
    }
}

/* Random packages must give valid sleep types and cause no overrun. */
static void test_random_sleep_packages(void **state)
{
    (void)state;
    srand(5);
    unsigned good = 0;

    for (unsigned i = 0; i < 300000; i++) {
        uint8_t code[24] = "\x08_S5_\x12", a = 0, b = 0;
        uint32_t length = (uint32_t)rand() % sizeof code;

        for (unsigned j = 6; j < sizeof code; j++)
            code[j] = (uint8_t)(rand() % 3 == 0 ? rand() : rand() % 16);
        good += find(code, length, &a, &b);
        assert_true(a <= 7 && b <= 7);
    }
    assert_true(good > 100);
}

static struct {
    const uint8_t *low;  /* memory below 1 MB */
    const uint8_t *high; /* memory from HIGH_AT on */
} physical;

#define LOW_SIZE  0x100000u
#define HIGH_AT   0x7700000u
#define HIGH_SIZE 0x100000u

/* Translates a physical address to a pointer into the test's buffers. */
const uint8_t *physical_bytes(uint32_t address)
{
    if (address < LOW_SIZE)
        return physical.low + address;
    assert_in_range(address, HIGH_AT, HIGH_AT + HIGH_SIZE - 1);
    return physical.high + (address - HIGH_AT);
}

uint16_t physical_read16(uint32_t address)
{
    const uint8_t *at = physical_bytes(address);

    return (uint16_t)(at[0] | at[1] << 8);
}

/* Copies the tables of a dump to the memory below 1 MB and to address AT. */
static void place(const char *name, uint8_t *low, uint8_t *high, uint32_t at)
{
    load(name);
    memset(low, 0, LOW_SIZE);
    memset(high, 0, HIGH_SIZE);
    for (unsigned i = 0; i < piece_count; i++) {
        uint32_t start = pieces[i].start;
        uint8_t *to = start < LOW_SIZE ? low + start : high + (start - at);

        memcpy(to, pieces[i].bytes, pieces[i].length);
    }
    physical.low = low;
    physical.high = high;
}

/* UEFI tables must be found in any type of reserved memory, but not in RAM. */
static void test_uefi_tables(void **state)
{
    static struct memory memory;
    static const struct {
        enum memory_kind kind;
        bool found;
    } kinds[] = {
        {MEMORY_ACPI, true},  {MEMORY_NVS, true},    {MEMORY_RESERVED, true},
        {MEMORY_FREE, false}, {MEMORY_TAKEN, false},
    };
    uint8_t *low = malloc(LOW_SIZE), *high = malloc(HIGH_SIZE);

    (void)state;
    place("ovmf", low, high, HIGH_AT);
    for (unsigned i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        memset(&memory, 0, sizeof memory);
        memory_add(&memory, kinds[i].kind, HIGH_AT, HIGH_SIZE / 2);
        memory_add(&memory, MEMORY_FREE, HIGH_AT + HIGH_SIZE / 2,
                   HIGH_SIZE / 2);
        acpi_start(&acpi, &memory);
        assert_int_equal(acpi.found, kinds[i].found);
    }
    /* Reserved memory above all RAM may belong to a device. */
    memset(&memory, 0, sizeof memory);
    memory_add(&memory, MEMORY_RESERVED, HIGH_AT, HIGH_SIZE);
    acpi_start(&acpi, &memory);
    assert_nothing();
    assert_false(acpi_has_bios());
    free(low);
    free(high);
}

/* A BIOS places the root pointer below 1 MB, but the tables elsewhere. */
static void test_bios_tables(void **state)
{
    static struct memory memory;
    uint8_t *low = malloc(LOW_SIZE), *high = malloc(HIGH_SIZE);

    (void)state;
    place("q35", low, high, 0x7FE0000 - 0x10000);
    memset(&memory, 0, sizeof memory);
    memory_add(&memory, MEMORY_RESERVED, HIGH_AT, HIGH_SIZE);
    acpi_start(&acpi, &memory);
    assert_false(acpi.found);
    put(low + 0x413, 639, 2);
    assert_true(acpi_has_bios());

    /* An extended BIOS data area at an invalid address must be ignored. */
    for (unsigned segment = 0x7F00; segment < 0xA100; segment += 0x40) {
        uint32_t at = segment << 4;

        place("ovmf", low, high, HIGH_AT);
        memset(low, 0, LOW_SIZE);
        memcpy(low + at, high + (0x777E014 - HIGH_AT), ROOT_LONG);
        put(low + 0x40E, segment, 2);
        memset(&memory, 0, sizeof memory);
        memory_add(&memory, MEMORY_RESERVED, HIGH_AT, HIGH_SIZE);
        acpi_start(&acpi, &memory);
        assert_int_equal(acpi.found, segment >= 0x8000 && segment < 0xA000);
    }
    free(low);
    free(high);
}

static int forget(void **state)
{
    (void)state;
    forget_pieces();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pc),
        cmocka_unit_test(test_revision_3),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_wrong_values_with_good_checksums),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_short_fadt),
        cmocka_unit_test(test_overlapping_areas),
        cmocka_unit_test(test_keyboard_flag),
        cmocka_unit_test(test_generic_addresses),
        cmocka_unit_test(test_xsdt_or_rsdt),
        cmocka_unit_test(test_sleep_in_dsdt_or_ssdt),
        cmocka_unit_test(test_long_dsdt),
        cmocka_unit_test(test_many_tables),
        cmocka_unit_test(test_scan_budget),
        cmocka_unit_test(test_false_roots),
        cmocka_unit_test(test_root_budget),
        cmocka_unit_test(test_top_of_memory),
        cmocka_unit_test(test_sleep_packages),
        cmocka_unit_test(test_random_sleep_packages),
        cmocka_unit_test(test_uefi_tables),
        cmocka_unit_test(test_bios_tables),
    };

    return cmocka_run_group_tests(tests, NULL, forget);
}
