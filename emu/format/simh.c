/* SPDX-License-Identifier: MIT */
#include "simh.h"
#include "emu/text/mnemonic.h"
#include "emu/text/number.h"
#include "note.h"
#include <string.h>

#define SIZE 136

/* Returns true if TEXT starts with a UTF-16 byte order mark and ASCII text. */
static bool is_utf16(const char *text)
{
    return (memcmp(text, "\xFF\xFE", 2) == 0 && text[3] == 0) ||
           (memcmp(text, "\xFE\xFF", 2) == 0 && text[2] == 0);
}

static bool has_zero(const char *text)
{
    size_t i = 0;

    while (i < SIZE && text[i] != 0)
        i++;
    return i < SIZE;
}

bool simh_is(const char *text, size_t size)
{
    return size == SIZE && has_zero(text) && !is_utf16(text);
}

static uint32_t word_at(const char *text, unsigned index)
{
    const char *at = text + 4 * index;
    uint32_t word = 0;

    for (unsigned i = 4; i-- > 0;)
        word = word << 8 | (uint8_t)at[i];
    return word;
}

void simh_read(struct program *program, const char *text)
{
    program_clear(program);
    program->a = word_at(text, 0);
    program->ci = word_at(text, 1);
    for (unsigned line = 0; line < LINES; line++) {
        uint32_t word = word_at(text, 2 + line);

        program->store[line] = word;
        if (instruction_is_number(word))
            program->numbers |= UINT32_C(1) << line;
    }
}

/* ---- Scripts ---- */

/* What a DEPOSIT command does. */
struct deposit {
    char radix;     /* 'D', 'H', 'M' or, without a switch, 0 */
    uint32_t lines; /* bitmask */
    bool a, ci;
};

/* Returns true if WORD is COMMAND or the beginning of it. */
static bool abbreviates(struct span word, const char *command)
{
    return word.length > 0 && word.length <= strlen(command) &&
           span_equals(word, (struct span){command, word.length});
}

bool simh_is_deposit(struct span data)
{
    struct span command = span_word(&data);

    span_word(&data);
    return abbreviates(command, "DEPOSIT") && span_trim(data).length > 0;
}

/* Removes the text before one of the characters of ENDS, and that character. */
static struct span take_until(struct span *rest, const char *ends)
{
    const char *end = rest->at + rest->length;
    size_t length = 0;

    while (length < rest->length &&
           !span_only((struct span){rest->at + length, 1}, ends))
        length++;
    struct span part = {rest->at, length};

    *rest = length < rest->length ? span_between(rest->at + length + 1, end)
                                  : (struct span){end, 0};
    return part;
}

/* Adds one PART of a list to DEPOSIT. */
static bool add_part(struct deposit *deposit, struct span part,
                     struct strbuf *wrong)
{
    unsigned first, last;
    struct span begin = take_until(&part, "-:");

    if (span_is(begin, "A")) {
        deposit->a = true;
    } else if (span_is(begin, "CI")) {
        deposit->ci = true;
    } else if (span_is(begin, "ALL")) {
        deposit->lines = UINT32_MAX;
    } else {
        if (!number_read_line(begin, &first, wrong))
            return false;
        last = first;
        if (part.length > 0 && !number_read_line(part, &last, wrong))
            return false;
        if (first > last) {
            strbuf_add(wrong, "lines %u to %u are in the wrong order", first,
                       last);
            return false;
        }
        for (unsigned line = first; line <= last; line++)
            deposit->lines |= UINT32_C(1) << line;
    }
    return true;
}

/* Parses the switches and the list, and removes them from *REST. */
static bool read_list(struct deposit *deposit, struct span *rest,
                      struct strbuf *wrong)
{
    struct span word = span_word(rest);

    for (; word.length > 1 && word.at[0] == '-'; word = span_word(rest)) {
        deposit->radix = upper_of(word.at[1]);
        if (word.length == 2 &&
            span_only((struct span){word.at + 1, 1}, "DdHhMm"))
            continue;
        strbuf_add(wrong, "the switch ");
        span_quote(wrong, word);
        strbuf_add(wrong, " is not supported; use -d, -h or -m");
        return false;
    }
    if (span_is(word, "CPU"))
        word = span_word(rest);
    while (word.length > 0)
        if (!add_part(deposit, take_until(&word, ","), wrong))
            return false;
    return true;
}

