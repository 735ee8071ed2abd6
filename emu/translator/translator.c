/* SPDX-License-Identifier: MIT */
/*
 * The translator: dynamic binary translation to i386 code.
 *
 * An interpreter takes an instruction apart each time it is obeyed.  This
 * engine does it once: it turns the instructions into code of the PC and lets
 * the PC obey that.
 *
 *   Emulation manager: run(), the loop around it all.  It looks up the line
 *     that comes next, enters its translation, has one made, or interprets.
 *   Dynamic basic block: the unit of translation (codegen.c).  It is found
 *     while the program runs, starts where control arrived, and ends at a
 *     jump.  A line may be in several blocks, but is the entry of one at
 *     most.
 *   Map table: from a line to its block.  32 entries: code location, which
 *     needs a hash table elsewhere, is one index here.
 *   Tiers: most lines of most programs are obeyed a few times only.  What has
 *     no block is interpreted by prepulse().  A line becomes the entry of one
 *     when control has arrived there `hot` times, by a jump, a skip or an exit;
 *     a line that is merely reached from the one before is part of a loop whose
 *     beginning counts.
 *   Chaining: an exit whose target is known jumps to the next block directly,
 *     without the manager.  Such exits are linked as soon as both blocks are
 *     there, by writing the distance into the jump.  A jump through a table
 *     would need no writing, and cost a third of the speed of an inner loop.
 *   Inline cache: a JMP or JRP takes its target from the store.  Where no
 *     translation writes that line the target is taken for a constant.  Where
 *     one does, the code compares the operand with that of last time, and goes
 *     where it led.  If it is another, the code looks it up in the map table
 *     and keeps what it finds; the manager comes in only where there is no
 *     block.
 *   Invalidation: a Store of a new word into a line that a block was made from
 *     leaves the code right after it.  The blocks made from that line are
 *     dropped, and the chains to them undone.
 *   Handing over: a program that rewrites itself all the time would have the
 *     manager translate for ever.  Each translation, and each loss of one, has
 *     a price, which translated instructions have to earn.  Where they do not,
 *     an interpreter has the machine for a while; then for twice as long.
 *
 * The T-state is exact whenever code is left.  The whole budget of a block is
 * taken as it is entered; where there is less left, prepulse() obeys the rest.
 * CI is a constant in translated code, so it must be known: a block is entered
 * only where digits 5 to 31 of CI will be 0.  A jump's stray digits, or running
 * on past line 31, leave the code, and the interpreter goes on.
 *
 * Code is on pages of its own, open for writing or sealed for running.  What
 * code reads and writes is far from it, in struct translator.
 *
 * No way out.  Of a word only line and function get into the code, and a line
 * is the five digits that word_line() leaves.  Where a jump leads for good is
 * looked up first: a number of 32 or more has no block.  What code reads and
 * writes is named in two ways: by the machine's register and the distance of
 * such a line, or of A; and by the address of an exit's field, or of the map
 * table, which is read by CI after that was compared with 32.  Code leads to
 * code only: by distances between places in the area, and by an exit's `to`,
 * which comes from the map and costs more than any budget as soon as that block
 * is no more.  x86_emit.c writes no byte beyond the area, but notes that it is
 * full, and such a block is never entered; nor is one for which no exit was
 * left.  On the stack are two registers besides what C put there, whatever is
 * obeyed.  tests/unit32/confined.h reads code back and looks whether that
 * is so.
 */
#include "translator.h"
#include "block_cache.h"
#include "chaining.h"
#include "emu/engine/predecoded.h"
#include "emu/machine/count.h"
#include "emu/machine/prepulse.h"
#include <string.h>

/* Who has the machine while the translator rests. */
static const struct engine *const interpreter = &engine_predecoded;

/* In instructions: what an interpreter obeys in the 5 us of a translation. */
#define PRICE 4096

#define CREDIT   64        /* prices, at the start and at most */
#define RETRY    8         /* .. and after a rest */
#define REST     (1 << 16) /* instructions: the first rest */
#define LONGEST  (1 << 24) /* .. and the longest */
#define SLICE    (1 << 30) /* .. at most at once: the budget is signed there */
#define STRAYING 256       /* .. interpreted when CI is out of reach */

/* What else than obeying a translated instruction is worth, in those; a
   translation, or the loss of one, is worth PRICE. */
