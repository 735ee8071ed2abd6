/* SPDX-License-Identifier: MIT */
/*
 * How deeds are recorded, undone and done again.
 */
#include "deeds.h"
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

static void find_edited(struct desk *desk)
{
    desk->edited = desk_edit(desk) != desk->saved;
    if (!desk_in_past(desk))
        desk->edited_last = desk->edited;
}

/* What runs once more in the past is no deed; anything else makes the past a
   present. */
static void record(struct desk *desk, struct record record)
{
    if (record.deed == DEED_CS && desk_in_past(desk))
        return;
    desk_begin_future(desk);
    record.prepulse = desk->machine.prepulses;
    if (desk->journal != NULL)
        journal_add(desk->journal, record);
    else
        desk->edits += deed_is_edit(record.deed);
    find_edited(desk);
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
    find_edited(desk);
    memcpy(desk->note[line], note, NOTE_SIZE);
    deed_change(desk, DEED_NOTED, 0, 1u << line, 1u << line);
}

void desk_begin(struct desk *desk)
{
    if (desk->journal != NULL)
        journal_begin(desk->journal);
}

static void play(void *context, const struct record *record, bool redo,
                 char note[NOTE_SIZE])
{
    struct desk *desk = context;
    char other[NOTE_SIZE];

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
    find_edited(desk);
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
    find_edited(desk);
}
