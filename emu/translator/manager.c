/* SPDX-License-Identifier: MIT */
#include "manager.h"
#include "block_cache.h"
#include "chaining.h"
#include "code_pages.h"
#include "emu/machine/count.h"
#include "emu/machine/instruction_set.h"
#include "prediction.h"

/* Engine that runs the machine while the translator rests. */
static const struct engine *const fallback = &engine_predecoded;

/* Costs and lengths in instructions. */
#define REST_MIN  (1 << 16)
#define REST_MAX  (1 << 24)
#define SLICE_MAX (1 << 30) /* maximum budget of an entry (signed in code) */
#define ABOVE_31  256       /* budget of the fallback while CI is above 31 */

/* Credit in units of the translation cost. */
#define CREDIT_MAX   64 /* maximum and initial credit */
#define CREDIT_RETRY 8  /* credit after a rest */

/* Work: cost in translated instructions. */
#define WORK_ENTER    32  /* work to enter and leave translated code */
#define WORK_STEP     64  /* work to interpret an instruction */
#define WORK_FALLBACK 8   /* work per instruction of the fallback */
#define WORK_DECODE   256 /* work to call the fallback and decode the store */

typedef uint64_t gate(struct machine *machine, const uint8_t *code,
                      uint32_t budget);

/* Returns the box that ARROW leads to. */
static enum manager_box leads_to(enum manager_arrow arrow)
{
    static const enum manager_box boxes[MANAGER_ARROWS] = {
        [ARROW_CALLED] = BOX_LOOK_UP,    [ARROW_HIT] = BOX_EXECUTE,
        [ARROW_MISS] = BOX_DECIDE,       [ARROW_SHORT] = BOX_INTERPRET,
        [ARROW_RESTED] = BOX_REST,       [ARROW_COLD] = BOX_INTERPRET,
        [ARROW_HOT] = BOX_TRANSLATE,     [ARROW_TRANSLATED] = BOX_EXECUTE,
        [ARROW_REFUSED] = BOX_INTERPRET, [ARROW_INTERPRETED] = BOX_LOOK_UP,
        [ARROW_CHAINED] = BOX_EXECUTE,   [ARROW_PREDICTED] = BOX_EXECUTE,
        [ARROW_FOUND] = BOX_EXECUTE,     [ARROW_LEFT] = BOX_LOOK_UP,
        [ARROW_SPENT] = BOX_LOOK_UP,     [ARROW_ENDED] = BOX_LOOK_UP,
    };

    return boxes[arrow];
}

/* Charges WORK, unless translations are free. */
static void spend(struct translator *translator, int32_t work)
{
    if (translator->translation_cost > 0)
        translator->rest.credit -= work;
}

/* Completes the machine state after EXIT. */
static void interp(struct machine *machine, const struct block_exit *exit)
{
    machine->ci = exit->ci;
    machine->pi = exit->pi;
    machine->test = exit->test;
    machine->neon = exit->kind == EXIT_STOP;
    if (exit->kind == EXIT_INDIRECT)
        machine->ci += machine->store[exit->operand];
    if (machine->ci5)
        machine->ci &= LINES - 1;
}

/* Updates predictions and blocks after EXIT, which may drop EXIT. */
static void note_exit(struct translator *translator,
                      const struct machine *machine, struct block_exit *exit)
{
    if (exit->kind == EXIT_VERSION)
        spend(translator, WORK_ENTER);
    if (exit_is_predicted(exit))
        prediction_missed(translator, machine, exit);
    if (exit->kind == EXIT_WROTE)
        blocks_wrote(translator, machine, exit);
}

/* Returns the budget for entering BLOCK with LEFT instructions left.  With
   one_box, no block that follows can afford it, as a refund is below LINES. */
static uint32_t slice_of(const struct translator *translator,
                         const struct block *block, uint32_t left)
{
    if (translator->manager.one_box)
        return block->length - LINES;
    return left < SLICE_MAX ? left : SLICE_MAX;
}

static void take(struct manager *manager, enum manager_arrow arrow)
{
    manager->arrows[arrow]++;
    manager->arrow = arrow;
    manager->box = leads_to(arrow);
}

