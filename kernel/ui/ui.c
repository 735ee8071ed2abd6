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
    bool still;     /* shows nothing that the machine does */
} pages[PAGES] = {
    [PAGE_EDITOR] = {editor_draw, editor_event},
    [PAGE_PANEL] = {panel_draw, panel_event, .releases = true},
    [PAGE_LARGE] = {large_draw, large_event},
    [PAGE_DEMO] = {demo_draw, demo_event},
    [PAGE_OFFER] = {offer_draw, offer_event, .over_base = true},
    [PAGE_MENU] = {menu_draw, menu_event, .over_base = true},
    [PAGE_PROGRAMS] = {programs_draw, programs_event, .still = true},
    [PAGE_SAVE] = {save_draw, save_event},
    [PAGE_HELP] = {help_draw, help_event, .still = true},
    [PAGE_ASK] = {ask_draw, ask_event, .over_base = true},
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

static void draw_bar(struct ui *ui, unsigned row, const char *text)
{
    cells_fill(&ui->cells, row, 0, CELLS_COLUMNS, ' ', LOOK_BAR);
    cells_text(&ui->cells, row, 1, LOOK_BAR, text);
}

void page_title(struct ui *ui, const char *text)
{
    draw_bar(ui, 0, text);
}

void page_keys(struct ui *ui, const char *text)
{
    draw_bar(ui, KEYS_ROW(ui->layout), text);
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

bool ui_load_file(struct ui *ui, const struct library_file *file)
{
    char sentence[MESSAGE_SIZE];
    struct text says = text_begin(sentence, sizeof sentence);
    bool good = library_read(file, &ui->scratch, &says);

    if (good) {
        desk_load(&ui->desk, &ui->scratch);
        ui->typing = false;
    }
    if (says.length > 0)
        ui_say(ui, "%s", sentence);
    ui->line = 1;
    ui->focus = FOCUS_LISTING;
    return good;
}

bool ui_load(struct ui *ui, unsigned index)
{
    return ui_load_file(ui, &ui->library.file[index]);
}

/* The store of the boot line becomes the last of the programs. */
static int add_store(struct ui *ui)
{
    struct library_file file = library_store(ui->options.store);

    if (file.size == 0)
        return -1;
    return library_add(&ui->library, file.name, file.text, file.size);
}

/* Which program the boot line asks for: by name, by its store, or else the
   first module; -1: none. */
static int find_first(struct ui *ui, unsigned modules)
{
    const char *name = ui->options.program;
    int store = add_store(ui);

    if (name[0] == '\0')
        return store >= 0 ? store : modules > 0 ? 0 : -1;
    int named = library_find(&ui->library, name);

    if (named < 0)
        ui_say(ui, "There is no program called \"%s\"; F2 lists them", name);
    return named;
}

/* The program asked for; where that one cannot be read, the default.  False:
   something is wrong with the one asked for. */
static bool load_first(struct ui *ui)
{
    char kept[MESSAGE_SIZE];
    struct text text = text_begin(kept, sizeof kept);

    if (ui->first >= 0 && ui_load(ui, (unsigned)ui->first))
        return true;
    text_add(&text, "%s", ui->message);
    int index = library_find(&ui->library, ui->default_name);

    if (index >= 0)
        ui_load(ui, (unsigned)index);
    if (kept[0] != '\0')
        ui_say(ui, "%s", kept);
    return index >= 0 && kept[0] == '\0';
}

/* Says COMPLAINTS too, after what is said already, which matters more. */
static void complain(struct ui *ui, const char *complaints)
{
    char said[MESSAGE_SIZE];
    struct text text = text_begin(said, sizeof said);

    text_add(&text, "%s", ui->message);
    if (text.length > 0)
        text_add_apart(&text);
    text_add(&text, "%s", complaints);
    ui_say(ui, "%s", said);
}

static void set_up_desk(struct ui *ui, uint64_t now)
{
    const struct options *options = &ui->options;
    bool prm = options->panel == PANEL_PRM;

    desk_start(&ui->desk, &ui->journal, options->speed, now);
    ui->desk.machine.ci5 = options->ci5;
    ui->desk.machine.immediate_test = options->immediate_test;
    ui->desk.controls.kac_dead = prm;
    ui->desk.controls.erase_corrupts = prm;
    ui->desk.bright_at_l = prm;
    ui->desk.manual_holds = options->manual_holds_ci;
}

/* All that a visitor may have changed is as the boot line has it. */
static void begin(struct ui *ui, uint64_t now)
{
    set_up_desk(ui, now);
    ui->panel = (struct panel){.set = ui->options.panel};
    ui->panel.chosen = fitting_first(FITTING_KC);
    ui->monitor = MONITOR_S;
    ui->theme = ui->options.theme;
    ui->notation = NOTATION_DECIMAL;
    ui->paper = false;
    ui->typing = false;
    ui->clipboard_full = false;
    ui->tour.on = false;
    if (load_first(ui) && ui->options.run)
        desk_set_cs(&ui->desk, true);
}

void ui_start(struct ui *ui, unsigned rows, const struct options *options,
              unsigned modules, const char *default_name,
              const char *complaints, const char *found, uint64_t now)
{
    ui->layout = rows == 50 ? &layout_50 : &layout_24;
    ui->cells.rows = ui->layout->rows;
    ui->found = found;
    ui->options = *options;
    ui->default_name = default_name;
    ui->first = find_first(ui, modules);
    begin(ui, now);
    if (complaints[0] != '\0')
        complain(ui, complaints);
    ui->last_key = now;
    ui->changed = true;
    if (options->kiosk > 0)
        ui_demonstrate(ui, now);
}

void ui_demonstrate(struct ui *ui, uint64_t now)
{
    demo_start(&ui->demo, &ui->library, now);
    ui_open(ui, PAGE_DEMO);
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
    ui->keyed = true;
    pages[ui->page].event(ui, event);
    ui->changed = true;
}

/* When the demonstration comes by itself; UINT64_MAX: never. */
static uint64_t kiosk_due(const struct ui *ui)
{
    if (ui->options.kiosk == 0 || ui->page == PAGE_DEMO)
        return UINT64_MAX;
    return ui->last_key + (uint64_t)ui->options.kiosk * 1000000u;
}

/* Nobody is there any more: all is as it was, and the show goes on. */
static void kiosk_turn(struct ui *ui, uint64_t now)
{
    if (now < kiosk_due(ui))
        return;
    if (ui->base != PAGE_DEMO)
        begin(ui, now);
    transfer_cancel(&ui->transfer);
    ui->message[0] = '\0';
    ui_demonstrate(ui, now);
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
static uint64_t until(uint64_t when, uint64_t now)
{
    return when > now ? when - now : 0;
}

/* The machine that is on the screen gets its time. */
static void run(struct ui *ui, uint64_t now, bool frame)
{
    bool was_running = desk_runs(&ui->desk);

    if (ui->base == PAGE_DEMO) {
        demo_turn(&ui->demo, &ui->library, now, frame);
        return;
    }
    panel_turn(ui, now);
    desk_turn(&ui->desk, now, frame);
    tour_turn(ui);
    /* The news is the Stop now, and no message may hide it. */
    if (was_running && !desk_runs(&ui->desk))
        ui->message[0] = '\0';
}

static uint32_t sooner(uint32_t wait, uint64_t other)
{
    return wait < other ? wait : (uint32_t)other;
}

/* Microseconds that the PC may sleep. */
static uint32_t wait(const struct ui *ui, uint64_t now)
{
    bool demo = ui->base == PAGE_DEMO;
    uint32_t wait = desk_wait(demo ? &ui->demo.desk : &ui->desk);

    if (ui->transfer.state == TRANSFER_SENDING)
        return 0;
    if (ui->lively || demo)
        wait = sooner(wait, until(ui->next_frame, now));
    if (ui->panel.tap_end != 0)
        wait = sooner(wait, until(ui->panel.tap_end, now));
    if (kiosk_due(ui) != UINT64_MAX)
        wait = sooner(wait, until(kiosk_due(ui), now));
    return wait;
}

uint32_t ui_turn(struct ui *ui, uint64_t now, bool *drawn)
{
    bool frame = now >= ui->next_frame;
    bool was_lively = ui->lively;

    if (ui->keyed)
        ui->last_key = now;
    ui->keyed = false;
    kiosk_turn(ui, now);
    run(ui, now, frame);
    status_measure(ui, now);
    save_turn(ui, now);
    if (ui->changed)
        glow_refresh(&ui->desk.glow, &ui->desk.machine, desk_runs(&ui->desk));
    if (frame) {
        bool demo = ui->base == PAGE_DEMO;

        ui->lively = desk_frame(demo ? &ui->demo.desk : &ui->desk) || demo ||
                     transfer_is_moving(&ui->transfer);
        /* In step, so that a late one does not delay the next. */
        ui->next_frame += FRAME_US;
        if (ui->next_frame <= now)
            ui->next_frame = now + FRAME_US;
    }
    *drawn = ui->changed ||
             (frame && (was_lively || ui->lively) && !pages[ui->page].still);
    if (*drawn) {
        draw(ui);
        ui->lively |= ui->changed;
        ui->changed = false;
    }
    return wait(ui, now);
}
