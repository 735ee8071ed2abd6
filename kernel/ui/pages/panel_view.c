/* SPDX-License-Identifier: MIT */
/* Draws the panel.  Pressed buttons and raised switches differ from others in
   shape as well as in brightness. */
#include "panel_view.h"
#include "console/keymap.h"
#include "panel.h"
#include "ui/base/explain.h"
#include "ui/base/status.h"
#include "ui/base/tube.h"

static struct panel *panel_of(const struct view *view)
{
    return view->state[PAGE_PANEL];
}

/* A control that was released still acts until the end of the bar. */
static bool is_pressed(const struct view *view, unsigned index)
{
    const struct controls *controls = &view->session.controls;
    struct panel_control panel_control = panel_control_of(index);

    if (panel_control.kind == CONTROL_BUTTON &&
        controls->typewriter >> panel_control.number & 1)
        return true;
    if (panel_control.kind == CONTROL_STRIP &&
        controls->strip & panel_control.number)
        return true;
    return panel_of(view)->held[index];
}

static uint8_t look_of(const struct view *view, unsigned index)
{
    if (panel_of(view)->chosen == index)
        return ATTR_CURSOR;
    return is_pressed(view, index) ? ATTR_STRONG : ATTR_TEXT;
}

/* Draws the cap of the key at POSITION, or nothing if that is 0. */
static void draw_key(struct view *view, unsigned row, unsigned column,
                     char position)
{
    if (position != '\0')
        cells_put(&view->cells, row, column,
                  (uint8_t)keymap_cap(view->keymap, position), ATTR_STRONG);
}

/* Draws a round button as (12), or as >12< while it is pressed. */
static void draw_button(struct view *view, unsigned index,
                        const struct panel_control *panel_control)
{
    bool is_short = view->layout->halves, held = is_pressed(view, index);
    unsigned row = panel_control->place[is_short].row;
    unsigned column = panel_control->place[is_short].column;
    char cap[8];
    struct strbuf text = strbuf_begin(cap, sizeof cap);

    if (panel_control->kind == CONTROL_DEAD && is_short)
        strbuf_add(&text, "%c--", held ? '>' : ' ');
    else if (panel_control->kind == CONTROL_DEAD)
        strbuf_add(&text, held ? ">  <" : "(  )");
    else if (is_short)
        strbuf_add(&text, "%c%2u", held ? '>' : ' ', panel_control->number);
    else
        strbuf_add(&text, "%c%2u%c", held ? '>' : '(', panel_control->number,
                   held ? '<' : ')');
    cells_text(&view->cells, row, column,
               panel_control->kind == CONTROL_DEAD &&
                       panel_of(view)->chosen != index
                   ? ATTR_LABEL
                   : look_of(view, index),
               cap);
    if (!is_short)
        cells_shape(&view->cells, row, column,
                    held ? SHAPE_BUTTON_IN : SHAPE_BUTTON);
    draw_key(view, is_short ? row : row + 1, column + (is_short ? 4 : 1),
             panel_control->key);
}

static void draw_lever(struct view *view, unsigned index,
                       const struct panel_control *panel_control, bool down)
{
    bool is_short = view->layout->halves;
    unsigned row = panel_control->place[is_short].row;
    unsigned column = panel_control->place[is_short].column;
    uint8_t look = look_of(view, index);

    if (is_short) {
        cells_put(&view->cells, row, column, down ? CHAR_DOWN : CHAR_UP, look);
        return;
    }
    cells_put(&view->cells, row, column, down ? CHAR_VERTICAL : CHAR_UP, look);
    cells_put(&view->cells, row + 1, column, down ? CHAR_DOWN : CHAR_VERTICAL,
              look);
    cells_shape(&view->cells, row, column,
                down ? SHAPE_LEVER_DOWN : SHAPE_LEVER_UP);
}

/* Returns the row below the labels of a lever, for its key. */
static unsigned key_row(const struct view *view,
                        const struct panel_control *panel_control)
{
    bool is_short = view->layout->halves;

    return panel_control->place[is_short].row + (is_short ? 2u : 3u);
}

static void label_lever(struct view *view,
                        const struct panel_control *panel_control,
                        const char *above, const char *below)
{
    bool is_short = view->layout->halves;
    unsigned row = panel_control->place[is_short].row;
    unsigned column = panel_control->place[is_short].column;
    unsigned height = is_short ? 1 : 2;

    cells_text(&view->cells, row - 1, column, ATTR_LABEL, above);
    cells_text(&view->cells, row + height, column, ATTR_LABEL, below);
    draw_key(view, key_row(view, panel_control), column, panel_control->key);
}

static void draw_switch(struct view *view, unsigned index,
                        const struct panel_control *panel_control)
{
    unsigned first = panel_control->number < FUNCTION_BIT ? 0 : FUNCTION_BIT;
    char weight[8];
    struct strbuf text = strbuf_begin(weight, sizeof weight);

    strbuf_add(&text, "%u", 1u << (panel_control->number - first));
    draw_lever(view, index, panel_control,
               view->session.controls.stat >> panel_control->number & 1);
    label_lever(view, panel_control, panel_control->label, weight);
}

static void draw_manual(struct view *view, unsigned index,
                        const struct panel_control *panel_control)
{
    draw_lever(view, index, panel_control, !view->session.controls.manual);
    label_lever(view, panel_control, "Man", "Auto");
}

