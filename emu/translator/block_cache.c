/* SPDX-License-Identifier: MIT */
/*
 * The code cache, the map table and the chains between blocks.
 *
 * A block is dropped when a line that it was translated from is written.  It is
 * also dropped when it writes a line without a check, and another block is
 * translated from that line.  When the area is full, all blocks are dropped,
 * because the gap left by one block rarely fits another.
 *
 * A line that keeps changing while a block contains it gets versions: blocks
 * that start there, one for each word.  Their map table is indexed by a hash of
 * line and word, so there can be versions that only the manager finds.  No
 * other block contains the line, so a Store into it needs no check and drops
 * nothing.
 */
#include "block_cache.h"
#include "chaining.h"
#include "code_pages.h"
#include "codegen.h"
#include "emu/machine/count.h"
#include "prediction.h"

/* A line gets versions after REWRITES changes, each within REWRITE_SOON
   instructions of the last.  If they are rarer, translating it again pays. */
#define REWRITES     2
#define REWRITE_SOON 8192
#define VERSIONS_AGE (1u << 26) /* see is_settled() */

static void update_depended(struct translator *translator)
{
    translator->depended = 0;
    for (unsigned i = 0; i < BLOCKS; i++) {
        const struct block *block = &translator->blocks[i];

        if (block->live)
            translator->depended |= block_depends(block);
    }
}

/* Returns the place of block NUMBER in the map table of lines or versions. */
static struct map_entry *place_of(struct translator *translator,
                                  unsigned number)
{
    struct map_entry *map =
        number < LINES ? translator->map : translator->version_map;

    return &map[translator_map_index(translator, number)];
}

static void unmap(struct translator *translator, unsigned number)
{
    translator->blocks[number].live = false;
    *place_of(translator, number) = (struct map_entry){.length = BUDGET_NEVER};
}

static void map(struct translator *translator, unsigned number)
{
    const struct block *block = &translator->blocks[number];

    *place_of(translator, number) = (struct map_entry){
        (int32_t)block->length, translator->area->at + block->code};
    if (number >= LINES)
        translator->version_keys[translator_map_index(translator, number)]
            .word = block->word;
}

void blocks_map_version(struct translator *translator,
                        const struct block *block)
{
    if (block->keyed != 0)
        map(translator, (unsigned)(block - translator->blocks));
}

void blocks_flush(struct translator *translator)
{
    if (translator->exits_used > 0)
        count_up(&translator->count.flushes);
    for (unsigned i = 0; i < translator->exits_used; i++)
        if (exit_is_predicted(&translator->exits[i]))
            prediction_collect(translator, &translator->exits[i]);
    for (unsigned i = 0; i < BLOCKS; i++)
        translator->blocks[i].live = false;
    for (unsigned i = 0; i < LINES; i++)
        translator->map[i] = translator->version_map[i] =
            (struct map_entry){.length = BUDGET_NEVER};
    translator->used = translator->cleared;
    translator->exits_used = translator->predictions_used = 0;
    translator->miss.exit = NULL;
    translator->depended = 0;
}

static void drop_exit(struct translator *translator, struct block_exit *exit)
{
    if (exit_is_predicted(exit))
        prediction_collect(translator, exit);
    if (translator->miss.exit == exit)
        translator->miss.exit = NULL;
    *exit = (struct block_exit){.block = BLOCKS, .target = LINES};
}

/* Drops one block, the links to it, and its exits. */
static void drop(struct translator *translator, unsigned number)
{
    unmap(translator, number);
    translator->arrivals[translator->blocks[number].entry] = 0;
    for (unsigned i = 0; i < translator->exits_used; i++) {
        struct block_exit *exit = &translator->exits[i];

        if (exit->block == number)
            drop_exit(translator, exit);
        if (exit->linked && exit->target == number) {
            blocks_open(translator);
            exit_unlink(translator, exit);
        }
        if (exit_is_predicted(exit))
            prediction_forget(translator, exit, number);
    }
}

/* Records that LINE changed although a block contains it, and returns true if
   it keeps changing. */
static bool keeps_changing(struct translator *translator,
                           const struct machine *machine, unsigned line)
{
    struct rewrites *rewrites = &translator->rewrites[line];
    uint64_t now = machine->instructions;

    rewrites->count =
        now - rewrites->last < REWRITE_SOON ? rewrites->count + 1 : 1;
    rewrites->last = now;
    return rewrites->count >= REWRITES;
}

/* Gives LINE versions.  Drops the blocks that are chained to it. */
static void add_versions(struct translator *translator, unsigned line)
{
    translator->versioned |= 1u << line;
    for (unsigned i = 0; i < translator->exits_used; i++) {
        const struct block_exit *exit = &translator->exits[i];

        if (exit->kind == EXIT_CHAIN && exit->target == line)
            drop(translator, exit->block);
    }
}

/* Looks at LINE, which has versions, and returns true if it has not been seen
   to change for VERSIONS_AGE instructions. */
