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
 *     at run time, starts where control arrives, and ends at a jump.  A line
 *     may be part of several blocks but is the entry of at most one.
 *   Map table: finds the block of a line.  Other translators use a hash table
 *     for this code location; here an array of 32 entries is enough.
 *   Staged emulation: most lines are executed only a few times, so prepulse()
 *     interprets lines without a block.  A block is translated after
 *     `hot_threshold` arrivals at its entry by a jump, a skip or an exit.
 *   Translation chaining: an exit with a known target jumps to the next block
 *     without the manager.  The jump is patched when both blocks exist.
 *   Software indirect jump prediction: JMP and JRP read their target from the
 *     store.  If no translation writes that line, the target is a constant.
 *     Otherwise the code compares the operand with those that were most common
 *     so far, a chain of ifs (prediction.c).  Each leads to its block by a
 *     direct jump.  If none is equal, the code looks the block up in the map
 *     table.
 *   Invalidation: a Store that changes a line of any block exits immediately.
 *     The blocks translated from that line are dropped and the chains to them
 *     unlinked.
 *   Versions of a rewritten line: a line that a program keeps rewriting gets a
 *     block for each word instead.  They start at that line, no other block
 *     contains it, and Stores into it are not checked.  Each exit that leads
 *     there has a chain of ifs as well, which compares the word.
 *   Fallback: a program that makes ever new words would keep the manager
 *     translating.  So each translation, invalidation and lookup of a version
 *     by the manager costs credit, and so does interpreting for lack of a
 *     version.  Translated instructions earn it.  When it is used up, the
 *     predecoded engine runs the machine for a while, each time for twice as
 *     long.
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
#include "emu/engine/predecoded.h"
#include "emu/machine/count.h"
#include "emu/machine/instruction_set.h"
#include "prediction.h"
#include <string.h>

/* Engine that runs the machine while the translator rests. */
static const struct engine *const fallback = &engine_predecoded;

/* Costs and lengths in instructions. */
#define PRICE     4096 /* cost of a translation, which takes 5 us */
#define REST_MIN  (1 << 16)
#define REST_MAX  (1 << 24)
#define SLICE_MAX (1 << 30) /* maximum budget of an entry (signed in code) */
#define STRAYING  256       /* budget of the fallback while CI is above 31 */

/* Credit in units of the translation cost. */
#define CREDIT_MAX   64 /* maximum and initial credit */
#define CREDIT_RETRY 8  /* credit after a rest */

/* Work is measured in translated instructions.  Translating or invalidating a
   block costs PRICE. */
#define WORK_ENTER    32    /* work to enter and leave translated code */
#define WORK_STEP     64    /* work to interpret an instruction */
#define WORK_FALLBACK 8     /* work per instruction of the fallback */
#define WORK_DECODE   256   /* work to call the fallback and decode the store */
#define WORK_MIN      1024u /* work allowed beyond the budget (16 steps) */

typedef uint64_t gate(struct machine *machine, const uint8_t *code,
                      uint32_t budget);

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
    translator->rest.credit = CREDIT_MAX * translator->translation_cost;
    translator->rest.next = REST_MIN;
    translator->rest.left = 0;
}

/* Charges WORK, unless translations are free. */
static void spend(struct translator *translator, int32_t work)
{
    if (translator->translation_cost > 0)
        translator->rest.credit -= work;
}

/* Completes the machine state after EXIT, which may be dropped as a result. */
static void interp(struct translator *translator, struct machine *machine,
                   struct block_exit *exit)
{
    uint32_t operand = machine->store[exit->operand];

    machine->ci = exit->ci;
    machine->pi = exit->pi;
    machine->test = exit->test;
    machine->neon = exit->kind == EXIT_STOP;
    if (exit->kind == EXIT_INDIRECT)
        machine->ci += operand;
    if (machine->ci5)
        machine->ci &= LINES - 1;
    if (exit->kind == EXIT_VERSION)
        spend(translator, WORK_ENTER);
    if (exit_is_predicted(exit))
        prediction_missed(translator, machine, exit);
    if (exit->kind == EXIT_WROTE)
        blocks_wrote(translator, machine, exit);
}

/* Enters BLOCK and returns the number of instructions executed.  LEFT is the
   remaining budget, which must be at least the length of BLOCK. */
static uint32_t execute(struct translator *translator, struct machine *machine,
                        const struct block *block, uint32_t left)
{
    gate *enter = (gate *)(uintptr_t)translator->area->at;
    uint32_t slice = left < SLICE_MAX ? left : SLICE_MAX;
    uint64_t result;

    blocks_map_version(translator, block);
    prediction_learn(translator, block);
    blocks_seal(translator);
    count_up(&translator->blocks[block - translator->blocks].entered);
    translator->follows = LINES;
    result = enter(machine, translator->area->at + block->code,
                   slice - block->length);

    struct block_exit *exit = (struct block_exit *)(uintptr_t)(uint32_t)result;
    uint32_t rest = (uint32_t)(result >> 32) + exit->cost + exit->refund;
    uint32_t executed = slice - rest;
    int64_t credit = (int64_t)translator->rest.credit + executed;

    if (credit >= CREDIT_MAX * (int64_t)translator->translation_cost) {
        credit = CREDIT_MAX * (int64_t)translator->translation_cost;
        translator->rest.next = REST_MIN;
    }
    translator->rest.credit = (int32_t)credit;
    machine->prepulses += executed;
    machine->instructions += executed;
    translator->work += executed + WORK_ENTER;
    translator->interpret_next = exit->kind == EXIT_BREAKPOINT;
    interp(translator, machine, exit);
    return executed;
}

