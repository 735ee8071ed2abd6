/* SPDX-License-Identifier: MIT */
/* Tests prepaid exits: a block pays for a pass of the inner loop after it. */
#include "harness.h"
#include "emu/check/bench_programs.h"
#include "listing.h"
#include <string.h>

#define WORD(function, line) ((function) << FUNCTION_BIT | (line))

#define OUTER 1
#define INNER 2
#define COUNT 20 /* line of the number of passes, negated */

static const uint32_t nested[LINES] = {
    [OUTER] = WORD(LDN, COUNT),
    [INNER] = WORD(SUB, 21),
    [3] = WORD(CMP, 0),
    [4] = WORD(JRP, 22),
    [5] = WORD(SUB, 21),
    [6] = WORD(JMP, 23),
    [COUNT] = 0u - 3,
    [21] = 1,
    [22] = 0u - 3,
};

/* Lengths of the longest paths, alone and with a pass of the inner loop. */
#define OUTER_LENGTH   5
#define INNER_LENGTH   4
#define PREPAID_LENGTH (4 + INNER_LENGTH)

static void begin(struct harness *harness, uint32_t count)
{
    harness_load(harness, nested, sizeof nested)->store[COUNT] = count;
    harness_start(harness, HARNESS_AREA);
}

/* Returns the exit from the outer block to the inner one, or NULL. */
static const struct block_exit *find_exit(const struct harness *harness)
{
    const struct translator *translator = harness->translator;

    for (unsigned i = 0; i < translator->exits_used; i++)
        if (translator->exits[i].block == OUTER &&
            translator->exits[i].target == INNER)
            return &translator->exits[i];
    return NULL;
}

static void expect_lengths(struct harness *harness, uint32_t outer,
                           uint32_t inner)
{
    const struct block *blocks = harness->translator->blocks;

    expect(harness, blocks[OUTER].live && blocks[OUTER].length == outer,
           "length of the outer block");
    expect(harness, blocks[INNER].live && blocks[INNER].length == inner,
           "length of the inner block");
}

/* Returns whether the branch of the exit leads straight to the inner block. */
static bool leads_straight(const struct harness *harness)
{
    const struct block_exit *exit = find_exit(harness);
    int32_t distance;

    if (exit == NULL || !exit->linked || exit->branch_end == 0)
        return false;
    memcpy(&distance, harness->area.at + exit->branch_end - sizeof distance,
           sizeof distance);
    return exit->branch_end + (size_t)distance ==
           harness->translator->blocks[INNER].code;
}

/* Calls with small budgets end on every path through both blocks. */
static void run_budgets(struct harness *harness, const char *what)
{
    for (uint32_t budget = 1; budget <= 3 * PREPAID_LENGTH; budget++)
        for (unsigned i = 0; i < 20; i++)
            harness_run(harness, budget, what);
}

static void set_count(struct harness *harness, uint32_t count)
{
    harness_write(harness, COUNT, count);
}

/* Executes all lines, so that blocks contain them, and returns to the outer
   loop.  Only that will be translated. */
static void execute_all_lines(struct harness *harness)
{
    harness->translator->hot_threshold = 1000;
    harness_run(harness, 100, "loops that are not translated");
    harness->translator->arrivals[OUTER] = 1000;
    harness->reference.ci = OUTER - 1;
    harness->reference.test = false;
}

/* The outer block comes first, so its exit is linked later. */
static void test_linked_late(struct harness *harness)
{
    begin(harness, 0u - 3);
    execute_all_lines(harness);
    set_count(harness, 0);
    harness_run(harness, 1000, "an inner loop that is not entered");
    expect(harness, find_exit(harness) != NULL && !leads_straight(harness),
           "an exit without a block leads to the manager");
    run_budgets(harness, "an inner loop, paid for but not entered");
    harness->translator->hot_threshold = 0;
    set_count(harness, 0u - 5);
    harness_run(harness, 1000, "an inner loop, entered late");
    expect(harness, leads_straight(harness), "a prepaid exit is linked late");
    run_budgets(harness, "an inner loop, entered late");
}

static void test_prepaid(struct harness *harness)
{
    begin(harness, 0u - 3);
    harness_run(harness, 1000, "an inner loop");
    expect_lengths(harness, PREPAID_LENGTH, INNER_LENGTH);
    expect(harness, leads_straight(harness), "a prepaid exit costs nothing");
    run_budgets(harness, "an inner loop, prepaid");
}

/* More lines are known when the inner block is translated, so it costs more
   than the outer block has paid. */
static void test_longer(struct harness *harness)
{
    begin(harness, 0u - 3);
    harness->reference.store[5] = WORD(CMP, 0);
    harness->reference.store[6] = WORD(JMP, 23);
    harness->reference.store[7] = WORD(SUB, 21);
    harness->reference.store[8] = WORD(JMP, 23);
    harness_copy(harness);
    execute_all_lines(harness);
    harness->translator->executed_lines &= ~(1u << 7 | 1u << 8);
    set_count(harness, 0);
    harness_run(harness, 100, "a shorter outer block");
    harness->translator->hot_threshold = 0;
    set_count(harness, 0u - 5);
    run_budgets(harness, "a longer inner block");
    expect(harness,
           find_exit(harness) != NULL && find_exit(harness)->cost > 0 &&
               !leads_straight(harness),
           "an exit that costs something is not prepaid");
}

static void test_not_prepaid(struct harness *harness)
{
    begin(harness, 0u - 3);
    harness->translator->prepays = false;
    harness_run(harness, 1000, "an inner loop, not prepaid");
    expect_lengths(harness, OUTER_LENGTH, INNER_LENGTH);
    run_budgets(harness, "an inner loop, not prepaid");
    harness->translator->prepays = true;
    harness_run(harness, 1000, "prepaid from now on");
    expect_lengths(harness, PREPAID_LENGTH, INNER_LENGTH);
    harness->translator->manager.counts_chains = true;
    harness_run(harness, 1000, "counted from now on");
    expect_lengths(harness, OUTER_LENGTH, INNER_LENGTH);
    uint32_t before = harness->translator->count.translations;

    harness->translator->prepays = false;
    harness_run(harness, 1000, "counted, so not prepaid anyway");
    expect(harness, harness->translator->count.translations == before,
           "the blocks stay");
}

/* In the July program, a longer instruction keeps a chain in one line of code.
   The next line of the Baby begins behind it. */
static void test_lines(struct harness *harness)
{
    struct listing listing = {0};

    harness->reference = sample_machine(SAMPLE_JULY);
    harness_start(harness, HARNESS_AREA);
    harness_run(harness, 1000, "the July program");
    listing_check(&listing, harness->translator);
    expect(harness, listing.failures == 0 && listing.lines > 20,
           "each line begins at an instruction");
}

void test_chaining(struct harness *harness)
{
    test_lines(harness);
    test_prepaid(harness);
    test_linked_late(harness);
    test_longer(harness);
    test_not_prepaid(harness);
}
