/* SPDX-License-Identifier: MIT */
#include "control_view.h"
#include "machines_table.h"
#include "ui/base/page_draw.h"

#define BLOCK_ROWS     3
#define NUMBER_RIGHT   10 /* last column of a number */
#define CALL_AT        13
#define BUDGET_RIGHT   33
#define EXECUTED_RIGHT 44
#define REASON_AT      47
#define CYCLES_RIGHT   71
#define EACH_RIGHT     78
#define TEXT_SIZE      400

static const struct vmm_view *vmm_of(const struct view *view)
{
    return view->environment.vmm;
}

static const struct engine_space *space_of(struct view *view, unsigned number)
{
    return guests_session(view->guests, number)->space;
}

/* Returns the address space of a guest other than NUMBER, or NULL. */
static const struct engine_space *other_space(struct view *view,
                                              unsigned number)
{
    for (unsigned other = 1; other <= view->guests->capacity; other++)
        if (other != number && guests_get(view->guests, other)->present)
            return space_of(view, other);
    return NULL;
}

void control_view_measure(struct view *view)
{
    struct machines *machines = machines_of(view);
    const struct engine_space *space = space_of(view, machines->chosen),
                              *other = other_space(view, machines->chosen);

    machines->entry_cycles = vmm_of(view)->entry_cycles(space, space);
    machines->change_cycles = 0;
    if (other != NULL)
        machines->change_cycles = vmm_of(view)->entry_cycles(space, other);
}

static void draw_block(struct view *view, unsigned row,
                       const struct engine_space *space)
{
    char lines[BLOCK_ROWS * (PAGE_COLUMNS + 1)], line[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(lines, sizeof lines);
    const char *rest = lines;

    vmm_of(view)->control_block(&text, space);
    for (; *rest != '\0'; row++) {
        rest = page_wrap(rest, line, sizeof line);
        cells_text(&view->cells, row, 1, ATTR_TEXT, line);
    }
}

static void draw_regions(struct view *view, unsigned row,
                         const struct engine_space *space)
{
    cells_text(&view->cells, row, 1, ATTR_LABEL,
               "linear    physical  pages  what ring 3 can access");
    for (unsigned i = 0; i < REGIONS; i++) {
        char line[PAGE_COLUMNS];
        struct strbuf text = strbuf_begin(line, sizeof line);

        vmm_of(view)->region(&text, space, i);
        cells_text(&view->cells, row + 1 + i, 1, ATTR_TEXT, line);
    }
}

static void draw_heading(struct view *view, unsigned row)
{
    struct cells *cells = &view->cells;

    cells_text_right(cells, row, NUMBER_RIGHT, ATTR_LABEL, "VM entry");
    cells_text(cells, row, CALL_AT, ATTR_LABEL, "for");
    cells_text_right(cells, row, BUDGET_RIGHT, ATTR_LABEL, "budget");
    cells_text_right(cells, row, EXECUTED_RIGHT, ATTR_LABEL, "executed");
    cells_text(cells, row, REASON_AT, ATTR_LABEL, "VM exit");
    cells_text_right(cells, row, CYCLES_RIGHT, ATTR_LABEL, "cycles");
    cells_text_right(cells, row, EACH_RIGHT, ATTR_LABEL, "each");
}

static void draw_entry(struct view *view, unsigned row,
                       const struct entry_row *entry)
{
    struct cells *cells = &view->cells;

    page_text_right(view, row, NUMBER_RIGHT, ATTR_LABEL, "%u",
                    (unsigned)entry->number);
    cells_text(cells, row, CALL_AT, ATTR_TEXT, entry->call);
    if (entry->budget > 0) {
        page_text_right(view, row, BUDGET_RIGHT, ATTR_TEXT, "%u",
                        (unsigned)entry->budget);
        page_text_right(view, row, EXECUTED_RIGHT, ATTR_TEXT, "%u",
                        (unsigned)entry->executed);
    }
    cells_text(cells, row, REASON_AT, ATTR_TEXT, entry->reason);
    if (entry->cycles == 0)
        return;
    page_si_right(view, row, CYCLES_RIGHT, ATTR_TEXT, entry->cycles, 0);
    if (entry->executed > 0)
        page_si_right(view, row, EACH_RIGHT, ATTR_TEXT,
                      entry->cycles * 1000 / entry->executed, -1);
}

static void draw_entries(struct view *view, unsigned row,
                         const struct engine_space *space)
{
    struct entry_row entries[ENTRY_ROWS];
    unsigned count = vmm_of(view)->entries(space, entries);

    draw_heading(view, row);
    for (unsigned i = 0; i < count; i++)
        draw_entry(view, row + 1 + i, &entries[i]);
}

static void draw_costs(struct view *view, unsigned row)
{
    const struct machines *machines = machines_of(view);
    char line[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(line, sizeof line);

    if (machines->entry_cycles == 0) {
        strbuf_add(&text, "This processor counts no cycles.");
    } else {
        strbuf_add(&text, "An empty VM entry and exit: ");
        strbuf_add_grouped(&text, machines->entry_cycles);
        strbuf_add(&text, " cycles");
    }
    if (machines->change_cycles > 0) {
        strbuf_add(&text, "; after a change of machine: ");
        strbuf_add_grouped(&text, machines->change_cycles);
    }
    cells_text(&view->cells, row, 1, ATTR_STRONG, line);
}

/* Returns the row below. */
static unsigned draw_approach(struct view *view, unsigned row)
{
    char buffer[TEXT_SIZE];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    strbuf_add(&text,
               "An entry is an IRET to ring 3; an exit is an INT, an exception "
               "or the timer. Of the four ways to build a VMM this is the "
               "second: a process for each guest, in which an emulator of the "
               "real machine runs. With VT-x, the processor would execute the "
               "guest.");
    if (view->options.noirq)
        strbuf_add(&text, " With noirq, nothing ends an engine that hangs.");
    return page_prose(view, row, view_keys_row(view) - 1 - row, 1,
                      PAGE_COLUMNS - 2, ATTR_TEXT, buffer);
}

void control_view_draw(struct view *view)
{
    unsigned number = machines_of(view)->chosen, row = 1;
    unsigned gap = view->layout->halves ? 0 : 1;
    const struct engine_space *space = space_of(view, number);

    row += gap;
    page_text(view, row, 1, ATTR_STRONG, "Machine %u: %s, %s", number,
              machines_title(view, number), machines_state(view, number));
    row += 1 + gap;
    draw_block(view, row, space);
    row += BLOCK_ROWS + 1;
    draw_entries(view, row, space);
    row += 1 + ENTRY_ROWS + gap;
    draw_costs(view, row);
    row = draw_approach(view, row + 1 + gap);
    if (!view->layout->halves)
        draw_regions(view, row + 1, space);
}
