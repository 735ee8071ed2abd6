/* SPDX-License-Identifier: MIT */
/*
 * Translation chaining, and the other entries and exits of blocks.
 *
 * A chain is a direct jump, patched as soon as both blocks exist.  Patching
 * must open the code pages for writing, which takes about 2 us on a host.  A
 * jump through a data table would need no patching but would add a third branch
 * to every inner loop.
 *
 * The caller of a block charges the budget for the longest path through it.  A
 * shorter path has a refund, which is deducted from the cost of the next block.
 * If the budget becomes negative, control returns to the manager, which finds
 * the cost in struct block_exit.
 *
 * A conditional exit to an inner loop is prepaid: the block charges the budget
 * for a pass of that loop, too.  The exit then costs nothing, and its branch is
 * patched to lead straight to the loop.
 */
#include "chaining.h"
#include "prediction.h"
#include "prediction_code.h"

struct block_exit *exit_add(struct codegen *gen, enum exit_kind kind,
                            uint32_t ci, bool test)
{
    struct translator *translator = gen->translator;
    uint32_t next = translator_next(translator, ci, test);
    uint32_t word = codegen_word(gen);

    /* If there are too few exits or predictions, all blocks will be flushed, so
       any of them may be used until then. */
    gen->out_of_exits |= translator->exits_used == EXITS;
    struct block_exit *exit =
        &translator->exits[translator->exits_used - gen->out_of_exits];

    translator->exits_used += !gen->out_of_exits;
    *exit = (struct block_exit){
        .kind = kind,
        .block = (uint8_t)gen->number,
        .line = (uint8_t)gen->line,
        .operand = (uint8_t)word_line(word),
        .target = LINES,
        .test = test,
        .ci = ci,
        .pi = word,
        .executed = gen->executed,
    };
    if (kind == EXIT_CHAIN && next < LINES) {
        exit->target = (uint8_t)next;
        exit->repeats = (gen->block->keyed & ~gen->block->stores) >> next & 1;
        if (translator->versioned >> next & 1 && !exit->repeats)
            exit->kind = EXIT_VERSION;
        exit->in_a = gen->equal == next;
    }
    if (exit_is_predicted(exit))
        gen->out_of_exits |= !prediction_add(translator, exit);
    return exit;
}

bool exit_may_prepay(const struct codegen *gen, const struct block_exit *exit)
{
    const struct block *block = gen->block;

    return gen->translator->prepaid && exit->kind == EXIT_CHAIN &&
           exit->target < LINES && exit->target != block->entry &&
           exit->target <= exit->line && block->lines >> exit->target & 1;
}

static void emit_leave(struct codegen *gen, struct block_exit *exit)
{
    emit_move_number(&gen->emitter, SCRATCH, (uint32_t)(uintptr_t)exit);
    emit_jump(&gen->emitter, gen->translator->leave);
}

/* Emits a jump to a constant target, to be patched by exit_link(). */
static void emit_chain(struct codegen *gen, struct block_exit *exit)
{
    struct emitter *emitter = &gen->emitter;

    if (gen->translator->manager.counts_chains)
        emit_increment_address(emitter, &gen->translator->manager.chained);
    codegen_keep_together(gen, CHAIN);
    emit_operate_number(emitter, X86_SUB, BUDGET, 0);
    exit->sub_end = emitter->used;
    emit_jump_if(emitter, IF_NOT_LESS, 0);
    exit->jump_end = emitter->used;
    emit_leave(gen, exit);
}

void exit_emit(struct codegen *gen, struct block_exit *exit)
{
    switch (exit->kind) {
    case EXIT_CHAIN:
        emit_chain(gen, exit);
        break;
    case EXIT_INDIRECT:
    case EXIT_VERSION:
        prediction_emit(gen, exit);
        emit_leave(gen, exit);
        break;
    case EXIT_WROTE:
        if (exit->negated)
            emit_negate(&gen->emitter, A);
        emit_save(&gen->emitter, MACHINE, distance_of(exit->operand), A);
        emit_leave(gen, exit);
        break;
    case EXIT_STOP:
    case EXIT_BREAKPOINT:
        emit_leave(gen, exit);
        break;
    }
}

size_t exit_emit_unless(struct codegen *gen, enum x86_condition condition,
                        struct block_exit *exit)
{
    size_t skips;

