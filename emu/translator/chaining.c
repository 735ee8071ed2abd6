/* SPDX-License-Identifier: MIT */
/*
 * The ways into blocks and out of them.
 *
 * Chains are direct jumps, written when both blocks are there.  Writing into
 * code costs an opening of the code's pages (2 us on a host); a jump through
 * a table of data would cost none, but a third branch in every inner loop.
 *
 * The budget is taken once a block, by whoever enters it: all that the longest
 * way through costs.  An exit before the end has a refund, which is set off
 * against what the next block costs.  Where that leaves less than nothing the
 * manager gets control, and finds in struct block_exit what was taken.
 */
#include "emu/machine/count.h"
#include "codegen_internal.h"

struct block_exit *exit_add(struct making *making, enum exit_kind kind,
                            uint32_t ci, bool test)
{
    struct translator *translator = making->translator;
    uint32_t next = translator_next(translator, ci, test);
    uint32_t word = making_word(making);

    /* Without room the last one is spoilt; all will be flushed. */
    making->out_of_exits |= translator->exits_used == EXITS;
    struct block_exit *way =
        &translator->exits[translator->exits_used - making->out_of_exits];

    translator->exits_used += !making->out_of_exits;
    *way = (struct block_exit){
        .kind = kind,
        .block = making->steps[0].line,
        .operand = (uint8_t)word_line(word),
        .target = LINES,
        .test = test,
        .ci = ci,
        .pi = word,
        .obeyed = making->obeyed,
    };
    if (kind == EXIT_CHAIN && next < LINES)
        way->target = (uint8_t)next;
    return way;
}

/* Leaves the block for the manager. */
static void emit_leave(struct making *making, struct block_exit *way)
{
    emit_move_number(&making->emitter, SCRATCH, (uint32_t)(uintptr_t)way);
    emit_jump(&making->emitter, making->translator->leave);
}

/* Fixed target: `sub` and `jge` are filled in when the exit is linked. */
static void emit_chain(struct making *making, struct block_exit *way)
{
    struct emitter *emitter = &making->emitter;

    emit_keep_together(emitter, CHAIN, CODE_LINE);
    emit_operate_number(emitter, X86_SUB, BUDGET, 0);
    way->taken_end = emitter->used;
    emit_jump_if(emitter, IF_NOT_LESS, 0);
    way->jump_end = emitter->used;
    emit_leave(making, way);
}

/*
 * Target unknown: if the operand is that of last time, so is the target.  If
 * not, and if the budget is too small, the map table tells what to try next
 * time; after that it is tried once more, now.
 *
 * The cache is data and far from the code: a processor that sees a write near
 * code which it runs starts that code anew.
 */
static void emit_cache(struct making *making, struct block_exit *way)
{
    struct emitter *emitter = &making->emitter;
    const struct entry *map = making->translator->map;
    size_t poor, other, out_of_reach, still_poor;

    emit_load(emitter, SCRATCH, MACHINE, distance_of(way->operand));
    emit_operate_address(emitter, X86_SUB, BUDGET, &way->cost);
    poor = emit_forward(emitter, IF_LESS);
    emit_operate_address(emitter, X86_CMP, SCRATCH, &way->key);
    other = emit_forward(emitter, IF_NOT_EQUAL);
    emit_increment_address(emitter, &way->hits);
    emit_jump_address(emitter, &way->to);

    emit_place_at(emitter, poor, emitter->used);
    emit_place_at(emitter, other, emitter->used);
    emit_increment_address(emitter, &way->misses);
    emit_operate_address(emitter, X86_ADD, BUDGET, &way->cost);
    emit_save_address(emitter, &way->key, SCRATCH);
    emit_move_number(emitter, FOUND, UNAFFORDABLE);
    emit_save_address(emitter, &way->cost, FOUND);
    emit_operate_number(emitter, X86_ADD, SCRATCH, way->ci + 1);
    if (making->machine->ci5)
        emit_operate_number(emitter, X86_AND, SCRATCH, LINES - 1);
    emit_operate_number(emitter, X86_CMP, SCRATCH, LINES);
    out_of_reach = emit_forward(emitter, IF_NOT_BELOW);
    emit_load_table(emitter, FOUND, SCRATCH, &map->to);
    emit_save_address(emitter, &way->to, FOUND);
    emit_load_table(emitter, FOUND, SCRATCH, &map->length);
    emit_operate_address(emitter, X86_SUB, FOUND, &way->refund);
    emit_save_address(emitter, &way->cost, FOUND);

    emit_place_at(emitter, out_of_reach, emitter->used);
    emit_operate_address(emitter, X86_SUB, BUDGET, &way->cost);
    still_poor = emit_forward(emitter, IF_LESS);
    emit_jump_address(emitter, &way->to);
    emit_place_at(emitter, still_poor, emitter->used);
    emit_leave(making, way);
}

