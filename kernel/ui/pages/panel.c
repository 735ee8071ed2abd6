/* SPDX-License-Identifier: MIT */
/*
 * The operator's panel: hands on switches, buttons and keys.
 *
 * What is pressed stays pressed until it is let go; a key of the PC that
 * repeats is one press.  A terminal tells of no release, so its keys press
 * for TAP_US, and for a bar at least.
 */
#include "ui/base/commands.h"
#include "ui/base/page.h"

#define TAP_US 100000u

static bool is_held(const struct ui *ui, unsigned index)
{
    return ui->panel.held[index] != 0;
}

/* Hands the desk what all hands together hold. */
static void hold(struct ui *ui)
{
    uint32_t typewriter = 0, strip = 0;

    for (unsigned i = 0; i < FITTINGS; i++) {
        struct panel_control panel_control = panel_control_of(i);

        if (is_held(ui, i) && panel_control.kind == CONTROL_BUTTON)
            typewriter |= 1u << panel_control.number;
        else if (is_held(ui, i) && panel_control.kind == CONTROL_STRIP)
            strip |= panel_control.number;
    }
    if (typewriter & ~ui->session.held.typewriter && typewriter & (typewriter - 1))
        ui_message(ui, "Two buttons at once have no effect");
    session_hold_keys(&ui->session, typewriter, strip);
}

void panel_cs(struct ui *ui)
{
    session_set_cs(&ui->session, !ui->session.cs);
    if (ui->session.cs && ui->session.machine.neon)
        ui_message(ui,
                   "The stop lamp is lit, so no prepulse passes: KC (Enter) "
                   "gives one and puts it out");
    else if (ui->session.cs && ui->session.hung)
        ui_message(ui, "It hangs: nothing can be fetched until KCC (/) or KC");
}

void panel_kc(struct ui *ui)
{
    if (session_runs(&ui->session))
        ui_message(ui, "KC does nothing while prepulses follow one another; "
                       "CS (Backspace) stops them");
    else
        session_kc(&ui->session);
}

/* What happens at the moment of the press. */
static void operate(struct ui *ui, const struct panel_control *panel_control)
{
    struct session *session = &ui->session;

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
        panel_cs(ui);
        break;
    case CONTROL_KC:
        panel_kc(ui);
        break;
    case CONTROL_KMC:
        if (ui->panel.set == PANEL_REPLICA)
            programs_open(ui);
        break;
    case CONTROL_MONITOR:
        ui->monitor = panel_control->number;
        break;
    default:
        break;
    }
}

/* What changes the machine or how it stands; CS and KC let it go on. */
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

static void press(struct ui *ui, unsigned index, enum panel_hand hand)
{
    struct panel_control panel_control = panel_control_of(index);
    bool was_held = is_held(ui, index);

    ui->panel.held[index] |= (uint8_t)hand;
    if (!was_held)
        operate(ui, &panel_control);
    hold(ui);
}

static void let_go(struct ui *ui, unsigned index, enum panel_hand hand)
{
    ui->panel.held[index] &= (uint8_t)~hand;
    hold(ui);
}

static void end_tap(struct ui *ui)
{
    if (ui->panel.tap_end == 0)
        return;
    ui->panel.tap_end = 0;
    let_go(ui, ui->panel.tapped, HAND_TAP);
}

void panel_turn(struct ui *ui, uint64_t now)
{
    struct panel *panel = &ui->panel;

    if (panel->tap_end == TAP_BEGINS)
        panel->tap_end = now + TAP_US;
    if (panel->tap_end != 0 && now >= panel->tap_end) {
        end_tap(ui);
        ui->changed = true;
    }
}

static void tap(struct ui *ui, unsigned index)
{
    end_tap(ui);
    ui->panel.tapped = index;
    ui->panel.tap_end = TAP_BEGINS;
    press(ui, index, HAND_TAP);
}

void panel_let_go(struct ui *ui)
{
    for (unsigned i = 0; i < FITTINGS; i++)
        ui->panel.held[i] = 0;
    ui->panel.tap_end = 0;
    hold(ui);
}

static void move(struct ui *ui, int rows, int columns)
{
    ui->panel.chosen = panel_control_beside(ui->panel.chosen, rows, columns,
                                            ui->layout->halves);
}

/* The fitting that a key acts on, and by which hand. */
static unsigned panel_control_for(const struct ui *ui,
                                  const struct event *event,
                                  enum panel_hand *hand)
{
    *hand = HAND_KEY;
    if (event->key == KEY_ENTER || event->key == KEY_F6)
        return panel_control_first(CONTROL_KC);
    if (event->key == KEY_BACKSPACE || event->key == KEY_F5)
        return panel_control_first(CONTROL_CS);
    if (event->key != KEY_CHARACTER || (event->control && event->down))
        return FITTINGS;
    if (event->position == ' ') {
        *hand = HAND_SPACE;
        return ui->panel.chosen;
    }
    return panel_control_find(event->position);
}

static void arrow(struct ui *ui, enum key key)
{
    if (key == KEY_UP)
        move(ui, -1, 0);
    else if (key == KEY_DOWN)
        move(ui, 1, 0);
    else if (key == KEY_LEFT)
        move(ui, 0, -1);
    else if (key == KEY_RIGHT)
        move(ui, 0, 1);
}

/* Space holds what was chosen when it went down. */
static void release(struct ui *ui, unsigned index, enum panel_hand hand)
{
    if (hand == HAND_KEY) {
        let_go(ui, index, hand);
        return;
    }
    for (unsigned i = 0; i < FITTINGS; i++)
        if (ui->panel.held[i] & HAND_SPACE)
            let_go(ui, i, HAND_SPACE);
}

void panel_event(struct ui *ui, const struct event *event)
{
    const struct command *command = command_of(ui, event);
    enum panel_hand hand;
    unsigned index = panel_control_for(ui, event, &hand);

    if (!event->down) {
        if (index < FITTINGS)
            release(ui, index, hand);
        return;
    }
    arrow(ui, event->key);
    if (event->repeat)
        return;
    if (index < FITTINGS && changes(index) &&
        !future_may_begin(ui, NULL, event))
        return;
    if (index < FITTINGS && event->tap)
        tap(ui, index);
    else if (index < FITTINGS)
        press(ui, index, hand);
    else if (command != NULL)
        command_do(ui, command);
    else if (event->key == KEY_ESCAPE)
        menu_open(ui);
}
