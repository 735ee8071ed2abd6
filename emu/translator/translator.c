/* SPDX-License-Identifier: MIT */
/*
 * The translator: dynamic binary translation to i386 code.
 *
 * An interpreter decodes an instruction each time it executes it.  This engine
 * decodes it once, into machine code that the PC executes.
 *
 *   Emulation manager: run(), the main loop.  It looks up the next line, then
 *     enters its translation, has one made, or interprets the line.
 *   Dynamic basic block: the unit of translation (codegen.c).  It is discovered
 *     at run time, starts where control arrives, and ends at a jump.  A line
 *     may be part of several blocks, but is the entry of at most one.
 *   Map table: from a line to its block.  Code location, a hash table in other
 *     translators, is an index into 32 entries here.
 *   Staged emulation: most lines of most programs are executed a few times
 *     only, so prepulse() interprets lines without a block.  A block is made
 *     after `hot_threshold` arrivals of control at its entry by a jump, a skip
 * or an exit.  A line reached from the one before is in the middle of a loop.
 *   Translation chaining: an exit with a known target jumps to the next block
 *     without the manager.  The jump is patched as soon as both blocks exist.
 *     A jump through a table would need no patching, but would cost a third of
 *     the speed of an inner loop.
 *   Software indirect jump prediction (inline cache): JMP and JRP take their
 *     target from the store.  If no translation writes that line, the target
 *     is a constant.  Otherwise the code compares the operand with the last
 *     one and, if they are equal, jumps to the same block.  If not, it looks
 *     the target up in the map table and caches the result.  Only if there is
 *     no block does it exit to the manager.
 *   Invalidation: a Store that changes a line of any block exits right after
 *     it.  The blocks made from that line are dropped, and the chains to them
 *     unlinked.
 *   Fallback: a program that rewrites itself all the time would keep the
 *     manager translating.  So each translation, and each loss of one, costs
 *     credit, which translated instructions earn.  When it is used up, the
 *     predecoded engine runs the machine; each time for twice as long.
 *
 * The T-state is exact after every exit.  A block takes its whole budget on
 * entry; if less is left, prepulse() executes the rest.  CI is a constant in
 * translated code, so a block is entered only if digits 5 to 31 of CI will be
 * 0.  The code exits if a jump sets any of them, or after line 31.
 *
 * Code lies on pages of its own, which are either writable or executable, far
 * from the data that it uses, which is in struct translator.
 *
 * Isolation.  Code is generated only from the line and function of a word, and
 * word_line() masks the line to five digits.  Constant jump targets are looked
 * up first: 32 or more has no block.  Code accesses memory only as A or such a
 * line relative to the machine's register, as a field of an exit by absolute
 * address, or as an entry of the map table, after comparing the index with 32.
 * Code jumps only to code: relative within the area, or through an exit's `to`,
 * which is copied from the map and costs more than any budget once that block
 * is dropped.  x86_emit.c never writes beyond the area but sets `full`; such a
 * block is never entered, nor one for which there were too few exits.  Code
 * keeps two registers on the stack, whatever it executes.
 * tests/unit32/confined.h reads code back and verifies all this.
 */
#include "translator.h"
#include "block_cache.h"
#include "chaining.h"
#include "emu/engine/predecoded.h"
#include "emu/machine/count.h"
#include "emu/machine/instruction_set.h"
#include <string.h>

/* Runs the machine while the translator rests. */
static const struct engine *const fallback = &engine_predecoded;

/* In instructions. */
#define PRICE     4096 /* of a translation: an interpreter's in the same 5 us */
#define REST_MIN  (1 << 16)
#define REST_MAX  (1 << 24)
#define SLICE_MAX (1 << 30) /* budget of one entry: signed in the code */
#define STRAYING  256       /* by the fallback, if CI is above 31 */

/* Credit, in prices. */
#define CREDIT_MAX   64 /* also at the start */
#define CREDIT_RETRY 8  /* after a rest */

/* Work, in translated instructions; a translation or its loss is PRICE. */
#define WORK_ENTER    32    /* entering and leaving code */
#define WORK_STEP     64    /* an instruction by prepulse() */
#define WORK_FALLBACK 8     /* an instruction by the fallback */
#define WORK_DECODE   256   /* a call of the fallback: it decodes the store */
#define WORK_MIN      1024u /* allowed beyond a budget: 16 steps */

typedef uint64_t gate(struct machine *machine, const uint8_t *code,
                      uint32_t budget);

/* Drops everything known about the program. */
static void reset(struct translator *translator)
{
    blocks_flush(translator);
    translator->varying = translator->executed_lines = translator->too_large =
        0;
    memset(translator->arrivals, 0, sizeof translator->arrivals);
    translator->follows = LINES;
    translator->rest.credit = CREDIT_MAX * translator->translation_cost;
    translator->rest.next = REST_MIN;
    translator->rest.left = 0;
}

