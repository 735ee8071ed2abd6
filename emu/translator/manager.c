/* SPDX-License-Identifier: MIT */
#include "manager.h"
#include "block_cache.h"
#include "chaining.h"
#include "execute.h"
#include "prediction.h"
#include "rest.h"

#define ABOVE_31 256 /* budget of the fallback while CI is above 31 */

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

/* Updates predictions and blocks after EXIT, which may drop EXIT. */
static void note_exit(struct translator *translator,
                      const struct machine *machine, struct block_exit *exit)
{
    if (exit_is_predicted(exit))
        prediction_missed(translator, machine, exit);
    if (exit->kind == EXIT_WROTE)
        blocks_wrote(translator, machine, exit);
}

/* Executes the current block with LEFT instructions left, and takes the arrow
   from where it was left. */
static struct outcome execute(struct translator *translator,
                              struct machine *machine, uint32_t left)
{
    const struct block *block = &translator->blocks[translator->manager.block];
    struct outcome outcome = {0, RUN_BUDGET};
    struct block_exit *exit =
        execute_block(translator, machine, block, left, &outcome.instructions);

    leave(translator, machine, exit);
    note_exit(translator, machine, exit);
    return outcome;
}

/* Looks the next line up in the map table. */
static void look_up(struct translator *translator,
                    const struct machine *machine, uint32_t left)
{
    struct manager *manager = &translator->manager;
    const struct block *block;

    manager->line = translator_next(translator, machine->ci, machine->test);
    if (rest_is_due(translator) || manager->line >= LINES) {
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

static struct outcome interpret(struct translator *translator,
                                struct machine *machine)
{
    struct manager *manager = &translator->manager;
    struct outcome outcome = execute_line(translator, machine, manager->line);

    take(manager, ARROW_INTERPRETED);
    return outcome;
}

static struct outcome rest(struct translator *translator,
                           struct machine *machine, uint32_t left)
{
    uint32_t slice =
        translator->rest.left > 0 ? translator->rest.left : ABOVE_31;
    struct outcome outcome =
        execute_fallback(translator, machine, left < slice ? left : slice);

    if (translator->rest.left > 0)
        translator->rest.left -= outcome.instructions;
    take(&translator->manager, ARROW_ENDED);
    return outcome;
}

/* Executes at most LEFT instructions in the current box. */
static struct outcome do_box(struct translator *translator,
                             struct machine *machine, uint32_t left)
{
    switch (translator->manager.box) {
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
        return interpret(translator, machine);
    case BOX_EXECUTE:
        return execute(translator, machine, left);
    case BOX_REST:
        return rest(translator, machine, left);
    case MANAGER_BOXES:
        break;
    }
    return (struct outcome){0, RUN_BUDGET};
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
    rest_reset(translator);
    translator->manager.box = BOX_LOOK_UP;
}
