/* SPDX-License-Identifier: MIT */
/*
 * Software indirect jump prediction: chooses and orders the guesses that
 * translated code compares.  That code is shown in prediction_code.h.
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
#include "emu/machine/count.h"
#include "prediction_code.h"

#define REVIEW 256u /* misses between two reviews */

/* Returns the word that the code compares at EXIT. */
static uint32_t key_at(const struct machine *machine,
                       const struct block_exit *exit)
{
    return machine
        ->store[exit->kind == EXIT_INDIRECT ? exit->operand : exit->target];
}

bool prediction_add(struct translator *translator, struct block_exit *exit)
{
    if (translator->predictions_used == PREDICTIONS)
        return false;
    exit->prediction = (uint8_t)translator->predictions_used++;
    struct prediction *prediction = translator_prediction(translator, exit);

    *prediction = (struct prediction){.review = 0u - 1};
    for (unsigned i = 0; i < GUESSES; i++)
        prediction->guesses[i].target = BLOCKS;
    return true;
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
    prediction_patch(translator, exit, left);
    prediction_patch(translator, exit, right);
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
    struct prediction *prediction = translator_prediction(translator, exit);
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
    struct prediction *prediction = translator_prediction(translator, exit);
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
        prediction_patch(translator, exit, guess);
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

    struct prediction *prediction =
        translator_prediction(translator, miss.exit);
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
    struct prediction *prediction = translator_prediction(translator, exit);
    struct guess *guesses = prediction->guesses;

    collect(translator, prediction);
    for (unsigned i = 0; i < GUESSES; i++)
        if (guesses[i].target == number) {
            assign(&guesses[i], &(struct guess){.target = BLOCKS});
            prediction_patch(translator, exit, &guesses[i]);
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
    collect(translator, translator_prediction(translator, exit));
}

void prediction_count(struct translator *translator, struct block_exit *exit)
{
    struct prediction *prediction = translator_prediction(translator, exit);

    collect(translator, prediction);
    if (prediction->recent >= REVIEW)
        order(translator, exit);
}
