/* SPDX-License-Identifier: MIT */
/*
 * The operator's panel as it is drawn: tube and neon at the left, the desk at
 * the right.  What is pressed or up differs in shape as well as in light.
 */
#include "ui/base/page.h"
#include "ui/base/explain.h"

/* Under a hand, or let go so lately that its bar has not come yet. */
static bool is_in(const struct ui *ui, unsigned index)
{
    const struct controls *controls = &ui->session.controls;
    struct panel_control panel_control = panel_control_of(index);

    if (panel_control.kind == CONTROL_BUTTON &&
        controls->typewriter >> panel_control.number & 1)
        return true;
    if (panel_control.kind == CONTROL_STRIP &&
        controls->strip & panel_control.number)
        return true;
    return ui->panel.held[index];
}

static uint8_t look_of(const struct ui *ui, unsigned index)
{
    if (ui->panel.chosen == index)
        return ATTR_CURSOR;
    return is_in(ui, index) ? ATTR_STRONG : ATTR_TEXT;
}

static void draw_key(struct ui *ui, unsigned row, unsigned column, char key)
{
    if (key != '\0')
        cells_put(&ui->cells, row, column, (uint8_t)upper(key), ATTR_STRONG);
}

/* A round button with its number: (12), pressed >12<; its key under it, or on
   the short screen beside it. */
static void draw_button(struct ui *ui, unsigned index,
                        const struct panel_control *panel_control)
{
    bool is_short = ui->layout->halves, held = is_in(ui, index);
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
    cells_text(&ui->cells, row, column,
               panel_control->kind == CONTROL_DEAD && ui->panel.chosen != index
                   ? ATTR_LABEL
                   : look_of(ui, index),
               cap);
    draw_key(ui, is_short ? row : row + 1, column + (is_short ? 4 : 1),
             panel_control->key);
}

/* A lever, two rows high on the long screen. */
static void draw_lever(struct ui *ui, unsigned index,
                       const struct panel_control *panel_control, bool down)
{
    bool is_short = ui->layout->halves;
    unsigned row = panel_control->place[is_short].row;
    unsigned column = panel_control->place[is_short].column;
    uint8_t look = look_of(ui, index);

    if (is_short) {
        cells_put(&ui->cells, row, column, down ? CHAR_DOWN : CHAR_UP, look);
        return;
    }
    cells_put(&ui->cells, row, column, down ? CHAR_VERTICAL : CHAR_UP, look);
    cells_put(&ui->cells, row + 1, column, down ? CHAR_DOWN : CHAR_VERTICAL,
              look);
}

/* Text around a lever: what is above it, what is below, and its key. */
static void label_lever(struct ui *ui,
                        const struct panel_control *panel_control,
                        const char *above, const char *system_info,
                        const char *key)
{
    bool is_short = ui->layout->halves;
    unsigned row = panel_control->place[is_short].row;
    unsigned column = panel_control->place[is_short].column;
    unsigned height = is_short ? 1 : 2;

    cells_text(&ui->cells, row - 1, column, ATTR_LABEL, above);
    cells_text(&ui->cells, row + height, column, ATTR_LABEL, system_info);
    cells_text(&ui->cells, row + height + 1, column, ATTR_STRONG, key);
}

static void draw_switch(struct ui *ui, unsigned index,
                        const struct panel_control *panel_control)
{
    unsigned first = panel_control->number < FUNCTION_BIT ? 0 : FUNCTION_BIT;
    char weight[8];
    const char key[2] = {upper(panel_control->key), '\0'};
    struct strbuf text = strbuf_begin(weight, sizeof weight);

    strbuf_add(&text, "%u", 1u << (panel_control->number - first));
    draw_lever(ui, index, panel_control,
               ui->session.controls.stat >> panel_control->number & 1);
    label_lever(ui, panel_control, panel_control->label, weight, key);
}

static void draw_manual(struct ui *ui, unsigned index,
                        const struct panel_control *panel_control)
{
    draw_lever(ui, index, panel_control, !ui->session.controls.manual);
    label_lever(ui, panel_control, "Man", "Auto", "9");
}

/* In 1948 Write was at the bottom, on the replica it is at the top. */
static void draw_erase(struct ui *ui, unsigned index,
                       const struct panel_control *panel_control)
{
    bool write_up = ui->panel.set == PANEL_REPLICA;

    draw_lever(ui, index, panel_control,
               ui->session.controls.erase == write_up);
    label_lever(ui, panel_control, write_up ? "Write" : "Erase",
                write_up ? "Erase" : "Write", "0");
}

