/* SPDX-License-Identifier: MIT */
/*
 * Compares what a static translator, which sees only the program as entered,
 * would take for code with the lines that were obeyed so far, and says whether
 * it could translate the program.
 */
#include "static_view.h"
#include "emu/translator/static_discover.h"
#include "ui/base/page_draw.h"

#define COUNT_COLUMN (LAB_RIGHT + 19) /* last column of the counts */
#define LINES_COLUMN (LAB_RIGHT + 22)
#define LINES_WIDTH  (PAGE_COLUMNS - LINES_COLUMN - 1)
#define VERDICT_ROWS 4

/* Appends lines such as "1-12 14". */
static void add_lines(struct strbuf *text, uint32_t lines)
{
    size_t start = text->length;

    for (unsigned line = 0; line < LINES; line++) {
        unsigned first = line;

        if (!(lines >> line & 1))
            continue;
        while (line + 1 < LINES && lines >> (line + 1) & 1)
            line++;
        strbuf_add(text, "%s%u", text->length > start ? " " : "", first);
        if (line > first)
            strbuf_add(text, "-%u", line);
    }
}

static unsigned count_of(uint32_t lines)
{
    unsigned count = 0;

    for (; lines != 0; lines &= lines - 1)
        count++;
    return count;
}

static unsigned first_of(uint32_t lines)
{
    unsigned line = 0;

    while (!(lines >> line & 1))
        line++;
    return line;
}

static void draw_lines(struct view *view, unsigned row, const char *name,
                       uint32_t lines)
{
    char buffer[2 * PAGE_COLUMNS], number[4];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);
    struct strbuf count = strbuf_begin(number, sizeof number);

    add_lines(&text, lines);
    strbuf_add(&count, "%u", count_of(lines));
    cells_text(&view->cells, row, LAB_RIGHT, ATTR_LABEL, name);
    cells_text_right(&view->cells, row, COUNT_COLUMN, ATTR_TEXT, number);
    page_cut(view, row, LINES_COLUMN, LINES_WIDTH, ATTR_TEXT, buffer);
}

/* Appends a sentence on whether the program could be translated. */
static void judge(struct strbuf *text, const uint32_t store[LINES],
                  const struct static_code *found)
{
    uint32_t rewritten = found->code & found->stores;

    if (found->unresolved != 0) {
        unsigned line = first_of(found->unresolved);

        strbuf_add(text,
                   "Line %u jumps to where line %u says, and the program "
                   "stores there. Only a run can tell the target.",
                   line, word_line(store[line]));
    } else if (rewritten != 0) {
        strbuf_add(text, "The program rewrites lines ");
        add_lines(text, rewritten);
        strbuf_add(text, ". Code translated before the run would be wrong "
                         "there; it must be detected during the run.");
    } else {
        strbuf_add(text, "All jumps lead to constant places, and no code is "
                         "rewritten: this program can be translated before "
                         "it runs.");
    }
}

static void draw_verdict(struct view *view, unsigned row,
                         const uint32_t store[LINES],
                         const struct static_code *found)
{
    char buffer[4 * LAB_RIGHT_WIDTH];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    judge(&text, store, found);
    page_prose(view, row, VERDICT_ROWS, LAB_RIGHT, LAB_RIGHT_WIDTH, ATTR_TEXT,
               buffer);
}

void lab_static_draw(struct view *view, unsigned row)
{
    const uint32_t *store = view->session.entered.store;
    struct static_code found =
        static_discover(store, view->session.loaded.program.ci);
    uint32_t obeyed = view->session.observed.used.executed;
    const struct {
        const char *name;
        uint32_t lines;
    } rows[] = {
        {"found as code", found.code},
        {view->session.observed.sampled ? "obeyed (sampled)" : "obeyed so far",
         obeyed},
        {"obeyed, not found", obeyed & ~found.code},
        {"found, not obeyed", found.code & ~obeyed},
        {"rewritten code", found.code & found.stores},
        {"jumps resolved", found.resolved},
        {"jumps unresolved", found.unresolved},
    };

    cells_text(&view->cells, row - 1, LAB_RIGHT, ATTR_LABEL,
               "static translation");
    cells_text(&view->cells, row - 1, LINES_COLUMN, ATTR_LABEL, "lines:");
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++)
        draw_lines(view, row++, rows[i].name, rows[i].lines);
    draw_verdict(view, row + 1, store, &found);
}
