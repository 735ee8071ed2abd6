/* SPDX-License-Identifier: MIT */
/* Shows the translator's totals and the block under the cursor, with its exits
   and its code beside the source lines.  If the line under the cursor ends in a
   prediction, its hit table comes first. */
#include "blocks.h"
#include "emu/text/mnemonic.h"
#include "emu/text/si.h"
#include "emu/translator/prediction.h"
#include "emu/translator/stats.h"
#include "emu/translator/x86_disassemble.h"
#include "query.h"
#include "ui/base/page_draw.h"

#define CODE_COLUMN (LAB_RIGHT + 10) /* column of the disassembled code */
#define EXITS_MAX   5 /* maximum number of exits shown per block */

/* Columns of the hit table. */
#define KEY_COLUMN    (LAB_RIGHT + 2)
#define TARGET_COLUMN (LAB_RIGHT + 15)
#define HITS_COLUMN   (LAB_RIGHT + 27)

#define HIT_TABLE_MAX (GUESSES + 4) /* its exit in 2 rows, heading, misses */

#define EXACT_MAX 99999 /* largest count that is shown exactly */

/* Returns the number of the block that starts at LINE or, failing that, of one
   that contains it, rather a version.  Returns BLOCKS if there is none. */
static unsigned block_at(const struct view *view, unsigned line)
{
    const struct block *blocks = view->session.engine_state->translator.blocks;
    const struct block *start = lab_block_at(view, line);

    if (start != NULL)
        return (unsigned)(start - blocks);
    for (unsigned i = 0; i < BLOCKS; i++) {
        unsigned number = (i + LINES) % BLOCKS;

        if (lab_is_current(view, &blocks[number]) &&
            blocks[number].lines >> line & 1)
            return number;
    }
    return BLOCKS;
}

/* Adds both counts, rounded to three digits if either exceeds EXACT_MAX. */
static void add_hits(struct strbuf *text, uint64_t hits, const char *hit,
                     uint64_t misses, const char *miss)
{
    bool rounded = hits > EXACT_MAX || misses > EXACT_MAX;
    uint64_t exact_max = rounded ? 0 : EXACT_MAX;

    strbuf_add_count(text, hits, exact_max);
    strbuf_add(text, " %s, ", hit);
    strbuf_add_count(text, misses, exact_max);
    strbuf_add(text, " %s", miss);
}

