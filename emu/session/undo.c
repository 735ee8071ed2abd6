/* SPDX-License-Identifier: MIT */
#include "undo.h"
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

/* Marks the line of RECORD as edited if its word or note changed. */
static void touch(struct session *session, const struct record *record)
{
    if (record->op == OP_LINE || record->op == OP_NOTE)
        session->edits.touched |= 1u << record->line;
}

void undo_update_edited(struct session *session)
{
    session->edits.unsaved = session_last_edit(session) != session->edits.saved;
    if (session_in_past(session))
        return;
    session->edits.unsaved_in_present = session->edits.unsaved;
    if (!session->edits.unsaved)
        session->edits.touched = 0;
}

void session_discard_future(struct session *session)
{
    if (!session_in_past(session))
        return;
    history_truncate(session->travel.history);
    session->controls.typewriter = session->controls.strip = 0;
    session->controls.holds_control = false;
    session_record_state(session);
}

/* Changes to CS during replay are not recorded.  Any other change makes the
   past the present. */
static void record(struct session *session, struct record record)
{
    if (record.op == OP_CS && session_in_past(session))
        return;
    session_discard_future(session);
    record.prepulse = session->machine.prepulses;
    touch(session, &record);
    if (session->journal != NULL)
        journal_add(session->journal, record);
    else
        session->edits.count += op_is_edit(record.op);
    undo_update_edited(session);
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

void undo_set_note(struct session *session, unsigned line,
                   const char note[NOTE_SIZE])
{
    struct line now = session_line(session, line);

    if (strlen(now.note) == strlen(note) &&
        memcmp(now.note, note, strlen(note)) == 0)
        return;
    if (session->journal != NULL)
        journal_add_note(session->journal, session->machine.prepulses, line,
                         session->notes.text[line]);
    else
        session->edits.count++;
    session->edits.touched |= 1u << line;
    undo_update_edited(session);
    memcpy(session->notes.text[line], note, NOTE_SIZE);
    undo_set(session, OP_NOTED, 0, 1u << line, 1u << line);
}

void undo_record_reload(struct session *session)
{
    record(session, (struct record){.op = OP_RELOAD,
                                    .digits = UINT32_MAX,
                                    .before = session->edits.touched});
}

void session_begin_action(struct session *session)
{
    if (session->journal != NULL)
        journal_begin(session->journal);
}

/* Resets the machine, or restores the snapshot on redo.  Edits made before the
   reload become unsaved again. */
static void play_reload(struct session *session, const struct record *record,
                        bool redo)
{
    bool snapshot = redo && session->loaded.has_snapshot;
    struct machine *machine = &session->machine;

    session->cs = false;
    session->edits.touched = record->before;
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

    touch(session, record);
    if (record->op == OP_RELOAD) {
        play_reload(session, record, redo);
        return;
    }
    if (record->op != OP_NOTE) {
        put(session, record->op, record->line, record->digits,
            redo ? record->after : record->before);
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
    undo_update_edited(session);
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
    undo_update_edited(session);
}
