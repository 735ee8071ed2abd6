/* SPDX-License-Identifier: MIT */
#include "parse_entry.h"
#include "emu/text/mnemonic.h"
#include "emu/text/number.h"

#define FIGURES "0123456789"

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

/* Directives used by assemblers that support labels. */
static const char *const label_words[] = {"ORG", "EQU", "DW", "DB",
                                          "DS",  "EJA", "END"};

#define LABEL_WORDS (sizeof label_words / sizeof label_words[0])

bool entry_is_start(struct span data)
{
    return span_is(data, "START:") || span_is(data, "START");
}

struct span entry_note(struct builder *builder, const struct text_row *row,
                       struct span rest)
{
    const char *end = row->comment.at + row->comment.length;

    rest = span_trim(rest);
    if (rest.length == 0)
        return row->comment;
    span_quote(&builder->wrong, rest);
    strbuf_add(&builder->wrong, " is treated as a note; put \";\" before it");
    builder_warn(builder);
    return span_between(rest.at, end);
}

static void show_word(struct strbuf *text, uint32_t word, bool as_number)
{
    if (!as_number && instruction_is_plain(word))
        instruction_write(text, word);
    else
        strbuf_add(text, "%d", (int32_t)word);
}

/* Warns if the digits of an entry and the text after them differ. */
static void compare(struct builder *builder, uint32_t digits,
                    const struct reading *text)
{
    if (digits == text->word)
        return;
    strbuf_add(&builder->wrong, "the digits mean ");
    show_word(&builder->wrong, digits, text->number);
    strbuf_add(&builder->wrong, ", but the text means ");
    show_word(&builder->wrong, text->word, text->number);
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

static bool is_number(const struct reading *reading)
{
    return reading->digits ? instruction_is_number(reading->word)
                           : reading->number;
}

/* Parses the text after the digits of an entry.  TEXT must not be empty. */
static bool read_beside(struct builder *builder, const struct text_row *row,
                        unsigned line, uint32_t digits, struct span text)
{
    struct reading reading;
    bool read =
        instruction_read(text.at, text.length, &reading, &builder->wrong);

    if (!read && looks_like_instruction(text))
        return builder_error(builder);
    builder_clear(builder);
    if (read && reading.used == text.length) {
        compare(builder, digits, &reading);
        builder_set_line(builder, line, reading.word, is_number(&reading),
                         row->comment);
        return true;
    }
    builder_set_line(builder, line, digits, instruction_is_number(digits),
                     entry_note(builder, row, text));
    return true;
}

bool entry_read_digits(struct builder *builder, const struct text_row *row,
                       unsigned line, struct span data)
{
    struct span word = span_word(&data);
    uint32_t digits;

    if (!number_read_digits(word, &digits, &builder->wrong))
        return builder_error(builder);
    number_short(&builder->wrong, word.length);
    builder_warn(builder);
    data = span_trim(data);
    if (data.length > 0)
        return read_beside(builder, row, line, digits, data);
    builder_set_line(builder, line, digits, instruction_is_number(digits),
                     row->comment);
    return true;
}

static bool read_instruction(struct builder *builder,
                             const struct text_row *row, unsigned line,
                             struct span data)
{
    const char *end = data.at + data.length;
    struct span rest;
    struct reading reading;

    if (!instruction_read(data.at, data.length, &reading, &builder->wrong))
        return builder_error(builder);
    builder_warn(builder);
    rest = span_between(data.at + reading.used, end);
    builder_set_line(builder, line, reading.word, is_number(&reading),
                     entry_note(builder, row, rest));
    return true;
}

static bool is_label_word(struct span word)
{
    for (size_t i = 0; i < LABEL_WORDS; i++)
        if (span_is(word, label_words[i]))
            return true;
    return false;
}

/* Returns true if DATA has a label (`name:` or `name LDN 5`) or a directive. */
static bool has_label(struct span data)
{
    struct span first = span_word(&data);
    struct span second = span_word(&data);

    if (span_only((struct span){first.at, 1}, "+-" FIGURES))
        return false;
    return first.at[first.length - 1] == ':' ||
           (second.length > 0 && second.at[0] == ':') || is_label_word(first) ||
           is_label_word(second) ||
           instruction_is_mnemonic(second.at, second.length);
}

/* Reports that a row does not begin with a line number. */
static bool refuse(struct builder *builder, struct span data)
{
    struct span rest = data;
    struct span first = span_word(&rest);
    struct strbuf *wrong = &builder->wrong;

    if (instruction_is_mnemonic(first.at, first.length)) {
        strbuf_add(wrong,
                   "the line number is missing; begin with one, as in \"3 ");
        span_show(wrong, data);
        strbuf_add(wrong, "\"");
        return builder_error(builder);
    }
    span_quote(wrong, first);
    if (has_label(data))
        strbuf_add(wrong, ": labels are not supported; "
                          "begin with a line number, as in \"3 LDN 24\"");
    else
        strbuf_add(wrong, " is not a line number (0 to 31); "
                          "begin with a line number, as in \"3 LDN 24\"");
    return builder_error(builder);
}

/* Removes a line number, written `N`, `N:` or `N :`, from the start of *DATA
   and stores it in *NUMBER.  Returns false if there is none. */
static bool read_line_number(struct span *data, struct span *number)
{
    size_t length = 0;

    while (length < data->length &&
           span_only((struct span){data->at + length, 1}, FIGURES))
        length++;
    *number = (struct span){data->at, length};
    if (length == 0 || (length < data->length && data->at[length] != ':' &&
                        !is_blank(data->at[length])))
        return false;
    *data = span_trim((struct span){data->at + length, data->length - length});
    if (data->length > 0 && data->at[0] == ':')
        *data = span_trim((struct span){data->at + 1, data->length - 1});
    return true;
}

bool entry_read(struct builder *builder, const struct text_row *row)
{
    struct span data = row->data;
    struct span rest;
    struct span number;
    unsigned line;

    if (!read_line_number(&data, &number))
        return refuse(builder, data);
    if (!number_read_line(number, &line, &builder->wrong))
        return builder_error(builder);
    if (entry_is_start(data)) {
        /* In emuStudio, execution starts at the line after this one. */
        builder_set_ci(builder, line);
        return true;
    }
    if (data.length == 0) {
        builder_set_line(builder, line, 0, true, row->comment);
        return true;
    }
    rest = data;
    if (number_is_digits(span_word(&rest)))
        return entry_read_digits(builder, row, line, data);
    return read_instruction(builder, row, line, data);
}