/* Write was at the bottom in 1948, but is at the top on the replica. */
static void draw_erase(struct view *view, unsigned index,
                       const struct panel_control *panel_control)
{
    bool write_up = panel_of(view)->set == PANEL_REPLICA;

    draw_lever(view, index, panel_control,
               view->session.controls.erase == write_up);
    label_lever(view, panel_control, write_up ? "Write" : "Erase",
                write_up ? "Erase" : "Write");
}

static void draw_cs(struct view *view, unsigned index,
                    const struct panel_control *panel_control)
{
    draw_lever(view, index, panel_control, view->session.cs);
    label_lever(view, panel_control, "Stop", "Run");
    cells_text(&view->cells, key_row(view, panel_control),
               panel_control->place[view->layout->halves].column, ATTR_STRONG,
               "Back");
}

static void draw_strip(struct view *view, unsigned index,
                       const struct panel_control *panel_control)
{
    bool is_short = view->layout->halves, held = is_pressed(view, index);
    unsigned row = panel_control->place[is_short].row;
    unsigned column = panel_control->place[is_short].column;
    uint8_t look = look_of(view, index);

    cells_fill(&view->cells, row, column, 3, held ? ' ' : CHAR_HORIZONTAL,
               look);
    cells_put(&view->cells, row, column + 1, held ? CHAR_DOWN : CHAR_HORIZONTAL,
              look);
    cells_shape(&view->cells, row, column, held ? SHAPE_KEY_IN : SHAPE_KEY);
    cells_text(&view->cells, row + 1, column, ATTR_LABEL, panel_control->label);
    if (panel_control->kind == CONTROL_KC)
        cells_text(&view->cells, row + 2, column, ATTR_STRONG, "Ent");
    draw_key(view, row + 2, column + 1, panel_control->key);
}

static void draw_monitor_button(struct view *view, unsigned index,
                                const struct panel_control *panel_control)
{
    bool is_short = view->layout->halves;
    bool in = view->monitor == panel_control->number;
    unsigned row = panel_control->place[is_short].row;
    unsigned column = panel_control->place[is_short].column;
    uint8_t look = panel_of(view)->chosen == index ? ATTR_CURSOR
                   : in                            ? ATTR_STRONG
                                                   : ATTR_TEXT;

    cells_text(&view->cells, row, column, look, in ? "[ ]" : "( )");
    cells_text(&view->cells, row, column + 1, look, panel_control->label);
    cells_shape(&view->cells, row, column,
                in ? SHAPE_SELECTOR_IN : SHAPE_SELECTOR);
}

static void draw_control_at(struct view *view, unsigned index)
{
    typedef void draw_control(struct view * view, unsigned index,
                              const struct panel_control *panel_control);
    static draw_control *const how[] = {
        [CONTROL_BUTTON] = draw_button, [CONTROL_SWITCH] = draw_switch,
        [CONTROL_MANUAL] = draw_manual, [CONTROL_ERASE] = draw_erase,
        [CONTROL_CS] = draw_cs,         [CONTROL_KC] = draw_strip,
        [CONTROL_STRIP] = draw_strip,   [CONTROL_KMC] = draw_strip,
        [CONTROL_DEAD] = draw_strip,    [CONTROL_MONITOR] = draw_monitor_button,
    };
    struct panel_control panel_control = panel_control_of(index);

    if (index < BUTTONS)
        draw_button(view, index, &panel_control);
    else
        how[panel_control.kind](view, index, &panel_control);
}

/* Headings of the groups of controls on the long and the short screen. */
static const struct {
    struct {
        uint8_t row, column;
    } place[2];
    const char *name;
} headings[] = {
    {{{2, 40}, {1, 40}}, "Typewriter"}, {{{20, 40}, {7, 40}}, "L"},
    {{{20, 57}, {7, 51}}, "F"},         {{{20, 69}, {7, 61}}, "Stat"},
    {{{28, 41}, {7, 74}}, "CS"},        {{{28, 52}, {16, 40}}, "Monitor"},
    {{{36, 40}, {12, 40}}, "Keys"},
};

static void draw_headings(struct view *view)
{
    bool is_short = view->layout->halves;

    for (unsigned i = 0; i < sizeof headings / sizeof headings[0]; i++)
        cells_text(&view->cells, headings[i].place[is_short].row,
                   headings[i].place[is_short].column, ATTR_LABEL,
                   headings[i].name);
    cells_text(&view->cells, is_short ? 16 : 28, is_short ? 70 : 61,
               ATTR_STRONG, "F9");
}

/* On the original, the stop lamp hung at the upper left of the tube. */
static void draw_neon(struct view *view)
{
    bool lit = view->session.machine.neon;

    cells_put(&view->cells, view->layout->scale, 0,
              lit ? CHAR_LAMP_ON : CHAR_LAMP_OFF,
              lit ? ATTR_STRONG : ATTR_LABEL);
}

static void draw_explanation(struct view *view)
{
    char line[PAGE_COLUMNS + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);

    strbuf_add(&text, "Tube: %s", monitor_name(view->monitor));
    cells_text(&view->cells, view->layout->registers + 1, TUBE_COLUMN,
               ATTR_LABEL, line);
    text = strbuf_begin(line, sizeof line);
    explain_switches(&text, &view->session);
    cells_text(&view->cells, view->layout->switches, 1, ATTR_TEXT, line);
}

void panel_draw(struct view *view)
{
    struct window window = view->cells.window;

    tube_draw(view);
    draw_neon(view);
    view->cells.window.column += view->layout->shift;
    draw_headings(view);
    for (unsigned i = 0; i < PANEL_CONTROLS; i++)
        draw_control_at(view, i);
    view->cells.window = window;
    draw_explanation(view);
    status_draw(view);
}
