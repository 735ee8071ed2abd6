/* SPDX-License-Identifier: MIT */
/* Tests the translator's statistics on any host, without executing the code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/translator/block_cache.h"
#include "emu/translator/chaining.h"
#include "emu/translator/x86_disassemble.h"
#include "emu/translator/stats.h"

#define WORD(function, line) ((uint32_t)(function) << FUNCTION_BIT | (line))

static uint8_t bytes[4096];
static struct translator translator;
static struct machine machine;

static void ignore(struct code_area *area)
{
    (void)area;
}

static struct code_area area = {bytes, sizeof bytes, ignore, ignore};

static const struct block *make(unsigned entry)
{
    const struct block *block =
        blocks_find(&translator, &machine, entry, LINES);

    assert_ptr_equal(block, &translator.blocks[entry]);
    return block;
}

/* Translates a program that calls a subroutine in line 9. */
static int begin(void **state)
{
    static const struct {
        unsigned line;
        uint32_t word;
    } program[] = {
        {1, WORD(LDN, 14)},
        {2, WORD(STO, 13)},
        {3, WORD(JMP, 12)},
        {9, WORD(LDN, 16)},
        {10, WORD(STO, 16)},
        {11, WORD(JMP, 13)},
        {12, 8},
        {20, WORD(STO, 9)},
        {21, WORD(STP, 0)},
    };

    (void)state;
    memset(&translator, 0, sizeof translator);
    machine_clear(&machine);
    for (size_t i = 0; i < sizeof program / sizeof *program; i++)
        machine.store[program[i].line] = program[i].word;
    translator.area = &area;
    if (!exits_start(&translator))
        return -1;
    blocks_flush(&translator);
    make(1);
    make(9);
    make(20);
    return 0;
}

/* Returns the next exit of a block after checking its kind and target. */
static const struct block_exit *expect_exit(unsigned entry,
                                            const struct block_exit *previous,
                                            enum exit_kind kind,
                                            unsigned target)
{
    const struct block_exit *way = inspect_exit(&translator, entry, previous);

    assert_non_null(way);
    assert_int_equal(way->kind, kind);
    assert_int_equal(inspect_target(&translator, way), target);
    assert_ptr_equal(&translator.exits[inspect_number(&translator, way)], way);
    return way;
}

static void test_exits(void **state)
{
    const struct block_exit *way;

    (void)state;
    way = expect_exit(1, NULL, EXIT_CHAIN, 9);
    assert_true(way->linked);
    assert_null(inspect_exit(&translator, 1, way));
    way = expect_exit(9, NULL, EXIT_CACHE, LINES);
    assert_null(inspect_exit(&translator, 9, way));
    way = expect_exit(20, NULL, EXIT_WROTE, LINES);
    way = expect_exit(20, way, EXIT_STOP, LINES);
    assert_null(inspect_exit(&translator, 20, way));
    assert_null(inspect_exit(&translator, 2, NULL));

    assert_string_equal(inspect_kind(EXIT_CHAIN), "chain");
    assert_string_equal(inspect_kind(EXIT_CACHE), "cache");
    assert_string_equal(inspect_kind(EXIT_WROTE), "wrote");
    assert_string_equal(inspect_kind(EXIT_STOP), "stop");
    assert_string_equal(inspect_kind(EXIT_BREAKPOINT), "turns");
}

/* Fills the inline cache of an indirect jump as translated code would. */
static void fill(unsigned line)
{
    struct block_exit *way = &translator.exits[inspect_number(
        &translator, inspect_exit(&translator, 9, NULL))];

    way->to = translator.map[line].to;
    way->cost = translator.map[line].length - 1;
    way->hits = UINT32_MAX;
    way->misses = 2;
}

static void test_cache(void **state)
{
    (void)state;
    fill(20);
    expect_exit(9, NULL, EXIT_CACHE, 20);
    fill(4);
    expect_exit(9, NULL, EXIT_CACHE, LINES);
    fill(20);
    machine.store[21] = 0;
    blocks_invalidate(&translator, &machine, UINT32_MAX);
    expect_exit(9, NULL, EXIT_CACHE, LINES);
}

