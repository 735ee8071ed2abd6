/* SPDX-License-Identifier: MIT */
#include "explain.h"
#include "emu/text/mnemonic.h"

static int number(uint32_t word)
{
    return (int)word;
}

/* Where control goes from here, if the store is obeyed. */
static void add_next(struct text *text, const struct desk *desk,
                     const char *mark)
{
    if (!desk->controls.manual)
        text_add(text, "%s line %u is next", mark, desk_next_line(desk));
}

static void say_jump(struct text *text, const struct desk *desk)
{
    text_add(text, "CI = %d", number(desk->last.operand));
    add_next(text, desk, ":");
}

static void say_relative_jump(struct text *text, const struct desk *desk)
{
    const struct last *last = &desk->last;

    text_add(text, "CI = %u %c %u", (unsigned)last->ci,
             number(last->operand) < 0 ? '-' : '+',
             number(last->operand) < 0 ? 0u - last->operand : last->operand);
    add_next(text, desk, ":");
}

static void say_load(struct text *text, const struct desk *desk)
{
    int operand = number(desk->last.operand);

    text_add(text, operand < 0 ? "A = 0 - (%d) = %d" : "A = 0 - %d = %d",
             operand, number(0u - desk->last.operand));
}

static void say_store(struct text *text, const struct desk *desk)
{
    text_add(text, "line %u = A = %d", word_line(desk->last.word),
             number(desk->last.a));
}

static void say_subtract(struct text *text, const struct desk *desk)
{
    const struct last *last = &desk->last;

    text_add(text, "A = %d - %s%d%s = %d", number(last->a),
             number(last->operand) < 0 ? "(" : "", number(last->operand),
             number(last->operand) < 0 ? ")" : "",
             number(last->a - last->operand));
}

static void say_test(struct text *text, const struct desk *desk)
{
    bool negative = number(desk->last.a) < 0;

    text_add(text, "A = %d is %s: the next line is %s", number(desk->last.a),
             negative ? "negative" : "not negative",
             negative ? "skipped" : "obeyed");
}

static void say_stop(struct text *text, const struct desk *desk)
{
    text_add(text, "the machine has stopped at line %u",
             word_line(desk->last.ci));
}

typedef void say_function(struct text *text, const struct desk *desk);

static say_function *const say[8] = {
    [JMP] = say_jump,  [JRP] = say_relative_jump, [LDN] = say_load,
    [STO] = say_store, [SUB] = say_subtract,      [SUB + 1] = say_subtract,
    [CMP] = say_test,  [STP] = say_stop,
};

void words_effect(struct text *text, const struct desk *desk)
{
    if (!desk->last.vague)
        say[word_function(desk->last.word)](text, desk);
}

void words_last(struct text *text, const struct desk *desk)
{
    const struct last *last = &desk->last;

    if (!last->valid) {
        text_add(text, desk_instructions(desk) == 0 ? "Nothing obeyed yet"
                       : desk->restored
                           ? "Nothing obeyed since the state was saved"
                           : "What was obeyed last is not known any more");
        add_next(text, desk, ";");
        return;
    }
    if (last->hung) {
        text_add(text, "Nothing was fetched: digits 13-15 of CI name no way "
                       "from the store to PI");
        return;
    }
    if (last->manual)
        text_add(text, "Man: ");
    instruction_write(text, last->word);
    text_add(text, "   ");
    words_effect(text, desk);
}

void words_stop(struct text *text, const struct desk *desk)
{
    unsigned operand = word_line(desk->last.word);

    switch (desk->stopping.cause) {
    case STOPPED_NOT:
        break;
    case STOPPED_LINE:
        text_add(text, "Stopped before line %u", desk_next_line(desk));
        break;
    case STOPPED_READ:
        text_add(text, "Stopped: line %u was read", operand);
        break;
    case STOPPED_WRITTEN:
        text_add(text, "Stopped: line %u was written", operand);
        break;
    case STOPPED_NEGATIVE:
        text_add(text, "Stopped: A became negative");
        break;
    case STOPPED_ZERO:
        text_add(text, "Stopped: A became 0");
        break;
    case STOPPED_LEAVING:
        text_add(text, "Stopped: CI is beyond 31");
        break;
    case STOPPED_COUNT:
        text_add(text, "Stopped after instruction ");
        text_add_grouped(text, desk->machine.instructions);
        break;
    case STOPPED_PRESENT:
        text_add(text, "This is the present: what comes now is new");
        break;
    }
}

/* What to do, by the state of the machine; on the editor's page and on the
   panel. */
static const char *const advice[][2] = {
    {"F5 stops; F11 slower, F12 faster",
     "CS (Backspace) stops; F11 slower, F12 faster"},
    {"Hung: clear control (Esc, C) or load a program",
     "Hung: KCC (/) clears control, and the machine goes on if CS is at Run"},
    {"Stop: F6 goes on by one line, then F5 runs; Esc, S reloads and runs",
     "Stop: KC (Enter) obeys the next line and goes on; KC, then KCC (/), "
     "restarts"},
    {"F5 runs, F6 obeys one line, F2 lists the programs",
     "Enter KC, Backspace CS; arrows choose, Space operates; F1 helps"},
    {"In the past: F7 goes back, F6 forward, F5 runs up to the present",
     "In the past: F7 goes back, KC forward, CS runs up to the present"},
};

void words_advice(struct text *text, const struct desk *desk, bool panel)
{
    unsigned state = desk_runs(desk)      ? 0
                     : desk_in_past(desk) ? 4
                     : desk->hung         ? 1
                     : desk->machine.neon ? 2
                                          : 3;

    text_add(text, "%s", advice[state][panel]);
}

static void add_digits(struct text *text, uint32_t digits, bool names)
{
    for (unsigned digit = 0; digit < DIGITS; digit++) {
        if (!(digits >> digit & 1))
            continue;
        if (names)
            text_add(text, "%c", digit < FUNCTION_BIT ? 'L' : 'F');
        text_add(text, "%u", digit);
        digits &= digits - 1;
        text_add(text, digits != 0 && !names ? ", " : " ");
    }
}

static unsigned count_digits(uint32_t digits)
{
    unsigned count = 0;

    for (; digits != 0; digits &= digits - 1)
        count++;
    return count;
}

/* Two switches at most by name, or it would not fit the row. */
static void add_switches_up(struct text *text, uint32_t up)
{
    unsigned count = count_digits(up);

    if (count > 2) {
        text_add(text,
                 "%u switches up: 0 in their digits of instruction "
                 "and CI",
                 count);
        return;
    }
    add_digits(text, up, true);
    text_add(text, "up: digit%s ", count > 1 ? "s" : "");
    add_digits(text, up, false);
    text_add(text, "of instruction and CI read%s 0", count > 1 ? "" : "s");
}

void words_switches(struct text *text, const struct desk *desk)
{
    const struct controls *controls = &desk->controls;
    uint32_t up = ~controls->stat & STATICISOR;

    if (controls->manual) {
        text_add(text, "Man: each prepulse obeys ");
        instruction_write(text, controls->stat);
        text_add(text, " from the switches");
    } else if (up) {
        add_switches_up(text, up);
    }
    if (controls->erase) {
        text_add_apart(text);
        text_add(text, controls->erase_corrupts ? "Erase loses lines read"
                                                : "Erase: buttons write 0");
    }
}
