/* SPDX-License-Identifier: MIT */
/*
 * Software indirect jump prediction, by a chain of ifs.
 *
 * An indirect jump goes to the line in its operand, and a jump to a rewritten
 * line goes to the version for its word.  The code compares this operand or
 * word with up to GUESSES keys, each of which has a direct jump to its block:
 *
 *      mov  ecx, [line]       omitted if EAX holds the word
 *      cmp  ecx, key          first guess
 *      jne  other
 *      inc  [hits]
 *      sub  edx, cost         budget of the target
 *      jge  target
 *      add  edx, cost         too small
 *      jmp  leave
 *  other: ...                 the next guess, and after the last one the miss
 *
 * After a miss, the code looks the block up in the map table, without the
 * manager, and counts which target it was.  The versions of rewritten lines
 * have a map table of their own, indexed by a hash of line and word.
 *
 * The manager fills an empty guess on the first miss.  Once all are full, it
 * reviews them after REVIEW misses: a target that was missed more often than
 * the least common guess was hit replaces it.  The guesses are then ordered by
 * their hits, as they are at the end of a call of run().  Counts are halved
 * each time, so that the order follows the program.  Two guesses are swapped
 * only if their hits differ by more than a quarter, because a swap has to open
 * the code pages for writing.
 */
#include "prediction.h"
#include "code_pages.h"
#include "emu/machine/count.h"

#define REVIEW 256u /* misses between two reviews */

/* Returns the word that the code compares at EXIT. */
static uint32_t key_at(const struct machine *machine,
                       const struct block_exit *exit)
{
    return machine
        ->store[exit->kind == EXIT_INDIRECT ? exit->operand : exit->target];
}

static struct prediction *of(struct translator *translator,
                             const struct block_exit *exit)
{
    return &translator->predictions[exit->prediction];
}

bool prediction_add(struct translator *translator, struct block_exit *exit)
{
    if (translator->predictions_used == PREDICTIONS)
        return false;
    exit->prediction = (uint8_t)translator->predictions_used++;
    struct prediction *prediction = of(translator, exit);

    *prediction = (struct prediction){.review = 0u - 1};
    for (unsigned i = 0; i < GUESSES; i++)
        prediction->guesses[i].target = BLOCKS;
    return true;
}

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
    struct prediction *prediction = of(translator, exit);
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
    struct prediction *prediction = of(gen->translator, exit);
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

/* Patches the code of GUESS.  An empty guess leads to the code behind it. */
static void set_guess(struct translator *translator,
                      const struct block_exit *exit, const struct guess *guess)
{
    struct emitter emitter = {translator->area->at, translator->area->size, 0,
                              false, 0};
    const struct block *block = &translator->blocks[guess->target];
    bool empty = guess->target == BLOCKS;
    uint32_t cost = empty ? 0 : block->length - exit->refund;

    blocks_open(translator);
    emit_number_at(&emitter, guess->compare_end, guess->key);
    emit_number_at(&emitter, guess->sub_end, cost);
    emit_place_at(&emitter, guess->jump_end, empty ? guess->end : block->code);
    emit_number_at(&emitter, guess->add_end, cost);
    emit_place_at(&emitter, guess->end,
                  empty ? guess->end : of(translator, exit)->leave);
}

void prediction_missed(struct translator *translator,
                       const struct machine *machine, struct block_exit *exit)
{
    translator->miss = (struct miss){
        .exit = exit,
        .key = key_at(machine, exit),
        .line = translator_next(translator, machine->ci, machine->test),
    };
}

/* Gives GUESS another key and target, but keeps its place in the code. */
static void assign(struct guess *guess, const struct guess *from)
{
    guess->target = from->target;
    guess->key = from->key;
    guess->hits = from->hits;
    guess->all_hits = from->all_hits;
    guess->weight = from->weight;
}

static void swap(struct translator *translator, const struct block_exit *exit,
                 struct guess *left, struct guess *right)
{
    struct guess held = *left;

    assign(left, right);
    assign(right, &held);
    set_guess(translator, exit, left);
    set_guess(translator, exit, right);
}

/* Adds the counts of the current call to the others. */
static void collect(struct translator *translator,
                    struct prediction *prediction)
{
    uint64_t *arrows = translator->manager.arrows;

    for (unsigned i = 0; i < GUESSES; i++) {
        struct guess *guess = &prediction->guesses[i];

        if (guess->target < BLOCKS) {
            arrows[ARROW_PREDICTED] += guess->hits;
            guess->all_hits = count_sum(guess->all_hits, guess->hits);
            guess->weight = count_sum(guess->weight, guess->hits);
            prediction->all_hits = count_sum(prediction->all_hits, guess->hits);
            prediction->recent = count_sum(prediction->recent, guess->hits);
        }
        guess->hits = 0;
    }
    arrows[ARROW_FOUND] += prediction->misses;
    prediction->all_misses =
        count_sum(prediction->all_misses, prediction->misses);
    prediction->recent = count_sum(prediction->recent, prediction->misses);
    prediction->misses = 0;
}

static bool is_more(uint32_t weight, uint32_t than)
{
    return weight > count_sum(than, than / 4);
}

