/* SPDX-License-Identifier: MIT */
#include "snapshot_file.h"
#include "emu/text/number.h"
#include "emu/text/number_format.h"
#include "writer.h"

#define VERSION "1"
#define END     "baby: end"

enum kind {
    KIND_SIGNED,
    KIND_UNSIGNED,
    KIND_COUNT,
    KIND_FLAG,
    KIND_DIGITS, /* range of digits within a word */
};

static const struct field {
    const char *name;
    enum kind kind;
    size_t at; /* offset of the value in struct snapshot_file_image */
    unsigned first, digits;
} fields[] = {
#define AT(member) offsetof(struct snapshot_file_image, member)
    {"A", KIND_SIGNED, AT(snapshot.machine.a), 0, 0},
    {"CI", KIND_UNSIGNED, AT(snapshot.machine.ci), 0, 0},
    {"PI", KIND_UNSIGNED, AT(snapshot.machine.pi), 0, 0},
    {"TEST", KIND_FLAG, AT(snapshot.machine.test), 0, 0},
    {"NEON", KIND_FLAG, AT(snapshot.machine.neon), 0, 0},
    {"HUNG", KIND_FLAG, AT(snapshot.hung), 0, 0},
    {"CI5", KIND_FLAG, AT(snapshot.machine.ci5), 0, 0},
    {"IMMEDIATE-TEST", KIND_FLAG, AT(snapshot.machine.immediate_test), 0, 0},
    {"PREPULSES", KIND_COUNT, AT(snapshot.machine.prepulses), 0, 0},
    {"INSTRUCTIONS", KIND_COUNT, AT(snapshot.machine.instructions), 0, 0},
    {"UNCOUNTED", KIND_COUNT, AT(snapshot.uncounted), 0, 0},
    {"MICROSECONDS", KIND_COUNT, AT(snapshot.machine_us), 0, 0},
    {"L", KIND_DIGITS, AT(snapshot.controls.stat), 0, 5},
    {"F", KIND_DIGITS, AT(snapshot.controls.stat), FUNCTION_BIT, 3},
    {"MAN", KIND_FLAG, AT(snapshot.controls.manual), 0, 0},
    {"ERASE", KIND_FLAG, AT(snapshot.controls.erase), 0, 0},
    {"NUMBERS", KIND_DIGITS, AT(numbers), 0, LINES},
#undef AT
};
#define FIELDS ((unsigned)(sizeof fields / sizeof fields[0]))

static void write_digits(struct strbuf *text, const struct field *field,
                         uint32_t word)
{
    for (unsigned i = 0; i < field->digits; i++)
        strbuf_add(text, "%u", (unsigned)(word >> (field->first + i) & 1));
}

static void write_value(struct strbuf *text, const struct field *field,
                        const void *at)
{
    const uint32_t *word = at;
    const uint64_t *count = at;
    const bool *flag = at;

    switch (field->kind) {
    case KIND_SIGNED:
        strbuf_add(text, "%d", (int)*word);
        break;
    case KIND_UNSIGNED:
        strbuf_add(text, "%u", (unsigned)*word);
        break;
    case KIND_COUNT:
        strbuf_add(text, "%llu", (unsigned long long)*count);
        break;
    case KIND_FLAG:
        strbuf_add(text, "%d", *flag);
        break;
    case KIND_DIGITS:
        write_digits(text, field, *word);
        break;
    }
}

static void write_line(struct strbuf *text, unsigned line, uint32_t word,
                       const char *note)
{
    strbuf_add(text, "%04u:", line);
    notation_write(text, word, NOTATION_DIGITS);
    writer_note(text, note);
    strbuf_add(text, "\n");
}

void snapshot_file_write(struct strbuf *text, const struct snapshot *snapshot,
                         const struct program *beside)
{
    snapshot_file_write_guest(text, snapshot, beside, 1, 1);
}

