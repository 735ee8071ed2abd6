/* SPDX-License-Identifier: MIT */
/*
 * How deeds are recorded, undone and done again.
 */
#include "undo.h"
#include <string.h>

static bool *switch_of(struct desk *desk, enum deed deed)
{
    if (deed == DEED_HEADED)
        return &desk->headed;
    return deed == DEED_MANUAL ? &desk->controls.manual : &desk->controls.erase;
}

static uint32_t *word_of(struct desk *desk, enum deed deed, unsigned line)
{
    switch (deed) {
    case DEED_LINE:
        return &desk->machine.store[line];
    case DEED_A:
        return &desk->machine.a;
    case DEED_CI:
        return &desk->machine.ci;
    case DEED_PI:
        return &desk->machine.pi;
    case DEED_STAT:
        return &desk->controls.stat;
    case DEED_NUMBERS:
        return &desk->numbers;
    case DEED_NOTED:
        return &desk->noted;
    default:
        return NULL;
    }
}

static uint32_t get(struct desk *desk, enum deed deed, unsigned line)
{
    uint32_t *word = word_of(desk, deed, line);

    return word != NULL ? *word : *switch_of(desk, deed);
}

static void put(struct desk *desk, enum deed deed, unsigned line,
                uint32_t digits, uint32_t value)
{
    uint32_t *word = word_of(desk, deed, line);

    if (word != NULL)
        *word = (*word & ~digits) | (value & digits);
    else
        *switch_of(desk, deed) = value;
    if (deed == DEED_LINE)
        desk_edited(desk, line);
}

/* In no file what LINE, or its note, is now. */
static void touch(struct desk *desk, const struct record *record)
{
    if (record->deed == DEED_LINE || record->deed == DEED_NOTE)
        desk->touched |= 1u << record->line;
}

void deeds_find_edited(struct desk *desk)
{
    desk->edited = desk_edit(desk) != desk->saved;
    if (desk_in_past(desk))
        return;
    desk->edited_last = desk->edited;
    if (!desk->edited)
        desk->touched = 0;
}

/* What runs once more in the past is no deed; anything else makes the past a
   present. */
static void record(struct desk *desk, struct record record)
{
    if (record.deed == DEED_CS && desk_in_past(desk))
        return;
    desk_begin_future(desk);
    record.prepulse = desk->machine.prepulses;
    touch(desk, &record);
    if (desk->journal != NULL)
        journal_add(desk->journal, record);
    else
        desk->edits += deed_is_edit(record.deed);
    deeds_find_edited(desk);
}

void deed_change(struct desk *desk, enum deed deed, unsigned line,
                 uint32_t digits, uint32_t value)
{
    uint32_t before = get(desk, deed, line);

    put(desk, deed, line, digits, value);
    uint32_t after = get(desk, deed, line);

    if (after != before)
        record(desk, (struct record){.deed = (uint8_t)deed,
                                     .line = (uint8_t)line,
                                     .digits = digits,
                                     .before = before,
                                     .after = after});
}

void deed_line_changed(struct desk *desk, unsigned line, uint32_t digits,
                       uint32_t before)
{
    record(desk, (struct record){.deed = DEED_LINE,
                                 .line = (uint8_t)line,
                                 .digits = digits,
                                 .before = before,
                                 .after = desk->machine.store[line]});
}

void deed_happened(struct desk *desk, enum deed deed, uint32_t before,
                   uint32_t after)
{
    if (before != after)
        record(desk, (struct record){.deed = (uint8_t)deed,
                                     .digits = UINT32_MAX,
                                     .before = before,
                                     .after = after});
}

void deed_note(struct desk *desk, unsigned line, const char note[NOTE_SIZE])
{
    struct line now = desk_line(desk, line);

    if (strlen(now.note) == strlen(note) &&
        memcmp(now.note, note, strlen(note)) == 0)
        return;
    if (desk->journal != NULL)
        journal_add_note(desk->journal, desk->machine.prepulses, line,
                         desk->note[line]);
    else
        desk->edits++;
    desk->touched |= 1u << line;
    deeds_find_edited(desk);
    memcpy(desk->note[line], note, NOTE_SIZE);
    deed_change(desk, DEED_NOTED, 0, 1u << line, 1u << line);
}

void deed_reload(struct desk *desk)
{
    record(desk, (struct record){.deed = DEED_RELOAD,
                                 .digits = UINT32_MAX,
                                 .before = desk->touched});
}

void desk_begin(struct desk *desk)
{
    if (desk->journal != NULL)
        journal_begin(desk->journal);
}

/* The machine stands, and begins anew, or where a restored moment does; so
   does what was typed before a restart. */
static void play_reload(struct desk *desk, const struct record *record,
                        bool redo)
{
    bool moment = redo && desk->restored;
    struct machine *machine = &desk->machine;

    desk->cs = false;
    desk->touched = record->before;
    desk_count_anew(desk);
    machine->a = machine->ci = machine->pi = 0;
    machine->test = moment && desk->moment.machine.test;
    machine->neon = moment && desk->moment.machine.neon;
    desk->hung = moment && desk->moment.hung;
    desk_changed(desk);
}

static void play(void *context, const struct record *record, bool redo,
                 char note[NOTE_SIZE])
{
    struct desk *desk = context;
    char other[NOTE_SIZE];

    touch(desk, record);
    if (record->deed == DEED_RELOAD) {
        play_reload(desk, record, redo);
        return;
    }
    if (record->deed != DEED_NOTE) {
        put(desk, record->deed, record->line, record->digits,
            redo ? record->after : record->before);
        return;
    }
    memcpy(other, desk->note[record->line], NOTE_SIZE);
    memcpy(desk->note[record->line], note, NOTE_SIZE);
    memcpy(note, other, NOTE_SIZE);
}

static bool walk(struct desk *desk, bool redo)
{
    const struct journal_player player = {play, desk};
    uint64_t prepulse = desk->machine.prepulses;
    uint32_t action = 0;

    if (desk->journal == NULL || desk->press.open)
        return false;
    desk_begin_future(desk);
    action = redo ? journal_redo(desk->journal, prepulse, &player)
                  : journal_undo(desk->journal, prepulse, &player);
    deeds_find_edited(desk);
    return action != 0;
}

bool desk_undo(struct desk *desk)
{
    return walk(desk, false);
}

bool desk_redo(struct desk *desk)
{
    return walk(desk, true);
}

void deeds_seek(struct desk *desk, uint32_t records)
{
    const struct journal_player player = {play, desk};

    if (desk->journal == NULL)
        return;
    journal_seek(desk->journal, records, &player);
    deeds_find_edited(desk);
}
