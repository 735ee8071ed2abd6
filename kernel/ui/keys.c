/* SPDX-License-Identifier: MIT */
/* Leads each key to the page or command that it is for, at once or after a
 * seek. */
#include "keys.h"
#include "command_table.h"
#include "page_list.h"
#include "reset.h"
#include "ui/base/load.h"
#include "ui/base/page_switch.h"
#include "ui/debugger/navigate.h"
#include "ui/debugger/trace_export.h"
#include "ui/pages/pin.h"
#include <string.h>

void ui_repaint(struct ui *ui)
{
    ui->repaint = true;
    ui->view.changed = true;
    ports_repaint(&ui->ports);
}

/* Ctrl-R must work on every page, in case the screen is garbled. */
static bool repaints(struct ui *ui, const struct event *event)
{
    if (!event->down || !event->control || event->alt || event->windows ||
        lower(event->character) != 'r')
        return false;
    ui_repaint(ui);
    return true;
}

/* Ctrl-Alt-Del works on every page, but not in kiosk mode. */
static bool reboots(const struct ui *ui, const struct event *event)
{
    const struct command *command = command_that(&ui->view, command_reboot);

    return event->down && command_is_called(command, event) &&
           command_is_on(&ui->view, command, EVERYWHERE);
}

/* Cancels any open question and asks another one. */
static void ask(struct ui *ui, void (*act)(struct view *view))
{
    if (ui->view.page == PAGE_ASK)
        page_open(&ui->view, ui->view.question.from);
    command_do(&ui->view, command_that(&ui->view, act));
}

/* In kiosk mode, F10 asks for the PIN on every page, if there is one. */
static bool asks_pin(const struct ui *ui, const struct event *event)
{
    return event->down && !event->repeat && event->key == KEY_F10 &&
           ui->view.options.kiosk > 0 && ui->view.options.pin[0] != '\0' &&
           ui->view.page != PAGE_PIN;
}

void keys_modifier(struct ui *ui)
{
    const struct event event = {.key = KEY_NONE, .down = true};

    ui->presence.key_pending = true;
    ui->presence.key_seen = true;
    if (ui->view.page != PAGE_DEMO)
        return;
    page_list[PAGE_DEMO].event(&ui->view, &event);
    ui->view.message[0] = '\0';
    ui->view.changed = true;
}

void keys_power_button(struct ui *ui)
{
    if (ui->view.options.kiosk > 0)
        ui->view.request = REQUEST_POWER_OFF;
    else
        ask(ui, command_power_off);
    ui->view.changed = true;
}

/* Combinations with Ctrl, Alt or a Windows key must be bound to a command.  Key
   releases always pass. */
static bool is_bound(const struct ui *ui, const struct event *event)
{
    bool plain = !event->control && !event->alt && !event->windows;

    return plain || !event->down || reboots(ui, event) ||
           (page_list[ui->view.page].commands &&
            command_of(&ui->view, event) != NULL);
}

/* Ignores a key, including its repeats after the modifiers are released. */
static void ignore(struct ui *ui)
{
    ui->presence.key_pending = true;
    ui->presence.key_seen = true;
    ui->pressed_on = PAGES;
}

bool keys_session_is_paused(const struct ui *ui)
{
    return ui->report.running || ui->view.base == PAGE_DEMO;
}

/* Returns true if keys must wait until a seek is finished.  The debugger shows
   the seek and accepts keys meanwhile. */
static bool must_wait(const struct ui *ui)
{
    return ui->view.base != PAGE_DEBUG &&
           session_is_seeking(&ui->view.session) && !keys_session_is_paused(ui);
}

/* Queues a key during a seek unless it is a repeat or the queue is full.  Esc
   cancels the seek. */
static void queue_key(struct ui *ui, const struct event *event)
{
    if (event->down && event->key == KEY_ESCAPE) {
        debug_cancel_seek(&ui->view);
        ui->waiting_count = 0;
        ui->view.changed = true;
    } else if (!event->repeat && ui->waiting_count < EVENTS_WAITING) {
        ui->waiting[ui->waiting_count++] = *event;
    }
}

static void handle(struct ui *ui, const struct event *event)
{
    guests_show_focus(&ui->guests);
    load_finish(&ui->view);
    if (!event->down && !page_list[ui->view.page].releases)
        return;
    if (!is_bound(ui, event)) {
        ignore(ui);
        return;
    }
    if (event->down && !event->repeat) {
        ui->view.message[0] = '\0';
        ui->pressed_on = ui->view.page;
    } else if (event->repeat && ui->view.page != ui->pressed_on) {
        return;
    }
    ui->presence.key_pending = true;
    ui->presence.key_seen = true;
    debug_complete_seek(&ui->view);
    if (reboots(ui, event))
        ask(ui, command_reboot);
    else if (asks_pin(ui, event))
        pin_open(&ui->view);
    else
        page_list[ui->view.page].event(&ui->view, event);
    reset_for_focus(ui);
    session_record(&ui->view.session);
    trace_export_follow(&ui->view);
    ui->view.changed = true;
}

/* Handles a key.  If it confirms a change in the past, the original key is
   handled again, as a tap because it has since been released. */
static void handle_key(struct ui *ui, const struct event *event)
{
    struct question *question = &ui->view.question;

    handle(ui, event);
    if (question->replay) {
        struct event again = question->event;

        question->replay = false;
        again.tap = true;
        handle(ui, &again);
    }
}

void keys_handle_queued(struct ui *ui)
{
    while (ui->waiting_count > 0 && !must_wait(ui)) {
        struct event event = ui->waiting[0];

        ui->waiting_count--;
        memmove(ui->waiting, ui->waiting + 1,
                ui->waiting_count * sizeof *ui->waiting);
        handle_key(ui, &event);
    }
}

void ui_event(struct ui *ui, const struct event *event)
{
    if (repaints(ui, event))
        return;
    keys_handle_queued(ui);
    if (must_wait(ui))
        queue_key(ui, event);
    else
        handle_key(ui, event);
}
