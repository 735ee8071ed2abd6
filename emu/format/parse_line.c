/* SPDX-License-Identifier: MIT */
#include "parse_line.h"
#include "digits.h"
#include "note.h"
#include "simh.h"
#include "emu/text/mnemonic.h"
#include "emu/text/number.h"

static bool parse_source(struct line_parser *parser, const struct text_row *row)
{
    return assembler_row(&parser->assembler, &parser->builder, row);
}

/* Returns true if another word fits.  Otherwise reports an error. */
static bool has_room(struct line_parser *parser)
{
    if (parser->section->name == 'S')
        return builder_has_room(&parser->builder, parser->next);
    if (parser->next < parser->section->lines)
        return true;
    strbuf_add(&parser->builder.wrong,
               "there is no room for more: tube %c has only %u line%s",
               parser->section->name, parser->section->lines,
               parser->section->lines > 1 ? "s" : "");
    return builder_error(&parser->builder);
}

static bool check_digits(struct builder *builder, struct span word)
{
    if (number_is_digits(word))
        return true;
    span_quote(&builder->wrong, word);
    strbuf_add(&builder->wrong, " is not a string of binary digits");
    return builder_error(builder);
}

/* Stores WORD in the next line, guessing whether it is a number. */
static void put_next(struct line_parser *parser, uint32_t word,
                     struct span note)
{
    note_compare(&parser->builder, word, note);
    builder_set_line(&parser->builder, parser->next++, word,
                     instruction_is_number(word), note);
}

static bool parse_digits(struct line_parser *parser, const struct text_row *row)
{
    struct span rest = row->data;

    return check_digits(&parser->builder, span_word(&rest)) &&
           has_room(parser) &&
           digits_read(&parser->builder, row, parser->next++, row->data, NULL);
}

static bool read_value(struct builder *builder, struct span word,
                       uint32_t *value)
{
    enum number result = number_read(word, value);

    if (result == NUMBER_READ)
        return true;
    number_wrong(&builder->wrong, word, result);
    return builder_error(builder);
}

static bool parse_word(struct line_parser *parser, const struct text_row *row)
{
    uint32_t word;

    if (!has_room(parser) || !read_value(&parser->builder, row->data, &word))
        return false;
    put_next(parser, word, row->comment);
    return true;
}

/* Parses an address such as `@3` and removes it from *REST. */
static bool parse_address(struct line_parser *parser, struct span *rest)
{
    struct strbuf *wrong = &parser->builder.wrong;
    struct span number;

    *rest = (struct span){rest->at + 1, rest->length - 1};
    number = span_word(rest);
    if (number.length == 0)
        strbuf_add(wrong, "\"@\" needs a line number (0 to 31)");
    else if (number_read_line(number, &parser->next, wrong))
        return true;
    return builder_error(&parser->builder);
}

static bool parse_store(struct line_parser *parser, const struct text_row *row)
{
    struct span rest = row->data;
    struct span note = row->comment;
    struct span word;

    if (rest.at[0] == '@' && !parse_address(parser, &rest))
        return false;
    word = span_word(&rest);
    for (; word.length > 0; word = span_word(&rest)) {
        uint32_t value;

        if (!has_room(parser) || !read_value(&parser->builder, word, &value))
            return false;
        put_next(parser, value, note);
        note.length = 0; /* only the first word gets the note */
    }
    return true;
}

/* Sets A or CI.  PI is ignored, because the next fetch replaces it. */
static void put_register(struct line_parser *parser, uint32_t word)
{
    if (parser->section->name == 'A')
        builder_set_a(&parser->builder, word);
    else if (parser->next == 0)
        builder_set_ci(&parser->builder, word);
    parser->next++;
}

static bool parse_section(struct line_parser *parser,
                          const struct text_row *row)
{
    const struct mdm_section *section =
        mdm_section_of(row->data, &parser->next);
    struct builder *builder = &parser->builder;
    struct span rest = row->data;
    struct span word = span_word(&rest);
    struct span note;
    uint32_t digits;

    if (section != NULL) {
        parser->section = section;
        return true;
    }
    if (!check_digits(builder, word) || !has_room(parser))
        return false;
    if (!number_read_digits(word, &digits, &builder->wrong))
        return builder_error(builder);
    note = note_of_row(builder, row, rest);
    if (parser->section->name == 'S')
        put_next(parser, digits, note);
    else
        put_register(parser, digits);
    return true;
}

static bool parse_image(struct line_parser *parser, const struct text_row *row)
{
    return memory_image_row(&parser->image, &parser->builder, row);
}

static bool parse_script(struct line_parser *parser, const struct text_row *row)
{
    return simh_script_row(&parser->builder, row);
}

bool parse_line(struct line_parser *parser, enum format format,
                const struct text_row *row)
{
    static bool (*const parsers[])(struct line_parser *,
                                   const struct text_row *) = {
        [FORMAT_SCRIPT] = parse_script,    [FORMAT_ENTRIES] = parse_source,
        [FORMAT_SECTIONS] = parse_section, [FORMAT_STORE] = parse_store,
        [FORMAT_DIGITS] = parse_digits,    [FORMAT_WORDS] = parse_word,
        [FORMAT_IMAGE] = parse_image,
    };

    return parsers[format](parser, row);
}
