/* SPDX-License-Identifier: MIT */
/* Decides in each turn what runs, what is drawn and how long the PC may sleep.
 */
#include "ui.h"
#include "kiosk.h"
#include "keyboards.h"
#include "emu/guests/multiplex.h"
#include "page_list.h"
#include "ui/base/load.h"
#include "ui/base/status.h"
#include "ui/debugger/breakpoints.h"
#include "ui/debugger/navigate.h"
#include "ui/debugger/trace_export.h"
#include "ui/lab/lab.h"
#include "ui/lab/measure.h"
#include "ui/machines/machines.h"
#include "ui/save/save_receive.h"
#include "ui/pages/tour.h"

#define MARGIN_COLUMNS 4 /* of a wide screen, on both sides together */

/* With this time per cell the digits of a tube take 40 ms.  A drawing of fewer
   cells says little about it. */
#define COARSE_CELL_US 40
#define FINE_CELL_US   20
#define COARSE_CELLS   500

#define FRAME_US    20000u
#define KEY_WAIT_US 200000u /* longest wait of a key for the machine */

bool ui_shows_system_info(const struct ui *ui)
{
    return ui->view.page == PAGE_SYSTEM_INFO;
}

void ui_received(struct ui *ui, enum port port, const char *bytes, size_t count,
                 bool lost, uint64_t now)
{
    struct event events[ESCAPE_EVENTS];

    if (lost)
        ports_lost(&ui->view, &ui->ports, port, now);
    for (size_t i = 0; i < count; i++) {
        unsigned keys =
            ports_receive(&ui->view, &ui->ports, port, bytes[i], events, now);

        for (unsigned j = 0; j < keys; j++)
            ui_event(ui, &events[j]);
    }
}

size_t ui_to_send(struct ui *ui, enum port port, const char **bytes)
{
    return ports_to_send(&ui->view, &ui->ports, port, bytes);
}

void ui_sent(struct ui *ui, enum port port, size_t count, uint64_t now)
{
    ports_sent(&ui->view, &ui->ports, port, count, now);
}

static void handle_port_keys(struct ui *ui, uint64_t now)
{
    struct event event;

    while (ports_key(&ui->view, &ui->ports, &event, now))
        ui_event(ui, &event);
}

/* Returns how many columns a page has.  On a wide screen there is a margin. */
static unsigned page_columns(const struct view *view, const struct page *page)
{
    unsigned columns = view->cells.columns - MARGIN_COLUMNS;

    if (view->cells.columns == PAGE_COLUMNS || page->columns == 0)
        return PAGE_COLUMNS;
    return columns < page->columns ? columns : page->columns;
}

/* Draws a page in the middle of the screen. */
static void draw_page(struct view *view, const struct page *page)
{
    cells_use_middle(&view->cells, view->layout->rows,
                     page_columns(view, page));
    page->draw(view);
    cells_use_grid(&view->cells);
}

static void draw(struct view *view, const struct serial_ports *ports)
{
    ports_fit(view, ports);
    cells_clear(&view->cells, ATTR_TEXT);
    if (page_list[view->page].over_base)
        draw_page(view, &page_list[view->base]);
    draw_page(view, &page_list[view->page]);
}

void ui_request_failed(struct ui *ui)
{
    if (ui->view.request == REQUEST_REBOOT)
        view_message(&ui->view, "This PC cannot be reset by software; "
                                "please use its reset or power switch");
    else if (ui->view.request == REQUEST_POWER_OFF)
        view_message(&ui->view, "This PC cannot switch itself off; "
                                "it is now safe to switch it off yourself");
    else
        view_message(&ui->view,
                     "qemu-exit: this PC has no exit device at port 0xF4");
    ui->view.request = REQUEST_NONE;
    ui->view.changed = true;
}

void ui_account_time(struct ui *ui, uint64_t took, uint64_t cycles)
{
    guests_account(&ui->guests, took);
    if (!report_account_time(&ui->view, took, cycles))
        lab_slice_done(&ui->view, took, cycles);
}

