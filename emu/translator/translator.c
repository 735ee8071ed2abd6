/* SPDX-License-Identifier: MIT */
/*
 * The translator: dynamic binary translation to i386 code.
 *
 * An interpreter decodes an instruction each time it executes it.  This engine
 * translates it once, into machine code for the PC.
 *
 *   Emulation manager: the main loop, run().  It enters the translation of the
 *     next line, translates the line first, or interprets it.
 *   Dynamic basic block: the unit of translation (codegen.c).  It is discovered
 *     at run time, starts where control arrives, and ends at most jumps.  A
 * line may be part of several blocks but is the entry of at most one. Map
 * table: finds the block of a line.  Other translators use a hash table for
 * this code location; here an array of 32 entries is enough. Staged emulation:
 * most lines are executed only a few times, so prepulse() interprets lines
 * without a block.  A block is translated after `hot_threshold` arrivals at its
 * entry by a jump, a skip or an exit. Translation chaining: an exit with a
 * known target jumps to the next block without the manager.  The jump is
 * patched when both blocks exist. Software indirect jump prediction: JMP and
 * JRP read their target from the store.  If no translation writes that line,
 * the target is a constant. Otherwise the code compares the operand with those
 * that were most common so far, a chain of ifs (prediction.c).  Each leads to
 * its block by a direct jump.  If none is equal, the code looks the block up in
 * the map table. Invalidation: a Store that changes a line of any block exits
 * immediately. The blocks translated from that line are dropped and the chains
 * to them unlinked. Versions of a rewritten line: a line that a program keeps
 * rewriting gets a block for each word instead.  They start at that line, no
 * other block contains it, and Stores into it are not checked.  Each exit that
 * leads there has a chain of ifs as well, which compares the word. Fallback: a
 * program that makes ever new words would keep the manager translating.  So
 * each translation, invalidation and lookup of a version by the manager costs
 * credit, and so does interpreting for lack of a version.  Translated
 * instructions earn it.  When it is used up, the predecoded engine runs the
 * machine for a while, each time for twice as long.
 *
 * The T-state is exact after every exit.  The budget of a block is charged on
 * entry; if too little is left, prepulse() executes the rest.  CI is a constant
 * in translated code, so a block is entered only if digits 5 to 31 of CI will
 * be 0.  The code exits if a jump sets any of them, and after line 31.  Code is
 * kept on pages of its own, either writable or executable, far from the data
 * that it uses.
 *
 * Isolation.  Code is generated only from the function of a word and its line,
 * masked to five digits.  A constant jump target above 31 has no block.  Code
 * accesses memory only as A or a line relative to the machine's register, as a
 * field of an exit or prediction by absolute address, or as an entry of a map
 * table or a profile by an index that is below 32.  It jumps only to code:
 * relative within the area, or through the `to` of a prediction, which it has
 * just copied from a map table and whose length it can afford.  x86_emit.c
 * never writes beyond the area.  A block that did not fit or had too few exits
 * is never entered.  Code always keeps two registers on the stack.
 * tests/unit32/confined.h reads code back and verifies all this.
 */
#include "translator.h"
#include "block_cache.h"
#include "chaining.h"
#include "code_pages.h"
#include "execute.h"
#include "manager.h"
#include <string.h>

/* A translation costs as much as translated instructions that run for 5 us. */
#define PRICE    4096
#define WORK_MIN 1024u /* work allowed beyond the budget, in instructions */

/* Discards everything known about the program. */
static void reset(struct translator *translator)
{
    if (translator->exits_used > 0)
        blocks_flush(translator);
    translator->varying = translator->versioned = translator->too_large = 0;
    translator->executed_lines = 0;
    memset(translator->arrivals, 0, sizeof translator->arrivals);
    memset(translator->rewrites, 0, sizeof translator->rewrites);
    translator->follows = LINES;
    manager_reset(translator);
}

/* Chained jumps can be counted only where the budget is charged. */
static bool prepays(const struct translator *translator)
{
    return translator->prepays && !translator->manager.counts_chains;
}

/* Drops blocks made obsolete by changes since the last call. */
static void adapt(struct translator *translator, const struct machine *machine,
                  const struct breakpoints *breakpoints)
{
    bool outdated =
        translator->restarted ||
        translator->counted_chains != translator->manager.counts_chains ||
        translator->prepaid != prepays(translator) ||
        !breakpoints_are_same(&translator->breakpoints, breakpoints) ||
        translator->ci5 != machine->ci5 ||
        translator->immediate_test != machine->immediate_test;

    if (translator->changed) {
        outdated |= translator->rest.left > 0 || translator->depended == 0;
        for (unsigned line = 0; line < LINES; line++)
            outdated |= blocks_is_stale(translator, machine, line);
    }
    if (outdated)
        reset(translator);
    blocks_forget_versions(translator, machine);
    blocks_invalidate(translator, machine, translator->edited);
    translator->breakpoints = *breakpoints;
    translator->ci5 = machine->ci5;
    translator->immediate_test = machine->immediate_test;
    translator->counted_chains = translator->manager.counts_chains;
    translator->prepaid = prepays(translator);
    translator->edited = 0;
    translator->changed = translator->restarted = false;
}

