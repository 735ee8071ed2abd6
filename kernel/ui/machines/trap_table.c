/* SPDX-License-Identifier: MIT */
#include "trap_table.h"
#include "ui/base/page_draw.h"

#define NAME_AT   2
#define WHAT_AT   17
#define RESULT_AT 56
#define TEXT_SIZE 400

static const struct {
    const char *name;
    uint8_t attribute;
} results[] = {
    [PRIVILEGED_TRAPS] = {"traps", ATTR_TEXT},
    [PRIVILEGED_IGNORED] = {"silently ignored", ATTR_STRONG},
    [PRIVILEGED_READS] = {"reads it without a trap", ATTR_STRONG},
};

bool trap_table_fill(struct view *view)
{
    struct machines *machines = machines_of(view);

    return view->environment.vmm->try_privileged(machines->privileged);
}

static unsigned count_without_trap(const struct machines *machines)
{
    unsigned count = 0;

    for (unsigned i = 0; i < PRIVILEGED_ROWS; i++)
        count += machines->privileged[i].result != PRIVILEGED_TRAPS;
    return count;
}

static void draw_rows(struct view *view, unsigned row)
{
    const struct machines *machines = machines_of(view);
    struct cells *cells = &view->cells;

    cells_text(cells, row, NAME_AT, ATTR_LABEL, "instruction");
    cells_text(cells, row, WHAT_AT, ATTR_LABEL, "in the kernel (ring 0)");
    cells_text(cells, row, RESULT_AT, ATTR_LABEL, "in ring 3 of this PC");
    for (unsigned i = 0; i < PRIVILEGED_ROWS; i++) {
        const struct privileged_row *is = &machines->privileged[i];

        cells_text(cells, row + 1 + i, NAME_AT, ATTR_TEXT, is->name);
        cells_text(cells, row + 1 + i, WHAT_AT, ATTR_LABEL, is->what);
        cells_text(cells, row + 1 + i, RESULT_AT, results[is->result].attribute,
                   results[is->result].name);
    }
}

/* Draws a paragraph.  Returns the row below. */
static unsigned draw_text(struct view *view, unsigned row, const char *text)
{
    return page_prose(view, row, view_keys_row(view) - row, NAME_AT,
                      PAGE_COLUMNS - 2 * NAME_AT, ATTR_TEXT, text);
}

static void draw_conclusions(struct view *view, unsigned row)
{
    char buffer[TEXT_SIZE];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    strbuf_add(&text,
               "Popek and Goldberg (1974): a guest can run directly in ring 3 "
               "if every instruction that reads or changes the machine's state "
               "traps. Here %u of %u do not, so VMMs for the i386 rewrote the "
               "guest's code, until VT-x and AMD-V came in 2005 and 2006.",
               count_without_trap(machines_of(view)), PRIVILEGED_ROWS);
    row = draw_text(view, row, buffer) + 1;
    row = draw_text(view, row,
                    "The eight functions of the Baby: none is sensitive. They "
                    "reach 32 lines, A, CI and PI, which each guest has for "
                    "itself; there is no mode, no device and no clock. A Stop "
                    "with digits in its line could become a call of the "
                    "hypervisor, as only a Stop ends a run.") +
          1;
    draw_text(view, row,
              "The engines of the machines run in ring 3 as well, each in an "
              "address space of its own. What they must not do traps: the "
              "table of machines then says what it was.");
}

void trap_table_draw(struct view *view)
{
    unsigned row = view->layout->halves ? 1 : 3;

    draw_rows(view, row);
    if (!view->layout->halves)
        draw_conclusions(view, row + 1 + PRIVILEGED_ROWS + 2);
}
