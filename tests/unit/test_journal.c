/* SPDX-License-Identifier: MIT */
/* Tests undo and redo, their order, and a full undo journal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/history/journal.h"

static struct journal journal;
static uint64_t prepulse; /* prepulse number of the next record */

/* State changed by the journal's records. */
static uint32_t store[LINES], a;
static char note[LINES][NOTE_SIZE];

/* Log of the records applied, as one direction and line per record. */
static char played[256];

static void play(void *context, const struct record *record, bool redo,
                 char text[NOTE_SIZE])
{
    uint32_t *word = record->op == OP_A ? &a : &store[record->line];
    char other[NOTE_SIZE];
    char where[8];

    assert_ptr_equal(context, &journal);
    snprintf(where, sizeof where, "%c%u ", redo ? '+' : '-', record->line);
    if (strlen(played) + sizeof where < sizeof played)
        strcat(played, where);
    if (record->op != OP_NOTE) {
        *word = (*word & ~record->digits) |
                ((redo ? record->after : record->before) & record->digits);
        return;
    }
    memcpy(other, note[record->line], NOTE_SIZE);
    memcpy(note[record->line], text, NOTE_SIZE);
    memcpy(text, other, NOTE_SIZE);
}

static const struct journal_callbacks player = {play, &journal};

static uint32_t undo(void)
{
    played[0] = '\0';
    return journal_undo(&journal, prepulse, &player);
}

static uint32_t redo(void)
{
    played[0] = '\0';
    return journal_redo(&journal, prepulse, &player);
}

static int start(void **state)
{
    (void)state;
    memset(&journal, 0xA5, sizeof journal);
    journal_clear(&journal);
    memset(store, 0, sizeof store);
    memset(note, 0, sizeof note);
    a = 0;
    prepulse = 0;
    played[0] = '\0';
    return 0;
}

static void begin(void)
{
    journal_begin(&journal);
}

static void set(unsigned line, uint32_t word)
{
    journal_add(&journal, (struct record){
                              .prepulse = prepulse,
                              .op = OP_LINE,
                              .line = (uint8_t)line,
                              .digits = UINT32_MAX,
                              .before = store[line],
                              .after = word,
                          });
    store[line] = word;
}

static void set_a(uint32_t word)
{
    journal_add(&journal, (struct record){.prepulse = prepulse,
                                          .op = OP_A,
                                          .digits = UINT32_MAX,
                                          .before = a,
                                          .after = word});
    a = word;
}

static void set_note(unsigned line, const char *text)
{
    journal_add_note(&journal, prepulse, line, note[line]);
    memset(note[line], 0, NOTE_SIZE);
    strcpy(note[line], text);
}

static void record_event(enum op op)
{
    journal_add(&journal,
                (struct record){.prepulse = prepulse, .op = (uint8_t)op});
}

/* Records an action that changes one line, and returns the action's number. */
static uint32_t act(unsigned line, uint32_t word)
{
    begin();
    set(line, word);
    return journal.actions;
}

static const struct record *record(uint32_t number)
{
    return &journal.record[number % JOURNAL_RECORDS];
}

static void test_empty(void **state)
{
    static struct journal zeros;

    (void)state;
    assert_int_equal(undo(), 0);
    assert_int_equal(redo(), 0);
    assert_int_equal(journal_undo(&zeros, 0, &player), 0);
    begin();
    assert_int_equal(undo(), 0);
    assert_string_equal(played, "");
    assert_int_equal(journal.end, 0);
}

static void test_back_and_forth(void **state)
{
    (void)state;
    for (uint32_t i = 1; i <= 5; i++)
        assert_int_equal(act(7, i * 10), i);
    for (uint32_t i = 5; i >= 1; i--) {
        assert_int_equal(undo(), i);
        assert_int_equal(store[7], (i - 1) * 10);
    }
    assert_int_equal(undo(), 0);
    for (uint32_t i = 1; i <= 5; i++) {
        assert_int_equal(redo(), i);
        assert_int_equal(store[7], i * 10);
    }
    assert_int_equal(redo(), 0);
    assert_int_equal(undo(), 5);
    assert_int_equal(undo(), 4);
    assert_int_equal(redo(), 4);
    assert_int_equal(store[7], 40);
}