static void take_to_block(struct translator *translator,
                          enum manager_arrow arrow, const struct block *block)
{
    translator->manager.block = (unsigned)(block - translator->blocks);
    take(&translator->manager, arrow);
}

/* How translated code tries to leave an exit without the manager. */
struct attempt {
    enum manager_arrow arrow; /* ARROW_LEFT if it does not try */
    unsigned block;           /* number of the next block, or BLOCKS if none */
};

static struct attempt attempt_at(const struct translator *translator,
                                 const struct machine *machine,
                                 const struct block_exit *exit)
{
    unsigned guess;

    if (exit->kind == EXIT_CHAIN)
        return (struct attempt){ARROW_CHAINED,
                                exit->linked ? exit_leads_to(exit) : BLOCKS};
    if (!exit_is_predicted(exit))
        return (struct attempt){ARROW_LEFT, BLOCKS};
    guess = prediction_guess(translator, machine, exit);
    if (guess < BLOCKS)
        return (struct attempt){ARROW_PREDICTED, guess};
    return (struct attempt){ARROW_FOUND,
                            prediction_look_up(translator, machine, exit)};
}

/* Takes the arrow from EXIT, where the code has returned.  The code counts an
   attempt before it checks the budget, so that count is taken back. */
static void leave(struct translator *translator, const struct machine *machine,
                  const struct block_exit *exit)
{
    struct manager *manager = &translator->manager;
    struct attempt attempt = attempt_at(translator, machine, exit);

    if (attempt.arrow != ARROW_LEFT &&
        (attempt.arrow != ARROW_CHAINED || manager->counts_chains))
        manager->arrows[attempt.arrow]--;
    if (attempt.block == BLOCKS) {
        take(manager, ARROW_LEFT);
    } else if (!manager->one_box) {
        take(manager, ARROW_SPENT);
    } else {
        manager->line = translator->blocks[attempt.block].entry;
        take_to_block(translator, attempt.arrow,
                      &translator->blocks[attempt.block]);
    }
}

/* Enters BLOCK and returns the number of instructions executed.  LEFT is the
   remaining budget, which must be at least the length of BLOCK. */
static uint32_t execute(struct translator *translator, struct machine *machine,
                        const struct block *block, uint32_t left)
{
    gate *enter = (gate *)(uintptr_t)translator->area->at;
    uint32_t slice = slice_of(translator, block, left);
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
    interp(machine, exit);
    leave(translator, machine, exit);
    note_exit(translator, machine, exit);
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
                                   struct machine *machine, uint32_t budget)
{
    struct lines_used used;
    struct outcome outcome;

    if (translator->limits_work)
        budget = budget / WORK_FALLBACK + 1;
    fallback->state_changed(translator->rest.state);
    fallback->restart(translator->rest.state);
    translator->follows = LINES;
    translator->miss.exit = NULL;
    outcome = fallback->run(translator->rest.state, machine,
                            &translator->breakpoints, budget);
    translator->work +=
        WORK_DECODE + (uint64_t)outcome.instructions * WORK_FALLBACK;
    used = fallback->lines_used(translator->rest.state);
    translator->executed_lines |= used.executed;
    translator->lines_used.executed |= used.executed;
    translator->lines_used.accessed |= used.accessed;
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

/* Looks the next line up in the map table. */
static void look_up(struct translator *translator,
                    const struct machine *machine, uint32_t left)
{
    struct manager *manager = &translator->manager;
    const struct block *block;

    manager->line = translator_next(translator, machine->ci, machine->test);
    if (rests(translator) || manager->line >= LINES) {
        take(manager, ARROW_RESTED);
        return;
    }
    block = blocks_at(translator, machine, manager->line);
    if (block == NULL)
        take(manager, ARROW_MISS);
    else if (block->length > left || translator->interpret_next)
        take(manager, ARROW_SHORT);
    else
        take_to_block(translator, ARROW_HIT, block);
}

/* Decides whether to translate the line looked up. */
static void decide(struct translator *translator, const struct machine *machine,
                   uint32_t left)
{
    struct manager *manager = &translator->manager;
    bool hot = !translator->interpret_next &&
               blocks_is_hot(translator, machine, manager->line, left);

    take(manager, hot ? ARROW_HOT : ARROW_COLD);
}

/* Discovers a block, translates it and enters it in the map table. */
static void translate(struct translator *translator,
                      const struct machine *machine, uint32_t left)
{
    struct manager *manager = &translator->manager;
    const struct block *block;

    blocks_translate(translator, machine, manager->line);
    block = blocks_at(translator, machine, manager->line);
    if (block == NULL || block->length > left)
        take(manager, ARROW_REFUSED);
    else
        take_to_block(translator, ARROW_TRANSLATED, block);
}

/* Runs the fallback engine during a rest, or while CI is above 31. */
static struct outcome rest(struct translator *translator,
                           struct machine *machine, uint32_t left)
{
    struct outcome outcome;
    uint32_t slice = translator->rest.left;

