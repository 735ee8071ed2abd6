/* SPDX-License-Identifier: MIT */
/* Draws the boxes of the emulation manager (emu/translator/manager_state.h)
   with the current one lit, and how often each arrow was taken. */
#include "manager_view.h"
#include "emu/session/session.h"
#include "emu/text/si.h"
#include "query.h"
#include "ui/base/page_draw.h"

#define DIAGRAM   11     /* rows of the diagram */
#define SENTENCE  2      /* rows of the sentence below it */
#define EXACT_MAX 999999 /* largest count drawn exactly */

/* A box, at ROW and COLUMN of the pane. */
static const struct box {
    uint8_t row, column;
    const char *name;
} boxes[MANAGER_BOXES] = {
    [BOX_EXECUTE] = {0, 0, " block executes "},
    [BOX_LOOK_UP] = {5, 0, " map table "},
    [BOX_DECIDE] = {7, 0, " hot? "},
    [BOX_TRANSLATE] = {7, 20, " translate "},
    [BOX_INTERPRET] = {9, 0, " interpret "},
    [BOX_REST] = {10, 18, " rest "},
};

/* An arrow: where its label starts and where its count ends, and what it says
   when it has been taken. */
static const struct arrow {
    uint8_t row, column, end;
    const char *name, *sentence;
} arrows[MANAGER_ARROWS] = {
    [ARROW_CHAINED] = {1, 3, 32, "chained",
                       "The exit was patched to jump to the next block, "
                       "past the manager."},
    [ARROW_PREDICTED] = {2, 3, 32, "predicted",
                         "A comparison in the chain of ifs holds: a jump, "
                         "without the manager."},
    [ARROW_FOUND] = {3, 3, 32, "found by code",
                     "No comparison holds, but the code itself finds the block "
                     "in the table."},
    [ARROW_LEFT] = {4, 3, 19, "to manager",
                    "There is no block to go on with, so the manager takes "
                    "over."},
    [ARROW_HIT] = {5, 13, 32, "hit",
                   "The map table has a block for the line: execute it."},
    [ARROW_MISS] = {6, 3, 17, "miss",
                    "The map table has no block for the line."},
    [ARROW_SHORT] = {6, 20, 32, "short",
                     "There is a block, but too little budget, or a "
                     "breakpoint."},
    [ARROW_HOT] = {7, 7, 17, "yes",
                   "Control has been there often enough: discover a block, "
                   "translate it."},
    [ARROW_TRANSLATED] = {8, 21, 32, "done",
                          "The block is in the map table. Exits that lead to "
                          "it are chained."},
    [ARROW_COLD] = {8, 3, 17, "no",
                    "Control has been there too rarely: interpret one "
                    "instruction."},
    [ARROW_REFUSED] =
        {0, 0, 0, NULL,
         "The block does not fit, or is longer than the budget: interpret."},
    [ARROW_INTERPRETED] = {9, 12, 32, "to map table",
                           "One instruction is done. Is there a block for the "
                           "next line?"},
    [ARROW_RESTED] = {10, 24, 32, "",
                      "Translating did not pay, or CI is above 31: predecoded "
                      "runs."},
    [ARROW_ENDED] = {0, 0, 0, NULL,
                     "The predecoded engine has returned. Translate again?"},
    [ARROW_CALLED] = {10, 1, 15, "calls",
                      "The console has called the engine. Is there a block for "
                      "the line?"},
    [ARROW_SPENT] = {4, 21, 32, "spent",
                     "The next block is known, but the budget of the call is "
                     "spent."},
};

static const struct manager *manager_of(const struct view *view)
{
    return &view->session.engine_state->translator.manager;
}

static void draw_box(struct view *view, unsigned row, enum manager_box box)
{
    const struct manager *manager = manager_of(view);
    bool lit = manager->arrows[ARROW_CALLED] > 0 && manager->box == box;

    cells_text(&view->cells, row + boxes[box].row,
               LAB_RIGHT + boxes[box].column, lit ? ATTR_SELECTED : ATTR_BAR,
               boxes[box].name);
}