/* Undo must apply the records of an action in reverse order. */
static void test_records_of_an_action(void **state)
{
    (void)state;
    act(1, 1);
    begin();
    set(2, 5);
    record_event(OP_TYPEWRITER);
    set(3, 6);
    set(2, 7);
    assert_int_equal(undo(), 2);
    assert_string_equal(played, "-2 -3 -2 ");
    assert_int_equal(store[1], 1);
    assert_int_equal(store[2] | store[3], 0);
    assert_int_equal(redo(), 2);
    assert_string_equal(played, "+2 +3 +2 ");
    assert_int_equal(store[2], 7);
    assert_int_equal(store[3], 6);
}

/* Undo must not change the digits outside a record's mask. */
static void test_digits(void **state)
{
    (void)state;
    begin();
    journal_add(&journal, (struct record){.op = OP_LINE,
                                          .line = 4,
                                          .digits = 0x0F,
                                          .before = 0x05,
                                          .after = 0x0A});
    store[4] = 0xABCD000A;
    undo();
    assert_int_equal(store[4], 0xABCD0005);
    store[4] = 0x12340005;
    redo();
    assert_int_equal(store[4], 0x1234000A);
}

static void test_new_action_ends_redo(void **state)
{
    (void)state;
    act(1, 10);
    act(1, 20);
    act(1, 30);
    undo();
    undo();
    act(2, 99);
    assert_int_equal(redo(), 0);
    assert_int_equal(undo(), 4);
    assert_int_equal(undo(), 1);
    assert_int_equal(undo(), 0);
    assert_int_equal(store[1] | store[2], 0);
    assert_int_equal(redo(), 1);
    assert_int_equal(redo(), 4);
    assert_int_equal(redo(), 0);
    assert_int_equal(store[1], 10);
    assert_int_equal(store[2], 99);
}

/* A new undoable action must discard the actions that could be redone. */
static void test_what_leaves_redo(void **state)
{
    (void)state;
    act(1, 10);
    undo();
    begin();
    record_event(OP_KC);
    record_event(OP_CS);
    record_event(OP_STRIP);
    begin();
    assert_int_equal(redo(), 1);
    assert_int_equal(store[1], 10);
    undo();
    begin();
    set_a(5);
    assert_int_equal(redo(), 0);
    undo();
    begin();
    set_note(3, "a note");
    assert_int_equal(redo(), 0);
}

static void test_events_are_not_undone(void **state)
{
    (void)state;
    record_event(OP_LOAD);
    assert_int_equal(undo(), 0);
    act(1, 10);
    begin();
    for (enum op op = OP_TYPEWRITER; op <= OP_REDO; op++)
        record_event(op);
    assert_int_equal(undo(), 1);
    assert_string_equal(played, "-1 ");
    assert_int_equal(undo(), 0);
}

static void test_notes(void **state)
{
    (void)state;
    begin();
    set_note(3, "first");
    begin();
    set_note(3, "second");
    set_note(4, "beside");
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(undo(), 2);
        assert_string_equal(note[3], "first");
        assert_string_equal(note[4], "");
        assert_int_equal(undo(), 1);
        assert_string_equal(note[3], "");
        redo();
        assert_string_equal(note[3], "first");
        redo();
        assert_string_equal(note[3], "second");
        assert_string_equal(note[4], "beside");
    }
}

/* An action must be forgotten when the memory of its note text is reused. */
static void test_note_places(void **state)
{
    char text[NOTE_SIZE];
    unsigned count = JOURNAL_NOTES + JOURNAL_NOTES / 2;

    (void)state;
    for (unsigned i = 1; i <= count; i++) {
        snprintf(text, sizeof text, "note %u", i);
        begin();
        set_note(i % LINES, text);
    }
    assert_int_equal(journal.notes, count);
    for (unsigned i = count; i > count - JOURNAL_NOTES; i--) {
        snprintf(text, sizeof text, "note %u", i - LINES);
        assert_int_equal(undo(), i);
        assert_string_equal(note[i % LINES], text);
    }
    assert_int_equal(undo(), 0);
    for (unsigned i = count - JOURNAL_NOTES + 1; i <= count; i++) {
        snprintf(text, sizeof text, "note %u", i);
        assert_int_equal(redo(), i);
        assert_string_equal(note[i % LINES], text);
    }
}

