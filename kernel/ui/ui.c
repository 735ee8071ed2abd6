/* SPDX-License-Identifier: MIT */
#include "ui.h"
#include "page.h"
#include <stdarg.h>
#include <string.h>

#define FRAME_US 20000u

static const struct layout layout_50 = {
    .rows = 50,
    .step = 2,
    .store = 4,
    .scale = 2,
    .registers = 37,
    .words = 42,
    .note = 46,
    .note_entry = 46,
    .switches = 46,
    .status = 44,
    .rate = 45,
    .message = 47,
    .advice = 48,
};

/* 80x25 shows 24 rows, so that nothing is lost on a terminal of 24. */
static const struct layout layout_24 = {
    .rows = 24,
    .step = 1,
    .halves = true,
    .store = 2,
    .scale = 1,
    .registers = 18,
    .words = 21,
    .note = 18,
    .note_entry = 21,
    .switches = 20,
    .status = 22,
    .rate = 22,
    .message = 22,
    .advice = 23,
};

/* Each page by how it is drawn and who gets its keys. */
static const struct {
    void (*draw)(struct ui *ui);
    void (*event)(struct ui *ui, const struct event *event);
    bool over_base; /* covers part of the screen, over the base page */
    bool releases;  /* wants to know when a key is let go */
} pages[PAGES] = {
    [PAGE_EDITOR] = {editor_draw, editor_event, false, false},
    [PAGE_PANEL] = {panel_draw, panel_event, false, true},
    [PAGE_LARGE] = {large_draw, large_event, false, false},
    [PAGE_MENU] = {menu_draw, menu_event, true, false},
    [PAGE_PROGRAMS] = {programs_draw, programs_event, false, false},
    [PAGE_HELP] = {help_draw, help_event, false, false},
    [PAGE_ASK] = {ask_draw, ask_event, true, false},
};

void ui_open(struct ui *ui, enum page page)
{
    if (ui->page == PAGE_PANEL && page != PAGE_PANEL)
        panel_let_go(ui);
    ui->page = page;
    if (page < PAGES_BASE)
        ui->base = page;
}

void ui_back(struct ui *ui)
{
    ui_open(ui, ui->base);
}

const char *page_wrap(const char *text, char *line, unsigned size)
{
    struct text out = text_begin(line, size);
    unsigned length = 0, cut = 0;

    while (text[length] != '\0' && text[length] != '\n' && length < size - 1) {
        length++;
        if (text[length] == ' ' || text[length] == '\n' || text[length] == '\0')
            cut = length;
    }
    if (cut == 0)
        cut = length;
    text_add(&out, "%.*s", (int)cut, text);
    text += cut;
    if (*text == '\n')
        return text + 1;
    while (*text == ' ')
        text++;
    return text;
}

void ui_say(struct ui *ui, const char *format, ...)
{
    struct text text = text_begin(ui->message, sizeof ui->message);
    va_list arguments;

    va_start(arguments, format);
    text_add_list(&text, format, arguments);
    va_end(arguments);
}

bool ui_load(struct ui *ui, unsigned index)
{
    char sentence[MESSAGE_SIZE];
    struct text says = text_begin(sentence, sizeof sentence);
    bool good = library_read(&ui->library.file[index], &ui->scratch, &says);

    if (good)
        desk_load(&ui->desk, &ui->scratch);
    if (says.length > 0)
        ui_say(ui, "%s", sentence);
    ui->line = 1;
    ui->focus = FOCUS_LISTING;
    return good;
}

/* The store of the boot line becomes the last of the programs. */
static int add_store(struct ui *ui, const char *store)
{
    if (store[0] == '\0')
        return -1;
    memcpy(ui->store, store, sizeof ui->store);
    struct library_file file = library_store(ui->store);

    library_add(&ui->library, file.name, file.text, file.size);
    return (int)ui->library.count - 1;
}

/* Which program the boot line asks for: by name, by its store, or else the
   first module; -1: none. */
static int find_first(struct ui *ui, const struct options *options,
                      unsigned modules)
{
    int store = add_store(ui, options->store);
    int named = -1;

    if (options->program[0] != '\0') {
        named = library_find(&ui->library, options->program);
        if (named < 0)
            ui_say(ui, "There is no program called \"%s\"; F2 lists them",
                   options->program);
        return named;
    }
    return store >= 0 ? store : modules > 0 ? 0 : -1;
}

