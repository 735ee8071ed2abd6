/* SPDX-License-Identifier: MIT */
#include "journal.h"
#include <string.h>

enum fate {
    FATE_DONE,
    FATE_UNDONE, /* and can be redone */
    FATE_PAST,   /* undone, and something else was done since */
};

static struct record *at(const struct journal *journal, uint32_t number)
{
    return (struct record *)&journal->record[number % JOURNAL_RECORDS];
}

static bool can_be_undone(const struct record *record)
{
    return record->deed < DEED_TYPEWRITER;
}

static bool is_edit(const struct record *record)
{
    return record->deed == DEED_LINE || record->deed == DEED_NOTE ||
           record->deed == DEED_NUMBERS || record->deed == DEED_NOTED;
}

void journal_clear(struct journal *journal)
{
    memset(journal, 0, sizeof *journal);
}

/* Forgets all records up to NUMBER, and whole actions only. */
static void forget(struct journal *journal, uint32_t number)
{
    uint32_t action = at(journal, number)->action;

    while (journal->first != journal->end &&
           at(journal, journal->first)->action <= action) {
        const struct record *record = at(journal, journal->first);

        if (is_edit(record) && record->fate == FATE_DONE)
            journal->edit_forgotten = record->action;
        journal->first++;
    }
}

void journal_begin(struct journal *journal)
{
    journal->actions++;
    for (uint32_t i = journal->first; i != journal->end; i++)
        if (at(journal, i)->fate == FATE_UNDONE)
            at(journal, i)->fate = FATE_PAST;
}

static void add(struct journal *journal, struct record record)
{
    if (journal->end - journal->first == JOURNAL_RECORDS)
        forget(journal, journal->first);
    record.fate = FATE_DONE;
    *at(journal, journal->end) = record;
    journal->end++;
}

void journal_add(struct journal *journal, struct record record)
{
    record.action = journal->actions;
    add(journal, record);
}

/* The place of a text is used again after JOURNAL_NOTES others. */
static void free_note(struct journal *journal, uint32_t slot)
{
    for (uint32_t i = journal->first; i != journal->end; i++)
        if (at(journal, i)->deed == DEED_NOTE &&
            at(journal, i)->before == slot) {
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
                             .deed = DEED_NOTE,
                             .line = (uint8_t)line,
                             .before = slot,
                             .after = slot,
                             .digits = UINT32_MAX,
                         });
}

static void play(struct journal *journal, struct record *record, bool redo,
                 const struct journal_player *player)
{
    uint32_t slot = record->before % JOURNAL_NOTES;

    player->play(player->context, record, redo, journal->note[slot]);
    record->fate = redo ? FATE_DONE : FATE_UNDONE;
}

static void note_walk(struct journal *journal, enum deed deed,
                      uint64_t prepulse, uint32_t action)
{
    add(journal, (struct record){
                     .prepulse = prepulse,
                     .action = journal->actions,
                     .deed = (uint8_t)deed,
                     .after = action,
                 });
}

/* The last action of FATE, or of several the first one; 0: none. */
static uint32_t find(const struct journal *journal, enum fate fate, bool first)
{
    uint32_t action = 0;

    for (uint32_t i = journal->first; i != journal->end; i++) {
        const struct record *record = at(journal, i);

        if (can_be_undone(record) && record->fate == fate &&
            (!first || action == 0))
            action = record->action;
    }
    return action;
}

uint32_t journal_undo(struct journal *journal, uint64_t prepulse,
                      const struct journal_player *player)
{
    uint32_t action = find(journal, FATE_DONE, false);

    if (action == 0)
        return 0;
    for (uint32_t i = journal->end; i != journal->first; i--) {
        struct record *record = at(journal, i - 1);

        if (can_be_undone(record) && record->action == action)
            play(journal, record, false, player);
    }
    note_walk(journal, DEED_UNDO, prepulse, action);
    return action;
}

uint32_t journal_redo(struct journal *journal, uint64_t prepulse,
                      const struct journal_player *player)
{
    uint32_t action = find(journal, FATE_UNDONE, true);

    if (action == 0)
        return 0;
    for (uint32_t i = journal->first; i != journal->end; i++) {
        struct record *record = at(journal, i);

        if (can_be_undone(record) && record->action == action)
            play(journal, record, true, player);
    }
    note_walk(journal, DEED_REDO, prepulse, action);
    return action;
}

uint32_t journal_edit(const struct journal *journal)
{
    uint32_t action = journal->edit_forgotten;

    for (uint32_t i = journal->first; i != journal->end; i++)
        if (is_edit(at(journal, i)) && at(journal, i)->fate == FATE_DONE)
            action = at(journal, i)->action;
    return action;
}
