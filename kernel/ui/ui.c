/* SPDX-License-Identifier: MIT */
#include "ui/base/commands.h"
#include "ui/base/page.h"
#include <stdarg.h>
#include <string.h>

#define FRAME_US   20000u
#define OWED_TURNS 4

/* Each page by how it is drawn and who gets its keys. */
static const struct {
    void (*draw)(struct ui *ui);
    void (*event)(struct ui *ui, const struct event *event);
    bool over_base; /* covers part of the screen, over the base page */
    bool releases;  /* wants to know when a key is let go */
    bool still;     /* shows nothing that the machine does */
    bool commands;  /* takes the keys of the base page's commands */
} pages[PAGES] = {
    [PAGE_EDITOR] = {.draw = editor_draw,
                     .event = editor_event,
                     .commands = true},
    [PAGE_PANEL] = {.draw = panel_draw,
                    .event = panel_event,
                    .releases = true,
                    .commands = true},
    [PAGE_LARGE] = {.draw = large_draw, .event = large_event, .commands = true},
    [PAGE_LAB] = {.draw = lab_draw, .event = lab_event, .commands = true},
    [PAGE_DEBUG] = {.draw = debug_draw, .event = debug_event, .commands = true},
    [PAGE_DEMO] = {.draw = demo_draw, .event = demo_event},
    [PAGE_OFFER] = {.draw = offer_draw,
                    .event = offer_event,
                    .over_base = true},
    [PAGE_MENU] = {.draw = menu_draw,
                   .event = menu_event,
                   .over_base = true,
                   .commands = true},
    [PAGE_PROGRAMS] = {.draw = programs_draw,
                       .event = programs_event,
                       .still = true},
    [PAGE_SAVE] = {.draw = save_draw, .event = save_event},
    [PAGE_HELP] = {.draw = help_draw, .event = help_event, .still = true},
    [PAGE_SYSTEM_INFO] = {.draw = system_info_draw,
                          .event = system_info_event,
                          .commands = true},
    [PAGE_ASK] = {.draw = ask_draw, .event = ask_event, .over_base = true},
    [PAGE_REPORT] = {.draw = report_draw, .event = report_event, .still = true},
};

void ui_open(struct ui *ui, enum page page)
{
    if (ui->page == PAGE_PANEL && page != PAGE_PANEL)
        panel_let_go(ui);
    ui->page = page;
    if (page < PAGES_BASE)
        ui->base = page;
}

bool ui_shows_system_info(const struct ui *ui)
{
    return ui->page == PAGE_SYSTEM_INFO;
}

void ui_back(struct ui *ui)
{
    ui_open(ui, ui->base);
}

static void draw_bar(struct ui *ui, unsigned row, const char *text)
{
    cells_fill(&ui->cells, row, 0, CELLS_COLUMNS, ' ', ATTR_BAR);
    cells_text(&ui->cells, row, 1, ATTR_BAR, text);
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
    struct strbuf out = strbuf_begin(line, size);
    unsigned length = 0, cut = 0;

    while (text[length] != '\0' && text[length] != '\n' && length < size - 1) {
        length++;
        if (text[length] == ' ' || text[length] == '\n' || text[length] == '\0')
            cut = length;
    }
    if (cut == 0)
        cut = length;
    strbuf_add(&out, "%.*s", (int)cut, text);
    text += cut;
    if (*text == '\n')
        return text + 1;
    while (*text == ' ')
        text++;
    return text;
}

void page_text(struct ui *ui, unsigned row, unsigned column, uint8_t attribute,
               const char *format, ...)
{
    char buffer[CELLS_COLUMNS + 1];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);
    va_list arguments;

    va_start(arguments, format);
    strbuf_add_list(&text, format, arguments);
    va_end(arguments);
    cells_text(&ui->cells, row, column, attribute, buffer);
}

