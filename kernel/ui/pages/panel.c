/* SPDX-License-Identifier: MIT */
/* Handles the keys of the panel.  A control stays pressed until its key is
   released.  Terminals do not report releases, so a key on a terminal presses
   its control for TAP_US, and for at least one bar.  Auto-repeat is ignored. */
#include "panel.h"
#include "console/keymap.h"
#include "programs.h"
#include "ui/base/command_dispatch.h"
#include "ui/base/menu.h"

static struct panel *panel_of(const struct view *view)
{
    return view->state[PAGE_PANEL];
}

#define TAP_US 100000u

static bool is_held(const struct view *view, unsigned index)
{
    return panel_of(view)->held[index] != 0;
}

static void hold(struct view *view)
{
    uint32_t typewriter = 0, strip = 0;

    for (unsigned i = 0; i < PANEL_CONTROLS; i++) {
        struct panel_control panel_control = panel_control_of(i);

        if (is_held(view, i) && panel_control.kind == CONTROL_BUTTON)
            typewriter |= 1u << panel_control.number;
        else if (is_held(view, i) && panel_control.kind == CONTROL_STRIP)
            strip |= panel_control.number;
    }
    if (typewriter & ~view->session.held.typewriter &&
        typewriter & (typewriter - 1))
        view_message(view, "Two buttons pressed at once have no effect");
    session_hold_keys(&view->session, typewriter, strip);
}

void panel_cs(struct view *view)
{
    session_set_cs(&view->session, !view->session.cs);
    if (view->session.cs && view->session.machine.neon)
        view_message(view, "The stop lamp is lit and blocks prepulses; "
                           "KC (Enter) sends one and clears the lamp");
    else if (view->session.cs && view->session.hung)
        view_message(view,
                     "The machine hangs: KCC (%c) clears control, "
                     "and KC sends one more prepulse",
                     keymap_cap(view->keymap, '/'));
}

void panel_kc(struct view *view)
{
    if (session_runs(&view->session))
        view_message(
            view,
            "KC has no effect while the machine runs; CS (Backspace) stops it");
    else
        session_kc(&view->session);
}

static void operate(struct view *view,
                    const struct panel_control *panel_control)
{
    struct session *session = &view->session;

    switch (panel_control->kind) {
    case CONTROL_SWITCH:
        session_set_switch(
            session, panel_control->number,
            !(session->controls.stat >> panel_control->number & 1));
        break;
    case CONTROL_MANUAL:
        session_set_manual(session, !session->controls.manual);
        break;
    case CONTROL_ERASE:
        session_set_erase(session, !session->controls.erase);
        break;
    case CONTROL_CS:
        panel_cs(view);
        break;
    case CONTROL_KC:
        panel_kc(view);
        break;
    case CONTROL_KMC:
        if (panel_of(view)->set == PANEL_REPLICA)
            programs_open(view);
        break;
    case CONTROL_MONITOR:
        view->monitor = panel_control->number;
        break;
    default:
        break;
    }
}

/* Pressing CS or KC continues a run and does not count as a change. */
static bool changes(unsigned index)
{
    switch (panel_control_of(index).kind) {
    case CONTROL_CS:
    case CONTROL_KC:
    case CONTROL_KMC:
    case CONTROL_MONITOR:
        return false;
    default:
        return true;
    }
}

static void press(struct view *view, unsigned index, enum panel_hand hand)
{
    struct panel_control panel_control = panel_control_of(index);
    bool was_held = is_held(view, index);

    panel_of(view)->held[index] |= (uint8_t)hand;
    if (!was_held)
        operate(view, &panel_control);
    hold(view);
}

static void let_go(struct view *view, unsigned index, enum panel_hand hand)
{
    panel_of(view)->held[index] &= (uint8_t)~hand;
    hold(view);
}

static void end_tap(struct view *view)
{
    if (panel_of(view)->tap_end == 0)
        return;
    panel_of(view)->tap_end = 0;
    let_go(view, panel_of(view)->tapped, HAND_TAP);
}

void panel_turn(struct view *view, uint64_t now)
{
    struct panel *panel = panel_of(view);

    if (panel->tap_end == TAP_BEGINS)
        panel->tap_end = now + TAP_US;
    if (panel->tap_end != 0 && now >= panel->tap_end) {
        end_tap(view);
        view->changed = true;
    }
}

static void tap(struct view *view, unsigned index)
{
    end_tap(view);
    panel_of(view)->tapped = index;
    panel_of(view)->tap_end = TAP_BEGINS;
    press(view, index, HAND_TAP);
}

void panel_release(struct view *view)
{
    for (unsigned i = 0; i < PANEL_CONTROLS; i++)
        panel_of(view)->held[i] = 0;
    panel_of(view)->tap_end = 0;
    hold(view);
}

static void move(struct view *view, int rows, int columns)
{
    panel_of(view)->chosen = panel_control_beside(
        panel_of(view)->chosen, rows, columns, view->layout->halves);
}

/* Returns PANEL_CONTROLS if the key does not operate any control. */
static unsigned panel_control_for(const struct view *view,
                                  const struct event *event,
                                  enum panel_hand *hand)
{
    *hand = HAND_KEY;
    if (event->key == KEY_ENTER || event->key == KEY_F6)
        return panel_control_first(CONTROL_KC);
    if (event->key == KEY_BACKSPACE || event->key == KEY_F5)
        return panel_control_first(CONTROL_CS);
    if (event->position == '\0' || (event->control && event->down))
        return PANEL_CONTROLS;
    if (event->position == ' ') {
        *hand = HAND_SPACE;
        return panel_of(view)->chosen;
    }
    return panel_control_find(event->position);
}

static void arrow(struct view *view, enum key key)
{
    if (key == KEY_UP)
        move(view, -1, 0);
    else if (key == KEY_DOWN)
        move(view, 1, 0);
    else if (key == KEY_LEFT)
        move(view, 0, -1);
    else if (key == KEY_RIGHT)
        move(view, 0, 1);
}

/* Space releases the control it pressed, even if another is now selected. */
static void release(struct view *view, unsigned index, enum panel_hand hand)
{
    if (hand == HAND_KEY) {
        let_go(view, index, hand);
        return;
    }
    for (unsigned i = 0; i < PANEL_CONTROLS; i++)
        if (panel_of(view)->held[i] & HAND_SPACE)
            let_go(view, i, HAND_SPACE);
}

void panel_event(struct view *view, const struct event *event)
{
    const struct command *command = command_of(view, event);
    enum panel_hand hand;
    unsigned index = panel_control_for(view, event, &hand);

    if (!event->down) {
        if (index < PANEL_CONTROLS)
            release(view, index, hand);
        return;
    }
    arrow(view, event->key);
    if (event->repeat)
        return;
    if (index < PANEL_CONTROLS && changes(index) &&
        !command_may_change(view, NULL, event))
        return;
    if (index < PANEL_CONTROLS && event->tap)
        tap(view, index);
    else if (index < PANEL_CONTROLS)
        press(view, index, hand);
    else if (command != NULL)
        command_do(view, command);
    else if (event->key == KEY_ESCAPE)
        menu_open(view);
}