/* Parses the figures of a value. */
static bool read_figures(const struct deposit *deposit, struct span word,
                         struct reading *reading, struct strbuf *wrong)
{
    bool prefixed =
        word.length > 2 && word.at[0] == '0' && upper_of(word.at[1]) == 'X';

    reading->number = true;
    if (deposit->ci)
        return number_read_line(word, &reading->word, wrong);
    if (deposit->radix == 'D') {
        if (number_read(word, &reading->word) == NUMBER_READ)
            return true;
        strbuf_add(wrong, "-d needs a decimal number, not ");
    } else if (deposit->radix != 'H' && number_is_digits(word)) {
        reading->digits = true;
        return number_read_digits(word, &reading->word, wrong);
    } else {
        reading->digits = true; /* it may be an instruction */
        if (prefixed)
            word = (struct span){word.at + 2, word.length - 2};
        if (number_read_figures(word, 16, &reading->word))
            return true;
        strbuf_add(wrong, "without -d, SIMH reads hexadecimal numbers, not ");
    }
    span_quote(wrong, word);
    return false;
}

/* Parses the value, and removes it from *REST. */
static bool read_value(const struct deposit *deposit, struct span *rest,
                       struct reading *reading, struct strbuf *wrong)
{
    struct span text = span_trim(*rest), first = span_word(rest);

    *reading = (struct reading){.word = 0};
    if (!instruction_is_mnemonic(first.at, first.length) || deposit->ci)
        return read_figures(deposit, first, reading, wrong);
    if (!mnemonic_read(text.at, text.length, NULL, reading, wrong))
        return false;
    *rest = span_between(text.at + reading->used, text.at + text.length);
    return true;
}

static bool deposit_row(struct builder *builder, const struct text_row *row,
                        struct span rest)
{
    struct deposit deposit = {.radix = 0};
    struct reading reading;
    struct span note;

    if (!read_list(&deposit, &rest, &builder->wrong) ||
        !read_value(&deposit, &rest, &reading, &builder->wrong))
        return builder_error(builder);
    note = note_of_row(builder, row, rest);
    if (deposit.a)
        builder_set_a(builder, reading.word);
    if (deposit.ci)
        builder_set_ci(builder, reading.word);
    for (unsigned line = 0; line < LINES; line++)
        if (deposit.lines >> line & 1)
            builder_set_line(builder, line, reading.word,
                             reading_is_number(&reading), note);
    /* A script may clear the store before it fills it. */
    if (reading.word == 0)
        builder->seen &= ~deposit.lines;
    return true;
}

/* Sets CI, as GO and RUN do if a line follows. */
static bool go_row(struct builder *builder, struct span rest)
{
    struct span word = span_word(&rest);
    unsigned line;

    if (word.length == 0)
        return true;
    if (!number_read_line(word, &line, &builder->wrong))
        return builder_error(builder);
    builder_set_ci(builder, line);
    return true;
}

/* Returns true if COMMAND does not change the program. */
static bool is_skipped(struct span command)
{
    static const char *const skipped[] = {"RESET", "EXAMINE", "STEP", "SET",
                                          "SHOW",  "ECHO",    "QUIT", "EXIT",
                                          "BYE",   "CONTINUE"};

    for (size_t i = 0; i < sizeof skipped / sizeof skipped[0]; i++)
        if (abbreviates(command, skipped[i]))
            return true;
    return false;
}

bool simh_script_row(struct builder *builder, const struct text_row *row)
{
    struct span rest = row->data, command = span_word(&rest);

    if (simh_is_deposit(row->data))
        return deposit_row(builder, row, rest);
    if (abbreviates(command, "GO") ||
        (command.length > 1 && abbreviates(command, "RUN")))
        return go_row(builder, rest);
    if (is_skipped(command))
        return true;
    span_quote(&builder->wrong, command);
    if (abbreviates(command, "LOAD"))
        strbuf_add(&builder->wrong, " reads another file; open that instead");
    else if (abbreviates(command, "DEPOSIT"))
        strbuf_add(&builder->wrong,
                   " needs a line and a value, as in \"d -d 3 5\"");
    else
        strbuf_add(&builder->wrong,
                   " is not a command that a script for SIMH may have here");
    return builder_error(builder);
}