#define WORK_ENTER     32  /* entering code, and coming back */
#define WORK_STEP      64  /* an instruction interpreted one by one */
#define WORK_HAND_OVER 8   /* .. by the interpreter that takes over, .. */
#define WORK_DECODE    256 /* .. which decodes the store first */

/* That a call does besides, so that the smallest is worth its while. */
#define WORK_MIN (16u * WORK_STEP)

typedef uint64_t gate(struct machine *machine, const uint8_t *code,
                      uint32_t budget);

/* All that was learnt of a program. */
static void forget(struct translator *translator)
{
    blocks_flush(translator);
    translator->varying = translator->seen = translator->unfit = 0;
    memset(translator->arrivals, 0, sizeof translator->arrivals);
    translator->follows = LINES;
    translator->credit = CREDIT * translator->price;
    translator->rest = REST;
    translator->resting = 0;
}

/* What the code left open: where control is.  In the lecture's words interp,
   from the V-state to the T-state. */
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
        blocks_revise(translator, machine,
                      1u << exit->operand); /* may drop EXIT */
}

/* Enters BLOCK, for which there is enough LEFT, and returns how many
   instructions were obeyed until code was left. */
static uint32_t execute(struct translator *translator, struct machine *machine,
                        struct block *block, uint32_t left)
{
    gate *enter = (gate *)(uintptr_t)translator->area->at;
    uint32_t slice = left < SLICE ? left : SLICE;
    uint64_t result;

    blocks_seal(translator);
    count_up(&block->entered);
    translator->follows = LINES;
    result = enter(machine, translator->area->at + block->code,
                   slice - block->length);

    struct block_exit *exit = (struct block_exit *)(uintptr_t)(uint32_t)result;
    uint32_t rest = (uint32_t)(result >> 32) + exit->cost + exit->refund;
    uint32_t obeyed = slice - rest;
    int64_t credit = (int64_t)translator->credit + obeyed;

    if (credit >= CREDIT * (int64_t)translator->price) {
        credit = CREDIT * (int64_t)translator->price;
        translator->rest = REST;
    }
    translator->credit = (int32_t)credit;
    machine->prepulses += obeyed;
    machine->instructions += obeyed;
    translator->work += obeyed + WORK_ENTER;
    translator->turns = exit->kind == EXIT_TURNS;
    interp(translator, machine, exit);
    return obeyed;
}

/* Interprets the instruction in line NEXT.  What comes after one that no block
   may hold is arrived at, as no block leads there. */
static struct outcome step(struct translator *translator,
                           struct machine *machine, uint32_t next)
{
    bool held = translator_may_hold(translator, machine, next);
    uint32_t before = machine->a;
    struct bar bar = prepulse(machine, &controls_normal);

    translator->work += WORK_STEP;
    if (bar.hung)
        return (struct outcome){0, RUN_HUNG};
    translator->turns = false;
    translator->seen |= 1u << next;
    if (next != translator->follows)
        count_up(&translator->arrivals[next]);
    translator->follows = held ? next + 1 : LINES;
    if (bar.stored)
        blocks_revise(translator, machine, 1u << bar.action_line);
    if (breakpoints_after(&translator->breakpoints, bar.instruction, before,
                          machine->a))
        return (struct outcome){1, RUN_BREAKPOINT};
    return (struct outcome){1, RUN_BUDGET};
}

/* Lets the interpreter obey at most BUDGET instructions. */
static struct outcome hand_over(struct translator *translator,
                                struct machine *machine,
                                const struct breakpoints *breakpoints,
                                uint32_t budget)
{
    const struct predecoded *cold = (const void *)translator->cold;
    struct outcome outcome;

    if (translator->weighs)
        budget = budget / WORK_HAND_OVER + 1;
    interpreter->state_changed(translator->cold);
    translator->follows = LINES;
    outcome = interpreter->run(translator->cold, machine, breakpoints, budget);
    translator->work +=
        WORK_DECODE + (uint64_t)outcome.instructions * WORK_HAND_OVER;
    translator->seen |= cold->obeyed;
    blocks_revise(translator, machine, UINT32_MAX);
    return outcome;
}

/* Whether it is time to rest, or still is. */
static bool rests(struct translator *translator)
{
    if (translator->credit < 0 && translator->resting == 0) {
        translator->resting = translator->rest;
        if (translator->rest < LONGEST)
            translator->rest *= 2;
        translator->credit = RETRY * translator->price;
        count_up(&translator->rests);
    }
    return translator->resting > 0;
}

