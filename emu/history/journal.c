/* SPDX-License-Identifier: MIT */
#include "journal.h"
#include <string.h>

enum state {
    OP_DONE,
    OP_UNDONE, /* and can be redone */
    OP_PAST,   /* undone, and something else was done since */
};

static struct record *at(const struct journal *journal, uint32_t number)
{
    return (struct record *)&journal->record[number % JOURNAL_RECORDS];
}

static bool can_be_undone(const struct record *record)
{
    return record->op < OP_TYPEWRITER;
}

bool op_is_edit(enum op op)
{
    return op == OP_LINE || op == OP_NOTE || op == OP_NUMBERS ||
           op == OP_NOTED || op == OP_HEADED;
}

void journal_clear(struct journal *journal)
{
    memset(journal, 0, sizeof *journal);
}

/* What is undone lies behind all that is done, so the walk back ends there. */
static void end_redo(struct journal *journal)
{
    for (uint32_t i = journal->end; i != journal->first; i--) {
        struct record *record = at(journal, i - 1);

        if (can_be_undone(record) && record->state == OP_DONE)
            return;
        record->state = OP_PAST;
    }
}

/* Forgets all records up to NUMBER, and whole actions only.  What came after
   an undone one cannot be redone without it. */
static void forget(struct journal *journal, uint32_t number)
{
    uint32_t action = at(journal, number)->action;
    bool undone = false;

    while (journal->first != journal->end &&
           at(journal, journal->first)->action <= action) {
        const struct record *record = at(journal, journal->first);

        if (op_is_edit(record->op) && record->state == OP_DONE)
            journal->edit_forgotten = record->action;
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
        forget(journal, journal->first);
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

/* The place of a text is used again after JOURNAL_NOTES others. */
static void free_note(struct journal *journal, uint32_t slot)
{
    if (journal->notes < JOURNAL_NOTES)
        return;
    for (uint32_t i = journal->first; i != journal->end; i++)
        if (at(journal, i)->op == OP_NOTE && at(journal, i)->before == slot) {
            forget(journal, i);
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
                 const struct journal_callbacks *player)
{
    uint32_t slot = record->before % JOURNAL_NOTES;

    player->play(player->context, record, redo, journal->note[slot]);
    record->state = redo ? OP_DONE : OP_UNDONE;
}

static void note_walk(struct journal *journal, enum op op, uint64_t prepulse,
                      uint32_t action)
{
    add(journal, (struct record){
                     .prepulse = prepulse,
                     .action = journal->actions,
                     .op = (uint8_t)op,
                     .after = action,
                 });
}

/* The last action that is done; 0: none. */
static uint32_t last_done(const struct journal *journal)
{
    for (uint32_t i = journal->end; i != journal->first; i--) {
        const struct record *record = at(journal, i - 1);

        if (can_be_undone(record) && record->state == OP_DONE)
            return record->action;
    }
    return 0;
}

/* The first action that can be redone; 0: none. */
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

/* The first record of ACTION. */
static uint32_t begin_of(const struct journal *journal, uint32_t action)
{
    uint32_t number = journal->end;

    while (number != journal->first &&
           at(journal, number - 1)->action >= action)
        number--;
    return number;
}

uint32_t journal_undo(struct journal *journal, uint64_t prepulse,
                      const struct journal_callbacks *player)
{
    uint32_t action = last_done(journal);
    uint32_t begin = begin_of(journal, action);

    if (action == 0)
        return 0;
    for (uint32_t i = journal->end; i != begin; i--) {
        struct record *record = at(journal, i - 1);

        if (can_be_undone(record) && record->action == action)
            play(journal, record, false, player);
    }
    note_walk(journal, OP_UNDO, prepulse, action);
    return action;
}

uint32_t journal_redo(struct journal *journal, uint64_t prepulse,
                      const struct journal_callbacks *player)
{
    uint32_t action = first_undone(journal);

    if (action == 0)
        return 0;
    for (uint32_t i = begin_of(journal, action); i != journal->end; i++) {
        struct record *record = at(journal, i);

        if (can_be_undone(record) && record->action == action)
            play(journal, record, true, player);
    }
    note_walk(journal, OP_REDO, prepulse, action);
    return action;
}

uint32_t journal_edit(const struct journal *journal)
{
    for (uint32_t i = journal->end; i != journal->first; i--) {
        const struct record *record = at(journal, i - 1);

        if (op_is_edit(record->op) && record->state == OP_DONE)
            return record->action;
    }
    return journal->edit_forgotten;
}

/* Going back and forth */

/* Notes, and how the store is shown: no part of the machine. */
static bool is_beside(const struct record *record)
{
    return record->op >= OP_NOTE && record->op <= OP_HEADED;
}

static void play_beside(struct journal *journal, const struct record *record,
                        bool redo, const struct journal_callbacks *player)
{
    if (is_beside(record))
        player->play(player->context, record, redo,
                     journal->note[record->before % JOURNAL_NOTES]);
}

/* What was done, or undone, to ACTION before record END, once more. */
static void walk_beside(struct journal *journal, uint32_t action, uint32_t end,
                        bool redo, const struct journal_callbacks *player)
{
    uint32_t begin = begin_of(journal, action);

    for (uint32_t n = 0; n < end - begin; n++) {
        const struct record *record =
            at(journal, redo ? begin + n : end - 1 - n);

        if (record->action == action)
            play_beside(journal, record, redo, player);
    }
}

/* Record NUMBER comes to pass, or is taken back. */
static void pass(struct journal *journal, uint32_t number, bool forth,
                 const struct journal_callbacks *player)
{
    const struct record *record = at(journal, number);

    if (record->op == OP_UNDO || record->op == OP_REDO)
        walk_beside(journal, record->after, number,
                    forth == (record->op == OP_REDO), player);
    else
        play_beside(journal, record, forth, player);
}

static void set_fate(struct journal *journal, uint32_t action, enum state state)
{
    uint32_t begin = begin_of(journal, action);

    for (uint32_t i = begin; i != journal->end; i++)
        if (can_be_undone(at(journal, i)) && at(journal, i)->action == action)
            at(journal, i)->state = (uint8_t)state;
}

/* The fates of all records, from what they tell themselves. */
static void find_fates(struct journal *journal)
{
    uint32_t end = journal->end;

    for (journal->end = journal->first; journal->end != end;) {
        struct record *record = at(journal, journal->end);
        bool known = record->after >= at(journal, journal->first)->action;

        if (can_be_undone(record) || (record->op == OP_UNDO && !known))
            end_redo(journal);
        else if (record->op == OP_UNDO)
            set_fate(journal, record->after, OP_UNDONE);
        else if (record->op == OP_REDO)
            set_fate(journal, record->after, OP_DONE);
        record->state = OP_DONE;
        journal->end++;
    }
}

void journal_seek(struct journal *journal, uint32_t records,
                  const struct journal_callbacks *player)
{
    if (records < journal->first)
        records = journal->first;
    if (records == journal->end)
        return;
    while (records < journal->end) {
        journal->future++;
        pass(journal, --journal->end, false, player);
    }
    while (records > journal->end && journal->future > 0) {
        pass(journal, journal->end++, true, player);
        journal->future--;
    }
    find_fates(journal);
}