void snapshot_file_write_guest(struct strbuf *text,
                               const struct snapshot *snapshot,
                               const struct program *beside, unsigned number,
                               unsigned count)
{
    const struct snapshot_file_image image = {*snapshot, beside->numbers};

    strbuf_add(text, "baby: state " VERSION);
    if (count > 1)
        strbuf_add(text, " ; machine %u of %u", number, count);
    strbuf_add(text, "\n");
    writer_head(text, beside->head);
    for (unsigned i = 0; i < FIELDS; i++) {
        strbuf_add(text, "%s ", fields[i].name);
        write_value(text, &fields[i], (const char *)&image + fields[i].at);
        strbuf_add(text, "\n");
    }
    for (unsigned line = 0; line < LINES; line++)
        write_line(text, line, snapshot->machine.store[line],
                   beside->note[line]);
    strbuf_add(text, END "\n");
}

/* Removes `baby: state` from *DATA.  Returns false if it is missing. */
static bool skip_title(struct span *data)
{
    struct span baby = span_word(data);
    struct span state = span_word(data);

    *data = span_trim(*data);
    return span_is(baby, "BABY:") && span_is(state, "STATE");
}

bool snapshot_file_is(const char *text, size_t size)
{
    struct line_reader reader = line_reader_begin(size > 0 ? text : "", size);
    struct text_row row;

    return line_reader_next(&reader, &row) && skip_title(&row.data);
}

static bool check_version(struct builder *builder, struct span data)
{
    if (!skip_title(&data)) {
        strbuf_add(&builder->wrong, "this is not a state: it does not begin "
                                    "with \"baby: state\"");
        return builder_error(builder);
    }
    if (span_is(data, VERSION))
        return true;
    strbuf_add(&builder->wrong, "this state has version ");
    span_quote(&builder->wrong, data);
    strbuf_add(&builder->wrong, ", but only version " VERSION " is supported");
    return builder_error(builder);
}

static bool read_flag(struct span value, bool *flag)
{
    if (value.length != 1 || !number_is_digits(value))
        return false;
    *flag = value.at[0] == '1';
    return true;
}

static bool read_digits(const struct field *field, struct span value,
                        uint32_t *word)
{
    char ignored[1];
    struct strbuf wrong = strbuf_begin(ignored, sizeof ignored);
    uint32_t digits;

    if (value.length != field->digits || !number_is_digits(value) ||
        !number_read_digits(value, &digits, &wrong))
        return false;
    *word |= digits << field->first;
    return true;
}

static bool read_value(const struct field *field, struct span value, void *at)
{
    switch (field->kind) {
    case KIND_SIGNED:
    case KIND_UNSIGNED:
        return number_read(value, at) == NUMBER_READ;
    case KIND_COUNT:
        return number_read_count(value, at);
    case KIND_FLAG:
        return read_flag(value, at);
    case KIND_DIGITS:
        return read_digits(field, value, at);
    }
    return false;
}

static bool report_value(struct builder *builder, const struct field *field,
                         struct span value)
{
    struct strbuf *wrong = &builder->wrong;

    strbuf_add(wrong, "%s ", field->name);
    if (field->kind == KIND_FLAG)
        strbuf_add(wrong, "must be 0 or 1");
    else if (field->kind == KIND_COUNT)
        strbuf_add(wrong, "must be a number from 0 to 18446744073709551615");
    else if (field->kind == KIND_DIGITS)
        strbuf_add(wrong, "must have %u binary digits", field->digits);
    else
        strbuf_add(wrong, "must be a number from -2147483648 to 4294967295");
    strbuf_add(wrong, ", not ");
    span_quote(wrong, value);
    return builder_error(builder);
}

static unsigned find_field(struct span name)
{
    unsigned i = 0;

    while (i < FIELDS && !span_is(name, fields[i].name))
        i++;
    return i;
}

static bool parse_field(struct snapshot_parser *parser, struct builder *builder,
                        struct span data)
{
    struct span name = span_word(&data);
    unsigned i = find_field(name);

    data = span_trim(data);
    if (i == FIELDS) {
        strbuf_add(&builder->wrong, "a state has no field called ");
        span_quote(&builder->wrong, name);
        return builder_error(builder);
    }
    if (parser->given >> i & 1) {
        strbuf_add(&builder->wrong, "%s was given before", fields[i].name);
        return builder_error(builder);
    }
    parser->given |= 1u << i;
    return read_value(&fields[i], data,
                      (char *)&parser->image + fields[i].at) ||
           report_value(builder, &fields[i], data);
}

