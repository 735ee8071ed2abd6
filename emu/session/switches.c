/* SPDX-License-Identifier: MIT */
#include "switches.h"
#include "entered.h"
#include "emu/text/mnemonic.h"
#include "held_keys.h"
#include "undo.h"
#include <string.h>

void session_set_switch(struct session *session, unsigned digit, bool down)
{
    uint32_t bit = 1u << digit;

    session_begin_action(session);
    undo_set(session, OP_STAT, 0, bit, down ? bit : 0);
}

void session_set_manual(struct session *session, bool manual)
{
    session_begin_action(session);
    undo_set(session, OP_MANUAL, 0, 1, manual);
}

void session_set_erase(struct session *session, bool erase)
{
    session_begin_action(session);
    undo_set(session, OP_ERASE, 0, 1, erase);
}

void session_set_cs(struct session *session, bool run)
{
    undo_record(session, OP_CS, session->cs, run);
    session->cs = run;
    if (run) {
        session->run_control.from = session->machine.prepulses;
        session->run_control.reason = BREAK_NONE;
    } else {
        session->run_control.run_to = 0;
    }
}

bool session_make_normal(struct session *session)
{
    session_hold_keys(session, 0, 0);
    if (controls_are_normal(&session->controls))
        return false;
    session_begin_action(session);
    undo_set(session, OP_STAT, 0, UINT32_MAX, STATICISOR);
    undo_set(session, OP_MANUAL, 0, 1, false);
    undo_set(session, OP_ERASE, 0, 1, false);
    return true;
}

static void tap_key(struct session *session, enum strip key)
{
    session_hold_keys(session, session->held.typewriter,
                      session->held.strip | key);
    session_hold_keys(session, session->held.typewriter,
                      session->held.strip & ~key);
}

void session_clear_control(struct session *session)
{
    tap_key(session, KCC);
}

void session_clear_store(struct session *session)
{
    tap_key(session, KSC);
}

void session_set_title(struct session *session, unsigned which,
                       const char *text)
{
    const char *title = session->notes.text[NOTE_TITLE];
    const char *author = session->notes.text[NOTE_AUTHOR];

    undo_set_note(session, which, text);
    if (title[0] == '\0' &&
        (author[0] != '\0' || entered_rest(session)[0] != '\0'))
        undo_set_note(session, NOTE_TITLE, "Untitled");
}

void session_set_line(struct session *session, unsigned line,
                      const struct line *content)
{
    uint32_t bit = 1u << line;

    undo_set_line(session, line, content->word, content->entered);
    undo_set(session, OP_NUMBERS, 0, bit, content->number ? bit : 0);
    undo_set_note(session, line, content->note);
}

void session_set_digits(struct session *session, unsigned line, uint32_t digits,
                        uint32_t word)
{
    uint32_t bit = 1u << line;

    undo_set(session, OP_LINE, line, digits, word);
    undo_enter_line(session, line);
    word = session->machine.store[line];
    undo_set(session, OP_NUMBERS, 0, bit,
             instruction_is_number(word) ? bit : 0);
}
