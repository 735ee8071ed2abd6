/* SPDX-License-Identifier: MIT */
/* Tests the counts of the emulation manager, and that it goes from box to box
   in slow motion as it does at full speed. */
#include "harness.h"
#include "emu/session/pace.h"
#include "emu/translator/stats.h"

#define WORD(function, line) ((function) << FUNCTION_BIT | (line))

/* A loop of two blocks, lines 1 to 4 and line 6, which are chained. */
static const uint32_t loop[] = {
    0,
    WORD(LDN, 10),
    WORD(SUB, 10),
    WORD(STO, 11),
    WORD(JMP, 8),
    0,
    WORD(JMP, 9),
    0,
    5,
    0,
    1,
};
#define PASS 5 /* instructions in a pass */

/* Line 3 jumps to lines 5 and 7 in turn. */
static const uint32_t turns[] = {
    0,
    WORD(LDN, 12),
    WORD(STO, 13),
    WORD(JMP, 13),
    0,
    WORD(LDN, 10),
    WORD(JMP, 9),
    WORD(LDN, 11),
    WORD(JMP, 9),
    1,
    0u - 6,
    0u - 4,
    0u - 4,
};

/* Line 3 jumps to lines 1 and 7 in turn, by the operands 0 and 6. */
static const uint32_t zero[] = {
    0,
    WORD(LDN, 10),
    WORD(STO, 13),
    WORD(JMP, 13),
    0,
    0,
    0,
    WORD(LDN, 11),
    WORD(JMP, 9),
    1,
    0u - 6,
    0,
};

static void begin(struct harness *harness, const uint32_t *words, size_t size,
                  bool counts_chains)
{
    harness_load(harness, words, size);
    harness_start(harness, HARNESS_AREA);
    harness->translator->manager.counts_chains = counts_chains;
}

/* Each box is entered and left equally often, but for the current one. */
static void check_flow(struct harness *harness)
{
    const struct manager *manager = &harness->translator->manager;
    const uint64_t *arrows = manager->arrows;
    uint64_t looked_up = arrows[ARROW_HIT] + arrows[ARROW_MISS] +
                         arrows[ARROW_SHORT] + arrows[ARROW_RESTED];
    uint64_t asked = arrows[ARROW_CALLED] + arrows[ARROW_LEFT] +
                     arrows[ARROW_SPENT] + arrows[ARROW_INTERPRETED] +
                     arrows[ARROW_ENDED];
    uint64_t decided = arrows[ARROW_COLD] + arrows[ARROW_HOT];
    uint64_t interpreted =
        arrows[ARROW_COLD] + arrows[ARROW_SHORT] + arrows[ARROW_REFUSED];

    expect(harness, asked - looked_up <= 1 + arrows[ARROW_CALLED],
           "as many lines are looked up as asked for");
    expect(harness, arrows[ARROW_MISS] - decided <= 1,
           "a line without a block is hot or not");
    expect(harness,
           arrows[ARROW_HOT] - arrows[ARROW_TRANSLATED] -
                   arrows[ARROW_REFUSED] <=
               1,
           "a hot line is translated or does not fit");
    expect(harness, interpreted - arrows[ARROW_INTERPRETED] <= 1,
           "an interpreted instruction leads back to the manager");
    expect(harness,
           arrows[ARROW_HIT] + arrows[ARROW_TRANSLATED] - arrows[ARROW_LEFT] -
                   arrows[ARROW_SPENT] <=
               1,
           "each block entered by the manager leads back to it once");
}

/* Blocks translated before must count from the moment when counting begins,
   also where nothing else changes, as in the lab's slow motion, which does not
   prepay. */
static void test_counting_begins(struct harness *harness, bool prepays)
{
    const uint64_t *arrows = harness->translator->manager.arrows;

    begin(harness, loop, sizeof loop, false);
    harness->translator->prepays = prepays;
    harness_run(harness, 100000, "chained, not counted");
    expect(harness, arrows[ARROW_CHAINED] == 0,
           "chained jumps are not counted");
    expect(harness, arrows[ARROW_LEFT] < 10 && arrows[ARROW_SPENT] == 1,
           "the manager is not asked about chained jumps");
    check_flow(harness);
    harness->translator->manager.counts_chains = true;
    harness_run(harness, 100 * PASS, "chained, counted from now on");
    expect(harness, arrows[ARROW_CHAINED] > 100,
           "blocks that do not count are translated again");
    harness->translator->prepays = true;
}

/* Chained jumps never come back to the manager, so only code can count them. */
static void test_chained(struct harness *harness)
{
    const uint64_t *arrows = harness->translator->manager.arrows;

    begin(harness, loop, sizeof loop, true);
    harness_run(harness, 100 * PASS, "chained, counted");
    uint64_t before = arrows[ARROW_CHAINED];
    harness_run(harness, 1000 * PASS, "chained, counted");
    expect(harness, arrows[ARROW_CHAINED] - before == 1000 * 2 - 1,
           "the code counts its chained jumps");
    check_flow(harness);
    engine_translator.restart(harness->translator);
    expect(harness, arrows[ARROW_CHAINED] == 0, "restart() clears the counts");
}