static bool is_settled(struct translator *translator,
                       const struct machine *machine, unsigned line)
{
    struct rewrites *rewrites = &translator->rewrites[line];

    if (rewrites->word != machine->store[line]) {
        rewrites->word = machine->store[line];
        rewrites->last = machine->instructions;
    }
    return machine->instructions - rewrites->last >= VERSIONS_AGE;
}

void blocks_forget_versions(struct translator *translator,
                            const struct machine *machine)
{
    uint32_t settled = 0;

    for (unsigned line = 0; line < LINES && translator->versioned >> line != 0;
         line++)
        if (translator->versioned >> line & 1 &&
            is_settled(translator, machine, line))
            settled |= 1u << line;
    if (settled != 0)
        blocks_flush(translator);
    translator->versioned &= ~settled;
}

/* Charges the cost of translating or invalidating a block. */
static void charge(struct translator *translator)
{
    translator->rest.credit -= translator->translation_cost;
    translator->work += (uint32_t)translator->translation_cost;
}

/* Drops all blocks translated from LINE, which has changed. */
static void invalidate(struct translator *translator,
                       const struct machine *machine, unsigned line)
{
    bool contained = false;

    for (unsigned i = 0; i < BLOCKS; i++) {
        const struct block *block = &translator->blocks[i];

        if (!block->live || !(block_depends(block) >> line & 1))
            continue;
        translator->varying |= block->operands & 1u << line;
        contained |= block->lines >> line & 1;
        drop(translator, i);
    }
    if (contained && keeps_changing(translator, machine, line))
        add_versions(translator, line);
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
            invalidate(translator, machine, line);
}

void blocks_wrote(struct translator *translator, const struct machine *machine,
                  const struct block_exit *exit)
{
    uint32_t line = 1u << exit->operand;

    blocks_invalidate(translator, machine, line);
    if (exit->block == BLOCKS || translator->depended & line ||
        !((translator->versioned | translator->varying) & line))
        return;
    drop(translator, exit->block);
    update_depended(translator);
    charge(translator);
}

/* Links every exit whose target block exists. */
static void link_exits(struct translator *translator)
{
    for (unsigned i = 0; i < translator->exits_used; i++) {
        struct block_exit *exit = &translator->exits[i];

        if (exit->kind == EXIT_CHAIN && exit->block < BLOCKS && !exit->linked &&
            exit->target < LINES &&
            translator->blocks[exit_leads_to(exit)].live)
            exit_link(translator, exit);
    }
}

/* Returns the number for a new block at line ENTRY.  If there are too many
   versions, flushes all blocks. */
static unsigned free_number(struct translator *translator, unsigned entry)
{
    if (!(translator->versioned >> entry & 1))
        return entry;
    for (unsigned i = LINES; i < BLOCKS; i++)
        if (!translator->blocks[i].live)
            return i;
    blocks_flush(translator);
    return LINES;
}

/* Makes the block ADDED known to the others. */
static void enter(struct translator *translator, const struct machine *machine,
                  const struct block *added)
{
    uint32_t depends = block_depends(added);

    for (unsigned i = 0; i < added->count; i++)
        lines_used_add(&translator->lines_used, added->order[i],
                       machine->store[added->order[i]]);
    /* Drop blocks that store into this block's lines without a check. */
    for (unsigned i = 0; i < BLOCKS; i++) {
        const struct block *block = &translator->blocks[i];

        if (block != added && block->live && block->stores & depends)
            drop(translator, i);
    }
    for (unsigned line = 0; line < LINES; line++)
        if (depends >> line & 1)
            translator->shadow[line] = machine->store[line];
    update_depended(translator);
    map(translator, (unsigned)(added - translator->blocks));
    link_exits(translator);
}

void blocks_translate(struct translator *translator,
                      const struct machine *machine, unsigned line)
{
    unsigned number = free_number(translator, line);

    count_up(&translator->count.translations);
    charge(translator);
    blocks_open(translator);
    /* A rewritten line must become hot again before its next word is
       translated.  Its words may never return, so they cost more. */
    if (number >= LINES) {
        translator->arrivals[line] = 0;
        charge(translator);
    }
    if (!codegen_block(translator, machine, number, line)) {
        blocks_flush(translator);
        if (!codegen_block(translator, machine, number, line)) {
            translator->too_large |= 1u << line;
            return;
        }
    }
    enter(translator, machine, &translator->blocks[number]);
}

const struct block *blocks_at(const struct translator *translator,
                              const struct machine *machine, unsigned line)
{
    const struct block *block = &translator->blocks[line];

    if (!(translator->versioned >> line & 1))
        return block->live ? block : NULL;
    for (unsigned i = LINES; i < BLOCKS; i++) {
        block = &translator->blocks[i];
        if (block->live && block->entry == line &&
            block->word == machine->store[line])
            return block;
    }
    return NULL;
}

bool blocks_is_hot(const struct translator *translator,
                   const struct machine *machine, unsigned line, uint32_t left)
{
    return translator->arrivals[line] >= translator->hot_threshold &&
           left >= translator->min_budget &&
           !(translator->too_large >> line & 1) &&
           translator_may_hold(translator, machine, line);
}
