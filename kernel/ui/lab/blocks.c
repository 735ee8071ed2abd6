/* SPDX-License-Identifier: MIT */
/* Shows the translator's totals and the block under the cursor, with its exits
   and its code beside the source lines. */
#include "blocks.h"
#include "emu/text/mnemonic.h"
#include "emu/text/si.h"
#include "emu/translator/stats.h"
#include "emu/translator/x86_disassemble.h"
#include "query.h"
#include "ui/base/page_draw.h"

#define CODE_COLUMN (LAB_RIGHT + 10) /* column of the disassembled code */
#define EXITS_MAX   5 /* maximum number of exits shown per block */

/* Returns the entry of the block that starts at LINE or, failing that, of one
   that contains it.  Returns LINES if there is none. */
static unsigned block_at(const struct view *view, unsigned line)
{
    const struct translator *translator =
        &view->session.engine_state.translator;

    if (lab_has_block(view, line))
        return line;
    for (unsigned entry = 0; entry < LINES; entry++)
        if (lab_has_block(view, entry) &&
            translator->blocks[entry].lines >> line & 1)
            return entry;
    return LINES;
}

/* Adds both counts, rounded to three digits if either exceeds 99,999. */
static void add_hits(struct strbuf *text, uint64_t hits, const char *hit,
                     uint64_t misses, const char *miss)
{
    if (hits > 99999 || misses > 99999) {
        strbuf_add_si(text, hits, 0, SI_PURE);
        strbuf_add(text, " %s, ", hit);
        strbuf_add_si(text, misses, 0, SI_PURE);
        strbuf_add(text, " %s", miss);
    } else {
        strbuf_add(text, "%u %s, %u %s", (unsigned)hits, hit, (unsigned)misses,
                   miss);
    }
}

static unsigned draw_totals(struct view *view, unsigned row)
{
    struct inspection all = inspect(&view->session.engine_state.translator);

    page_text(view, row, LAB_RIGHT, ATTR_TEXT,
              "%u block%s, %u of %u exits chained", all.blocks,
              all.blocks == 1 ? "" : "s", all.chained, all.exits);
    char buffer[CELLS_COLUMNS];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    strbuf_add(&text, "caches: ");
    add_hits(&text, all.hits, "hits", all.misses, "misses");
    cells_text(&view->cells, row + 1, LAB_RIGHT, ATTR_TEXT, buffer);
    return row + 2;
}

static void draw_none(struct view *view, unsigned row, unsigned rows)
{
    const struct translator *translator =
        &view->session.engine_state.translator;

    page_text(view, row, LAB_RIGHT, ATTR_LABEL, "no block contains line %u",
              view->line);
    page_text(view, row + 1, LAB_RIGHT, ATTR_LABEL,
              "a block is translated after control");
    page_text(view, row + 2, LAB_RIGHT, ATTR_LABEL,
              "has reached its line %u times",
              (unsigned)translator->hot_threshold);
    page_prose(view, row + 4, rows - 4, LAB_RIGHT, LAB_RIGHT_WIDTH, ATTR_TEXT,
               engine_translator.story);
}

static unsigned draw_block(struct view *view, unsigned row, unsigned entry)
{
    const struct block *block =
        &view->session.engine_state.translator.blocks[entry];
    char buffer[CELLS_COLUMNS];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    strbuf_add(&text, "line %u block: length %u, %u bytes", entry,
               (unsigned)block->length, (unsigned)block->size);
    row = page_prose(view, row, 2, LAB_RIGHT, LAB_RIGHT_WIDTH, ATTR_STRONG,
                     buffer);
    text = strbuf_begin(buffer, sizeof buffer);
    strbuf_add(&text, "translated at %llu, entered %u times",
               (unsigned long long)block->made, (unsigned)block->entered);
    return page_prose(view, row, 2, LAB_RIGHT, LAB_RIGHT_WIDTH, ATTR_TEXT,
                      buffer);
}

/* Draws an exit in up to two rows.  Returns the row below it. */
static unsigned draw_exit(struct view *view, unsigned row,
                          const struct block_exit *exit)
{
    const struct translator *translator =
        &view->session.engine_state.translator;
    unsigned target = inspect_target(translator, exit);
    char buffer[CELLS_COLUMNS];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    strbuf_add(&text, "exit %u %s", inspect_number(translator, exit),
               inspect_kind(exit->kind));
    if (target < LINES)
        strbuf_add(&text, " to %u", target);
    if (exit->linked)
        strbuf_add(&text, ", chained");
    if (exit->kind == EXIT_CACHE) {
        strbuf_add(&text, ": ");
        add_hits(&text, inspect_hits(exit), "hit", inspect_misses(exit),
                 "miss");
    }
    if (exit->kind == EXIT_WROTE)
        strbuf_add(&text, " line %u", exit->operand);
    return page_prose(view, row, 2, LAB_RIGHT, LAB_RIGHT_WIDTH, ATTR_TEXT,
                      buffer);
}

static unsigned draw_exits(struct view *view, unsigned row, unsigned entry)
{
    const struct translator *translator =
        &view->session.engine_state.translator;
    const struct block_exit *exit = NULL;
    unsigned shown = 0;

    while ((exit = inspect_exit(translator, entry, exit)) != NULL) {
        if (shown++ < EXITS_MAX)
            row = draw_exit(view, row, exit);
    }
    if (shown > EXITS_MAX)
        page_text(view, row++, LAB_RIGHT, ATTR_LABEL, "and %u more",
                  shown - EXITS_MAX);
    return row;
}

/* Draws the source line beside the first instruction translated from it. */
static void draw_source(struct view *view, unsigned row,
                        const struct block *block, size_t offset)
{
    unsigned line = inspect_line(block, offset);
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    if (line == LINES && offset == block->exits_offset)
        cells_text(&view->cells, row, LAB_RIGHT, ATTR_LABEL, "exits");
    if (line == LINES || offset != block->line_offset[line])
        return;
    strbuf_add(&text, "%02u ", line);
    instruction_write(&text, view->session.machine.store[line]);
    cells_text(&view->cells, row, LAB_RIGHT,
               line == view->line ? ATTR_STRONG : ATTR_LABEL, buffer);
}

static void draw_code(struct view *view, unsigned row, unsigned end,
                      unsigned entry)
{
    const struct translator *translator =
        &view->session.engine_state.translator;
    const struct block *block = &translator->blocks[entry];
    size_t offset = entry == view->line ? 0 : block->line_offset[view->line];

    for (; row < end; row++) {
        char buffer[DISASSEMBLED + 1];
        struct strbuf text = strbuf_begin(buffer, sizeof buffer);
        size_t length = disassemble(translator, block, offset, &text);

        if (length == 0)
            return;
        draw_source(view, row, block, offset);
        cells_text(&view->cells, row, CODE_COLUMN, ATTR_TEXT, buffer);
        offset += length;
    }
}

void lab_blocks_draw(struct view *view, unsigned row, unsigned rows)
{
    unsigned end = row + rows;
    unsigned entry = block_at(view, view->line);

    row = draw_totals(view, row);
    if (entry == LINES) {
        draw_none(view, row + 1, end - row - 1);
        return;
    }
    row = draw_block(view, row, entry);
    row = draw_exits(view, row, entry);
    draw_code(view, row, end, entry);
}
