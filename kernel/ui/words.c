/* SPDX-License-Identifier: MIT */
#include "words.h"
#include "emu/instruction.h"

static int number(uint32_t word)
{
    return (int)word;
}

static void say_jump(struct text *text, const struct desk *desk)
{
    text_add(text, "CI = %d: line %u is next", number(desk->last.operand),
             word_line(desk->last.operand + 1));
}

static void say_relative_jump(struct text *text, const struct desk *desk)
{
    const struct last *last = &desk->last;

    text_add(text, "CI = %u %c %u: line %u is next", (unsigned)last->ci,
             number(last->operand) < 0 ? '-' : '+',
             number(last->operand) < 0 ? 0u - last->operand : last->operand,
             word_line(last->ci + last->operand + 1));
}

static void say_load(struct text *text, const struct desk *desk)
{
    int operand = number(desk->last.operand);

    text_add(text, operand < 0 ? "A = -(%d) = %d" : "A = -%d = %d", operand,
             number(0u - desk->last.operand));
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

void words_last(struct text *text, const struct desk *desk)
{
    const struct last *last = &desk->last;

    if (!last->valid) {
        text_add(text, "Nothing obeyed yet; line %u is next",
                 desk_next_line(desk));
        return;
    }
    if (last->hung) {
        text_add(text, "Nothing was fetched: digits 13-15 of CI name no way "
                       "from the store to PI");
        return;
    }
    instruction_write(text, last->word);
    text_add(text, "   ");
    say[word_function(last->word)](text, desk);
}

void words_advice(struct text *text, const struct desk *desk)
{
    if (desk->running)
        text_add(text, "F5 stops; F11 slower, F12 faster");
    else if (desk->hung)
        text_add(text, "Hung: clear control (Esc, C) or load a program");
    else if (desk->machine.neon)
        text_add(text, "Stop: F6 goes on by one line, then F5 runs; "
                       "Esc, S restarts");
    else
        text_add(text, "F5 runs, F6 obeys one line, F2 lists the programs");
}