static void test_predicted(struct harness *harness)
{
    const uint64_t *arrows = harness->translator->manager.arrows;
    uint64_t before;

    begin(harness, turns, sizeof turns, true);
    harness_run(harness, 1000, "predicted");
    before = arrows[ARROW_PREDICTED];
    harness_run(harness, 4 * 1000, "predicted");
    expect(harness,
           arrows[ARROW_PREDICTED] - before >= 999 &&
               arrows[ARROW_PREDICTED] - before <= 1000,
           "each pass has a prediction that holds");
    check_flow(harness);
}

/* Returns how often arrows have led to a block. */
static uint64_t entries(const struct manager *manager)
{
    const uint64_t *arrows = manager->arrows;

    return arrows[ARROW_HIT] + arrows[ARROW_TRANSLATED] +
           arrows[ARROW_CHAINED] + arrows[ARROW_PREDICTED] +
           arrows[ARROW_FOUND];
}

/* Runs box by box.  No box may execute instructions unless it interprets or
   executes, and each block must be executed alone. */
static void run_slowly(struct harness *harness, unsigned steps)
{
    struct manager *manager = &harness->translator->manager;
    uint64_t entered = entries(manager);
    unsigned blocks = manager->box == BOX_EXECUTE ? -1u : 0;

    for (unsigned i = 0; i < steps; i++) {
        enum manager_box box = manager->box;
        uint64_t before = harness->machine->instructions, executed;

        harness_run_box(harness, "one box");
        executed = harness->machine->instructions - before;
        expect(harness, !manager->one_box, "one box is for one call");
        if (i > 0 && (box == BOX_DECIDE || box == BOX_TRANSLATE))
            expect(harness, executed == 0, "the box executes nothing");
        blocks += box == BOX_EXECUTE;
        if (i > 0 && box == BOX_EXECUTE)
            expect(harness, executed > 0 && executed <= 4, "a single block");
        check_flow(harness);
    }
    blocks += manager->box == BOX_EXECUTE;
    expect(harness, entries(manager) - entered == blocks,
           "each block is entered by an arrow");
}

/* At full speed, the program must take as many chained jumps until here.  The
   last one exceeds the budget. */
static void check_full_speed(struct harness *harness)
{
    const uint64_t *arrows = harness->translator->manager.arrows;
    uint64_t slow = arrows[ARROW_CHAINED];

    uint64_t instructions = harness->machine->instructions;

    begin(harness, loop, sizeof loop, true);
    harness_run(harness, (uint32_t)instructions, "full speed");
    expect(harness, arrows[ARROW_CHAINED] == slow - 1,
           "slow motion shows what happens at full speed");
}

static void test_slow_motion(struct harness *harness)
{
    const struct manager *manager = &harness->translator->manager;

    begin(harness, loop, sizeof loop, true);
    run_slowly(harness, 200);
    expect(harness,
           manager->box == BOX_EXECUTE && manager->arrow == ARROW_CHAINED,
           "after all lines are hot, the code stays in the blocks");
    expect(harness, manager->arrows[ARROW_SPENT] == 0,
           "a chained jump is seen as such");
    check_full_speed(harness);
    harness_run(harness, 100, "full speed again");
    check_flow(harness);

    begin(harness, turns, sizeof turns, true);
    run_slowly(harness, 400);
    expect(harness, manager->arrows[ARROW_PREDICTED] > 20,
           "a right guess is seen as such");
    begin(harness, zero, sizeof zero, true);
    run_slowly(harness, 400);
    expect(harness, manager->arrows[ARROW_PREDICTED] > 20,
           "a guess of operand 0 is not taken for an empty one");
}

/* An edit of the block to be executed must lead back to the map table. */
static void test_edit(struct harness *harness)
{
    const struct manager *manager = &harness->translator->manager;

    begin(harness, turns, sizeof turns, true);
    for (unsigned i = 0;
         i < 400 && (manager->line != 5 || manager->box != BOX_EXECUTE); i++)
        harness_run_box(harness, "to line 5");
    expect(harness, manager->line == 5 && manager->box == BOX_EXECUTE,
           "the block at line 5 is next");
    harness_write(harness, 5, WORD(LDN, 11));
    for (unsigned i = 0; i < 100; i++)
        harness_run_box(harness, "an edit between two boxes");
}

/* The smallest calls of a slow PC must lead to translations, as they would
   otherwise stay slow and thus small. */
static void test_small_calls(struct harness *harness)
{
    begin(harness, loop, sizeof loop, false);
    harness->translator->min_budget = TRANSLATION_BUDGET;
    for (unsigned i = 0; i < 20; i++)
        harness_run(harness, PACE_CALL_MIN, "small calls");
    expect(harness, harness->translator->count.translations == 2,
           "a loop is translated in small calls");
}

static void test_stop(struct harness *harness)
{
    begin(harness, loop, sizeof loop, false);
    harness->reference.neon = true;
    harness_copy(harness);
    harness_run_box(harness, "stopped");
    expect(harness, !harness->translator->manager.one_box,
           "one box is for one call, also after a Stop");
}

void test_manager(struct harness *harness)
{
    test_counting_begins(harness, true);
    test_counting_begins(harness, false);
    test_chained(harness);
    test_predicted(harness);
    test_slow_motion(harness);
    test_edit(harness);
    test_small_calls(harness);
    test_stop(harness);
}