static void test_note_forgets_whole_actions(void **state)
{
    (void)state;
    begin();
    set(1, 11);
    set_note(1, "one");
    set(2, 22);
    for (unsigned i = 0; i < JOURNAL_NOTES; i++) {
        begin();
        set_note(5, i % 2 ? "odd" : "even");
    }
    for (unsigned i = 0; i < JOURNAL_NOTES; i++)
        assert_int_not_equal(undo(), 0);
    assert_int_equal(undo(), 0);
    assert_int_equal(store[1], 11);
    assert_int_equal(store[2], 22);
    assert_string_equal(note[1], "one");
}

/* The journal must have room for more than 1,000 typical actions. */
static void test_many_actions(void **state)
{
    unsigned count = 1010;
    char text[NOTE_SIZE];

    (void)state;
    for (unsigned i = 1; i <= count; i++) {
        snprintf(text, sizeof text, "note %u", i);
        begin();
        for (unsigned j = 0; j < 2; j++) {
            set(j, i);
            set_a(i);
            set_note(j, text);
        }
    }
    for (unsigned i = count; i > 0; i--) {
        assert_int_equal(store[0], i);
        assert_int_equal(undo(), i);
    }
    assert_int_equal(store[0] | store[1] | a, 0);
    assert_string_equal(note[0], "");
}

/* A full journal must forget the oldest actions, and only whole ones. */
static void test_full(void **state)
{
    unsigned count = 3 * JOURNAL_RECORDS / 7, left = 0;

    (void)state;
    for (unsigned i = 1; i <= count; i++) {
        begin();
        for (unsigned line = 0; line < 7; line++)
            set(line, i);
    }
    assert_true(journal.end - journal.first <= JOURNAL_RECORDS);
    assert_int_not_equal(record(journal.first)->action,
                         record(journal.first - 1)->action);
    while (undo() != 0) {
        left++;
        for (unsigned line = 0; line < 7; line++)
            assert_int_equal(store[line], count - left);
    }
    /* An action takes seven records, and undoing it takes one more. */
    assert_in_range(left, JOURNAL_RECORDS / 8, JOURNAL_RECORDS / 7);
    while (redo() != 0)
        left--;
    assert_in_range(journal.end - journal.first, 1, JOURNAL_RECORDS);
}

static void test_forgotten_while_undone(void **state)
{
    uint32_t first, second;

    (void)state;
    first = act(1, 10);
    second = act(2, 20);
    assert_int_equal(undo(), second);
    assert_int_equal(undo(), first);
    for (unsigned i = 0; i < JOURNAL_RECORDS - 3; i++)
        record_event(OP_KC);
    assert_int_equal(redo(), 0);
    assert_int_equal(store[2], 0);
    act(3, 30);
    assert_int_equal(redo(), 0);
    assert_int_equal(undo(), 3);
}

/* A journal may be filled with events only, leaving no action to undo. */
static void test_events_only(void **state)
{
    (void)state;
    act(1, 10);
    for (unsigned i = 0; i < 3 * JOURNAL_RECORDS; i++) {
        prepulse++;
        record_event(OP_KC);
    }
    assert_int_equal(undo(), 0);
    assert_int_equal(store[1], 10);
    act(1, 20);
    assert_int_equal(undo(), 2);
    assert_int_equal(store[1], 10);
}