/* Parses a line number, a colon, and the digits of the line. */
static bool read_line(struct span data, unsigned *line, uint32_t *word,
                      struct strbuf *wrong)
{
    size_t colon = 0;

    while (colon < data.length && data.at[colon] != ':')
        colon++;
    if (colon == data.length) {
        strbuf_add(wrong,
                   "a line of the store must be a number, a colon "
                   "and %d digits, not ",
                   DIGITS);
        span_quote(wrong, data);
        return false;
    }
    struct span number = {data.at, colon};
    struct span digits =
        span_trim(span_between(data.at + colon + 1, data.at + data.length));

    if (!number_read_line(span_trim(number), line, wrong))
        return false;
    if (digits.length == DIGITS && number_is_digits(digits))
        return number_read_digits(digits, word, wrong);
    strbuf_add(wrong, "line %u must have %d binary digits, not ", *line,
               DIGITS);
    span_quote(wrong, digits);
    return false;
}

static bool parse_store_line(struct snapshot_parser *parser,
                             struct builder *builder,
                             const struct text_row *row)
{
    unsigned line;
    uint32_t word;

    if (!read_line(row->data, &line, &word, &builder->wrong))
        return builder_error(builder);
    if (builder->seen >> line & 1) {
        strbuf_add(&builder->wrong, "line %u was given before", line);
        return builder_error(builder);
    }
    parser->image.snapshot.machine.store[line] = word;
    builder_set_line(builder, line, word, false, row->comment);
    return true;
}

bool snapshot_parser_add_row(struct snapshot_parser *parser,
                             struct builder *builder,
                             const struct text_row *row)
{
    bool begun = parser->begun;

    builder->row = row->number;
    parser->begun = true;
    if (!line_reader_check(row, &builder->wrong))
        return builder_error(builder);
    if (!begun)
        return check_version(builder, row->data);
    if (row->data.length == 0) {
        if (row->commented)
            builder_comment(builder, row->comment);
        return true;
    }
    if (parser->ended) {
        strbuf_add(&builder->wrong, "there is text after \"" END "\"");
        return builder_error(builder);
    }
    parser->ended = span_is(row->data, END);
    if (parser->ended)
        return true;
    if (row->data.at[0] >= '0' && row->data.at[0] <= '9')
        return parse_store_line(parser, builder, row);
    return parse_field(parser, builder, row->data);
}

/* Returns true with a message in WRONG if a field or a line is missing. */
static bool is_incomplete(const struct snapshot_parser *parser, uint32_t seen,
                          struct strbuf *wrong)
{
    for (unsigned i = 0; i < FIELDS; i++)
        if (!(parser->given >> i & 1)) {
            strbuf_add(wrong, "%s is missing", fields[i].name);
            return true;
        }
    for (unsigned line = 0; line < LINES; line++)
        if (!(seen >> line & 1)) {
            strbuf_add(wrong, "line %u of the store is missing", line);
            return true;
        }
    return false;
}

/* Returns true with a message in WRONG if fields contradict each other. */
static bool is_contradictory(const struct snapshot *snapshot,
                             struct strbuf *wrong)
{
    const struct machine *machine = &snapshot->machine;

    if (machine->ci5 && machine->ci >= LINES)
        strbuf_add(wrong, "CI5 is 1, so CI must be from 0 to 31, not %u",
                   (unsigned)machine->ci);
    else if (machine->prepulses > COUNT_MAX)
        strbuf_add(wrong, "the value of PREPULSES is too large");
    else if (machine->instructions > machine->prepulses)
        strbuf_add(wrong, "INSTRUCTIONS must not exceed PREPULSES");
    else if (snapshot->uncounted > machine->instructions)
        strbuf_add(wrong, "UNCOUNTED must not exceed INSTRUCTIONS");
    return wrong->length > 0;
}

bool snapshot_parser_finish(struct snapshot_parser *parser,
                            struct builder *builder)
{
    const struct snapshot *snapshot = &parser->image.snapshot;
    struct program *program = builder->program;

    builder->row = 0;
    if (is_incomplete(parser, builder->seen, &builder->wrong) ||
        is_contradictory(snapshot, &builder->wrong))
        return builder_error(builder);
    program->a = snapshot->machine.a;
    program->ci = snapshot->machine.ci;
    program->numbers = parser->image.numbers;
    return true;
}