/* Returns the budget left after EXECUTED instructions, or 0 to end the call. */
static uint32_t budget_left(const struct translator *translator,
                            const struct machine *machine, uint32_t budget,
                            uint32_t executed)
{
    uint32_t next = translator_next(translator, machine->ci, machine->test);
    uint32_t left = budget - executed;
    const struct block *block;

    if (!translator->limits_work || executed == 0)
        return left;
    if (translator->work >= (uint64_t)budget + WORK_MIN)
        return 0;
    if (left > budget + WORK_MIN - translator->work)
        left = (uint32_t)(budget + WORK_MIN - translator->work);
    /* If only the budget is too small, the next call enters the block. */
    block = next < LINES ? blocks_at(translator, machine, next) : NULL;
    return block != NULL && block->length > left ? 0 : left;
}

static struct outcome run(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    struct translator *translator = state;
    struct outcome total = {0, RUN_BUDGET};
    uint32_t left;
    bool one_box;

    if (machine->neon) {
        translator->manager.one_box = false;
        return (struct outcome){0, RUN_STOP};
    }
    translator->work = 0;
    adapt(translator, machine, breakpoints);
    manager_begin(translator, machine, budget);
    one_box = translator->manager.one_box;
    while (total.status == RUN_BUDGET &&
           (left = budget_left(translator, machine, budget,
                               total.instructions)) > 0) {
        uint32_t next = translator_next(translator, machine->ci, machine->test);
        struct outcome outcome;

        if (total.instructions > 0 && breakpoints_before(breakpoints, next)) {
            total.status = RUN_BREAKPOINT;
            break;
        }
        outcome = manager_run(translator, machine, left);
        total.instructions += outcome.instructions;
        total.status = machine->neon ? RUN_STOP : outcome.status;
        if (one_box)
            break;
    }
    exits_count(translator);
    manager_end(translator);
    blocks_seal(translator);
    return total;
}

static void edited(void *state, const struct machine *machine, unsigned line)
{
    (void)machine;
    ((struct translator *)state)->edited |= 1u << line;
}

static void changed(void *state)
{
    ((struct translator *)state)->changed = true;
}

static struct lines_used lines_used(const void *state)
{
    return ((const struct translator *)state)->lines_used;
}

static void restart(void *state)
{
    struct translator *translator = state;

    translator->restarted = true;
    translator->lines_used = (struct lines_used){0};
    memset(translator->manager.arrows, 0, sizeof translator->manager.arrows);
}

static bool start(void *state, struct code_area *area)
{
    struct translator *translator = state;

#if !defined(__i386__)
    return false; /* only i386 code is generated */
#endif
    memset(translator, 0, sizeof *translator);
    if (area == NULL || area->size == 0 || !execute_start(translator))
        return false;
    translator->hot_threshold = TRANSLATOR_HOT;
    translator->translation_cost = PRICE;
    translator->min_budget = TRANSLATION_BUDGET;
    translator->prepays = true;
    translator->area = area;
    blocks_open(translator);
    bool fits = exits_start(translator);

    blocks_seal(translator);
    blocks_flush(translator);
    reset(translator);
    return fits;
}

void translator_set_hot(const struct engine *engine, void *state, uint32_t hot)
{
    if (engine == &engine_translator)
        ((struct translator *)state)->hot_threshold = hot;
}

bool translator_limit_work(const struct engine *engine, void *state)
{
    if (engine != &engine_translator)
        return false;
    ((struct translator *)state)->limits_work = true;
    return true;
}

void translator_set_eager(const struct engine *engine, void *state)
{
    struct translator *translator = state;

    if (engine != &engine_translator)
        return;
    translator->hot_threshold = translator->min_budget = 0;
    translator->translation_cost = translator->rest.credit = 0;
}

const struct engine engine_translator = {
    .name = "translator",
    .story =
        "A block of lines that control reaches often is translated to code "
        "that the PC executes directly. "
        "Its exits are chained to other blocks.\n"
        "emu/translator/translator.c, codegen.c, chaining.c, prediction.c",
    .state_size = sizeof(struct translator),
    .start = start,
    .run = run,
    .line_written = edited,
    .state_changed = changed,
    .lines_used = lines_used,
    .restart = restart,
};
