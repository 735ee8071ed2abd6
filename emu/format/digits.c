/* SPDX-License-Identifier: MIT */
#include "digits.h"
#include "emu/text/instruction.h"
#include "emu/text/number.h"
#include "note.h"
#include <string.h>

#define FIGURES "0123456789"

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

/* Warns if the digits of an entry and the text after them differ. */
static void compare(struct builder *builder, uint32_t digits,
                    const struct reading *text)
{
    if (digits == text->word)
        return;
    strbuf_add(&builder->wrong, "the digits mean ");
    note_show_word(&builder->wrong, digits, text->number);
    strbuf_add(&builder->wrong, ", but the text means ");
    note_show_word(&builder->wrong, text->word, text->number);
    strbuf_add(&builder->wrong, "; the text is used");
    builder_warn(builder);
}

/* Returns true if TEXT consists of two to four letters and a number.  After
   digits, this is more likely a misspelt instruction than a note. */
static bool looks_like_instruction(struct span text)
{
    struct span name = span_word(&text);
    struct span operand = span_word(&text);

    return name.length >= 2 && name.length <= 4 && span_only(name, LETTERS) &&
           span_only(operand, "+-" FIGURES) && span_trim(text).length == 0;
}

/* Parses the text after the digits of an entry.  TEXT must not be empty. */
static bool read_beside(struct builder *builder, const struct text_row *row,
                        unsigned line, uint32_t digits, struct span text,
                        const struct names *names)
{
    struct reading reading;
    bool read = instruction_read(text.at, text.length, names, &reading,
                                 &builder->wrong);

    if (!read && looks_like_instruction(text))
        return builder_error(builder);
    builder_clear(builder);
    if (read && reading.used == text.length) {
        compare(builder, digits, &reading);
        if (!builder_set_era(builder, reading.era))
            return false;
        builder_set_line(builder, line, reading.word,
                         reading_is_number(&reading), row->comment);
        return true;
    }
    builder_set_line(builder, line, digits, instruction_is_number(digits),
                     note_of_row(builder, row, text));
    return true;
}

/* Copies groups of digits from the start of *DATA to DIGITS, and removes them.
   Returns false if they are not exactly 32. */
static bool take_groups(struct span *data, char digits[DIGITS])
{
    struct span rest = *data, word = span_word(&rest), after;
    size_t count = 0;

    while (number_is_digits(word) && count + word.length <= DIGITS) {
        memcpy(digits + count, word.at, word.length);
        count += word.length;
        after = rest;
        word = span_word(&rest);
    }
    if (count != DIGITS || number_is_digits(word))
        return false;
    *data = after;
    return true;
}

bool digits_are_grouped(struct span data)
{
    char digits[DIGITS];

    return take_groups(&data, digits);
}

bool digits_are_certain(struct span data)
{
    struct span rest = data, first = span_word(&rest);
    struct span second = span_word(&rest);

    if (number_is_digits(first) && first.length >= DIGITS_CERTAIN)
        return true;
    /* A figure and 31 digits are a line number and a word that lacks one. */
    return second.length < DIGITS_CERTAIN && digits_are_grouped(data);
}

static uint32_t value_of(const char *digits, size_t count, bool most_first)
{
    uint32_t value = 0;

    for (size_t i = 0; i < count; i++)
        value |= (uint32_t)(digits[i] == '1')
                 << (most_first ? count - 1 - i : i);
    return value;
}

/* Returns true if only the digits of an instruction are 1 in WORD. */
static bool is_certain(uint32_t word)
{
    return word_function(word) != 0 &&
           (word & ~(UINT32_C(7) << FUNCTION_BIT | (LINES - 1))) == 0;
}

void digit_order_add(struct digit_order *order, struct span data)
{
    char digits[DIGITS];
    struct span rest = data;
    size_t at = 0;

    while (at < data.length && data.at[at] != ':')
        at++;
    if (at < data.length)
        rest = span_between(data.at + at + 1, data.at + data.length);
    if (!take_groups(&rest, digits)) {
        span_word(&rest);
        if (!take_groups(&rest, digits))
            return;
    }
    bool least = is_certain(value_of(digits, DIGITS, false));
    bool most = is_certain(value_of(digits, DIGITS, true));

    order->least_first += least && !most;
    order->most_first += most && !least;
}

bool digit_order_is_most_first(const struct digit_order *order)
{
    return order->most_first >= 2 && order->most_first > 4 * order->least_first;
}

bool digits_read(struct builder *builder, const struct text_row *row,
                 unsigned line, struct span data, const struct names *names)
{
    char groups[DIGITS];
    struct span word = {groups, DIGITS};
    uint32_t digits;

    if (!take_groups(&data, groups))
        word = span_word(&data);
    if (!number_read_digits(word, &digits, &builder->wrong))
        return builder_error(builder);
    if (builder->most_first)
        digits = value_of(word.at, word.length, true);
    else
        number_short(&builder->wrong, word.length);
    builder_warn(builder);
    data = span_trim(data);
    if (data.length > 0)
        return read_beside(builder, row, line, digits, data, names);
    note_compare(builder, digits, row->comment);
    builder_set_line(builder, line, digits, instruction_is_number(digits),
                     row->comment);
    return true;
}