    if (slice == 0) {
        spend(translator, WORK_DECODE);
        return run_fallback(translator, machine,
                            left < ABOVE_31 ? left : ABOVE_31);
    }
    outcome = run_fallback(translator, machine, left < slice ? left : slice);
    translator->rest.left -= outcome.instructions;
    return outcome;
}

/* Executes at most LEFT instructions in the current box. */
static struct outcome do_box(struct translator *translator,
                             struct machine *machine, uint32_t left)
{
    struct manager *manager = &translator->manager;
    struct outcome outcome = {0, RUN_BUDGET};

    switch (manager->box) {
    case BOX_LOOK_UP:
        look_up(translator, machine, left);
        break;
    case BOX_DECIDE:
        decide(translator, machine, left);
        break;
    case BOX_TRANSLATE:
        translate(translator, machine, left);
        break;
    case BOX_INTERPRET:
        outcome = interpret(translator, machine, manager->line);
        take(manager, ARROW_INTERPRETED);
        break;
    case BOX_EXECUTE:
        outcome.instructions = execute(
            translator, machine, &translator->blocks[manager->block], left);
        break;
    case BOX_REST:
        outcome = rest(translator, machine, left);
        take(manager, ARROW_ENDED);
        break;
    case MANAGER_BOXES:
        break;
    }
    return outcome;
}

struct outcome manager_run(struct translator *translator,
                           struct machine *machine, uint32_t left)
{
    struct outcome outcome;

    do {
        outcome = do_box(translator, machine, left);
    } while (translator->manager.box != BOX_LOOK_UP &&
             !translator->manager.one_box);
    return outcome;
}

/* Returns whether the machine is where the manager left it. */
static bool may_go_on(const struct translator *translator,
                      const struct machine *machine, uint32_t budget)
{
    const struct manager *manager = &translator->manager;
    uint32_t next = translator_next(translator, machine->ci, machine->test);
    const struct block *block = &translator->blocks[manager->block];

    switch (manager->box) {
    case BOX_LOOK_UP:
        return true;
    case BOX_REST:
        return translator->rest.left > 0 || next >= LINES;
    case BOX_DECIDE:
    case BOX_TRANSLATE:
        return next == manager->line &&
               blocks_at(translator, machine, next) == NULL;
    case BOX_EXECUTE:
        return next == manager->line &&
               blocks_at(translator, machine, next) == block &&
               block->length <= budget;
    default:
        return next == manager->line;
    }
}

void manager_begin(struct translator *translator, const struct machine *machine,
                   uint32_t budget)
{
    struct manager *manager = &translator->manager;

    if (!manager->one_box || manager->arrows[ARROW_CALLED] == 0 ||
        !may_go_on(translator, machine, budget))
        take(manager, ARROW_CALLED);
}

void manager_end(struct translator *translator)
{
    struct manager *manager = &translator->manager;

    manager->arrows[ARROW_CHAINED] += manager->chained;
    manager->chained = 0;
    manager->one_box = false;
}

void manager_reset(struct translator *translator)
{
    struct rest *rest = &translator->rest;

    rest->credit = CREDIT_MAX * translator->translation_cost;
    rest->next = REST_MIN;
    rest->left = 0;
    translator->manager.box = BOX_LOOK_UP;
}

bool manager_start(struct translator *translator)
{
    return fallback->state_size <= sizeof translator->rest.state &&
           fallback->start(translator->rest.state, NULL);
}
