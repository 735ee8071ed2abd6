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
#include "emu/translator/prediction.h"
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
    assert_true(blocks_is_hot(&translator, &machine, entry, LINES));
    blocks_translate(&translator, &machine, entry);
    return blocks_at(&translator, &machine, entry);
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
    assert_int_equal(way->target, target);
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
    way = expect_exit(9, NULL, EXIT_INDIRECT, LINES);
    assert_null(inspect_exit(&translator, 9, way));
    way = expect_exit(20, NULL, EXIT_WROTE, LINES);
    way = expect_exit(20, way, EXIT_STOP, LINES);
    assert_null(inspect_exit(&translator, 20, way));
    assert_null(inspect_exit(&translator, 2, NULL));

    assert_string_equal(inspect_kind(EXIT_CHAIN), "chain");
    assert_string_equal(inspect_kind(EXIT_INDIRECT), "indirect");
    assert_string_equal(inspect_kind(EXIT_VERSION), "version");
    assert_string_equal(inspect_kind(EXIT_WROTE), "wrote");
    assert_string_equal(inspect_kind(EXIT_STOP), "stop");
    assert_string_equal(inspect_kind(EXIT_BREAKPOINT), "turns");
}

static struct block_exit *indirect_jump(void)
{
    return &translator.exits[inspect_number(
        &translator, inspect_exit(&translator, 9, NULL))];
}

static struct prediction *prediction(void)
{
    return &translator.predictions[indirect_jump()->prediction];
}

/* Teaches the jump in line 11 that KEY leads to LINE, as a miss would. */
static void teach(uint32_t key, unsigned line)
{
    machine.store[13] = key;
    machine.ci = line - 1;
    prediction()->review++;
    prediction_missed(&translator, &machine, indirect_jump());
    prediction_learn(&translator, &translator.blocks[line]);
}

static void expect_guess(unsigned i, uint32_t key, unsigned line, uint32_t hits)
{
    struct inspected_guess guess;

    assert_true(inspect_guess(&translator, indirect_jump(), i, &guess));
    assert_int_equal(guess.key, key);
    assert_int_equal(guess.line, line);
    assert_int_equal(guess.hits, hits);
}

static void expect_guesses(unsigned count)
{
    struct inspected_guess guess;

    for (unsigned i = 0; i <= GUESSES; i++)
        assert_int_equal(inspect_guess(&translator, indirect_jump(), i, &guess),
                         i < count);
}

static void test_guesses(void **state)
{
    struct inspected_guess guess;

    (void)state;
    assert_false(inspect_guess(&translator, inspect_exit(&translator, 1, NULL),
                               0, &guess));
    expect_guesses(0);
    teach(19, 20);
    expect_guesses(1);
    expect_guess(0, 19, 20, 0);
    teach(19, 20);
    expect_guesses(1);
    teach(0, 1);
    expect_guesses(2);
    expect_guess(1, 0, 1, 0);

    prediction()->guesses[0].hits = 100;
    prediction()->guesses[1].hits = 124;
    expect_guess(0, 19, 20, 100);
    exits_count(&translator);
    expect_guess(0, 19, 20, 100);
    prediction()->guesses[1].hits = 200;
    exits_count(&translator);
    expect_guess(0, 0, 1, 324);
    expect_guess(1, 19, 20, 100);

    /* Invalidate the block for line 1, the first guess. */
    machine.store[2] = 0;
    blocks_invalidate(&translator, &machine, UINT32_MAX);
    expect_guesses(1);
    expect_guess(0, 19, 20, 100);
}

/* The profile decides which guess is replaced. */
static void test_profile(void **state)
{
    static const uint8_t lines[] = {1, 9, 20, 25, 26};

    (void)state;
    make(25);
    make(26);
    for (unsigned i = 0; i < GUESSES; i++)
        teach(lines[i] - 1u, lines[i]);
    expect_guesses(GUESSES);
    for (unsigned i = 0; i < GUESSES; i++)
        prediction()->guesses[i].hits = 40 - 10 * i;
    prediction()->review = 0u - 1;
    prediction()->profile[26].missed = 12;
    teach(25, 26);
    expect_guess(3, 24, 25, 10);
    prediction()->review = 0u - 2;
    prediction()->profile[26].missed = 13;
    teach(25, 26);
    expect_guess(3, 24, 25, 10);
    teach(25, 26);
    expect_guess(3, 25, 26, 0);
    expect_guess(2, 19, 20, 20);
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

    teach(19, 20);
    prediction()->guesses[0].hits = UINT32_MAX;
    prediction()->misses = 2;
    found = inspect(&translator);
    assert_int_equal(found.hits, UINT32_MAX);
    assert_int_equal(found.misses, 2);

    /* Invalidate the block for line 9 and its exit. */
    machine.store[10] = 0;
    blocks_invalidate(&translator, &machine, UINT32_MAX);
    found = inspect(&translator);
    assert_int_equal(found.blocks, 2);
    assert_int_equal(found.exits, 3);
    assert_int_equal(found.chained, 0);
    assert_int_equal(found.hits, 0);
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

/* The counts of an exit must saturate at 2^32 - 1. */
static void test_saturation(void **state)
{
    const struct block_exit *way = indirect_jump();
    struct guess *guess = &prediction()->guesses[0];

    (void)state;
    teach(19, 20);
    for (uint32_t calls = 1; calls <= 4; calls++) {
        guess->hits = 1u << 29;
        prediction()->misses = 7;
        exits_count(&translator);
        assert_int_equal(guess->hits, 0);
        assert_int_equal(inspect_hits(&translator, way), calls << 29);
        assert_int_equal(inspect(&translator).misses, calls * 7);
        expect_guess(0, 19, 20, calls << 29);
    }
    guess->hits = UINT32_MAX;
    assert_int_equal(inspect_hits(&translator, way), UINT32_MAX);
    exits_count(&translator);
    assert_int_equal(inspect_hits(&translator, way), UINT32_MAX);
    expect_guess(0, 19, 20, UINT32_MAX);
    assert_int_equal(inspect_misses(&translator, &translator.exits[0]), 0);
}

/* A line that was rewritten twice has a block for each word. */
static void test_versions(void **state)
{
    const struct block *first, *second;

    (void)state;
    for (unsigned i = 1; i <= 2; i++) {
        machine.store[10] = i;
        blocks_invalidate(&translator, &machine, 1u << 10);
        assert_null(blocks_at(&translator, &machine, 9));
        make(9);
    }
    assert_int_equal(translator.blocks[9].lines, 1u << 9);
    expect_exit(9, NULL, EXIT_VERSION, 10);
    machine.store[10] = WORD(LDN, 16);
    first = make(10);
    machine.store[10] = WORD(LDN, 17);
    assert_null(blocks_at(&translator, &machine, 10));
    second = make(10);
    assert_ptr_not_equal(first, second);
    assert_int_equal(second->entry, 10);
    assert_int_equal(second->word, machine.store[10]);
    blocks_invalidate(&translator, &machine, UINT32_MAX);
    assert_ptr_equal(blocks_at(&translator, &machine, 10), second);
    machine.store[10] = WORD(LDN, 16);
    assert_ptr_equal(blocks_at(&translator, &machine, 10), first);
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
        cmocka_unit_test_setup(test_guesses, begin),
        cmocka_unit_test_setup(test_profile, begin),
        cmocka_unit_test_setup(test_wide_sums, begin),
        cmocka_unit_test_setup(test_saturation, begin),
        cmocka_unit_test_setup(test_versions, begin),
        cmocka_unit_test_setup(test_lines_of_bytes, begin),
        cmocka_unit_test_setup(test_listing, begin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
