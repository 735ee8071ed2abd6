/* SPDX-License-Identifier: MIT */
#include "execute.h"
#include "block_cache.h"
#include "code_pages.h"
#include "emu/machine/count.h"
#include "emu/machine/instruction_set.h"
#include "prediction.h"
#include "rest.h"

/* Engine that runs the machine while the translator rests. */
static const struct engine *const fallback = &engine_predecoded;

#define SLICE_MAX (1 << 30) /* maximum budget of an entry (signed in code) */

/* Work: cost in translated instructions. */
#define WORK_ENTER    32  /* work to enter and leave translated code */
#define WORK_STEP     64  /* work to interpret an instruction */
#define WORK_FALLBACK 8   /* work per instruction of the fallback */
#define WORK_DECODE   256 /* work to call the fallback and decode the store */

typedef uint64_t gate(struct machine *machine, const uint8_t *code,
                      uint32_t budget);

bool execute_start(struct translator *translator)
{
    return fallback->state_size <= sizeof translator->rest.state &&
           fallback->start(translator->rest.state, NULL);
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

/* Returns the budget for entering BLOCK with LEFT instructions left.  With
   one_box, no block that follows can afford it: nothing is prepaid, so a refund
   is below LINES. */
static uint32_t slice_of(const struct translator *translator,
                         const struct block *block, uint32_t left)
{
    if (translator->manager.one_box)
        return block->length - LINES;
    return left < SLICE_MAX ? left : SLICE_MAX;
}

struct block_exit *execute_block(struct translator *translator,
                                 struct machine *machine,
                                 const struct block *block, uint32_t left,
                                 uint32_t *executed)
{
    gate *translated = (gate *)(uintptr_t)translator->area->at;
    uint32_t slice = slice_of(translator, block, left);
    uint64_t result;

    blocks_map_version(translator, block);
    prediction_learn(translator, block);
    blocks_seal(translator);
    count_up(&translator->blocks[block - translator->blocks].entered);
    translator->follows = LINES;
    result = translated(machine, translator->area->at + block->code,
                        slice - block->length);

    struct block_exit *exit = (struct block_exit *)(uintptr_t)(uint32_t)result;
    uint32_t rest = (uint32_t)(result >> 32) + exit->cost + exit->refund;

    *executed = slice - rest;
    rest_earn(translator, *executed);
    if (exit->kind == EXIT_VERSION)
        rest_charge(translator, WORK_ENTER);
    machine->prepulses += *executed;
    machine->instructions += *executed;
    translator->work += *executed + WORK_ENTER;
    translator->interpret_next = exit->kind == EXIT_BREAKPOINT;
    interp(machine, exit);
    return exit;
}

struct outcome execute_line(struct translator *translator,
                            struct machine *machine, uint32_t next)
{
    bool held = translator_may_hold(translator, machine, next);
    uint32_t before = machine->a;
    struct bar bar = prepulse(machine, &controls_normal);

    translator->work += WORK_STEP;
    if (translator->versioned != 0)
        rest_charge(translator, 2 * WORK_STEP);
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

struct outcome execute_fallback(struct translator *translator,
                                struct machine *machine, uint32_t budget)
{
    struct lines_used used;
    struct outcome outcome;

    if (translator->limits_work)
        budget = budget / WORK_FALLBACK + 1;
    if (translator->rest.left == 0)
        rest_charge(translator, WORK_DECODE);
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