static unsigned draw_totals(struct view *view, unsigned row)
{
    struct inspection all = inspect(&view->session.engine_state->translator);

    page_text(view, row, LAB_RIGHT, ATTR_TEXT,
              "%u block%s, %u of %u exits chained", all.blocks,
              all.blocks == 1 ? "" : "s", all.chained, all.exits);
    char buffer[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    strbuf_add(&text, "predicted: ");
    add_hits(&text, all.hits, "hit", all.misses, "missed");
    cells_text(&view->cells, row + 1, LAB_RIGHT, ATTR_TEXT, buffer);
    return row + 2;
}

static void draw_none(struct view *view, unsigned row, unsigned rows)
{
    const struct translator *translator =
        &view->session.engine_state->translator;

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

static unsigned draw_block(struct view *view, unsigned row,
                           const struct block *block)
{
    char buffer[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    strbuf_add(&text, "line %u %s: length %u, %u bytes", block->entry,
               block->keyed != 0 ? "version" : "block", (unsigned)block->length,
               (unsigned)block->size);
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
        &view->session.engine_state->translator;
    char buffer[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    strbuf_add(&text, "exit %u %s", inspect_number(translator, exit),
               inspect_kind(exit->kind));
    if (exit->target < LINES)
        strbuf_add(&text, " to %u", exit->target);
    if (exit->linked)
        strbuf_add(&text, ", chained");
    if (exit_is_predicted(exit)) {
        strbuf_add(&text, ": ");
        add_hits(&text, inspect_hits(translator, exit), "hit",
                 inspect_misses(translator, exit), "missed");
    }
    if (exit->kind == EXIT_WROTE)
        strbuf_add(&text, " line %u", exit->operand);
    return page_prose(view, row, 2, LAB_RIGHT, LAB_RIGHT_WIDTH, ATTR_TEXT,
                      buffer);
}

static void draw_count(struct view *view, unsigned row, uint32_t count)
{
    char buffer[12];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    strbuf_add_count(&text, count, EXACT_MAX);
    cells_text(&view->cells, row, HITS_COLUMN, ATTR_TEXT, buffer);
}

static void draw_guess(struct view *view, unsigned row,
                       const struct block_exit *exit,
                       const struct inspected_guess *guess)
{
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    if (exit->kind == EXIT_VERSION)
        instruction_write(&text, guess->key);
    else
        strbuf_add(&text, "%d", (int)guess->key);
    cells_text(&view->cells, row, KEY_COLUMN, ATTR_TEXT, buffer);
    page_text(view, row, TARGET_COLUMN, ATTR_TEXT, "line %u",
              (unsigned)guess->line);
    draw_count(view, row, guess->hits);
}

/* Draws the comparisons of an exit, most common first.  Returns the row below
   them. */
static unsigned draw_hit_table(struct view *view, unsigned row,
                               const struct block_exit *exit)
{
    const struct translator *translator =
        &view->session.engine_state->translator;
    struct inspected_guess guess;

    page_text(view, row, KEY_COLUMN, ATTR_LABEL, "if [%u] is",
              exit->kind == EXIT_VERSION ? exit->target : exit->operand);
    cells_text(&view->cells, row, TARGET_COLUMN, ATTR_LABEL, "go to");
    cells_text(&view->cells, row++, HITS_COLUMN, ATTR_LABEL, "hits");
    for (unsigned i = 0; inspect_guess(translator, exit, i, &guess); i++)
        draw_guess(view, row++, exit, &guess);
    cells_text(&view->cells, row, KEY_COLUMN, ATTR_TEXT, "else, missed");
    cells_text(&view->cells, row, TARGET_COLUMN, ATTR_TEXT, "map table");
    draw_count(view, row, inspect_misses(translator, exit));
    return row + 1;
}

static bool has_hit_table(const struct view *view,
                          const struct block_exit *exit)
{
    return exit_is_predicted(exit) && exit->line == view->line;
}

/* Draws up to EXITS_MAX exits in rows before END, the hit table first. */
static unsigned draw_exits(struct view *view, unsigned row, unsigned end,
                           unsigned number)
{
    const struct translator *translator =
        &view->session.engine_state->translator;
    const struct block_exit *exit = NULL;
    unsigned drawn = 0, count = 0;

    while ((exit = inspect_exit(translator, number, exit)) != NULL) {
        count++;
        if (!has_hit_table(view, exit) || row + HIT_TABLE_MAX > end)
            continue;
        row = draw_hit_table(view, draw_exit(view, row, exit), exit);
        drawn++;
    }
    for (unsigned others = 0; others < EXITS_MAX && row + 3 <= end; others++) {
        do
            exit = inspect_exit(translator, number, exit);
        while (exit != NULL && has_hit_table(view, exit));
        if (exit == NULL)
            break;
        row = draw_exit(view, row, exit);
        drawn++;
    }
    if (drawn < count && row < end)
        page_text(view, row++, LAB_RIGHT, ATTR_LABEL, "and %u more",
                  count - drawn);
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
                      const struct block *block)
{
    const struct translator *translator =
        &view->session.engine_state->translator;
    size_t offset =
        block->entry == view->line ? 0 : block->line_offset[view->line];

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
    unsigned number = block_at(view, view->line);
    const struct block *block =
        &view->session.engine_state->translator.blocks[number];

    row = draw_totals(view, row);
    if (number == BLOCKS) {
        draw_none(view, row + 1, end - row - 1);
        return;
    }
    row = draw_block(view, row, block);
    row = draw_exits(view, row, end, number);
    draw_code(view, row, end, block);
}
