/* SPDX-License-Identifier: MIT */
/*
 * The lab's page: which engine runs the machine, and a look inside.
 */
#include "ui/base/commands.h"
#include "lab_internal.h"
#include <string.h>

/* Two panes side by side under the table of the engines; the right one has an
   upper part and a lower one, or shows one of them at a time. */
static const struct lab_layout {
    unsigned table;  /* row of the table's heading */
    unsigned host;   /* where it is said what all this runs on */
    unsigned panes;  /* first row of the panes, their heading above */
    unsigned rows;   /* of the panes */
    unsigned engine; /* rows from there to what the engine keeps; 0: that
                        takes turns with the states */
} layouts[] = {
    {.table = 2, .host = 8, .panes = 11, .rows = 32, .engine = 13},
    {.table = 1, .host = 21, .panes = 7, .rows = 14},
};

bool lab_translates(const struct ui *ui)
{
    return ui->session.engine == &engine_translator;
}

bool lab_has_block(const struct ui *ui, unsigned line)
{
    const struct translator *translator = &ui->session.engine_state.translator;
    const struct block *block = &translator->blocks[line];

    for (unsigned i = 0; i < LINES; i++)
        if ((block->lines | block->operands) >> i & 1 &&
            blocks_is_stale(translator, &ui->session.machine, i))
            return false;
    return block->live;
}

static void draw_host(struct ui *ui, const struct lab_layout *layout)
{
    char buffer[CELLS_COLUMNS];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    lab_host(&text, ui->hypervisor != NULL ? ui->hypervisor : "");
    cells_text(&ui->cells, layout->host, 1, ATTR_LABEL, buffer);
}

/* What the engine keeps; how it works, where that is all there is to see. */
static void draw_engine(struct ui *ui, unsigned row, unsigned rows)
{
    if (lab_translates(ui))
        lab_blocks_draw(ui, row, rows);
    else
        page_prose(ui, row, rows, LAB_RIGHT, LAB_RIGHT_WIDTH, ATTR_TEXT,
                   lab_story(ui->session.engine));
}

/* The first difference that lockstep found: the call, all registers, and the
   lines of the store that are not equal. */
static void draw_difference(struct ui *ui, unsigned row, unsigned rows)
{
    struct lab *lab = &ui->lab;
    struct strbuf text = strbuf_begin(lab->difference, sizeof lab->difference);
    const char *rest = lab->difference;
    char line[CELLS_COLUMNS + 1];

    lockstep_tell(&lab->lockstep, &text);
    page_text(ui, row - 1, 1, ATTR_STRONG,
              "Engine and reference differ (*) in call %u; L or an engine goes "
              "on",
              (unsigned)lab->lockstep.calls);
    while (*rest != '\0' && rows > 0) {
        rest = page_wrap(rest, line, sizeof line);
        if (memcmp(line, "line", 4) == 0 && line[strlen(line) - 1] != '*')
            continue;
        cells_text(&ui->cells, row++, 1, ATTR_TEXT, line);
        rows--;
    }
}

static void draw_panes(struct ui *ui, const struct lab_layout *layout)
{
    unsigned row = layout->panes;

    lab_lines_draw(ui, row, layout->rows);
    if (layout->engine > 0 || !ui->lab.engine_view)
        lab_states_draw(ui, row);
    if (layout->engine > 0 || ui->lab.engine_view)
        draw_engine(ui, row + layout->engine, layout->rows - layout->engine);
}

void lab_draw(struct ui *ui)
{
    const struct lab_layout *layout = &layouts[ui->layout->halves];

    lab_discover(&ui->session);
    lab_race_draw(ui, layout->table);
    draw_host(ui, layout);
    if (ui->session.observed.differs)
        draw_difference(ui, layout->panes, layout->rows);
    else
        draw_panes(ui, layout);
    status_draw_around(ui);
}

/* ---- what is done ---- */

void lab_open(struct ui *ui)
{
    ui_open(ui, PAGE_LAB);
}

void lab_turn(struct ui *ui)
{
    struct lab *lab = &ui->lab;
    bool here = ui->base == PAGE_LAB;
    bool slow = here && (!session_runs(&ui->session) ||
                         ui->session.pace.speed <= SPEED_REAL);
    bool other = memcmp(lab->measured, ui->session.loaded.program.store,
                        sizeof lab->measured) != 0;

    ui->session.observed.by_engine = here;
    ui->session.observed.lockstep = here && lab->in_lockstep ? &lab->lockstep : NULL;
    /* Step by step there is never a budget that is worth a translation. */
    if (lab_translates(ui))
        ui->session.engine_state.translator.least = slow ? 0 : LINES;
    if (here && (other || !lab->known || lab->of_edited != ui->session.edits.unsaved))
        lab_measure(ui);
}

static void choose(struct ui *ui, const struct engine *engine)
{
    bool can = session_set_engine(&ui->session, engine, ui->code);

    ui->session.observed.differs = false;
    ui_message(ui,
               can ? "The machine runs under the %s engine"
                   : "The %s engine has no memory for code here",
               engine->name);
}

void lab_next_engine(struct ui *ui)
{
    unsigned i = 0;

    while (engines[i] != NULL && engines[i] != ui->session.engine)
        i++;
    if (engines[i] != NULL)
        i++;
    choose(ui, engines[i] != NULL ? engines[i] : &engine_reference);
}

/* As many instructions at once as the block that comes next is long; where
   there is none, one. */
void lab_block(struct ui *ui)
{
    const struct translator *translator = &ui->session.engine_state.translator;
    uint32_t next = machine_next_control(&ui->session.machine);
    uint32_t budget = 1;

    if (lab_translates(ui) && next < LINES && lab_has_block(ui, next))
        budget = translator->blocks[next].length;
    session_set_cs(&ui->session, false);
    if (!session_in_past(&ui->session))
        session_make_normal(&ui->session);
    session_run_block(&ui->session, budget);
}

void lab_lockstep(struct ui *ui)
{
    struct lab *lab = &ui->lab;

    lab->in_lockstep = !lab->in_lockstep;
    memset(&lab->lockstep, 0, sizeof lab->lockstep);
    ui->session.observed.differs = false;
    ui_message(ui, lab->in_lockstep
                       ? "Lockstep: what the engine does is compared with the "
                         "reference, call by call"
                       : "No lockstep any more");
}

void lab_view(struct ui *ui)
{
    ui->lab.engine_view = !ui->lab.engine_view;
}

static void character(struct ui *ui, char c)
{
    for (unsigned i = 0; engines[i] != NULL && i < ENGINES_MAX; i++)
        if (c == (char)('1' + i))
            choose(ui, engines[i]);
}

void lab_event(struct ui *ui, const struct event *event)
{
    const struct command *command = command_of(ui, event);

    if (command != NULL) {
        if (!event->repeat)
            command_do(ui, command);
        return;
    }
    switch (event->key) {
    case KEY_ESCAPE:
        if (!event->repeat)
            menu_open(ui);
        break;
    case KEY_UP:
        ui->line = (ui->line + LINES - 1) % LINES;
        break;
    case KEY_DOWN:
        ui->line = (ui->line + 1) % LINES;
        break;
    case KEY_HOME:
        ui->line = 0;
        break;
    case KEY_END:
        ui->line = LINES - 1;
        break;
    case KEY_CHARACTER:
        if (!event->repeat)
            character(ui, event->character);
        break;
    default:
        break;
    }
}