void page_cut(struct ui *ui, unsigned row, unsigned column, unsigned width,
              uint8_t attribute, const char *text)
{
    unsigned length = (unsigned)strlen(text);

    for (unsigned i = 0; i < length && i < width; i++)
        cells_put(&ui->cells, row, column + i,
                  length > width && i + 2 >= width ? '.' : (uint8_t)text[i],
                  attribute);
}

unsigned page_line(const struct ui *ui, unsigned rows, unsigned i)
{
    unsigned first = ui->line > rows / 2 ? ui->line - rows / 2 : 0;

    return (first < LINES - rows ? first : LINES - rows) + i;
}

unsigned page_prose(struct ui *ui, unsigned row, unsigned rows, unsigned column,
                    unsigned width, uint8_t attribute, const char *text)
{
    char line[CELLS_COLUMNS + 1];

    for (; rows > 0 && *text != '\0'; rows--, row++) {
        const char *rest = page_wrap(text, line, width + 1);

        if (rows == 1 && *rest != '\0') /* the dots stand after a word */
            rest = page_wrap(text, line, width - 1);
        text = rest;
        cells_text(&ui->cells, row, column, attribute, line);
    }
    if (*text != '\0')
        cells_text_right(&ui->cells, row - 1, column + width, attribute, "...");
    return row;
}

void ui_message(struct ui *ui, const char *format, ...)
{
    struct strbuf text = strbuf_begin(ui->message, sizeof ui->message);
    va_list arguments;

    va_start(arguments, format);
    strbuf_add_list(&text, format, arguments);
    va_end(arguments);
}

void ui_repaint(struct ui *ui)
{
    ui->repaint = true;
    ui->changed = true;
    ports_repaint(ui);
}

/* On every page, as no page can be read where it is needed. */
static bool repaints(struct ui *ui, const struct event *event)
{
    if (!event->down || !event->control || event->alt || event->windows ||
        event->position != 'r')
        return false;
    ui_repaint(ui);
    return true;
}

/* Ctrl-Alt-Del, on every page too; not in a kiosk. */
static bool reboots(const struct ui *ui, const struct event *event)
{
    const struct command *command = command_that(ui_reboot);

    return event->down && command_is_called(command, event) &&
           command_is_on(ui, command, EVERYWHERE);
}

/* A question that is open already is answered by no. */
static void ask_reboot(struct ui *ui)
{
    if (ui->page == PAGE_ASK)
        ui_open(ui, ui->asked_on);
    command_do(ui, command_that(ui_reboot));
}

/* With Ctrl, Alt or a Windows key a key does what is bound to all of them
   together, and nothing else.  It may be let go with any of them. */
static bool is_bound(const struct ui *ui, const struct event *event)
{
    bool plain = !event->control && !event->alt && !event->windows;

    return plain || !event->down || reboots(ui, event) ||
           (pages[ui->page].commands && command_of(ui, event) != NULL);
}

/* Nor does it act once the others are let go and it is held on. */
static void ignore(struct ui *ui)
{
    ui->keyed = true;
    ui->key_seen = true;
    ui->pressed_on = PAGES;
}

/* The machine on the desk has no time now. */
static bool is_elsewhere(const struct ui *ui)
{
    return ui->report.running || ui->base == PAGE_DEMO;
}

/* The debugger's page shows a search and takes the keys meant for it; on others
   a step back that is under way comes first. */
static bool must_wait(const struct ui *ui)
{
    return ui->base != PAGE_DEBUG && session_is_seeking(&ui->session) &&
           !is_elsewhere(ui);
}

/* Esc ends the search; other keys wait for its end, as many as there is room
   for, but for those that a held key repeats. */
static void let_wait(struct ui *ui, const struct event *event)
{
    if (event->down && event->key == KEY_ESCAPE) {
        debug_cancel_seek(ui);
        ui->waiting_count = 0;
        ui->changed = true;
    } else if (!event->repeat && ui->waiting_count < EVENTS_WAITING) {
        ui->waiting[ui->waiting_count++] = *event;
    }
}

