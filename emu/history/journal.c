/* SPDX-License-Identifier: MIT */
#include "journal.h"
#include <string.h>

enum state {
    OP_DONE,
    OP_UNDONE, /* undone, and can be redone */
    OP_PAST,   /* undone, and can no longer be redone */
};

static struct record *at(const struct journal *journal, uint32_t number)
{
    return (struct record *)&journal->record[number % JOURNAL_RECORDS];
}

static bool can_be_undone(const struct record *record)
{
    return record->op < OP_TYPEWRITER;
}

void journal_clear(struct journal *journal)
{
    memset(journal, 0, sizeof *journal);
}

/* Prevents redo.  All undone actions come after the last one in effect. */
static void end_redo(struct journal *journal)
{
    for (uint32_t i = journal->end; i != journal->first; i--) {
        struct record *record = at(journal, i - 1);

        if (can_be_undone(record) && record->state == OP_DONE)
            return;
        record->state = OP_PAST;
    }
}

/* Drops all actions up to that of the given record.  If any was undone, the
   remaining undone actions can no longer be redone. */
static void drop_actions(struct journal *journal, uint32_t number)
{
    uint32_t action = at(journal, number)->action;
    bool undone = false;

    while (journal->first != journal->end &&
           at(journal, journal->first)->action <= action) {
        const struct record *record = at(journal, journal->first);

        undone |= can_be_undone(record) && record->state == OP_UNDONE;
        journal->first++;
    }
    if (undone)
        end_redo(journal);
}

void journal_begin(struct journal *journal)
{
    journal->actions++;
}

static void add(struct journal *journal, struct record record)
{
    if (journal->end - journal->first == JOURNAL_RECORDS)
        drop_actions(journal, journal->first);
    record.state = OP_DONE;
    *at(journal, journal->end) = record;
    journal->end++;
    journal->future = 0;
}

void journal_add(struct journal *journal, struct record record)
{
    record.action = journal->actions;
    if (can_be_undone(&record))
        end_redo(journal);
    add(journal, record);
}

/* Drops the record that still uses SLOT, as note slots are reused. */
static void free_note(struct journal *journal, uint32_t slot)
{
    if (journal->notes < JOURNAL_NOTES)
        return;
    for (uint32_t i = journal->first; i != journal->end; i++)
        if (at(journal, i)->op == OP_NOTE && at(journal, i)->before == slot) {
            drop_actions(journal, i);
            return;
        }
}

void journal_add_note(struct journal *journal, uint64_t prepulse, unsigned line,
                      const char note[NOTE_SIZE])
{
    uint32_t slot = journal->notes % JOURNAL_NOTES;

    free_note(journal, slot);
    journal->notes++;
    memcpy(journal->note[slot], note, NOTE_SIZE);
    journal_add(journal, (struct record){
                             .prepulse = prepulse,
                             .op = OP_NOTE,
                             .line = (uint8_t)line,
                             .before = slot,
                             .after = slot,
                             .digits = UINT32_MAX,
                         });
}

static void play(struct journal *journal, struct record *record, bool redo,
                 const struct journal_callbacks *callbacks)
{
    uint32_t slot = record->before % JOURNAL_NOTES;

    callbacks->play(callbacks->context, record, redo, journal->note[slot]);
    record->state = redo ? OP_DONE : OP_UNDONE;
}

static void add_undo_or_redo(struct journal *journal, enum op op,
                             uint64_t prepulse, uint32_t action)
{
    add(journal, (struct record){
                     .prepulse = prepulse,
                     .action = journal->actions,
                     .op = (uint8_t)op,
                     .after = action,
                 });
}

/* Returns the last action that has not been undone, or 0 if there is none. */
static uint32_t last_done(const struct journal *journal)
{
    for (uint32_t i = journal->end; i != journal->first; i--) {
        const struct record *record = at(journal, i - 1);

        if (can_be_undone(record) && record->state == OP_DONE)
            return record->action;
    }
    return 0;
}

/* Returns the first action that can be redone, or 0 if there is none. */
static uint32_t first_undone(const struct journal *journal)
{
    uint32_t action = 0;

    for (uint32_t i = journal->end; i != journal->first; i--) {
        const struct record *record = at(journal, i - 1);

        if (!can_be_undone(record))
            continue;
        if (record->state == OP_DONE)
            break;
        if (record->state == OP_UNDONE)
            action = record->action;
    }
    return action;
}