/* The program asked for; where that one cannot be read, the default. */
static void load_first(struct ui *ui, const struct options *options,
                       unsigned modules, const char *default_name)
{
    int index = find_first(ui, options, modules);
    bool good = index >= 0 && ui_load(ui, (unsigned)index);
    char kept[MESSAGE_SIZE];
    struct text text = text_begin(kept, sizeof kept);

    text_add(&text, "%s", ui->message);
    if (!good) {
        index = library_find(&ui->library, default_name);
        good = index >= 0 && ui_load(ui, (unsigned)index) && kept[0] == '\0';
    }
    if (kept[0] != '\0')
        ui_say(ui, "%s", kept);
    if (good && options->run)
        desk_set_cs(&ui->desk, true);
}

/* Says COMPLAINTS, and then what is said already. */
static void complain(struct ui *ui, const char *complaints)
{
    char said[MESSAGE_SIZE];
    struct text text = text_begin(said, sizeof said);

    text_add(&text, "%s", complaints);
    if (ui->message[0] != '\0')
        text_add_apart(&text);
    text_add(&text, "%s", ui->message);
    ui_say(ui, "%s", said);
}

static void set_up_panel(struct ui *ui, const struct options *options)
{
    bool prm = options->panel == PANEL_PRM;

    ui->monitor = MONITOR_S;
    ui->keep_pi = options->keep_pi;
    ui->panel.set = options->panel;
    ui->panel.chosen = fitting_first(FITTING_KC);
    ui->desk.controls.kac_dead = prm;
    ui->desk.controls.erase_corrupts = prm;
    ui->desk.bright_at_l = prm;
    ui->desk.manual_holds = options->manual_holds_ci;
}

void ui_start(struct ui *ui, unsigned rows, const struct options *options,
              unsigned modules, const char *default_name,
              const char *complaints, const char *found, uint64_t now)
{
    ui->layout = rows == 50 ? &layout_50 : &layout_24;
    ui->cells.rows = ui->layout->rows;
    ui->found = found;
    ui->theme = options->theme;
    ui->line = 1;
    desk_start(&ui->desk, &ui->journal, options->speed, now);
    ui->desk.machine.ci5 = options->ci5;
    ui->desk.machine.immediate_test = options->immediate_test;
    set_up_panel(ui, options);
    load_first(ui, options, modules, default_name);
    if (complaints[0] != '\0')
        complain(ui, complaints);
    ui->rate_since = now;
    ui->changed = true;
}

void ui_event(struct ui *ui, const struct event *event)
{
    if (!event->down && !pages[ui->page].releases)
        return;
    if (event->down && !event->repeat) {
        ui->message[0] = '\0';
        ui->pressed_on = ui->page;
    } else if (event->repeat && ui->page != ui->pressed_on) {
        return;
    }
    pages[ui->page].event(ui, event);
    ui->changed = true;
}

static void draw(struct ui *ui)
{
    cells_clear(&ui->cells, LOOK_TEXT);
    if (pages[ui->page].over_base)
        pages[ui->base].draw(ui);
    pages[ui->page].draw(ui);
}

void ui_stay(struct ui *ui)
{
    ui_say(ui, "This PC cannot be %s from here; please use its own switch",
           ui->wish == WISH_REBOOT ? "reset" : "switched off");
    ui->wish = WISH_NONE;
    ui->changed = true;
}

void ui_took(struct ui *ui, uint64_t took)
{
    if (desk_runs(&ui->desk))
        pace_learn(&ui->desk.pace, took);
}

/* Microseconds from NOW until WHEN. */
static uint32_t until(uint64_t when, uint64_t now)
{
    return when > now ? (uint32_t)(when - now) : 0;
}

uint32_t ui_turn(struct ui *ui, uint64_t now, bool *drawn)
{
    bool frame = now >= ui->next_frame;
    bool was_lively = ui->lively;
    bool was_running = desk_runs(&ui->desk);

    ui->now = now;
    panel_turn(ui);
    desk_turn(&ui->desk, now, frame);
    /* The news is the Stop now, and no message may hide it. */
    if (was_running && !desk_runs(&ui->desk))
        ui->message[0] = '\0';
    status_measure(ui, now);
    if (ui->changed)
        glow_refresh(&ui->desk.glow, &ui->desk.machine);
    if (frame) {
        ui->lively = desk_frame(&ui->desk);
        ui->next_frame = now + FRAME_US;
    }
    *drawn = ui->changed || (frame && (was_lively || ui->lively));
    if (*drawn) {
        draw(ui);
        ui->lively |= ui->changed;
        ui->changed = false;
    }
    if (!ui->lively)
        return UI_NOTHING_DUE;

    uint32_t wait = until(ui->next_frame, now);
    if (desk_runs(&ui->desk) && desk_wait(&ui->desk) < wait)
        wait = desk_wait(&ui->desk);
    return wait;
}
