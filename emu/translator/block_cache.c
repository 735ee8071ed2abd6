/* SPDX-License-Identifier: MIT */
/*
 * The blocks there are: the code cache, the map table and the chains.
 *
 * What was translated is lost in three ways.  A line that a block was made
 * from is written: that block goes.  Another block is made from a line that
 * this one stores into without looking back: this one goes, to be made again
 * with a look back.  And when the area is full, all go; a hole of one block's
 * size is hardly ever of use to the next.
 */
#include "block_cache.h"
#include "chaining.h"
#include "codegen.h"
#include "emu/machine/count.h"

/* The area is opened only when something is written and sealed only when
   something is run, so that what comes together costs one opening. */
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

/* Losing translations */

static void note_depended(struct translator *translator)
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

/* All translations, and the room they took. */
void blocks_flush(struct translator *translator)
{
    if (translator->exits_used > 0)
        count_up(&translator->flushes);
    for (unsigned line = 0; line < LINES; line++)
        unmap(translator, line);
    translator->used = translator->cleared;
    translator->exits_used = 0;
    translator->depended = 0;
}

/* One block, what leads to it, and its exits. */
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

/* A translation, or the loss of one. */
static void pay(struct translator *translator)
{
    translator->credit -= translator->price;
    translator->work += (uint32_t)translator->price;
}

/* What was made from a line, which now holds another word. */
static void invalidate(struct translator *translator, unsigned line)
{
    for (unsigned entry = 0; entry < LINES; entry++) {
        const struct block *block = &translator->blocks[entry];

        if (!block->live || !((block->lines | block->operands) >> line & 1))
            continue;
        translator->varying |= block->operands & 1u << line;
        drop(translator, entry);
    }
    note_depended(translator);
    count_up(&translator->invalidations);
    pay(translator);
}

/* Whether a live block was made from LINE when it held another word. */
bool blocks_is_stale(const struct translator *translator,
                     const struct machine *machine, unsigned line)
{
    return translator->depended >> line & 1 &&
           translator->shadow[line] != machine->store[line];
}

/* LINES, a set, may have been written. */
void blocks_revise(struct translator *translator, const struct machine *machine,
                   uint32_t lines)
{
    for (unsigned line = 0; line < LINES; line++)
        if (lines >> line & 1 && blocks_is_stale(translator, machine, line))
            invalidate(translator, line);
}

/* Making translations */

/* Leads every exit whose target is there to it. */
static void link_exits(struct translator *translator)
{
    for (unsigned i = 0; i < translator->exits_used; i++) {
        struct block_exit *exit = &translator->exits[i];

        if (exit->kind == EXIT_CHAIN && exit->block < LINES && !exit->linked &&
            exit->target < LINES && translator->blocks[exit->target].live)
            exit_link(translator, exit);
    }
}

static void make(struct translator *translator, const struct machine *machine,
                 unsigned entry)
{
    const struct block *made = &translator->blocks[entry];

    count_up(&translator->translations);
    pay(translator);
    blocks_open(translator);
    if (!codegen_block(translator, machine, entry)) {
        blocks_flush(translator);
        if (!codegen_block(translator, machine, entry)) {
            translator->unfit |= 1u << entry;
            return;
        }
    }
    /* Blocks that write what this one was made from must look back now. */
    for (unsigned line = 0; line < LINES; line++) {
        const struct block *block = &translator->blocks[line];

        if (line != entry && block->live &&
            block->stores & (made->lines | made->operands))
            drop(translator, line);
        if ((made->lines | made->operands) >> line & 1)
            translator->shadow[line] = machine->store[line];
    }
    note_depended(translator);
    link_exits(translator);
}

/* The block that begins with line NEXT, made now if it is time; or NULL. */
struct block *blocks_find(struct translator *translator,
                          const struct machine *machine, uint32_t next,
                          uint32_t left)
{
    if (!translator_may_hold(translator, machine, next))
        return NULL;
    if (!translator->blocks[next].live && left >= translator->least &&
        translator->arrivals[next] >= translator->hot &&
        !(translator->unfit >> next & 1))
        make(translator, machine, next);
    return translator->blocks[next].live ? &translator->blocks[next] : NULL;
}
