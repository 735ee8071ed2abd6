/* SPDX-License-Identifier: MIT */
/*
 * The code cache, the map table and the chains between blocks.
 *
 * A block is dropped when a line that it was translated from is written.  It is
 * also dropped when it writes a line without a check, and another block is
 * translated from that line.  When the area is full, all blocks are dropped,
 * because the gap left by one block rarely fits another.
 */
#include "block_cache.h"
#include "chaining.h"
#include "codegen.h"
#include "emu/machine/count.h"

/* Sealing is delayed until execution, so that several writes open it once. */
void blocks_open(struct translator *translator)
{
    if (!translator->open)
        translator->area->open(translator->area);
    translator->open = true;
}

void blocks_seal(struct translator *translator)
{
    if (translator->open)
        translator->area->seal(translator->area);
    translator->open = false;
}

static void update_depended(struct translator *translator)
{
    translator->depended = 0;
    for (unsigned line = 0; line < LINES; line++) {
        const struct block *block = &translator->blocks[line];

        if (block->live)
            translator->depended |= block->lines | block->operands;
    }
}

static void unmap(struct translator *translator, unsigned entry)
{
    translator->blocks[entry].live = false;
    translator->map[entry] = (struct map_entry){.length = BUDGET_NEVER};
}

void blocks_flush(struct translator *translator)
{
    if (translator->exits_used > 0)
        count_up(&translator->count.flushes);
    for (unsigned line = 0; line < LINES; line++)
        unmap(translator, line);
    translator->used = translator->cleared;
    translator->exits_used = 0;
    translator->depended = 0;
}

/* Drops one block, the links to it, and its exits. */
static void drop(struct translator *translator, unsigned entry)
{
    const uint8_t *code = translator->map[entry].to;

    unmap(translator, entry);
    translator->arrivals[entry] = 0;
    for (unsigned i = 0; i < translator->exits_used; i++) {
        struct block_exit *exit = &translator->exits[i];

        if (exit->linked && exit->target == entry) {
            blocks_open(translator);
            exit_unlink(translator, exit);
        }
        if (exit->kind == EXIT_CACHE && exit->to == code)
            exit->cost = BUDGET_NEVER;
        if (exit->block == entry)
            *exit = (struct block_exit){.block = LINES, .target = LINES};
    }
}

/* Charges the cost of translating or invalidating a block. */
static void charge(struct translator *translator)
{
    translator->rest.credit -= translator->translation_cost;
    translator->work += (uint32_t)translator->translation_cost;
}

/* Drops all blocks translated from LINE, which has changed. */
static void invalidate(struct translator *translator, unsigned line)
{
    for (unsigned entry = 0; entry < LINES; entry++) {
        const struct block *block = &translator->blocks[entry];

        if (!block->live || !((block->lines | block->operands) >> line & 1))
            continue;
        translator->varying |= block->operands & 1u << line;
        drop(translator, entry);
    }
    update_depended(translator);
    count_up(&translator->count.invalidations);
    charge(translator);
}

bool blocks_is_stale(const struct translator *translator,
                     const struct machine *machine, unsigned line)
{
    return translator->depended >> line & 1 &&
           translator->shadow[line] != machine->store[line];
}

void blocks_invalidate(struct translator *translator,
                       const struct machine *machine, uint32_t lines)
{
    for (unsigned line = 0; line < LINES; line++)
        if (lines >> line & 1 && blocks_is_stale(translator, machine, line))
            invalidate(translator, line);
}

/* Links every exit whose target block exists. */
static void link_exits(struct translator *translator)
{
    for (unsigned i = 0; i < translator->exits_used; i++) {
        struct block_exit *exit = &translator->exits[i];

        if (exit->kind == EXIT_CHAIN && exit->block < LINES && !exit->linked &&
            exit->target < LINES && translator->blocks[exit->target].live)
            exit_link(translator, exit);
    }
}

static void translate(struct translator *translator,
                      const struct machine *machine, unsigned entry)
{
    const struct block *added = &translator->blocks[entry];

    count_up(&translator->count.translations);
    charge(translator);
    blocks_open(translator);
    if (!codegen_block(translator, machine, entry)) {
        blocks_flush(translator);
        if (!codegen_block(translator, machine, entry)) {
            translator->too_large |= 1u << entry;
            return;
        }
    }
    /* Drop blocks that store into this block's lines without a check. */
    for (unsigned line = 0; line < LINES; line++) {
        const struct block *block = &translator->blocks[line];

        if (line != entry && block->live &&
            block->stores & (added->lines | added->operands))
            drop(translator, line);
        if ((added->lines | added->operands) >> line & 1)
            translator->shadow[line] = machine->store[line];
    }
    update_depended(translator);
    link_exits(translator);
}

struct block *blocks_find(struct translator *translator,
                          const struct machine *machine, uint32_t next,
                          uint32_t left)
{
    if (!translator_may_hold(translator, machine, next))
        return NULL;
    if (!translator->blocks[next].live && left >= translator->min_budget &&
        translator->arrivals[next] >= translator->hot_threshold &&
        !(translator->too_large >> next & 1))
        translate(translator, machine, next);
    return translator->blocks[next].live ? &translator->blocks[next] : NULL;
}