static void take(struct ui *ui, const struct event *event)
{
    load_finish(ui);
    if (!event->down && !pages[ui->page].releases)
        return;
    if (!is_bound(ui, event)) {
        ignore(ui);
        return;
    }
    if (event->down && !event->repeat) {
        ui->message[0] = '\0';
        ui->pressed_on = ui->page;
    } else if (event->repeat && ui->page != ui->pressed_on) {
        return;
    }
    ui->keyed = true;
    ui->key_seen = true;
    debug_turn(ui);
    if (reboots(ui, event))
        ask_reboot(ui);
    else
        pages[ui->page].event(ui, event);
    session_record(&ui->session);
    trace_export_follow(ui);
    ui->changed = true;
}

static void take_waiting(struct ui *ui)
{
    while (ui->waiting_count > 0 && !must_wait(ui)) {
        struct event event = ui->waiting[0];

        ui->waiting_count--;
        memmove(ui->waiting, ui->waiting + 1,
                ui->waiting_count * sizeof *ui->waiting);
        take(ui, &event);
    }
}

void ui_event(struct ui *ui, const struct event *event)
{
    if (repaints(ui, event))
        return;
    take_waiting(ui);
    if (must_wait(ui))
        let_wait(ui, event);
    else
        take(ui, event);
}

static void draw(struct ui *ui)
{
    cells_clear(&ui->cells, ATTR_TEXT);
    if (pages[ui->page].over_base)
        pages[ui->base].draw(ui);
    pages[ui->page].draw(ui);
}

void ui_request_failed(struct ui *ui)
{
    if (ui->request == REQUEST_REBOOT)
        ui_message(ui, "This PC cannot be reset from here; please use its own "
                       "switch");
    else if (ui->request == REQUEST_POWER_OFF)
        ui_message(ui, "It is now safe to switch this PC off: it cannot do so "
                       "itself");
    else
        ui_message(ui, "qemu-exit: there is no port 0xF4 that ends this PC");
    ui->request = REQUEST_NONE;
    ui->changed = true;
}

void ui_account_time(struct ui *ui, uint64_t took, uint64_t cycles)
{
    if (!report_took(ui, took, cycles))
        lab_took(ui, took, cycles);
}

/* The news is the Stop now, and no message may hide it. */
static void say_stop(struct ui *ui, bool was_running)
{
    if (was_running && !session_runs(&ui->session))
        debug_show_stop(ui);
}

static bool more(struct ui *ui, uint64_t now)
{
    bool was_running = session_runs(&ui->session), any;

    if (is_elsewhere(ui))
        return false;
    if (ui->trace_export.live)
        session_record(&ui->session);
    ui->session.slice_max = trace_export_room(ui);
    any = session_turn_more(&ui->session, now);
    say_stop(ui, was_running);
    return any;
}

bool ui_more(struct ui *ui, uint64_t now)
{
    if (ui->calls == 0)
        ui->slice = now;
    else
        session_account_call(&ui->session, now - ui->called);
    ui->called = now;
    if (now - ui->slice < PACE_SLICE_US && ui->calls < PACE_CALLS &&
        more(ui, now)) {
        ui->calls++;
        return true;
    }
    if (ui->calls > 0)
        session_record(&ui->session);
    ui->calls = 0;
    return false;
}

/* Microseconds from NOW until WHEN. */
static uint64_t until(uint64_t when, uint64_t now)
{
    return when > now ? when - now : 0;
}

/* The machine that is on the screen gets its time. */
static void run(struct ui *ui, uint64_t now, bool frame)
{
    bool was_running = session_runs(&ui->session);

    if (ui->base == PAGE_DEMO) {
        demo_turn(&ui->demo, &ui->library, now, frame);
        return;
    }
    panel_turn(ui, now);
    lab_turn(ui);
    trace_export_turn(ui, now);
    ui->session.slice_max = trace_export_room(ui);
    session_turn(&ui->session, now, frame);
    debug_turn(ui);
    tour_turn(ui);
    say_stop(ui, was_running);
}