/* One turn of the manager: at most LEFT instructions; at least one, but for a
   block that is left at once, and not entered in the turn that follows. */
static struct outcome turn(struct translator *translator,
                           struct machine *machine,
                           const struct breakpoints *breakpoints, uint32_t left)
{
    uint32_t next = translator_next(translator, machine->ci, machine->test);

    if (rests(translator)) {
        uint32_t slice =
            left < translator->resting ? left : translator->resting;
        struct outcome outcome =
            hand_over(translator, machine, breakpoints, slice);

        translator->resting -= outcome.instructions;
        return outcome;
    }
    if (next >= LINES)
        return hand_over(translator, machine, breakpoints,
                         left < STRAYING ? left : STRAYING);

    struct block *block = blocks_find(translator, machine, next, left);

    if (block == NULL || block->length > left || translator->turns)
        return step(translator, machine, next);
    left = execute(translator, machine, block, left);
    return (struct outcome){left, RUN_BUDGET};
}

/* What happened outside since the last call. */
static void adapt(struct translator *translator, const struct machine *machine,
                  const struct breakpoints *breakpoints)
{
    bool anew = !breakpoints_are_same(&translator->breakpoints, breakpoints) ||
                translator->ci5 != machine->ci5 ||
                translator->immediate_test != machine->immediate_test;

    if (translator->changed) {
        anew |= translator->resting > 0 || translator->depended == 0;
        for (unsigned line = 0; line < LINES; line++)
            anew |= blocks_is_stale(translator, machine, line);
    }
    if (anew)
        forget(translator);
    blocks_revise(translator, machine, translator->edited);
    translator->breakpoints = *breakpoints;
    translator->ci5 = machine->ci5;
    translator->immediate_test = machine->immediate_test;
    translator->edited = 0;
    translator->changed = false;
}

/* How much of BUDGET the next turn has, after OBEYED instructions; 0: none. */
static uint32_t left_of(const struct translator *translator,
                        const struct machine *machine, uint32_t budget,
                        uint32_t obeyed)
{
    uint32_t next = translator_next(translator, machine->ci, machine->test);
    uint32_t left = budget - obeyed;

    if (!translator->weighs || obeyed == 0)
        return left;
    if (translator->work >= (uint64_t)budget + WORK_MIN)
        return 0;
    if (left > budget + WORK_MIN - translator->work)
        left = (uint32_t)(budget + WORK_MIN - translator->work);
    /* What would be interpreted only for want of budget can wait. */
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
           (left = left_of(translator, machine, budget, total.instructions)) >
               0) {
        uint32_t next = translator_next(translator, machine->ci, machine->test);
        struct outcome outcome;

        if (total.instructions > 0 && breakpoints_before(breakpoints, next)) {
            total.status = RUN_BREAKPOINT;
            break;
        }
        outcome = turn(translator, machine, breakpoints, left);
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
    return false; /* no other processor obeys what is written here */
#endif
    memset(translator, 0, sizeof *translator);
    if (area == NULL || area->size == 0 ||
        interpreter->state_size > sizeof translator->cold ||
        !interpreter->start(translator->cold, NULL))
        return false;
    translator->hot = TRANSLATOR_HOT;
    translator->price = PRICE;
    translator->least = LINES; /* no block is longer */
    translator->area = area;
    blocks_open(translator);
    bool fits = exits_start(translator);

    blocks_seal(translator);
    forget(translator);
    return fits;
}

void translator_set_hot(const struct engine *engine, void *state, uint32_t hot)
{
    if (engine == &engine_translator)
        ((struct translator *)state)->hot = hot;
}

bool translator_weigh(const struct engine *engine, void *state)
{
    if (engine != &engine_translator)
        return false;
    ((struct translator *)state)->weighs = true;
    return true;
}

void translator_hurry(const struct engine *engine, void *state)
{
    struct translator *translator = state;

    if (engine != &engine_translator)
        return;
    translator->hot = translator->least = 0;
    translator->price = translator->credit = 0;
}

const struct engine engine_translator = {
    .name = "translator",
    .state_size = sizeof(struct translator),
    .start = start,
    .run = run,
    .line_written = edited,
    .state_changed = changed,
};
