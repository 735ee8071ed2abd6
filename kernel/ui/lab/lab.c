/* SPDX-License-Identifier: MIT */
#include "lab.h"
#include "blocks.h"
#include "manager_view.h"
#include "measure.h"
#include "notes.h"
#include "query.h"
#include "states.h"
#include "static_view.h"
#include "store_view.h"
#include "emu/session/lines_used.h"
#include "ui/base/command_dispatch.h"
#include "ui/base/menu.h"
#include "ui/base/page_draw.h"
#include "ui/base/page_switch.h"
#include "ui/base/status.h"
#include "ui/base/tube.h"
#include <string.h>

/* Rows of the page.  Below the table, with a row for each engine, are two panes
   side by side. */
static const struct lab_layout {
    unsigned table;  /* row of the table heading */
    unsigned host;   /* row of the note about the host */
    unsigned panes;  /* first row of the panes, below their heading */
    unsigned rows;   /* height of the panes in rows */
    unsigned engine; /* row of the engine, or 0 if it replaces the states */
} layouts[] = {
    {.table = 2,
     .host = ENGINES_MAX + 3,
     .panes = 11,
     .rows = 32,
     .engine = 13},
    {.table = 1,
     .host = 21,
     .panes = ENGINES_MAX + 3,
     .rows = 18 - ENGINES_MAX},
};