static uint32_t sooner(uint32_t wait, uint64_t other)
{
    return wait < other ? wait : (uint32_t)other;
}

/* Microseconds that the PC may sleep. */
static uint32_t wait(const struct ui *ui, uint64_t now)
{
    bool demo = ui->base == PAGE_DEMO;
    uint32_t wait = session_wait(demo ? &ui->demo.session : &ui->session);

    if (ui->transfer.state == TRANSFER_SENDING || ui->report.running ||
        reader_is_active(&ui->reading.reader) || ui->programs.more ||
        (demo && reader_is_active(&ui->demo.reading.reader)) ||
        trace_export_is_active(ui) ||
        (ui->lab.measuring && ui->base == PAGE_LAB))
        return 0;
    if (ui->lively || demo)
        wait = sooner(wait, until(ui->next_frame, now));
    if (ui->panel.tap_end != 0)
        wait = sooner(wait, until(ui->panel.tap_end, now));
    if (kiosk_due(ui) != UINT64_MAX)
        wait = sooner(wait, until(kiosk_due(ui), now));
    if (keyless_due(ui) != UINT64_MAX)
        wait = sooner(wait, until(keyless_due(ui), now));
    if (ports_due(ui) != UINT64_MAX)
        wait = sooner(wait, until(ports_due(ui), now));
    return wait;
}

/* True: this turn was a slice of work of which the time matters, no more. */
static bool measured(struct ui *ui, uint64_t now, bool frame)
{
    return report_turn(ui, now) || (!frame && !ui->changed && lab_slice(ui));
}

/* Where drawing takes longer than a frame lasts, and the machine has more to do
   than it may in a turn: the next turns are the machine's alone. */
static bool waits_for_machine(struct ui *ui, uint64_t now)
{
    if (ui->drew && now >= ui->next_frame)
        ui->owed = OWED_TURNS;
    if (ui->owed == 0 || !session_is_behind(&ui->session, now))
        return false;
    ui->owed--;
    return true;
}

uint32_t ui_turn(struct ui *ui, uint64_t now, bool *drawn)
{
    bool frame = now >= ui->next_frame && !waits_for_machine(ui, now);
    bool was_lively = ui->lively;

    ui->drew = false;
    ports_turn(ui, now);
    take_waiting(ui);
    if (measured(ui, now, frame)) {
        *drawn = false;
        return 0;
    }
    if (ui->keyed)
        ui->last_key = now;
    ui->keyed = false;
    kiosk_turn(ui, now);
    keyless_turn(ui, now);
    if (!ui->report.running) {
        run(ui, now, frame);
        status_measure(ui, now);
    }
    save_turn(ui, now);
    load_turn(ui);
    programs_turn(ui);
    if (ui->changed)
        phosphor_refresh(&ui->session.phosphor, &ui->session.machine,
                         session_runs(&ui->session));
    if (frame) {
        bool demo = ui->base == PAGE_DEMO;

        ui->lively =
            session_end_frame(demo ? &ui->demo.session : &ui->session) ||
            demo || transfer_is_moving(&ui->transfer) ||
            ui_shows_system_info(ui);
        /* In step, so that a late one does not delay the next. */
        ui->next_frame += FRAME_US;
        if (ui->next_frame <= now)
            ui->next_frame = now + FRAME_US;
    }
    *drawn = ui->changed ||
             (frame && (was_lively || ui->lively) && !pages[ui->page].still);
    if (*drawn) {
        draw(ui);
        terminal_changed(&ui->terminal);
        ui->lively |= ui->changed;
        ui->changed = false;
    }
    ui->drew = *drawn;
    return wait(ui, now);
}