void exit_emit(struct making *making, struct block_exit *way)
{
    switch (way->kind) {
    case EXIT_CHAIN:
        emit_chain(making, way);
        break;
    case EXIT_CACHE:
        emit_cache(making, way);
        break;
    case EXIT_WROTE:
        if (way->negated)
            emit_negate(&making->emitter, A);
        emit_save(&making->emitter, MACHINE, distance_of(way->operand), A);
        emit_leave(making, way);
        break;
    case EXIT_STOP:
    case EXIT_TURNS:
        emit_leave(making, way);
        break;
    }
}

/* An exit that is rarely taken: its code goes behind the block's. */
void exit_emit_if(struct making *making, enum x86_condition condition,
                  struct block_exit *way)
{
    emit_keep_together(&making->emitter, BRANCH, CODE_LINE);
    way->from_end = emit_forward(&making->emitter, condition);
}

/* Exits with a conditional jump get their code, and all get their sums. */
void exits_finish(struct making *making)
{
    struct translator *translator = making->translator;

    making->block->length = making->obeyed;
    for (unsigned i = making->first; i < translator->exits_used; i++) {
        struct block_exit *way = &translator->exits[i];

        if (way->from_end != 0) {
            emit_place_at(&making->emitter, way->from_end,
                          making->emitter.used);
            exit_emit(making, way);
        }
        way->refund = making->obeyed - way->obeyed;
        if (way->kind == EXIT_CACHE)
            way->cost = UNAFFORDABLE;
        if (way->kind == EXIT_CHAIN && !making->emitter.full)
            exit_unlink(translator, way);
    }
}

/*
 * Called from C as `uint64_t gate(machine, code, budget)`.  EBX and ESI are
 * the registers used that C wants back.  What leaves code comes to `leave` with
 * its struct block_exit in ECX; C gets it in EAX and the budget in EDX.
 */
bool exits_start(struct translator *translator)
{
    const int32_t first = 3 * sizeof(uint32_t); /* argument, above ESI, EBX
                                                   and the return address */
    const int32_t a = offsetof(struct machine, a);
    struct emitter emitter = {translator->area->at, translator->area->size, 0,
                              false};

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

/* Writes what a chain costs and leads to. */
static void set_chain(struct translator *translator, struct block_exit *way,
                      int32_t cost, size_t code)
{
    struct emitter emitter = {translator->area->at, translator->area->size, 0,
                              false};

    way->cost = cost;
    emit_number_at(&emitter, way->taken_end, (uint32_t)cost);
    emit_place_at(&emitter, way->jump_end, code);
}

void exit_link(struct translator *translator, struct block_exit *way)
{
    const struct block *next = &translator->blocks[way->target];

    way->linked = true;
    set_chain(translator, way, (int32_t)(next->length - way->refund),
              next->code);
}

/* A chain that leads nowhere gives the refund back and falls into the code
   behind it. */
void exit_unlink(struct translator *translator, struct block_exit *way)
{
    way->linked = false;
    set_chain(translator, way, -(int32_t)way->refund, way->jump_end);
}

void exits_count(struct translator *translator)
{
    for (unsigned i = 0; i < translator->exits_used; i++) {
        struct block_exit *way = &translator->exits[i];

        way->all_hits = count_sum(way->all_hits, way->hits);
        way->all_misses = count_sum(way->all_misses, way->misses);
        way->hits = way->misses = 0;
    }
}