static void test_prepulses(void **state)
{
    const enum op ops[] = {OP_LINE, OP_NOTE, OP_KC, OP_UNDO, OP_REDO};
    const uint32_t actions[] = {1, 2, 2, 2, 2};
    uint32_t number;

    (void)state;
    prepulse = UINT64_C(1) << 40;
    act(1, 10);
    prepulse++;
    begin();
    set_note(1, "x");
    prepulse++;
    record_event(OP_KC);
    prepulse++;
    undo();
    prepulse++;
    redo();
    assert_int_equal(journal.end - journal.first, 5);
    for (uint32_t i = 0; i < 5; i++) {
        number = journal.first + i;
        assert_int_equal(record(number)->prepulse, (UINT64_C(1) << 40) + i);
        assert_int_equal(record(number)->op, ops[i]);
        assert_int_equal(record(number)->action, actions[i]);
    }
    assert_int_equal(record(journal.end - 1)->after, 2);
    assert_int_equal(record(journal.end - 2)->after, 2);
}

/* Expected state after each action. */
#define ACTIONS 300

static struct {
    uint32_t end;
    char note[LINES][NOTE_SIZE];
    uint8_t state[ACTIONS * 4]; /* state after each record, by record number */
} seen[ACTIONS];

static uint32_t seed;

static uint32_t draw(uint32_t limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % limit;
}

static void do_anything(void)
{
    char text[8];

    switch (draw(6)) {
    case 0:
        undo();
        break;
    case 1:
        redo();
        break;
    case 2:
        record_event(OP_KC);
        break;
    case 3:
        act(draw(LINES), draw(1000));
        break;
    default:
        begin();
        snprintf(text, sizeof text, "%u", (unsigned)draw(1000));
        set_note(draw(3), text);
        set_note(3, text);
        break;
    }
}

static void attribute_at(unsigned i)
{
    seen[i].end = journal.end;
    memcpy(seen[i].note, note, sizeof note);
    for (uint32_t n = journal.first; n != journal.end; n++)
        seen[i].state[n] = record(n)->state;
}

/* Compares the journal and notes with their state after action I. */
static void expect_seen(unsigned i)
{
    assert_int_equal(journal.end, seen[i].end);
    for (unsigned line = 0; line < 4; line++)
        assert_string_equal(note[line], seen[i].note[line]);
    for (uint32_t n = journal.first; n != journal.end; n++)
        if (record(n)->op < OP_TYPEWRITER)
            assert_int_equal(record(n)->state, seen[i].state[n]);
}

static void test_seek(void **state)
{
    for (unsigned number = 1; number <= 100; number++) {
        unsigned count = 0;

        start(state);
        seed = number;
        for (unsigned turn = 0; turn < 10; turn++) {
            for (; count < (turn + 1) * (ACTIONS / 10); count++) {
                do_anything();
                attribute_at(count);
            }
            for (unsigned i = 0; i < 10; i++) {
                unsigned there = draw(count);

                journal_seek(&journal, seen[there].end, &player);
                expect_seen(there);
            }
            /* New actions must replace all that were undone. */
            count = draw(count) + 1;
            journal_seek(&journal, seen[count - 1].end, &player);
        }
    }
}

static void test_seek_forgotten(void **state)
{
    (void)state;
    for (unsigned i = 0; i < JOURNAL_RECORDS + 100; i++)
        act(1, i);
    journal_seek(&journal, 50, &player);
    assert_int_equal(journal.end, journal.first);
    assert_int_equal(undo(), 0);
    journal_seek(&journal, UINT32_MAX, &player);
    assert_int_equal(journal.end, JOURNAL_RECORDS + 100);
    assert_int_equal(undo(), JOURNAL_RECORDS + 100);
}

#define TEST(function) cmocka_unit_test_setup(function, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_empty),
        TEST(test_back_and_forth),
        TEST(test_records_of_an_action),
        TEST(test_digits),
        TEST(test_new_action_ends_redo),
        TEST(test_what_leaves_redo),
        TEST(test_events_are_not_undone),
        TEST(test_notes),
        TEST(test_note_places),
        TEST(test_note_forgets_whole_actions),
        TEST(test_many_actions),
        TEST(test_full),
        TEST(test_forgotten_while_undone),
        TEST(test_events_only),
        TEST(test_prepulses),
        TEST(test_seek),
        TEST(test_seek_forgotten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