static void draw_cs(struct ui *ui, unsigned index,
                    const struct panel_control *panel_control)
{
    draw_lever(ui, index, panel_control, ui->session.cs);
    label_lever(ui, panel_control, "Stop", "Run", "Back");
}

/* A key of the strip: its cap goes down. */
static void draw_strip(struct ui *ui, unsigned index,
                       const struct panel_control *panel_control)
{
    bool is_short = ui->layout->halves, held = is_in(ui, index);
    unsigned row = panel_control->place[is_short].row;
    unsigned column = panel_control->place[is_short].column;
    uint8_t look = look_of(ui, index);

    cells_fill(&ui->cells, row, column, 3, held ? ' ' : CHAR_HORIZONTAL, look);
    cells_put(&ui->cells, row, column + 1, held ? CHAR_DOWN : CHAR_HORIZONTAL,
              look);
    cells_text(&ui->cells, row + 1, column, ATTR_LABEL, panel_control->label);
    if (panel_control->kind == CONTROL_KC)
        cells_text(&ui->cells, row + 2, column, ATTR_STRONG, "Ent");
    draw_key(ui, row + 2, column + 1, panel_control->key);
}

static void draw_monitor_button(struct ui *ui, unsigned index,
                                const struct panel_control *panel_control)
{
    bool is_short = ui->layout->halves;
    bool in = ui->monitor == panel_control->number;
    unsigned row = panel_control->place[is_short].row;
    unsigned column = panel_control->place[is_short].column;
    uint8_t look = ui->panel.chosen == index ? ATTR_CURSOR
                   : in                      ? ATTR_STRONG
                                             : ATTR_TEXT;

    cells_text(&ui->cells, row, column, look, in ? "[ ]" : "( )");
    cells_text(&ui->cells, row, column + 1, look, panel_control->label);
}

static void draw_fitting(struct ui *ui, unsigned index)
{
    typedef void draw(struct ui * ui, unsigned index,
                      const struct panel_control *panel_control);
    static draw *const how[] = {
        [CONTROL_BUTTON] = draw_button, [CONTROL_SWITCH] = draw_switch,
        [CONTROL_MANUAL] = draw_manual, [CONTROL_ERASE] = draw_erase,
        [CONTROL_CS] = draw_cs,         [CONTROL_KC] = draw_strip,
        [CONTROL_STRIP] = draw_strip,   [CONTROL_KMC] = draw_strip,
        [CONTROL_DEAD] = draw_strip,    [CONTROL_MONITOR] = draw_monitor_button,
    };
    struct panel_control panel_control = panel_control_of(index);

    if (index < BUTTONS)
        draw_button(ui, index, &panel_control);
    else
        how[panel_control.kind](ui, index, &panel_control);
}

/* Names of the groups, on the long screen and on the short one. */
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

static void draw_headings(struct ui *ui)
{
    bool is_short = ui->layout->halves;

    for (unsigned i = 0; i < sizeof headings / sizeof headings[0]; i++)
        cells_text(&ui->cells, headings[i].place[is_short].row,
                   headings[i].place[is_short].column, ATTR_LABEL,
                   headings[i].name);
    cells_text(&ui->cells, is_short ? 16 : 28, is_short ? 70 : 61, ATTR_STRONG,
               "F9");
}

/* The stop lamp hung at the upper left of the tube. */
static void draw_neon(struct ui *ui)
{
    bool lit = ui->session.machine.neon;

    cells_put(&ui->cells, ui->layout->scale, 0,
              lit ? CHAR_LAMP_ON : CHAR_LAMP_OFF,
              lit ? ATTR_STRONG : ATTR_LABEL);
}

static void draw_explanation(struct ui *ui)
{
    char line[CELLS_COLUMNS + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);

    strbuf_add(&text, "Tube: %s", monitor_name(ui->monitor));
    cells_text(&ui->cells, ui->layout->registers + 1, TUBE_COLUMN, ATTR_LABEL,
               line);
    text = strbuf_begin(line, sizeof line);
    words_switches(&text, &ui->session);
    cells_text(&ui->cells, ui->layout->switches, 1, ATTR_TEXT, line);
}

void panel_draw(struct ui *ui)
{
    tube_draw(ui);
    draw_neon(ui);
    draw_headings(ui);
    for (unsigned i = 0; i < FITTINGS; i++)
        draw_fitting(ui, i);
    draw_explanation(ui);
    status_draw(ui);
}