static void draw_arrow(struct view *view, unsigned row,
                       enum manager_arrow number)
{
    const struct manager *manager = manager_of(view);
    const struct arrow *arrow = &arrows[number];
    uint64_t count = manager->arrows[number];
    bool taken = count > 0 && manager->arrow == number;
    uint8_t attribute = taken ? ATTR_STRONG : ATTR_TEXT;
    char buffer[24];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    if (arrow->name == NULL)
        return;
    strbuf_add_count(&text, count, EXACT_MAX);
    cells_text(&view->cells, row + arrow->row, LAB_RIGHT + arrow->column,
               taken ? ATTR_STRONG : ATTR_LABEL, arrow->name);
    cells_text_right(&view->cells, row + arrow->row, LAB_RIGHT + arrow->end,
                     attribute, buffer);
}

static void put(struct view *view, unsigned row, unsigned column,
                uint8_t character)
{
    cells_put(&view->cells, row, LAB_RIGHT + column, character, ATTR_LABEL);
}

static void draw_horizontal(struct view *view, unsigned row, unsigned from,
                            unsigned to)
{
    for (unsigned column = from; column <= to; column++)
        put(view, row, column, CHAR_HORIZONTAL);
}

/* Draws the lines between the boxes: the way down from one to the next at the
   left, and the way back to the execution of blocks at the right. */
static void draw_lines(struct view *view, unsigned row)
{
    static const uint8_t down[] = {4, 6, 8}, from[] = {1, 2, 3, 5};

    put(view, row, 17, CHAR_POINTER_LEFT);
    draw_horizontal(view, row, 18, 34);
    put(view, row, 35, CHAR_TOP_RIGHT);
    for (unsigned i = 1; i < 7; i++)
        put(view, row + i, 35, CHAR_VERTICAL);
    for (unsigned i = 0; i < sizeof from; i++) {
        put(view, row + from[i], 34, CHAR_HORIZONTAL);
        put(view, row + from[i], 35, CHAR_FRAME_TEE_LEFT);
    }
    for (unsigned i = 1; i <= 3; i++)
        put(view, row + i, 1, CHAR_FRAME_TEE_RIGHT);
    for (unsigned i = 0; i < sizeof down; i++)
        put(view, row + down[i], 1, CHAR_DOWN);
    put(view, row + 7, 19, CHAR_POINTER);
    draw_horizontal(view, row + 7, 31, 34);
    put(view, row + 7, 35, CHAR_BOTTOM_RIGHT);
}

static void draw_diagram(struct view *view, unsigned row)
{
    draw_lines(view, row);
    for (unsigned i = 0; i < MANAGER_BOXES; i++)
        draw_box(view, row, i);
    for (unsigned i = 0; i < MANAGER_ARROWS; i++)
        draw_arrow(view, row, i);
}

void lab_arrow(struct view *view)
{
    struct session *session = &view->session;
    struct manager *manager = &session->engine_state->translator.manager;

    lab_of(view)->pane = LAB_MANAGER;
    if (!lab_translates(view)) {
        view_message(view, "Only the translator has an emulation manager: "
                           "press 5 first");
        return;
    }
    session_set_cs(session, false);
    if (!session_in_past(session))
        session_make_normal(session);
    manager->counts_chains = true;
    manager->one_box = true;
    session_run_block(session, LINES);
    manager->one_box = false;
}

void lab_manager_draw(struct view *view, unsigned row, unsigned rows)
{
    const struct manager *manager = manager_of(view);

    if (!lab_translates(view)) {
        page_prose(view, row, rows, LAB_RIGHT, LAB_RIGHT_WIDTH, ATTR_TEXT,
                   "Only the translator has an emulation manager.");
        return;
    }
    cells_text(&view->cells, row - 1, LAB_RIGHT, ATTR_LABEL,
               "emulation manager");
    page_text(view, row - 1, LAB_RIGHT + 22, ATTR_LABEL, "SPC line %u",
              word_line(machine_next_control(&view->session.machine)));
    draw_diagram(view, row);
    page_prose(view, row + DIAGRAM, SENTENCE, LAB_RIGHT, LAB_RIGHT_WIDTH,
               ATTR_STRONG,
               manager->arrows[ARROW_CALLED] > 0
                   ? arrows[manager->arrow].sentence
                   : "A follows the arrows, one by one.");
}