/* Orders the guesses, most common first, and halves all counts. */
static void order(struct translator *translator, const struct block_exit *exit)
{
    struct prediction *prediction = of(translator, exit);
    struct guess *guesses = prediction->guesses;

    for (unsigned i = 1; i < GUESSES; i++)
        for (unsigned j = i; j > 0 && guesses[j].target < BLOCKS &&
                             is_more(guesses[j].weight, guesses[j - 1].weight);
             j--)
            swap(translator, exit, &guesses[j - 1], &guesses[j]);
    for (unsigned i = 0; i < GUESSES; i++)
        guesses[i].weight /= 2;
    for (unsigned i = 0; i < LINES; i++)
        prediction->profile[i].missed /= 2;
    prediction->recent = 0;
}

static bool has_key(const struct prediction *prediction, uint32_t key)
{
    for (unsigned i = 0; i < GUESSES; i++)
        if (prediction->guesses[i].target < BLOCKS &&
            prediction->guesses[i].key == key)
            return true;
    return false;
}

unsigned prediction_guess(const struct translator *translator,
                          const struct machine *machine,
                          const struct block_exit *exit)
{
    const struct guess *guesses =
        translator->predictions[exit->prediction].guesses;

    for (unsigned i = 0; i < GUESSES; i++)
        if (guesses[i].target < BLOCKS &&
            guesses[i].key == key_at(machine, exit))
            return guesses[i].target;
    return BLOCKS;
}

unsigned prediction_look_up(const struct translator *translator,
                            const struct machine *machine,
                            const struct block_exit *exit)
{
    const struct prediction *prediction =
        &translator->predictions[exit->prediction];
    uint32_t next = translator_next(translator, machine->ci, machine->test);
    uint32_t word = machine->store[exit->target % LINES];
    unsigned index = version_index(exit->target, word);

    if ((int32_t)prediction->review >= 0 || next >= LINES)
        return BLOCKS;
    if (exit->kind == EXIT_INDIRECT)
        return translator->map[next].length == BUDGET_NEVER ? BLOCKS : next;
    for (unsigned i = LINES; i < BLOCKS; i++)
        if (translator->blocks[i].live &&
            translator->version_keys[index].word == word &&
            translator->version_map[index].to ==
                translator->area->at + translator->blocks[i].code)
            return i;
    return BLOCKS;
}

/* Returns an empty guess if there is one, or else the least common. */
static struct guess *find_victim(struct prediction *prediction)
{
    struct guess *found = &prediction->guesses[0];

    for (unsigned i = 0; i < GUESSES; i++) {
        struct guess *guess = &prediction->guesses[i];

        if (guess->target == BLOCKS)
            return guess;
        if (guess->weight < found->weight)
            found = guess;
    }
    return found;
}

/* Fills a guess for the missed KEY, which leads to block NUMBER. */
static void learn(struct translator *translator, const struct block_exit *exit,
                  uint32_t key, unsigned number)
{
    struct prediction *prediction = of(translator, exit);
    struct target *target =
        &prediction->profile[translator_map_index(translator, number)];
    struct guess *guess;

    collect(translator, prediction);
    guess = find_victim(prediction);
    if (guess->target == BLOCKS || is_more(target->missed, guess->weight)) {
        assign(guess, &(struct guess){.target = (uint8_t)number,
                                      .key = key,
                                      .weight = target->missed});
        target->missed = 0;
        set_guess(translator, exit, guess);
    }
    if (prediction->recent >= REVIEW)
        order(translator, exit);
    prediction->review =
        find_victim(prediction)->target == BLOCKS ? 0u - 1 : 0u - REVIEW;
}

void prediction_learn(struct translator *translator, const struct block *block)
{
    struct miss miss = translator->miss;
    unsigned number = (unsigned)(block - translator->blocks);

    translator->miss.exit = NULL;
    if (miss.exit == NULL || block->entry != miss.line)
        return;

    struct prediction *prediction = of(translator, miss.exit);
    bool version = miss.exit->kind == EXIT_VERSION;

    /* A guess for an operand must not lead to a version, which also depends on
       the word of the target line. */
    if (version != (number >= LINES) || (version && block->word != miss.key) ||
        has_key(prediction, miss.key))
        return;
    if ((int32_t)prediction->review >= 0)
        learn(translator, miss.exit, miss.key, number);
}

void prediction_forget(struct translator *translator, struct block_exit *exit,
                       unsigned number)
{
    struct prediction *prediction = of(translator, exit);
    struct guess *guesses = prediction->guesses;

    collect(translator, prediction);
    for (unsigned i = 0; i < GUESSES; i++)
        if (guesses[i].target == number) {
            assign(&guesses[i], &(struct guess){.target = BLOCKS});
            set_guess(translator, exit, &guesses[i]);
            prediction->review = 0u - 1;
        }
    for (unsigned i = 1; i < GUESSES; i++)
        for (unsigned j = i; j > 0 && guesses[j].target < BLOCKS &&
                             guesses[j - 1].target == BLOCKS;
             j--)
            swap(translator, exit, &guesses[j - 1], &guesses[j]);
}

void prediction_collect(struct translator *translator,
                        const struct block_exit *exit)
{
    collect(translator, of(translator, exit));
}

void prediction_count(struct translator *translator, struct block_exit *exit)
{
    struct prediction *prediction = of(translator, exit);

    collect(translator, prediction);
    if (prediction->recent >= REVIEW)
        order(translator, exit);
}