    codegen_keep_together(gen, BRANCH);
    skips = emit_forward(&gen->emitter, condition);
    exit_emit(gen, exit);
    emit_place_at(&gen->emitter, skips, gen->emitter.used);
    return skips;
}

void exit_emit_if(struct codegen *gen, enum x86_condition condition,
                  struct block_exit *exit)
{
    codegen_keep_together(gen, BRANCH);
    exit->branch_end = emit_forward(&gen->emitter, condition);
}

/* Returns the number of instructions that the block has to pay for.  The block
   at the target of a prepaid exit has the same lines as this one from there. */
static uint32_t length_of(const struct codegen *gen)
{
    const struct translator *translator = gen->translator;
    uint32_t length = gen->executed;

    for (unsigned i = gen->first; i < translator->exits_used; i++) {
        const struct block_exit *exit = &translator->exits[i];

        if (exit->branch_end != 0 && exit_may_prepay(gen, exit)) {
            uint32_t path =
                exit->executed + gen->executed - gen->before[exit->target];

            if (path > length)
                length = path;
        }
    }
    return length;
}

void exits_finish(struct codegen *gen)
{
    struct translator *translator = gen->translator;

    gen->block->length = length_of(gen);
    for (unsigned i = gen->first; i < translator->exits_used; i++) {
        struct block_exit *exit = &translator->exits[i];

        if (exit->branch_end != 0) {
            emit_place_at(&gen->emitter, exit->branch_end, gen->emitter.used);
            exit_emit(gen, exit);
        }
        exit->refund = gen->block->length - exit->executed;
        if (gen->emitter.full || gen->out_of_exits)
            continue;
        if (exit->kind == EXIT_CHAIN)
            exit_unlink(translator, exit);
    }
}

/* C calls the prologue as `uint64_t gate(machine, code, budget)`.  It saves EBX
   and ESI, which C expects to be preserved.  Exits jump to `leave` with their
   struct block_exit in ECX; C receives it in EAX, and the budget in EDX. */
bool exits_start(struct translator *translator)
{
    const int32_t first = 3 * sizeof(uint32_t); /* skip ESI, EBX and EIP */
    const int32_t a = offsetof(struct machine, a);
    struct emitter emitter =
        emit_start(translator->area->at, translator->area->size, 0);

    emit_push(&emitter, EBX);
    emit_push(&emitter, ESI);
    emit_load_argument(&emitter, MACHINE, first);
    emit_load_argument(&emitter, SCRATCH, first + 4);
    emit_load_argument(&emitter, BUDGET, first + 8);
    emit_load(&emitter, A, MACHINE, a);
    emit_jump_register(&emitter, SCRATCH);
    translator->leave = emitter.used;
    emit_save(&emitter, MACHINE, a, A);
    emit_move(&emitter, EAX, SCRATCH);
    emit_pop(&emitter, ESI);
    emit_pop(&emitter, EBX);
    emit_return(&emitter);
    translator->cleared = translator->used = emitter.used;
    return !emitter.full;
}

static void set_chain(struct translator *translator, struct block_exit *exit,
                      int32_t cost, size_t code)
{
    struct emitter emitter =
        emit_start(translator->area->at, translator->area->size, 0);

    exit->cost = cost;
    emit_number_at(&emitter, exit->sub_end, (uint32_t)cost);
    emit_place_at(&emitter, exit->jump_end, code);
    if (exit->branch_end != 0 && translator->prepaid)
        emit_place_at(&emitter, exit->branch_end,
                      cost == 0 ? code : exit->sub_end - CHARGE);
}

void exit_link(struct translator *translator, struct block_exit *exit)
{
    const struct block *next = &translator->blocks[exit_leads_to(exit)];

    exit->linked = true;
    set_chain(translator, exit, (int32_t)(next->length - exit->refund),
              next->code);
}

/* An unlinked exit returns its refund and falls through to the manager. */
void exit_unlink(struct translator *translator, struct block_exit *exit)
{
    exit->linked = false;
    set_chain(translator, exit, -(int32_t)exit->refund, exit->jump_end);
}

void exits_count(struct translator *translator)
{
    for (unsigned i = 0; i < translator->exits_used; i++) {
        struct block_exit *exit = &translator->exits[i];

        if (exit_is_predicted(exit))
            prediction_count(translator, exit);
    }
}
