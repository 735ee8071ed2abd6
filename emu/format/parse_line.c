/* SPDX-License-Identifier: MIT */
/*
 * One line of a program file, in each form that there is.
 */
#include "parse_line.h"

#include "parse_entry.h"
#include "emu/text/mnemonic.h"
#include "emu/text/number.h"

static bool take_entry(struct dialect *dialect, const struct source_row *row)
{
    return entry_read(&dialect->builder, row);
}

/* Whether there is room for one word more; if not, an error is said. */
static bool has_room(struct dialect *dialect)
{
    if (dialect->next < dialect->tube->lines)
        return true;
    if (dialect->tube->name == 'S')
        strbuf_add(&dialect->builder.wrong,
                   "there is no room: the store ends with line 31, and that "
                   "was the one before");
    else
        strbuf_add(&dialect->builder.wrong,
                   "there is no room: tube %c has %u line%s",
                   dialect->tube->name, dialect->tube->lines,
                   dialect->tube->lines > 1 ? "s" : "");
    return builder_error(&dialect->builder);
}

static bool check_digits(struct builder *builder, struct span word)
{
    if (number_is_digits(word))
        return true;
    span_quote(&builder->wrong, word);
    strbuf_add(&builder->wrong, " is not a string of digits, 0 and 1");
    return builder_error(builder);
}

/* Puts a word that says nothing of what it is meant as. */
static void put_next(struct dialect *dialect, uint32_t word, struct span note)
{
    builder_set_line(&dialect->builder, dialect->next++, word,
                     instruction_is_number(word), note);
}

static bool take_digits(struct dialect *dialect, const struct source_row *row)
{
    struct span rest = row->data;

    return check_digits(&dialect->builder, span_word(&rest)) &&
           has_room(dialect) &&
           entry_read_digits(&dialect->builder, row, dialect->next++,
                             row->data);
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

static bool take_word(struct dialect *dialect, const struct source_row *row)
{
    uint32_t word;

    if (!has_room(dialect) || !read_value(&dialect->builder, row->data, &word))
        return false;
    put_next(dialect, word, row->comment);
    return true;
}

/* Takes '@' and the number of a line off *REST; blanks may part them. */
static bool take_address(struct dialect *dialect, struct span *rest)
{
    struct strbuf *wrong = &dialect->builder.wrong;
    struct span number;

    *rest = (struct span){rest->at + 1, rest->length - 1};
    number = span_word(rest);
    if (number.length == 0)
        strbuf_add(wrong, "\"@\" needs the number of a line, 0 to 31");
    else if (number_read_line(number, &dialect->next, wrong))
        return true;
    return builder_error(&dialect->builder);
}

static bool take_store(struct dialect *dialect, const struct source_row *row)
{
    struct span rest = row->data;
    struct span note = row->comment;
    struct span word;

    if (rest.at[0] == '@' && !take_address(dialect, &rest))
        return false;
    word = span_word(&rest);
    for (; word.length > 0; word = span_word(&rest)) {
        uint32_t value;

        if (!has_room(dialect) || !read_value(&dialect->builder, word, &value))
            return false;
        put_next(dialect, value, note);
        note.length = 0; /* it stands beside the first of them */
    }
    return true;
}

/* Of A and C only the first lines matter: a fetch replaces PI. */
static void put_register(struct dialect *dialect, uint32_t word)
{
    if (dialect->tube->name == 'A')
        builder_set_a(&dialect->builder, word);
    else if (dialect->next == 0)
        builder_set_ci(&dialect->builder, word);
    dialect->next++;
}

static bool take_section(struct dialect *dialect, const struct source_row *row)
{
    const struct tube *tube = form_section(row->data, &dialect->next);
    struct builder *builder = &dialect->builder;
    struct span rest = row->data;
    struct span word = span_word(&rest);
    struct span note;
    uint32_t digits;

    if (tube != NULL) {
        dialect->tube = tube;
        return true;
    }
    if (!check_digits(builder, word) || !has_room(dialect))
        return false;
    if (!number_read_digits(word, &digits, &builder->wrong))
        return builder_error(builder);
    note = entry_note(builder, row, rest);
    if (dialect->tube->name == 'S')
        put_next(dialect, digits, note);
    else
        put_register(dialect, digits);
    return true;
}

bool dialect_take(struct dialect *dialect, enum form form,
                  const struct source_row *row)
{
    static bool (*const take[])(struct dialect *, const struct source_row *) = {
        [FORM_ENTRIES] = take_entry, [FORM_SECTIONS] = take_section,
        [FORM_STORE] = take_store,   [FORM_DIGITS] = take_digits,
        [FORM_WORDS] = take_word,
    };

    return take[form](dialect, row);
}
