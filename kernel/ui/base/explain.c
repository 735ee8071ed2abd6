/* SPDX-License-Identifier: MIT */
#include "explain.h"
#include "console/keymap.h"
#include "emu/text/mnemonic.h"

static int number(uint32_t word)
{
    return (int)word;
}

/* Adds the next line number unless the switches supply the instruction. */
static void add_next(struct strbuf *text, const struct session *session,
                     const char *mark)
{
    if (!session->controls.manual)
        strbuf_add(text, "%s line %u is next", mark,
                   session_next_line(session));
}

static void explain_jump(struct strbuf *text, const struct session *session)
{
    strbuf_add(text, "CI = %d", number(session->last.operand));
    add_next(text, session, ":");
}

static void explain_relative_jump(struct strbuf *text,
                                  const struct session *session)
{
    const struct last *last = &session->last;

    strbuf_add(text, "CI = %u %c %u", (unsigned)last->ci,
               number(last->operand) < 0 ? '-' : '+',
               number(last->operand) < 0 ? 0u - last->operand : last->operand);
    add_next(text, session, ":");
}

static void explain_load(struct strbuf *text, const struct session *session)
{
    int operand = number(session->last.operand);

    strbuf_add(text, operand < 0 ? "A = 0 - (%d) = %d" : "A = 0 - %d = %d",
               operand, number(0u - session->last.operand));
}

static void explain_store(struct strbuf *text, const struct session *session)
{
    strbuf_add(text, "line %u is set to A = %d", word_line(session->last.word),
               number(session->last.a));
}

static void explain_subtract(struct strbuf *text, const struct session *session)
{
    const struct last *last = &session->last;

    strbuf_add(text, "A = %d - %s%d%s = %d", number(last->a),
               number(last->operand) < 0 ? "(" : "", number(last->operand),
               number(last->operand) < 0 ? ")" : "",
               number(last->a - last->operand));
}

static void explain_test(struct strbuf *text, const struct session *session)
{
    bool negative = number(session->last.a) < 0;

    strbuf_add(text, "A = %d is %s: the next line is %s",
               number(session->last.a), negative ? "negative" : "not negative",
               negative ? "skipped" : "obeyed");
}

static void explain_stop(struct strbuf *text, const struct session *session)
{
    strbuf_add(text, "the machine has stopped at line %u",
               word_line(session->last.ci));
}

typedef void explain_function(struct strbuf *text,
                              const struct session *session);

static explain_function *const explain[8] = {
    [JMP] = explain_jump,     [JRP] = explain_relative_jump,
    [LDN] = explain_load,     [STO] = explain_store,
    [SUB] = explain_subtract, [SUB + 1] = explain_subtract,
    [CMP] = explain_test,     [STP] = explain_stop,
};

void explain_effect(struct strbuf *text, const struct session *session)
{
    if (!session->last.operand_unknown)
        explain[word_function(session->last.word)](text, session);
}

void explain_last(struct strbuf *text, const struct session *session)
{
    const struct last *last = &session->last;

    if (session->killed) {
        strbuf_add(text, "%s", session->space->fault);
        return;
    }
    if (!last->valid) {
        strbuf_add(
            text,
            session_instructions(session) == 0
                ? "No instruction has been obeyed yet"
            : session->loaded.has_snapshot
                ? "No instruction has been obeyed since the state was saved"
                : "The last instruction is no longer known");
        add_next(text, session, ";");
        return;
    }
    if (last->hung) {
        strbuf_add(text, "Hung: no instruction was fetched, "
                         "because digits 13-15 of CI are not 0");
        return;
    }
    if (last->manual)
        strbuf_add(text, "Man: ");
    instruction_write(text, last->word);
    strbuf_add(text, "   ");
    explain_effect(text, session);
}