/* Chooses the steps of the tube's brightness by the time that a cell takes. */
void ui_account_cells(struct ui *ui, bool first, unsigned count, uint64_t took)
{
    struct pacing *pacing = &ui->pacing;

    pacing->drawn = (first ? 0 : pacing->drawn) + count;
    pacing->drawn_us = (first ? 0 : pacing->drawn_us) + took;
    if (pacing->drawn < COARSE_CELLS)
        return;
    if (pacing->drawn_us >= (uint64_t)pacing->drawn * COARSE_CELL_US)
        ui->view.coarse = true;
    else if (pacing->drawn_us < (uint64_t)pacing->drawn * FINE_CELL_US)
        ui->view.coarse = false;
}

void ui_account_drawing(struct ui *ui, const struct drawing_part *part)
{
    struct pacing *pacing = &ui->pacing;

    if (part->first) {
        pacing->began = part->since;
        pacing->drawing = 0;
    }
    pacing->drawing += part->end - part->since;
    pacing->unfinished = !part->last;
    if (part->first)
        pace_adapt(&ui->view.session.pace, part->turn);
}

/* Shows why the run ended, replacing any message. */
static void show_stop(struct ui *ui, bool was_running)
{
    if (was_running && !session_runs(&ui->view.session))
        debug_show_stop_reason(&ui->view);
}

static bool more(struct ui *ui, uint64_t now)
{
    bool was_running = session_runs(&ui->view.session), any;

    if (keys_session_is_paused(ui))
        return false;
    if (ui->debugger.trace.live)
        session_record(&ui->view.session);
    ui->view.session.slice_max = trace_export_room(&ui->view);
    any = guests_more(&ui->guests, now);
    show_stop(ui, was_running);
    return any;
}

bool ui_more(struct ui *ui, uint64_t now)
{
    if (ui->pacing.calls == 0)
        ui->pacing.slice = now;
    else
        guests_account(&ui->guests, now - ui->pacing.call);
    ui->pacing.call = now;
    if (now - ui->pacing.slice < pace_slice(&ui->view.session.pace) &&
        ui->pacing.calls < PACE_CALLS && more(ui, now)) {
        ui->pacing.calls++;
        return true;
    }
    if (ui->pacing.calls > 0)
        session_record(&ui->view.session);
    ui->pacing.calls = 0;
    return false;
}

static uint64_t until(uint64_t when, uint64_t now)
{
    return when > now ? when - now : 0;
}

static void run(struct ui *ui, uint64_t now, bool frame)
{
    bool was_running = session_runs(&ui->view.session);

    if (ui->view.base == PAGE_DEMO) {
        demo_turn(&ui->demo, &ui->view.library, now, frame);
        return;
    }
    panel_turn(&ui->view, now);
    lab_prepare(&ui->view);
    trace_export_poll(&ui->view, now);
    ui->view.session.slice_max = trace_export_room(&ui->view);
    guests_turn(&ui->guests, now, frame);
    debug_complete_seek(&ui->view);
    tour_turn(&ui->view);
    show_stop(ui, was_running);
}

static uint32_t sooner(uint32_t wait, uint64_t other)
{
    return wait < other ? wait : (uint32_t)other;
}

/* Returns how long the PC may sleep, in microseconds. */
static uint32_t wait(struct ui *ui, uint64_t now)
{
    bool demo = ui->view.base == PAGE_DEMO;
    uint32_t wait =
        demo ? session_wait(&ui->demo.session) : guests_wait(&ui->guests, now);

    if (ui->view.transfer.state == TRANSFER_SENDING || ui->report.running ||
        save_is_encoding(&ui->view) ||
        reader_is_active(&ui->view.load.file.reader) || ui->programs.more ||
        (demo && reader_is_active(&ui->demo.reading.reader)) ||
        trace_export_is_active(&ui->view) ||
        (ui->lab.measuring && ui->view.base == PAGE_LAB))
        return 0;
    if (ui->pacing.animating || demo)
        wait = sooner(wait, until(ui->pacing.next_frame, now));
    if (ui->panel.tap_end != 0)
        wait = sooner(wait, until(ui->panel.tap_end, now));
    if (kiosk_due(ui) != UINT64_MAX)
        wait = sooner(wait, until(kiosk_due(ui), now));
    if (keyboards_advice_due(ui) != UINT64_MAX)
        wait = sooner(wait, until(keyboards_advice_due(ui), now));
    if (machines_due(&ui->view) != UINT64_MAX)
        wait = sooner(wait, until(machines_due(&ui->view), now));
    if (ports_due(&ui->ports) != UINT64_MAX)
        wait = sooner(wait, until(ports_due(&ui->ports), now));
    return wait;
}

