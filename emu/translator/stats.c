/* SPDX-License-Identifier: MIT */
#include "stats.h"
#include "emu/machine/count.h"

uint32_t inspect_hits(const struct block_exit *exit)
{
    return count_sum(exit->all_hits, exit->hits);
}

uint32_t inspect_misses(const struct block_exit *exit)
{
    return count_sum(exit->all_misses, exit->misses);
}

struct inspection inspect(const struct translator *translator)
{
    struct inspection found = {.used = translator->used,
                               .size = translator->area->size};

    for (unsigned line = 0; line < LINES; line++) {
        const struct block_exit *exit = NULL;

        found.blocks += translator->blocks[line].live;
        while ((exit = inspect_exit(translator, line, exit)) != NULL) {
            found.exits++;
            found.chained += exit->linked;
            count_add(&found.hits, inspect_hits(exit));
            count_add(&found.misses, inspect_misses(exit));
        }
    }
    return found;
}

const struct block_exit *inspect_exit(const struct translator *translator,
                                      unsigned entry,
                                      const struct block_exit *previous)
{
    const struct block_exit *end = translator->exits + translator->exits_used;
    const struct block_exit *exit =
        previous == NULL ? translator->exits : previous + 1;

    if (!translator->blocks[entry].live)
        return NULL;
    while (exit < end && exit->block != entry)
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
        [EXIT_CHAIN] = "chain",      [EXIT_CACHE] = "cache",
        [EXIT_WROTE] = "wrote",      [EXIT_STOP] = "stop",
        [EXIT_BREAKPOINT] = "turns",
    };

    return names[kind];
}

/* If the cost is BUDGET_NEVER, the cache is empty or its block was dropped. */
unsigned inspect_target(const struct translator *translator,
                        const struct block_exit *exit)
{
    if (exit->kind != EXIT_CACHE || exit->cost == BUDGET_NEVER)
        return exit->target;
    for (unsigned line = 0; line < LINES; line++)
        if (translator->blocks[line].live &&
            translator->map[line].to == exit->to)
            return line;
    return LINES;
}

unsigned inspect_line(const struct block *block, size_t offset)
{
    unsigned found = LINES;

    if (offset >= block->exits_offset)
        return LINES;
    for (unsigned line = 0; line < LINES; line++)
        if (block->lines >> line & 1 && block->line_offset[line] <= offset)
            found = line;
    return found;
}