void explain_break(struct strbuf *text, const struct session *session)
{
    unsigned operand = word_line(session->last.word);

    switch (session->run_control.reason) {
    case BREAK_NONE:
        break;
    case BREAK_LINE:
        strbuf_add(text, "Breakpoint before line %u",
                   session_next_line(session));
        break;
    case BREAK_READ:
        strbuf_add(text, "Breakpoint: line %u was read", operand);
        break;
    case BREAK_WRITTEN:
        strbuf_add(text, "Breakpoint: line %u was written", operand);
        break;
    case BREAK_NEGATIVE:
        strbuf_add(text, "Breakpoint: A became negative");
        break;
    case BREAK_ZERO:
        strbuf_add(text, "Breakpoint: A became 0");
        break;
    case BREAK_LEAVING:
        strbuf_add(text, "Breakpoint: CI exceeds 31");
        break;
    case BREAK_COUNT:
        strbuf_add(text, "Stopped after instruction ");
        strbuf_add_grouped(text, session->machine.instructions);
        break;
    case BREAK_PRESENT:
        strbuf_add(text, "The replay has reached the present");
        break;
    case BREAK_KILLED:
        strbuf_add(text, "%s", session->space->fault);
        break;
    }
}

/* Advice for each machine state, for the editor page and for the panel, where @
   stands before the position of a key */
static const char *const advice[][2] = {
    {"F5 stops the program; F11 slows it down, F12 speeds it up",
     "CS (Backspace) stops the program; F11 slows it down, F12 speeds it up"},
    {"Hung: clear control (Esc, C) or load a program",
     "Hung: KCC (@/) clears control; with CS at Run the machine then "
     "continues"},
    {"Stopped: press F6, then F5 to continue, or Esc, A to restart",
     "Stopped: KC (Enter) continues; KC followed by KCC (@/) restarts"},
    {"F5 runs, F6 executes one instruction, F2 lists the programs",
     "Enter is KC, Backspace is CS; arrows select, Space operates; F1 is help"},
    {"In the past: F7 steps back, F6 steps forward, F5 replays to the present",
     "In the past: F7 steps back, KC steps forward, CS replays to the present"},
    {"The engine was killed: F4 E selects another one, Esc, A restarts it",
     "The engine was killed: F4 E selects another one, F2 loads a program"},
};

void explain_advice(struct strbuf *text, const struct session *session,
                    bool panel, unsigned keymap)
{
    unsigned state = session_runs(session)      ? 0
                     : session_in_past(session) ? 4
                     : session->killed          ? 5
                     : session->hung            ? 1
                     : session->machine.neon    ? 2
                                                : 3;

    keymap_add(text, keymap, advice[state][panel]);
}

static void add_digits(struct strbuf *text, uint32_t digits, bool names)
{
    for (unsigned digit = 0; digit < DIGITS; digit++) {
        if (!(digits >> digit & 1))
            continue;
        if (names)
            strbuf_add(text, "%c", digit < FUNCTION_BIT ? 'L' : 'F');
        strbuf_add(text, "%u", digit);
        digits &= digits - 1;
        strbuf_add(text, digits != 0 && !names ? ", " : " ");
    }
}

static unsigned count_digits(uint32_t digits)
{
    unsigned count = 0;

    for (; digits != 0; digits &= digits - 1)
        count++;
    return count;
}

/* Lists at most two switches by name, so that the text fits in one row. */
static void add_switches_up(struct strbuf *text, uint32_t up)
{
    unsigned count = count_digits(up);

    if (count > 2) {
        strbuf_add(text,
                   "%u switches up force digits of instruction and CI to 0",
                   count);
        return;
    }
    add_digits(text, up, true);
    strbuf_add(text, "up: digit%s ", count > 1 ? "s" : "");
    add_digits(text, up, false);
    strbuf_add(text, "%s",
               count > 1 ? "are 0 in instruction and CI"
                         : "is 0 in instruction and CI");
}

void explain_switches(struct strbuf *text, const struct session *session)
{
    const struct controls *controls = &session->controls;
    uint32_t up = ~controls->stat & STATICISOR;

    if (controls->manual) {
        strbuf_add(text, "Man: each prepulse obeys ");
        instruction_write(text, controls->stat);
        strbuf_add(text, " from the switches");
    } else if (up) {
        add_switches_up(text, up);
    }
    if (controls->erase) {
        strbuf_add_apart(text);
        strbuf_add(text, controls->erase_corrupts ? "Erase corrupts reads"
                                                  : "Erase: buttons write 0");
    }
}