/* Interprets the instruction at line NEXT.  If no block may contain that line,
   reaching the line after it counts as an arrival. */
static struct outcome interpret(struct translator *translator,
                                struct machine *machine, uint32_t next)
{
    bool held = translator_may_hold(translator, machine, next);
    uint32_t before = machine->a;
    struct bar bar = prepulse(machine, &controls_normal);

    translator->work += WORK_STEP;
    if (translator->versioned != 0)
        spend(translator, 2 * WORK_STEP);
    translator->miss.exit = NULL;
    if (bar.hung)
        return (struct outcome){0, RUN_HUNG};
    translator->interpret_next = false;
    translator->executed_lines |= 1u << next;
    lines_used_add(&translator->lines_used, next, bar.instruction);
    if (next != translator->follows)
        count_up(&translator->arrivals[next]);
    translator->follows = held ? next + 1 : LINES;
    if (bar.stored)
        blocks_invalidate(translator, machine, 1u << bar.action_line);
    if (breakpoints_after(&translator->breakpoints, bar.instruction, before,
                          machine->a))
        return (struct outcome){1, RUN_BREAKPOINT};
    return (struct outcome){1, RUN_BUDGET};
}

static struct outcome run_fallback(struct translator *translator,
                                   struct machine *machine,
                                   const struct breakpoints *breakpoints,
                                   uint32_t budget)
{
    const struct predecoded *state = (const void *)translator->rest.state;
    struct outcome outcome;

    if (translator->limits_work)
        budget = budget / WORK_FALLBACK + 1;
    fallback->state_changed(translator->rest.state);
    fallback->restart(translator->rest.state);
    translator->follows = LINES;
    translator->miss.exit = NULL;
    outcome =
        fallback->run(translator->rest.state, machine, breakpoints, budget);
    translator->work +=
        WORK_DECODE + (uint64_t)outcome.instructions * WORK_FALLBACK;
    translator->executed_lines |= state->used.executed;
    translator->lines_used.executed |= state->used.executed;
    translator->lines_used.accessed |= state->used.accessed;
    blocks_invalidate(translator, machine, UINT32_MAX);
    return outcome;
}

/* Returns true during a rest.  Starts a new rest if no credit is left. */
static bool rests(struct translator *translator)
{
    if (translator->rest.credit < 0 && translator->rest.left == 0) {
        translator->rest.left = translator->rest.next;
        if (translator->rest.next < REST_MAX)
            translator->rest.next *= 2;
        translator->rest.credit = CREDIT_RETRY * translator->translation_cost;
        count_up(&translator->count.rests);
    }
    return translator->rest.left > 0;
}

/* Executes at most LEFT instructions.  Executes none only if a block exits
   before its first instruction, which the next call then interprets. */
static struct outcome dispatch(struct translator *translator,
                               struct machine *machine,
                               const struct breakpoints *breakpoints,
                               uint32_t left)
{
    uint32_t next = translator_next(translator, machine->ci, machine->test);

    if (rests(translator)) {
        uint32_t slice =
            left < translator->rest.left ? left : translator->rest.left;
        struct outcome outcome =
            run_fallback(translator, machine, breakpoints, slice);

        translator->rest.left -= outcome.instructions;
        return outcome;
    }
    if (next >= LINES) {
        spend(translator, WORK_DECODE);
        return run_fallback(translator, machine, breakpoints,
                            left < STRAYING ? left : STRAYING);
    }

    const struct block *block = blocks_at(translator, machine, next);

    if (block == NULL && blocks_is_hot(translator, machine, next, left)) {
        blocks_translate(translator, machine, next);
        block = blocks_at(translator, machine, next);
    }
    if (block == NULL || block->length > left || translator->interpret_next)
        return interpret(translator, machine, next);
    left = execute(translator, machine, block, left);
    return (struct outcome){left, RUN_BUDGET};
}

/* Drops blocks made obsolete by changes since the last call. */
static void adapt(struct translator *translator, const struct machine *machine,
                  const struct breakpoints *breakpoints)
{
    bool outdated =
        translator->restarted ||
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

    if (machine->neon)
        return (struct outcome){0, RUN_STOP};
    translator->work = 0;
    adapt(translator, machine, breakpoints);
    while (total.status == RUN_BUDGET &&
           (left = budget_left(translator, machine, budget,
                               total.instructions)) > 0) {
        uint32_t next = translator_next(translator, machine->ci, machine->test);
        struct outcome outcome;

        if (total.instructions > 0 && breakpoints_before(breakpoints, next)) {
            total.status = RUN_BREAKPOINT;
            break;
        }
        outcome = dispatch(translator, machine, breakpoints, left);
        total.instructions += outcome.instructions;
        total.status = machine->neon ? RUN_STOP : outcome.status;
    }
    exits_count(translator);
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
}

static bool start(void *state, struct code_area *area)
{
    struct translator *translator = state;

#if !defined(__i386__)
    return false; /* only i386 code is generated */
#endif
    memset(translator, 0, sizeof *translator);
    if (area == NULL || area->size == 0 ||
        fallback->state_size > sizeof translator->rest.state ||
        !fallback->start(translator->rest.state, NULL))
        return false;
    translator->hot_threshold = TRANSLATOR_HOT;
    translator->translation_cost = PRICE;
    translator->min_budget = LINES; /* maximum length of a block */
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
