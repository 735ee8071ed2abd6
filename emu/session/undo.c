/* SPDX-License-Identifier: MIT */
#include "undo.h"
#include "engine_use.h"
#include "entered.h"
#include <string.h>

static bool *switch_of(struct session *session, enum op op)
{
    if (op == OP_HEADED)
        return &session->notes.head;
    return op == OP_MANUAL ? &session->controls.manual
                           : &session->controls.erase;
}

static uint32_t *word_of(struct session *session, enum op op, unsigned line)
{
    switch (op) {
    case OP_LINE:
        return &session->machine.store[line];
    case OP_A:
        return &session->machine.a;
    case OP_CI:
        return &session->machine.ci;
    case OP_PI:
        return &session->machine.pi;
    case OP_STAT:
        return &session->controls.stat;
    case OP_NUMBERS:
        return &session->notes.numbers;
    case OP_NOTED:
        return &session->notes.shown;
    case OP_ENTERED:
        return &session->entered.store[line];
    default:
        return NULL;
    }
}

static uint32_t get(struct session *session, enum op op, unsigned line)
{
    uint32_t *word = word_of(session, op, line);

    return word != NULL ? *word : *switch_of(session, op);
}

static void put(struct session *session, enum op op, unsigned line,
                uint32_t digits, uint32_t value)
{
    uint32_t *word = word_of(session, op, line);

    if (word != NULL)
        *word = (*word & ~digits) | (value & digits);
    else
        *switch_of(session, op) = value;
    if (op == OP_LINE)
        session_line_written(session, line);
}

void session_discard_future(struct session *session)
{
    if (!session_in_past(session))
        return;
    history_truncate(session->travel.history);
    session->controls.typewriter = session->controls.strip = 0;
    session->controls.holds_control = false;
    session_record_state(session);
    entered_update(session);
}

/* Changes to CS during replay are not recorded.  Any other change makes the
   past the present. */
static void record(struct session *session, struct record record)
{
    if (record.op == OP_CS && session_in_past(session))
        return;
    session_discard_future(session);
    record.prepulse = session->machine.prepulses;
    if (session->journal != NULL)
        journal_add(session->journal, record);
    if (record.entered || (record.op >= OP_NOTE && record.op <= OP_ENTERED))
        entered_update(session);
}

void undo_set(struct session *session, enum op op, unsigned line,
              uint32_t digits, uint32_t value)
{
    uint32_t before = get(session, op, line);

    put(session, op, line, digits, value);
    uint32_t after = get(session, op, line);

    if (after != before)
        record(session, (struct record){.op = (uint8_t)op,
                                        .line = (uint8_t)line,
                                        .digits = digits,
                                        .before = before,
                                        .after = after});
}

void undo_record_line(struct session *session, unsigned line, uint32_t digits,
                      uint32_t before)
{
    record(session, (struct record){.op = OP_LINE,
                                    .line = (uint8_t)line,
                                    .digits = digits,
                                    .before = before,
                                    .after = session->machine.store[line]});
}

void undo_record(struct session *session, enum op op, uint32_t before,
                 uint32_t after)
{
    if (before != after)
        record(session, (struct record){.op = (uint8_t)op,
                                        .digits = UINT32_MAX,
                                        .before = before,
                                        .after = after});
}

void undo_set_note(struct session *session, unsigned note, const char *text)
{
    uint32_t bit = note < LINES ? 1u << note : 0;
    const char *now = session->notes.text[note];

    if (bit != 0 && !(session->notes.shown & bit))
        now = "";
    if (strcmp(now, text) == 0)
        return;
    session_discard_future(session);
    if (session->journal != NULL)
        journal_add_note(session->journal, session->machine.prepulses, note,
                         session->notes.text[note]);
    memset(session->notes.text[note], 0, NOTE_SIZE);
    memcpy(session->notes.text[note], text, strlen(text));
    undo_set(session, OP_NOTED, 0, bit, bit);
    entered_update(session);
}

void undo_set_line(struct session *session, unsigned line, uint32_t word,
                   uint32_t entered)
{
    uint32_t before = session->machine.store[line];

    /* One record is enough if the machine has not changed the line. */
    if (session->entered.store[line] != before || word != entered) {
        undo_set(session, OP_LINE, line, UINT32_MAX, word);
        undo_set(session, OP_ENTERED, line, UINT32_MAX, entered);
    } else if (word != before) {
        put(session, OP_LINE, line, UINT32_MAX, word);
        session->entered.store[line] = word;
        record(session, (struct record){.op = OP_LINE,
                                        .line = (uint8_t)line,
                                        .digits = UINT32_MAX,
                                        .before = before,
                                        .after = word,
                                        .entered = true});
    }
}

void undo_enter_line(struct session *session, unsigned line)
{
    undo_set(session, OP_ENTERED, line, UINT32_MAX,
             session->machine.store[line]);
}

void undo_record_reload(struct session *session, bool snapshot)
{
    record(session, (struct record){.op = OP_RELOAD,
                                    .digits = UINT32_MAX,
                                    .after = snapshot});
}

void undo_begin_journal(struct session *session)
{
    if (session->journal == NULL)
        return;
    journal_clear(session->journal);
    journal_begin(session->journal);
    journal_add(
        session->journal,
        (struct record){.prepulse = session->machine.prepulses, .op = OP_LOAD});
}

void session_begin_action(struct session *session)
{
    if (session->journal != NULL)
        journal_begin(session->journal);
}

/* Resets the machine, or restores the snapshot on redo. */
static void play_reload(struct session *session, const struct record *record,
                        bool redo)
{
    bool snapshot = redo && record->after && session->loaded.has_snapshot;
    struct machine *machine = &session->machine;

    session->cs = false;
    session_reset_counts(session);
    machine->a = machine->ci = machine->pi = 0;
    machine->test = snapshot && session->loaded.snapshot.machine.test;
    machine->neon = snapshot && session->loaded.snapshot.machine.neon;
    session->hung = snapshot && session->loaded.snapshot.hung;
    session_state_changed(session);
}

static void play(void *context, const struct record *record, bool redo,
                 char note[NOTE_SIZE])
{
    struct session *session = context;
    char other[NOTE_SIZE];

    if (record->op == OP_RELOAD) {
        play_reload(session, record, redo);
        return;
    }
    if (record->op != OP_NOTE) {
        uint32_t value = redo ? record->after : record->before;

        put(session, record->op, record->line, record->digits, value);
        if (record->entered)
            put(session, OP_ENTERED, record->line, record->digits, value);
        return;
    }
    memcpy(other, session->notes.text[record->line], NOTE_SIZE);
    memcpy(session->notes.text[record->line], note, NOTE_SIZE);
    memcpy(note, other, NOTE_SIZE);
}

static bool walk(struct session *session, bool redo)
{
    const struct journal_callbacks player = {play, session};
    uint64_t prepulse = session->machine.prepulses;
    uint32_t action = 0;

    if (session->journal == NULL || session->press.open)
        return false;
    session_discard_future(session);
    action = redo ? journal_redo(session->journal, prepulse, &player)
                  : journal_undo(session->journal, prepulse, &player);
    entered_update(session);
    return action != 0;
}

bool session_undo(struct session *session)
{
    return walk(session, false);
}

bool session_redo(struct session *session)
{
    return walk(session, true);
}

void undo_seek(struct session *session, uint32_t records)
{
    const struct journal_callbacks player = {play, session};

    if (session->journal == NULL)
        return;
    journal_seek(session->journal, records, &player);
    entered_update(session);
}