static uint32_t first_record(const struct journal *journal, uint32_t action)
{
    uint32_t number = journal->end;

    while (number != journal->first &&
           at(journal, number - 1)->action >= action)
        number--;
    return number;
}

uint32_t journal_undo(struct journal *journal, uint64_t prepulse,
                      const struct journal_callbacks *callbacks)
{
    uint32_t action = last_done(journal);
    uint32_t begin = first_record(journal, action);

    if (action == 0)
        return 0;
    for (uint32_t i = journal->end; i != begin; i--) {
        struct record *record = at(journal, i - 1);

        if (can_be_undone(record) && record->action == action)
            play(journal, record, false, callbacks);
    }
    add_undo_or_redo(journal, OP_UNDO, prepulse, action);
    return action;
}

uint32_t journal_redo(struct journal *journal, uint64_t prepulse,
                      const struct journal_callbacks *callbacks)
{
    uint32_t action = first_undone(journal);

    if (action == 0)
        return 0;
    for (uint32_t i = first_record(journal, action); i != journal->end; i++) {
        struct record *record = at(journal, i);

        if (can_be_undone(record) && record->action == action)
            play(journal, record, true, callbacks);
    }
    add_undo_or_redo(journal, OP_REDO, prepulse, action);
    return action;
}

/* Returns true if the record leaves the machine unchanged. */
static bool is_annotation(const struct record *record)
{
    return record->op >= OP_NOTE && record->op <= OP_ENTERED;
}

static void play_annotation(struct journal *journal,
                            const struct record *record, bool redo,
                            const struct journal_callbacks *callbacks)
{
    struct record part = *record;

    if (part.op == OP_LINE && part.entered)
        part.op = OP_ENTERED;
    if (is_annotation(&part))
        callbacks->play(callbacks->context, &part, redo,
                        journal->note[record->before % JOURNAL_NOTES]);
}

/* Redoes or undoes the annotations of ACTION in the records before END. */
static void play_action(struct journal *journal, uint32_t action, uint32_t end,
                        bool redo, const struct journal_callbacks *callbacks)
{
    uint32_t begin = first_record(journal, action);

    for (uint32_t n = 0; n < end - begin; n++) {
        const struct record *record =
            at(journal, redo ? begin + n : end - 1 - n);

        if (record->action == action)
            play_annotation(journal, record, redo, callbacks);
    }
}

/* Applies the given record if FORTH is true, or reverts it otherwise. */
static void apply(struct journal *journal, uint32_t number, bool forth,
                  const struct journal_callbacks *callbacks)
{
    const struct record *record = at(journal, number);

    if (record->op == OP_UNDO || record->op == OP_REDO)
        play_action(journal, record->after, number,
                    forth == (record->op == OP_REDO), callbacks);
    else
        play_annotation(journal, record, forth, callbacks);
}

static void set_state(struct journal *journal, uint32_t action,
                      enum state state)
{
    uint32_t begin = first_record(journal, action);

    for (uint32_t i = begin; i != journal->end; i++)
        if (can_be_undone(at(journal, i)) && at(journal, i)->action == action)
            at(journal, i)->state = (uint8_t)state;
}

/* Recomputes the state of all records by replaying every undo and redo. */
static void find_states(struct journal *journal)
{
    uint32_t end = journal->end;

    for (journal->end = journal->first; journal->end != end;) {
        struct record *record = at(journal, journal->end);
        bool known = record->after >= at(journal, journal->first)->action;

        if (can_be_undone(record) || (record->op == OP_UNDO && !known))
            end_redo(journal);
        else if (record->op == OP_UNDO)
            set_state(journal, record->after, OP_UNDONE);
        else if (record->op == OP_REDO)
            set_state(journal, record->after, OP_DONE);
        record->state = OP_DONE;
        journal->end++;
    }
}

void journal_seek(struct journal *journal, uint32_t records,
                  const struct journal_callbacks *callbacks)
{
    if (records < journal->first)
        records = journal->first;
    if (records == journal->end)
        return;
    while (records < journal->end) {
        journal->future++;
        apply(journal, --journal->end, false, callbacks);
    }
    while (records > journal->end && journal->future > 0) {
        apply(journal, journal->end++, true, callbacks);
        journal->future--;
    }
    find_states(journal);
}
