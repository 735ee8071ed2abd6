/* SPDX-License-Identifier: MIT */
#include "prediction_code.h"
#include "code_pages.h"

/* Emits an empty guess that compares FROM.  Once it has a target, it ends with
   a jump to the manager, taken if the budget is too small. */
static void emit_guess(struct codegen *gen, struct guess *guess,
                       enum x86_register from)
{
    struct emitter *emitter = &gen->emitter;
    size_t other;

    codegen_keep_together(gen, CHAIN);
    emit_operate_number(emitter, X86_CMP, from, 0);
    guess->compare_end = emitter->used;
    other = emit_forward(emitter, IF_NOT_EQUAL);
    emit_increment_address(emitter, &guess->hits);
    codegen_keep_together(gen, CHAIN);
    emit_operate_number(emitter, X86_SUB, BUDGET, 0);
    guess->sub_end = emitter->used;
    guess->jump_end = emit_forward(emitter, IF_NOT_LESS);
    emit_operate_number(emitter, X86_ADD, BUDGET, 0);
    guess->add_end = emitter->used;
    emit_jump(emitter, 0);
    guess->end = emitter->used;
    emit_place_at(emitter, other, guess->end);
    emit_place_at(emitter, guess->jump_end, guess->end);
    emit_place_at(emitter, guess->end, guess->end);
}

/* Emits SCRATCH := index in the map table, from the operand in SCRATCH.
   Returns the end of a jump that is taken if there is no such line. */
static size_t emit_line_index(struct codegen *gen,
                              const struct block_exit *exit)
{
    struct emitter *emitter = &gen->emitter;

    emit_operate_number(emitter, X86_ADD, SCRATCH, exit->ci + 1);
    if (gen->machine->ci5)
        emit_operate_number(emitter, X86_AND, SCRATCH, LINES - 1);
    emit_operate_number(emitter, X86_CMP, SCRATCH, LINES);
    return emit_forward(emitter, IF_NOT_BELOW);
}

/* Emits SCRATCH := version_index() of the target.  Returns the end of a jump
   that is taken if the entry belongs to another word. */
static size_t emit_version_index(struct codegen *gen,
                                 const struct block_exit *exit)
{
    struct emitter *emitter = &gen->emitter;
    int32_t word = distance_of(exit->target);

    emit_load(emitter, SCRATCH, MACHINE, word);
    emit_operate_number(emitter, X86_ADD, SCRATCH, VERSION_STEP * exit->target);
    emit_operate_number(emitter, X86_AND, SCRATCH, LINES - 1);
    emit_load_table(emitter, FOUND, SCRATCH,
                    &gen->translator->version_keys->word);
    emit_operate_memory(emitter, X86_CMP, FOUND, MACHINE, word);
    return emit_forward(emitter, IF_NOT_EQUAL);
}

/* Emits the lookup of the target.  The code continues behind it if the manager
   has to look. */
static void emit_lookup(struct codegen *gen, const struct block_exit *exit)
{
    struct translator *translator = gen->translator;
    struct emitter *emitter = &gen->emitter;
    struct prediction *prediction = translator_prediction(translator, exit);
    bool version = exit->kind == EXIT_VERSION;
    const struct map_entry *map =
        version ? translator->version_map : translator->map;
    size_t reviewed, not_found, unaffordable;

    emit_increment_address(emitter, &prediction->review);
    reviewed = emit_forward(emitter, IF_NOT_NEGATIVE);
    not_found = (version ? emit_version_index : emit_line_index)(gen, exit);
    emit_increment_table(emitter, SCRATCH, &prediction->profile->missed);
    emit_load_table(emitter, FOUND, SCRATCH, &map->to);
    emit_save_address(emitter, &prediction->to, FOUND);
    emit_load_table(emitter, FOUND, SCRATCH, &map->length);
    emit_operate_address(emitter, X86_SUB, FOUND, &exit->refund);
    emit_save_address(emitter, &prediction->cost, FOUND);
    emit_operate_address(emitter, X86_SUB, BUDGET, &prediction->cost);
    unaffordable = emit_forward(emitter, IF_LESS);
    emit_jump_address(emitter, &prediction->to);
    emit_place_at(emitter, unaffordable, emitter->used);
    emit_operate_address(emitter, X86_ADD, BUDGET, &prediction->cost);
    emit_place_at(emitter, reviewed, emitter->used);
    emit_place_at(emitter, not_found, emitter->used);
}

void prediction_emit(struct codegen *gen, struct block_exit *exit)
{
    struct emitter *emitter = &gen->emitter;
    struct prediction *prediction =
        translator_prediction(gen->translator, exit);
    bool indirect = exit->kind == EXIT_INDIRECT;
    enum x86_register from = exit->in_a ? A : SCRATCH;

    if (from == SCRATCH)
        emit_load(emitter, SCRATCH, MACHINE,
                  distance_of(indirect ? exit->operand : exit->target));
    for (unsigned i = 0; i < GUESSES; i++)
        emit_guess(gen, &prediction->guesses[i], from);
    emit_increment_address(emitter, &prediction->misses);
    emit_lookup(gen, exit);
    prediction->leave = emitter->used;
}

void prediction_patch(struct translator *translator,
                      const struct block_exit *exit, const struct guess *guess)
{
    struct emitter emitter =
        emit_start(translator->area->at, translator->area->size, 0);
    const struct block *block = &translator->blocks[guess->target];
    bool empty = guess->target == BLOCKS;
    uint32_t cost = empty ? 0 : block->length - exit->refund;

    blocks_open(translator);
    emit_number_at(&emitter, guess->compare_end, guess->key);
    emit_number_at(&emitter, guess->sub_end, cost);
    emit_place_at(&emitter, guess->jump_end, empty ? guess->end : block->code);
    emit_number_at(&emitter, guess->add_end, cost);
    emit_place_at(&emitter, guess->end,
                  empty ? guess->end
                        : translator_prediction(translator, exit)->leave);
}
