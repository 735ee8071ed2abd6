/* SPDX-License-Identifier: MIT */
/*
 * What hands do to the desk.  Each deed goes into the journal, so that it can
 * be undone.
 */
#include "desk.h"
#include "emu/instruction.h"
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
}

static void find_edited(struct desk *desk)
{
    desk->edited = journal_edit(desk->journal) != desk->saved;
}

static void record(struct desk *desk, struct record record)
{
    if (desk->journal == NULL)
        return;
    record.prepulse = desk->machine.prepulses;
    journal_add(desk->journal, record);
    find_edited(desk);
}

static void change(struct desk *desk, enum deed deed, unsigned line,
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

static void happen(struct desk *desk, enum deed deed, uint32_t before,
                   uint32_t after)
{
    if (before != after)
        record(desk, (struct record){.deed = (uint8_t)deed,
                                     .digits = UINT32_MAX,
                                     .before = before,
                                     .after = after});
}

void desk_begin(struct desk *desk)
{
    if (desk->journal != NULL)
        journal_begin(desk->journal);
}

/* ------------------------------------------------------------ switches --- */

void desk_set_switch(struct desk *desk, unsigned digit, bool down)
{
    uint32_t bit = 1u << digit;

    desk_begin(desk);
    change(desk, DEED_STAT, 0, bit, down ? bit : 0);
}

void desk_set_manual(struct desk *desk, bool manual)
{
    desk_begin(desk);
    change(desk, DEED_MANUAL, 0, 1, manual);
}

void desk_set_erase(struct desk *desk, bool erase)
{
    desk_begin(desk);
    change(desk, DEED_ERASE, 0, 1, erase);
}

void desk_set_cs(struct desk *desk, bool run)
{
    happen(desk, DEED_CS, desk->cs, run);
    desk->cs = run;
}

bool desk_make_normal(struct desk *desk)
{
    desk_hold(desk, 0, 0);
    if (controls_are_normal(&desk->controls))
        return false;
    desk_begin(desk);
    change(desk, DEED_STAT, 0, UINT32_MAX, STATICISOR);
    change(desk, DEED_MANUAL, 0, 1, false);
    change(desk, DEED_ERASE, 0, 1, false);
    return true;
}

/* ------------------------------------------------------- what is held --- */

/* DIGITS of LINE, which held BEFORE, are no longer the program's. */
static void remember(struct press *press, unsigned line, uint32_t digits,
                     uint32_t before)
{
    uint32_t fresh = digits & ~press->digits[line];

    press->store[line] |= before & fresh;
    press->digits[line] |= fresh;
}

void desk_forced(struct desk *desk, const struct bar *bar)
{
    const uint32_t *store = desk->machine.store;

    if (!desk->press.open)
        return;
    /* A digit that was forced was the other one before. */
    remember(&desk->press, bar->control_line, bar->control_forced,
             ~store[bar->control_line]);
    remember(&desk->press, bar->action_line, bar->action_forced,
             ~store[bar->action_line]);
}

static void open_press(struct desk *desk)
{
    const struct machine *machine = &desk->machine;

    desk_begin(desk);
    desk->press = (struct press){
        .open = true,
        .a = machine->a,
        .ci = machine->ci,
        .pi = machine->pi,
    };
}

/* The lines of the store that PRESS has changed, and how they are shown.
   Where KSC was held that is all of them. */
static void record_lines(struct desk *desk, const struct press *press)
{
    uint32_t lines = press->strip & KSC ? UINT32_MAX : 0, numbers = 0;

    for (unsigned line = 0; line < LINES; line++) {
        uint32_t before = press->store[line], digits = press->digits[line];
        uint32_t after = desk->machine.store[line];

        if (instruction_is_number(after))
            numbers |= 1u << line;
        if (((after ^ before) & digits) == 0)
            continue;
        lines |= 1u << line;
        put(desk, DEED_LINE, line, digits, before);
        change(desk, DEED_LINE, line, digits, after);
    }
    change(desk, DEED_NUMBERS, 0, lines, numbers);
}

/* All that was held is let go: what came of it becomes records. */
static void close_press(struct desk *desk)
{
    const struct press press = desk->press;
    struct machine *machine = &desk->machine;

    desk->press.open = false;
    record_lines(desk, &press);
    if (press.strip & KSC) {
        change(desk, DEED_NOTED, 0, UINT32_MAX, 0);
        change(desk, DEED_HEADED, 0, 1, false);
    }
    bool cleared = press.strip & (desk->controls.kac_dead ? KCC : KAC | KCC);
    happen(desk, DEED_A, cleared ? press.a : machine->a, machine->a);
    if (press.strip & KCC) {
        happen(desk, DEED_CI, press.ci, machine->ci);
        happen(desk, DEED_PI, press.pi, machine->pi);
    }
}

static struct held fingers(const struct desk *desk)
{
    return (struct held){desk->typewriter, desk->strip};
}

static bool within(struct held part, struct held whole)
{
    return (part.typewriter & ~whole.typewriter) == 0 &&
           (part.strip & ~whole.strip) == 0;
}

/* From now on HELD acts. */
static void take(struct desk *desk, struct held held)
{
    uint32_t more = held.strip & ~desk->controls.strip;
    struct press *press = &desk->press;

    press->since = desk->machine.prepulses;
    press->strip |= more;
    if (more & KSC)
        for (unsigned line = 0; line < LINES; line++)
            remember(press, line, UINT32_MAX, desk->machine.store[line]);
    desk->controls.typewriter = held.typewriter;
    desk->controls.strip = held.strip;
}

/* The first of those that wait acts now; false: none waits, and what fingers
   hold goes on acting. */
static bool take_next(struct desk *desk)
{
    struct press *press = &desk->press;

    if (press->count == 0) {
        desk->controls.typewriter = desk->typewriter;
        desk->controls.strip = desk->strip;
        return false;
    }
    take(desk, press->waiting[0]);
    press->count--;
    memmove(press->waiting, press->waiting + 1,
            press->count * sizeof press->waiting[0]);
    return true;
}

#define HAD_ITS_BAR UINT64_MAX /* without a prepulse */

static void act_at_rest(struct desk *desk)
{
    uint8_t line = (uint8_t)word_line(desk->controls.stat);
    struct bar bar = {.control_line = line, .action_line = line};

    bar.action_forced = rest(&desk->machine, &desk->controls);
    desk_forced(desk, &bar);
    desk->press.since = HAD_ITS_BAR;
}

static bool had_its_bar(const struct desk *desk)
{
    return desk->machine.prepulses != desk->press.since;
}

void desk_settle(struct desk *desk)
{
    do {
        if (!desk_runs(desk))
            act_at_rest(desk);
        else if (!had_its_bar(desk))
            return;
        if (desk->controls.strip & KCC)
            desk_count_anew(desk);
    } while (take_next(desk));
    if (desk->press.open && (desk->typewriter | desk->strip) == 0)
        close_press(desk);
}

/*
 * Something more is held.  Together with what has not acted yet, if that is
 * held still; else after it.
 */
static void press_down(struct desk *desk)
{
    struct press *press = &desk->press;
    struct held acting = {desk->controls.typewriter, desk->controls.strip};
    struct held held = fingers(desk);

    if (!press->open) {
        open_press(desk);
        take(desk, held);
    } else if (press->count > 0) {
        if (!within(press->waiting[press->count - 1], held) &&
            press->count < WAITING_MAX)
            press->count++;
        press->waiting[press->count - 1] = held;
    } else if (had_its_bar(desk) || within(acting, held)) {
        take(desk, held);
    } else {
        press->waiting[press->count++] = held;
    }
}

void desk_hold(struct desk *desk, uint32_t typewriter, uint32_t strip)
{
    struct held before = fingers(desk);

    happen(desk, DEED_TYPEWRITER, before.typewriter, typewriter);
    happen(desk, DEED_STRIP, before.strip, strip);
    desk->typewriter = typewriter;
    desk->strip = strip;
    if (!within(fingers(desk), before))
        press_down(desk);
    if (desk->press.open)
        desk_settle(desk);
}

/* --------------------------------------------------------- today's ways --- */

static void tap_key(struct desk *desk, enum strip key)
{
    desk_hold(desk, desk->typewriter, desk->strip | key);
    desk_hold(desk, desk->typewriter, desk->strip & ~key);
}

void desk_clear_control(struct desk *desk)
{
    tap_key(desk, KCC);
}

void desk_clear_store(struct desk *desk)
{
    tap_key(desk, KSC);
}

struct line desk_line(const struct desk *desk, unsigned line)
{
    struct line content = {
        .word = desk->machine.store[line],
        .number = desk->numbers >> line & 1,
    };

    if (desk->noted >> line & 1)
        memcpy(content.note, desk->note[line], NOTE_SIZE);
    return content;
}

static void set_note(struct desk *desk, unsigned line,
                     const char note[NOTE_SIZE])
{
    struct line now = desk_line(desk, line);

    if (strlen(now.note) == strlen(note) &&
        memcmp(now.note, note, strlen(note)) == 0)
        return;
    if (desk->journal != NULL) {
        journal_add_note(desk->journal, desk->machine.prepulses, line,
                         desk->note[line]);
        find_edited(desk);
    }
    memcpy(desk->note[line], note, NOTE_SIZE);
    change(desk, DEED_NOTED, 0, 1u << line, 1u << line);
}

void desk_set_line(struct desk *desk, unsigned line, const struct line *content)
{
    uint32_t bit = 1u << line;

    change(desk, DEED_LINE, line, UINT32_MAX, content->word);
    change(desk, DEED_NUMBERS, 0, bit, content->number ? bit : 0);
    set_note(desk, line, content->note);
}

void desk_set_digits(struct desk *desk, unsigned line, uint32_t digits,
                     uint32_t word)
{
    uint32_t bit = 1u << line;

    change(desk, DEED_LINE, line, digits, word);
    word = desk->machine.store[line];
    change(desk, DEED_NUMBERS, 0, bit, instruction_is_number(word) ? bit : 0);
}

/* ------------------------------------------------------- undo and redo --- */

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
