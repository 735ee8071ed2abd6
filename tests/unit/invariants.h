/* SPDX-License-Identifier: MIT */
/* Checks the console's invariants, and returns the console to a known state. */
#pragma once

#include "console.h"
#include "emu/engine/lockstep.h"
#include "ui/ui.h"
#include "ui/base/page_switch.h"

/* The machine in focus can run, and the cursor is on a machine. */
static inline bool guests_hold(void)
{
    const struct guest *focus = guests_get(&ui.guests, ui.guests.focus);

    return ui.guests.count >= 1 && ui.guests.count <= ui.guests.capacity &&
           focus->present && !focus->paused && !focus->killed &&
           guests_get(&ui.guests, ui.machines.chosen)->present;
}

static inline bool invariants_hold(void)
{
    const struct session *session = &ui.view.session;
    uint32_t switches = session->controls.stat & ~STATICISOR;

    return guests_hold() && ui.view.line < LINES && ui.view.digit < DIGITS &&
           ui.view.page < PAGES && ui.view.base < PAGES_BASE &&
           ui.panel.chosen < PANEL_CONTROLS && ui.view.monitor < MONITORS &&
           switches == 0 && strlen(ui.view.entry.text) < ENTRY_SIZE &&
           (!ui.view.entry.typing || ui.view.entry.text[0] != '\0') &&
           strlen(ui.view.message) < MESSAGE_SIZE &&
           (ui.view.session.journal == NULL ||
            ui.view.session.journal->end - ui.view.session.journal->first <=
                JOURNAL_RECORDS);
}

/* Presses Esc until the current base page is shown. */
static inline void go_home(void)
{
    for (unsigned i = 0; i < 3 && (i == 0 || ui.view.page != ui.view.base); i++)
        press(KEY_ESCAPE);
    assert_int_equal(ui.view.page, ui.view.base);
}

/* Releases all keys and stops the machine. */
static inline void release_keys(void)
{
    go_home();
    page_open(&ui.view, PAGE_EDITOR);
    ui.view.entry.typing = false;
    pace_set(&ui.view.session.pace, SPEED_MAX);
    turn();
    session_set_cs(&ui.view.session, false);
    turn();
    assert_false(ui.view.session.press.open);
    assert_true(session_in_past(&ui.view.session) ||
                (ui.view.session.controls.typewriter |
                 ui.view.session.controls.strip) == 0);
}

static inline void draw(void)
{
    ui.view.changed = true;
    turn();
    check_grid();
    assert_true(invariants_hold());
}

/* Undoes all actions, redoes them, and undoes them again. */
static inline void undo_all(void)
{
    unsigned undone = 0, redone = 0;

    while (session_redo(&ui.view.session))
        ;
    while (session_undo(&ui.view.session))
        undone++;
    draw();
    while (session_redo(&ui.view.session))
        redone++;
    draw();
    assert_true(redone <= undone);
    while (session_undo(&ui.view.session))
        ;
    draw();
}

/* Checks that the engine was notified of every edit. */
static inline void check_engine(void)
{
    const struct breakpoints none = {0};
    struct session *session = &ui.view.session;
    const struct machine before = session->machine;
    struct machine expected = before;

    engine_reference.run(NULL, &expected, &none, 20);
    session->engine->run(session->engine_state, &session->machine, &none, 20);
    assert_true(lockstep_same(&session->machine, &expected));
    session->machine = before;
    session->engine->state_changed(session->engine_state);
}
