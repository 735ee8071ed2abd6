/* SPDX-License-Identifier: MIT */
#include "held_keys.h"
#include "emu/text/mnemonic.h"
#include "engine_use.h"
#include "undo.h"
#include <string.h>

/* Saves the old values of DIGITS in LINE for undo, unless already saved. */
static void remember(struct press *press, unsigned line, uint32_t digits,
                     uint32_t before)
{
    uint32_t fresh = digits & ~press->digits[line];

    press->store[line] |= before & fresh;
    press->digits[line] |= fresh;
}

void session_note_forced(struct session *session, const struct bar *bar)
{
    const uint32_t *store = session->machine.store;

    if (!session->press.open)
        return;
    /* A forced digit always changes, so its old value is the inverse. */
    remember(&session->press, bar->control_line, bar->control_forced,
             ~store[bar->control_line]);
    remember(&session->press, bar->action_line, bar->action_forced,
             ~store[bar->action_line]);
}

static void open_press(struct session *session)
{
    const struct machine *machine = &session->machine;

    session->press = (struct press){
        .open = true,
        .a = machine->a,
        .ci = machine->ci,
        .pi = machine->pi,
    };
}

/* Records the lines changed by PRESS.  KSC changes how all lines are shown. */
static void record_lines(struct session *session, const struct press *press)
{
    uint32_t lines = press->strip & KSC ? UINT32_MAX : 0, numbers = 0;

    for (unsigned line = 0; line < LINES; line++) {
        uint32_t before = press->store[line], digits = press->digits[line];
        uint32_t after = session->machine.store[line];

        if (instruction_is_number(after))
            numbers |= 1u << line;
        if (((after ^ before) & digits) == 0)
            continue;
        lines |= 1u << line;
        undo_record_line(session, line, digits, before);
    }
    undo_set(session, OP_NUMBERS, 0, lines, numbers);
    for (unsigned line = 0; line < LINES; line++)
        if (lines >> line & 1)
            undo_enter_line(session, line);
}

/* Called when all keys are released.  Records their changes as one action. */
static void close_press(struct session *session)
{
    const struct press *press = &session->press;
    struct machine *machine = &session->machine;

    session->press.open = false;
    session_begin_action(session);
    record_lines(session, press);
    if (press->strip & KSC) {
        undo_set(session, OP_NOTED, 0, UINT32_MAX, 0);
        undo_set(session, OP_HEADED, 0, 1, false);
        undo_set_note(session, NOTE_TITLE, "");
        undo_set_note(session, NOTE_AUTHOR, "");
    }
    if (press->strip & (session->controls.kac_dead ? KCC : KAC | KCC))
        undo_record(session, OP_A, press->a, machine->a);
    if (press->strip & KCC) {
        undo_record(session, OP_CI, press->ci, machine->ci);
        undo_record(session, OP_PI, press->pi, machine->pi);
    }
}

static struct held fingers(const struct session *session)
{
    return (struct held){session->held.typewriter, session->held.strip};
}

static bool within(struct held part, struct held whole)
{
    return (part.typewriter & ~whole.typewriter) == 0 &&
           (part.strip & ~whole.strip) == 0;
}

/* Makes the keys in HELD active, and records them in the journal. */
static void apply(struct session *session, struct held held)
{
    struct controls *controls = &session->controls;

    undo_record(session, OP_TYPEWRITER, controls->typewriter, held.typewriter);
    undo_record(session, OP_STRIP, controls->strip, held.strip);
    controls->typewriter = held.typewriter;
    controls->strip = held.strip;
}

static void apply_new(struct session *session, struct held held)
{
    uint32_t more = held.strip & ~session->controls.strip;
    struct press *press = &session->press;

    press->since = session->machine.prepulses;
    press->strip |= more;
    if (more & KSC)
        for (unsigned line = 0; line < LINES; line++)
            remember(press, line, UINT32_MAX, session->machine.store[line]);
    apply(session, held);
}

/* Applies the oldest queued press.  If there is none, applies the keys
   currently held and returns false. */
static bool apply_waiting(struct session *session)
{
    struct press *press = &session->press;

    if (press->count == 0) {
        apply(session, fingers(session));
        return false;
    }
    apply_new(session, press->waiting[0]);
    press->count--;
    memmove(press->waiting, press->waiting + 1,
            press->count * sizeof press->waiting[0]);
    return true;
}

/* Value of press.since once the keys have acted on a stopped machine. */
#define HAD_ITS_BAR UINT64_MAX

static void act_at_rest(struct session *session)
{
    uint8_t line = (uint8_t)word_line(session->controls.stat);
    struct bar bar = {.control_line = line, .action_line = line};

    bar.action_forced = idle_bar(&session->machine, &session->controls);
    session_state_changed(session);
    session_note_forced(session, &bar);
    session->press.since = HAD_ITS_BAR;
}

static bool had_its_bar(const struct session *session)
{
    return session->machine.prepulses != session->press.since;
}

void session_update_held_keys(struct session *session)
{
    do {
        if (!session_runs(session))
            act_at_rest(session);
        else if (!had_its_bar(session))
            return;
        if (session->controls.strip & KCC)
            session_reset_counts(session);
        if (session->controls.strip & KSC)
            session_forget_lines(session);
    } while (apply_waiting(session));
    if (session->press.open &&
        (session->held.typewriter | session->held.strip) == 0)
        close_press(session);
}

/* Handles newly pressed keys.  They join a press that has not acted yet if all
   its keys are still held; otherwise they act after it. */
static void press_down(struct session *session)
{
    struct press *press = &session->press;
    struct held acting = {session->controls.typewriter,
                          session->controls.strip};
    struct held held = fingers(session);

    if (!press->open) {
        open_press(session);
        apply_new(session, held);
    } else if (press->count > 0) {
        if (!within(press->waiting[press->count - 1], held) &&
            press->count < WAITING_MAX)
            press->count++;
        press->waiting[press->count - 1] = held;
    } else if (had_its_bar(session) || within(acting, held)) {
        apply_new(session, held);
    } else {
        press->waiting[press->count++] = held;
    }
}

void session_hold_keys(struct session *session, uint32_t typewriter,
                       uint32_t strip)
{
    struct held before = fingers(session);

    session->held.typewriter = typewriter;
    session->held.strip = strip;
    if (!within(fingers(session), before))
        press_down(session);
    if (session->press.open)
        session_update_held_keys(session);
}
