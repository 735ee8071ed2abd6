/* SPDX-License-Identifier: MIT */
/* Shows how each line of the store has been used so far (as code or data) and
   what the engine has cached for it. */
#include "store_view.h"
#include "emu/text/mnemonic.h"
#include "query.h"
#include "ui/base/page_draw.h"

#define POINTER_COLUMN 4 /* column of the pointer to the line of CI */
#define WORD_COLUMN    6
#define USE_COLUMN     18
#define KEEPS_COLUMN   26

static void draw_word(struct view *view, unsigned row, unsigned line)
{
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);
    uint32_t word = view->session.machine.store[line];
    bool control = word_line(view->session.machine.ci) == line;

    if (view->session.observed.used.executed >> line & 1 ||
        !(view->session.notes.numbers >> line & 1))
        instruction_write(&text, word);
    else
        strbuf_add(&text, "%d", (int)word);
    cells_text(&view->cells, row, WORD_COLUMN,
               control ? ATTR_STRONG : ATTR_TEXT, buffer);
}

static void draw_use(struct view *view, unsigned row, unsigned line)
{
    static const char *const uses[] = {"never", "obeyed", "data", "both"};
    const struct lines_used *used = &view->session.observed.used;
    unsigned use =
        (used->executed >> line & 1) + 2 * (used->accessed >> line & 1);

    cells_text(&view->cells, row, USE_COLUMN, use == 0 ? ATTR_LABEL : ATTR_TEXT,
               uses[use]);
}

static void keeps_slot(struct strbuf *text, const struct session *session,
                       unsigned line)
{
    static const char *const names[] = {"jmp", "jrp", "ldn", "sto",
                                        "sub", "sub", "cmp", "stp"};
    const struct predecoded *predecoded = &session->engine_state->predecoded;
    const struct slot *slot = &predecoded->slot[line];
    uint32_t word = session->machine.store[line];

    if (predecoded->machine == NULL || predecoded->stale >> line & 1 ||
        slot->routine == predecoded->undecoded || slot->operand == NULL)
        strbuf_add(text, "undecoded");
    else if (word_function(word) >= CMP)
        strbuf_add(text, "%s", names[word_function(word)]);
    else
        strbuf_add(text, "%s, &S[%u]", names[word_function(word)],
                   (unsigned)(slot->operand - predecoded->machine->store));
}

/* Appends what the translator holds for LINE: versions, a block, a constant
   operand, or else how often control arrived there. */
static void keeps_map(struct strbuf *text, const struct view *view,
                      unsigned line)
{
    const struct translator *translator =
        &view->session.engine_state->translator;
    const struct block *start = lab_block_at(view, line);
    uint32_t lines = 0, operands = 0;
    unsigned versions = 0;

    for (unsigned i = 0; i < BLOCKS; i++) {
        const struct block *block = &translator->blocks[i];

        if (!lab_is_current(view, block))
            continue;
        lines |= block->lines;
        operands |= block->operands;
        versions += block->keyed >> line & 1;
    }
    if (versions > 0)
        strbuf_add(text, "%u version%s", versions, versions == 1 ? "" : "s");
    else if (start != NULL)
        strbuf_add(text, "block at %u", (unsigned)start->code);
    else if (lines >> line & 1)
        strbuf_add(text, "in a block");
    else if (operands >> line & 1)
        strbuf_add(text, "constant operand");
    else if (translator->changed || translator->arrivals[line] == 0)
        strbuf_add(text, "-");
    else if (translator->arrivals[line] >= translator->hot_threshold)
        strbuf_add(text, "hot");
    else
        strbuf_add(text, "%u of %u", (unsigned)translator->arrivals[line],
                   (unsigned)translator->hot_threshold);
}

static void draw_keeps(struct view *view, unsigned row, unsigned line)
{
    char buffer[20];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    if (view->session.engine == &engine_predecoded)
        keeps_slot(&text, &view->session, line);
    else if (lab_translates(view))
        keeps_map(&text, view, line);
    cells_text(&view->cells, row, KEEPS_COLUMN, ATTR_TEXT, buffer);
}

static void draw_line(struct view *view, unsigned row, unsigned line)
{
    bool control = word_line(view->session.machine.ci) == line;

    page_text(view, row, 1, line == view->line ? ATTR_CURSOR : ATTR_LABEL,
              "%02u", line);
    if (control && view->session.last.valid)
        cells_put(&view->cells, row, POINTER_COLUMN, CHAR_POINTER, ATTR_STRONG);
    draw_word(view, row, line);
    draw_use(view, row, line);
    draw_keeps(view, row, line);
}

void lab_lines_draw(struct view *view, unsigned row, unsigned rows)
{
    const char *keeps = view->session.engine == &engine_predecoded ? "slot"
                        : lab_translates(view)                     ? "map table"
                                                                   : "";

    cells_text(&view->cells, row - 1, 1, ATTR_LABEL, "line word");
    cells_text(&view->cells, row - 1, KEEPS_COLUMN, ATTR_LABEL, keeps);
    cells_text(&view->cells, row - 1, USE_COLUMN, ATTR_LABEL,
               view->session.observed.sampled ? "sampled" : "use");
    for (unsigned i = 0; i < rows; i++)
        draw_line(view, row + i, page_line(view, rows, i));
}