static void draw_host(struct view *view, const struct lab_layout *layout)
{
    char buffer[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    lab_host(&text, view->environment.hypervisor != NULL
                        ? view->environment.hypervisor
                        : "");
    cells_text(&view->cells, layout->host, 1, ATTR_LABEL, buffer);
}

static void draw_engine(struct view *view, unsigned row, unsigned rows)
{
    const char *story = view->session.engine->story;

    if (lab_translates(view))
        lab_blocks_draw(view, row, rows);
    else if (story != NULL)
        page_prose(view, row, rows, LAB_RIGHT, LAB_RIGHT_WIDTH, ATTR_TEXT,
                   story);
}

/* Draws the lockstep report without the lines of the store that are equal. */
static void draw_difference(struct view *view, unsigned row, unsigned rows)
{
    struct lab *lab = lab_of(view);
    struct strbuf text = strbuf_begin(lab->difference, sizeof lab->difference);
    const char *rest = lab->difference;
    char line[PAGE_COLUMNS + 1];

    lockstep_report(&lab->lockstep, &text);
    page_text(view, row - 1, 1, ATTR_STRONG,
              "Engine and reference differ (*) in call %u; "
              "press L or select an engine",
              (unsigned)lab->lockstep.calls);
    while (*rest != '\0' && rows > 0) {
        rest = page_wrap(rest, line, sizeof line);
        if (memcmp(line, "line", 4) == 0 && line[strlen(line) - 1] != '*')
            continue;
        cells_text(&view->cells, row++, 1, ATTR_TEXT, line);
        rows--;
    }
}

static void draw_panes(struct view *view, const struct lab_layout *layout)
{
    enum lab_pane pane = lab_of(view)->pane;
    unsigned row = layout->panes;

    lab_lines_draw(view, row, layout->rows);
    if (pane == LAB_STATIC) {
        lab_static_draw(view, row);
        return;
    }
    if (layout->engine > 0 || pane == LAB_STATES)
        lab_states_draw(view, row);
    if (pane == LAB_MANAGER)
        lab_manager_draw(view, row + layout->engine,
                         layout->rows - layout->engine);
    else if (layout->engine > 0 || pane == LAB_ENGINE)
        draw_engine(view, row + layout->engine, layout->rows - layout->engine);
}

void lab_draw(struct view *view)
{
    const struct lab_layout *layout = &layouts[view->layout->halves];

    session_collect_lines(&view->session);
    tube_draw_beside(view, layout->panes);
    lab_table_draw(view, layout->table);
    draw_host(view, layout);
    if (view->session.observed.differs)
        draw_difference(view, layout->panes, layout->rows);
    else
        draw_panes(view, layout);
    status_draw_around(view);
}

void lab_open(struct view *view)
{
    page_open(view, PAGE_LAB);
}

void lab_prepare(struct view *view)
{
    struct lab *lab = lab_of(view);
    bool here = view->base == PAGE_LAB;
    bool slow = here && (!session_runs(&view->session) ||
                         view->session.pace.speed <= SPEED_REAL);
    bool replaced = memcmp(lab->measured, view->session.entered.store,
                           sizeof lab->measured) != 0;

    view->session.observed.by_engine = here;
    view->session.observed.lockstep =
        here && lab->in_lockstep ? &lab->lockstep : NULL;
    if (lab_translates(view)) {
        struct translator *translator = &view->session.engine_state->translator;

        /* Single steps would never reach the minimum budget. */
        translator->min_budget = slow ? 0 : TRANSLATION_BUDGET;
        /* A step of one block must not go on to the next. */
        translator->prepays = !slow;
        translator->manager.counts_chains = here && lab->pane == LAB_MANAGER;
    }
    if (here && (replaced || !lab->known))
        lab_measure(view);
}

static void choose(struct view *view, const struct engine *engine)
{
    bool started =
        session_set_engine(&view->session, engine, view->environment.code);

    view->session.observed.differs = false;
    view_message(view,
                 started ? "The machine runs under the %s engine"
                         : "Not enough memory for the %s engine's code",
                 engine->name);
}

void lab_next_engine(struct view *view)
{
    unsigned i = 0;

    while (engines[i] != NULL && engines[i] != view->session.engine)
        i++;
    if (engines[i] != NULL)
        i++;
    choose(view, engines[i] != NULL ? engines[i] : &engine_reference);
}

/* Executes the next block, or a single instruction if there is none. */
void lab_block(struct view *view)
{
    uint32_t next = machine_next_control(&view->session.machine);
    const struct block *block = NULL;

    if (lab_translates(view) && next < LINES)
        block = lab_block_at(view, next);
    session_set_cs(&view->session, false);
    if (!session_in_past(&view->session))
        session_make_normal(&view->session);
    session_run_block(&view->session, block == NULL ? 1 : block->length);
}

void lab_lockstep(struct view *view)
{
    struct lab *lab = lab_of(view);

    lab->in_lockstep = !lab->in_lockstep;
    memset(&lab->lockstep, 0, sizeof lab->lockstep);
    view->session.observed.differs = false;
    view_message(view, lab->in_lockstep
                           ? "Lockstep is on: each call of the engine "
                             "is compared with the reference"
                           : "Lockstep is off");
}

void lab_next_pane(struct view *view)
{
    struct lab *lab = lab_of(view);

    lab->pane = (lab->pane + 1) % LAB_PANES;
    if (lab->pane == LAB_ENGINE && !view->layout->halves)
        lab->pane = LAB_STATIC;
}

static void choose_by_digit(struct view *view, char c)
{
    for (unsigned i = 0; engines[i] != NULL && i < ENGINES_MAX; i++)
        if (c == (char)('1' + i))
            choose(view, engines[i]);
}

void lab_event(struct view *view, const struct event *event)
{
    const struct command *command = command_of(view, event);

    if (command != NULL) {
        if (!event->repeat)
            command_do(view, command);
        return;
    }
    switch (event->key) {
    case KEY_ESCAPE:
        if (!event->repeat)
            menu_open(view);
        break;
    case KEY_UP:
        view->line = (view->line + LINES - 1) % LINES;
        break;
    case KEY_DOWN:
        view->line = (view->line + 1) % LINES;
        break;
    case KEY_HOME:
        view->line = 0;
        break;
    case KEY_END:
        view->line = LINES - 1;
        break;
    case KEY_CHARACTER:
        if (!event->repeat)
            choose_by_digit(view, event->character);
        break;
    default:
        break;
    }
}