/* Completes the T-state after EXIT, which this may drop.  The lecture's
   `interp`, from V-state to T-state. */
static void interp(struct translator *translator, struct machine *machine,
                   struct block_exit *exit)
{
    uint32_t operand = machine->store[exit->operand];

    machine->ci = exit->ci;
    machine->pi = exit->pi;
    machine->test = exit->test;
    machine->neon = exit->kind == EXIT_STOP;
    if (exit->kind == EXIT_CACHE)
        machine->ci += operand;
    if (machine->ci5)
        machine->ci &= LINES - 1;
    if (exit->kind == EXIT_WROTE)
        blocks_invalidate(translator, machine, 1u << exit->operand);
}

/* Enters BLOCK, whose length is at most LEFT, the remaining budget.  Returns
   the number of instructions executed up to the exit. */
static uint32_t execute(struct translator *translator, struct machine *machine,
                        struct block *block, uint32_t left)
{
    gate *enter = (gate *)(uintptr_t)translator->area->at;
    uint32_t slice = left < SLICE_MAX ? left : SLICE_MAX;
    uint64_t result;

    blocks_seal(translator);
    count_up(&block->entered);
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

/* Interprets the instruction in line NEXT.  If no block may contain it, its
   successor is not in a block with it: reaching that is an arrival. */
static struct outcome interpret(struct translator *translator,
                                struct machine *machine, uint32_t next)
{
    bool held = translator_may_hold(translator, machine, next);
    uint32_t before = machine->a;
    struct bar bar = prepulse(machine, &controls_normal);

    translator->work += WORK_STEP;
    if (bar.hung)
        return (struct outcome){0, RUN_HUNG};
    translator->interpret_next = false;
    translator->executed_lines |= 1u << next;
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

/* Executes at most BUDGET instructions by the fallback. */
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
    translator->follows = LINES;
    outcome =
        fallback->run(translator->rest.state, machine, breakpoints, budget);
    translator->work +=
        WORK_DECODE + (uint64_t)outcome.instructions * WORK_FALLBACK;
    translator->executed_lines |= state->executed;
    blocks_invalidate(translator, machine, UINT32_MAX);
    return outcome;
}

/* Whether the fallback must run.  Begins a rest when no credit is left. */
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

/* Executes at most LEFT instructions, and at least one unless the block exits
   before its first; the next call then does not enter it. */
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
    if (next >= LINES)
        return run_fallback(translator, machine, breakpoints,
                            left < STRAYING ? left : STRAYING);

    struct block *block = blocks_find(translator, machine, next, left);

    if (block == NULL || block->length > left || translator->interpret_next)
        return interpret(translator, machine, next);
    left = execute(translator, machine, block, left);
    return (struct outcome){left, RUN_BUDGET};
}

/* Brings the blocks up to date with changes since the last call. */
static void adapt(struct translator *translator, const struct machine *machine,
                  const struct breakpoints *breakpoints)
{
    bool outdated =
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
    blocks_invalidate(translator, machine, translator->edited);
    translator->breakpoints = *breakpoints;
    translator->ci5 = machine->ci5;
    translator->immediate_test = machine->immediate_test;
    translator->edited = 0;
    translator->changed = false;
}

/* Returns the budget left after EXECUTED instructions; 0: end the call. */
static uint32_t budget_left(const struct translator *translator,
                            const struct machine *machine, uint32_t budget,
                            uint32_t executed)
{
    uint32_t next = translator_next(translator, machine->ci, machine->test);
    uint32_t left = budget - executed;

    if (!translator->limits_work || executed == 0)
        return left;
    if (translator->work >= (uint64_t)budget + WORK_MIN)
        return 0;
    if (left > budget + WORK_MIN - translator->work)
        left = (uint32_t)(budget + WORK_MIN - translator->work);
    /* If only the budget prevents entering the block, the next call enters. */
    return next < LINES && translator->blocks[next].live &&
                   translator->blocks[next].length > left
               ? 0
               : left;
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

static bool start(void *state, struct code_area *area)
{
    struct translator *translator = state;

#if !defined(__i386__)
    return false; /* generated code is for the i386 only */
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
    .story = "A block of lines that control reaches often becomes code, which "
             "the PC executes directly. Its exits are chained to other "
             "blocks.\n"
             "emu/translator/translator.c, codegen.c, chaining.c",
    .state_size = sizeof(struct translator),
    .start = start,
    .run = run,
    .line_written = edited,
    .state_changed = changed,
};