static void test_wide_sums(void **state)
{
    struct inspection found = inspect(&translator);

    (void)state;
    assert_int_equal(found.blocks, 3);
    assert_int_equal(found.exits, 4);
    assert_int_equal(found.chained, 1);
    assert_int_equal(found.hits, 0);
    assert_int_equal(found.misses, 0);
    assert_int_equal(found.used, translator.used);
    assert_int_equal(found.size, sizeof bytes);

    fill(1);
    translator.exits[0].hits = 3;
    found = inspect(&translator);
    assert_int_equal(found.hits, UINT32_MAX + 3ull);
    assert_int_equal(found.misses, 2);

    /* Invalidate the block for line 9 and its exit. */
    machine.store[10] = 0;
    blocks_invalidate(&translator, &machine, UINT32_MAX);
    found = inspect(&translator);
    assert_int_equal(found.blocks, 2);
    assert_int_equal(found.exits, 3);
    assert_int_equal(found.chained, 0);
    assert_int_equal(found.hits, 3);
    assert_int_equal(found.misses, 0);
    assert_null(inspect_exit(&translator, 9, NULL));
    assert_false(expect_exit(1, NULL, EXIT_CHAIN, 9)->linked);
    assert_int_equal(found.used, translator.used);

    blocks_flush(&translator);
    found = inspect(&translator);
    assert_int_equal(found.blocks, 0);
    assert_int_equal(found.exits, 0);
    assert_int_equal(found.used, translator.cleared);
}

/* The hit count of an exit must saturate at 2^32 - 1, but not the total. */
static void test_counts_of_caches(void **state)
{
    struct block_exit *way = &translator.exits[inspect_number(
        &translator, inspect_exit(&translator, 9, NULL))];

    (void)state;
    for (uint32_t calls = 1; calls <= 4; calls++) {
        way->hits = 1u << 29;
        way->misses = 7;
        exits_count(&translator);
        assert_int_equal(way->hits, 0);
        assert_int_equal(inspect_hits(way), calls << 29);
        assert_int_equal(inspect(&translator).misses, calls * 7);
    }
    way->all_hits = UINT32_MAX - 1;
    way->hits = 1;
    assert_int_equal(inspect_hits(way), UINT32_MAX);
    way->hits = UINT32_MAX;
    assert_int_equal(inspect_hits(way), UINT32_MAX);
    exits_count(&translator);
    assert_int_equal(inspect_hits(way), UINT32_MAX);
    translator.exits[0].hits = 3;
    assert_int_equal(inspect(&translator).hits, UINT32_MAX + 3ull);
    translator.exits[0].hits = 0;
}

/* Each byte of a block must be attributed to its line. */
static void test_lines_of_bytes(void **state)
{
    const struct block *block = &translator.blocks[20];

    (void)state;
    assert_int_equal(block->line_offset[20], 0);
    assert_in_range(block->line_offset[21], 1, block->exits_offset - 1);
    assert_in_range(block->exits_offset, 2, block->size - 1);
    for (size_t offset = 0; offset < block->size; offset++)
        assert_int_equal(inspect_line(block, offset),
                         offset < block->line_offset[21] ? 20
                         : offset < block->exits_offset  ? 21
                                                         : LINES);
    /* The exits of this block are inline, so no code follows its lines. */
    block = &translator.blocks[1];
    assert_int_equal(block->exits_offset, block->size);
    assert_int_equal(inspect_line(block, block->size - 1), 3);
    assert_int_equal(inspect_line(block, block->size), LINES);
}

/* The listing must show the code of a block and the targets of its exits. */
static void test_listing(void **state)
{
    const struct block *block = &translator.blocks[1];
    char listing[1024];
    struct strbuf text = strbuf_begin(listing, sizeof listing);
    size_t offset = 0, size;

    (void)state;
    do {
        size = disassemble(&translator, block, offset, &text);
        strbuf_add(&text, ";");
        offset += size;
    } while (size > 0);
    assert_int_equal(offset, block->size);
    assert_false(text.cut);
    assert_non_null(strstr(listing, "[line 14];"));
    assert_non_null(strstr(listing, "[line 13], "));
    assert_non_null(strstr(listing, " line 9;mov ecx, exit 0;jmp leave;"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_exits, begin),
        cmocka_unit_test_setup(test_cache, begin),
        cmocka_unit_test_setup(test_wide_sums, begin),
        cmocka_unit_test_setup(test_counts_of_caches, begin),
        cmocka_unit_test_setup(test_lines_of_bytes, begin),
        cmocka_unit_test_setup(test_listing, begin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