/* Returns true if timed work ran and the turn must do nothing else. */
static bool measured(struct ui *ui, uint64_t now, bool frame)
{
    return report_turn(&ui->view, now) ||
           (!frame && !ui->view.changed && lab_slice(&ui->view));
}

/* Returns true if the machine is behind and has not yet run for as long as the
   last drawing took, since that began.  So it gets half of the processor's time
   on any PC. */
static bool waits_for_machine(struct ui *ui, uint64_t now)
{
    const struct pacing *pacing = &ui->pacing;

    return (pacing->unfinished || now - pacing->began < 2 * pacing->drawing) &&
           session_is_behind(&ui->view.session, now);
}

uint32_t ui_work(struct ui *ui, uint64_t now, bool *draw)
{
    guests_show_focus(&ui->guests);
    bool waits = waits_for_machine(ui, now);
    bool frame = now >= ui->pacing.next_frame && !waits;
    bool was_animating = ui->pacing.animating;

    handle_port_keys(ui, now);
    ports_turn(&ui->view, &ui->ports, now);
    keys_handle_queued(ui);
    if (measured(ui, now, frame)) {
        *draw = false;
        return 0;
    }
    if (ui->presence.key_pending)
        ui->view.last_key = now;
    ui->presence.key_pending = false;
    kiosk_turn(ui, now);
    keyboards_turn(ui, now);
    if (!ui->report.running) {
        run(ui, now, frame);
        status_measure(&ui->view, now);
    }
    save_turn(&ui->view, now);
    load_turn(&ui->view);
    programs_turn(&ui->view);
    machines_turn(&ui->view, now);
    if (!ui->view.changed)
        ui->pacing.current = now;
    else
        phosphor_refresh(&ui->view.session.phosphor, &ui->view.session.machine,
                         session_runs(&ui->view.session));
    if (frame) {
        bool demo = ui->view.base == PAGE_DEMO;

        ui->pacing.animating = (demo ? session_end_frame(&ui->demo.session)
                                     : guests_end_frame(&ui->guests)) ||
                               demo || transfer_is_moving(&ui->view.transfer) ||
                               ui_shows_system_info(ui);
        /* Keep a fixed period, so that a late frame does not delay the next. */
        ui->pacing.next_frame += FRAME_US;
        if (ui->pacing.next_frame <= now)
            ui->pacing.next_frame = now + FRAME_US;
    }
    /* Keys wait for the machine only on a PC that draws few frames, and only to
       hold its speed. */
    bool keys_wait = waits && ui->pacing.drawing >= FRAME_US &&
                     ui->view.session.pace.speed != SPEED_MAX &&
                     now - ui->pacing.current < KEY_WAIT_US;

    *draw = (ui->view.changed && !keys_wait) ||
            (frame && (was_animating || ui->pacing.animating) &&
             !page_list[ui->view.page].still);
    if (*draw) {
        ui->pacing.animating |= ui->view.changed;
        ui->view.changed = false;
    }
    return ui->view.changed ? 0 : wait(ui, now);
}

void ui_draw(struct ui *ui)
{
    guests_show_focus(&ui->guests);
    draw(&ui->view, &ui->ports);
    terminal_changed(&ui->ports.terminal);
}

uint32_t ui_turn(struct ui *ui, uint64_t now, bool *drawn)
{
    uint32_t wait = ui_work(ui, now, drawn);

    if (*drawn)
        ui_draw(ui);
    return wait;
}
