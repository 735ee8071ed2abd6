/* SPDX-License-Identifier: MIT */
#include "stats.h"
#include "emu/machine/count.h"
#include "prediction.h"

static const struct prediction *
prediction_of(const struct translator *translator,
              const struct block_exit *exit)
{
    return exit_is_predicted(exit) ? &translator->predictions[exit->prediction]
                                   : NULL;
}

uint32_t inspect_hits(const struct translator *translator,
                      const struct block_exit *exit)
{
    const struct prediction *prediction = prediction_of(translator, exit);
    uint32_t hits = 0;

    if (prediction == NULL)
        return 0;
    hits = prediction->all_hits;
    for (unsigned i = 0; i < GUESSES; i++)
        if (prediction->guesses[i].target < BLOCKS)
            hits = count_sum(hits, prediction->guesses[i].hits);
    return hits;
}

uint32_t inspect_misses(const struct translator *translator,
                        const struct block_exit *exit)
{
    const struct prediction *prediction = prediction_of(translator, exit);

    return prediction == NULL
               ? 0
               : count_sum(prediction->all_misses, prediction->misses);
}

bool inspect_guess(const struct translator *translator,
                   const struct block_exit *exit, unsigned i,
                   struct inspected_guess *to)
{
    const struct prediction *prediction = prediction_of(translator, exit);

    if (prediction == NULL || i >= GUESSES ||
        prediction->guesses[i].target == BLOCKS)
        return false;
    const struct guess *guess = &prediction->guesses[i];

    *to = (struct inspected_guess){
        .key = guess->key,
        .line = translator->blocks[guess->target].entry,
        .hits = count_sum(guess->all_hits, guess->hits),
    };
    return true;
}

struct inspection inspect(const struct translator *translator)
{
    struct inspection found = {.used = translator->used,
                               .size = translator->area->size};

    for (unsigned i = 0; i < BLOCKS; i++) {
        const struct block_exit *exit = NULL;

        found.blocks += translator->blocks[i].live;
        while ((exit = inspect_exit(translator, i, exit)) != NULL) {
            found.exits++;
            found.chained += exit->linked;
            count_add(&found.hits, inspect_hits(translator, exit));
            count_add(&found.misses, inspect_misses(translator, exit));
        }
    }
    return found;
}

const struct block_exit *inspect_exit(const struct translator *translator,
                                      unsigned number,
                                      const struct block_exit *previous)
{
    const struct block_exit *end = translator->exits + translator->exits_used;
    const struct block_exit *exit =
        previous == NULL ? translator->exits : previous + 1;

    if (!translator->blocks[number].live)
        return NULL;
    while (exit < end && exit->block != number)
        exit++;
    return exit < end ? exit : NULL;
}

unsigned inspect_number(const struct translator *translator,
                        const struct block_exit *exit)
{
    return (unsigned)(exit - translator->exits);
}

const char *inspect_kind(enum exit_kind kind)
{
    static const char *const names[] = {
        [EXIT_CHAIN] = "chain",     [EXIT_INDIRECT] = "indirect",
        [EXIT_VERSION] = "version", [EXIT_WROTE] = "wrote",
        [EXIT_STOP] = "stop",       [EXIT_BREAKPOINT] = "turns",
    };

    return names[kind];
}

unsigned inspect_line(const struct block *block, size_t offset)
{
    unsigned found = LINES;

    if (offset >= block->exits_offset)
        return LINES;
    for (unsigned i = 0; i < block->count; i++)
        if (block->line_offset[block->order[i]] <= offset)
            found = block->order[i];
    return found;
}
