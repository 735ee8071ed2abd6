/* SPDX-License-Identifier: MIT */
#include "assembler.h"
#include "digits.h"
#include "note.h"
#include "emu/text/historic.h"
#include "emu/text/instruction.h"
#include "emu/text/number.h"

/* ---- Shape of a row ---- */

struct source {
    bool numbered;
    unsigned line;    /* if numbered */
    struct span name; /* empty if there is none */
    struct span word; /* the rest, which may be empty */
};

static const struct span start_name = {"START", 5};

bool assembler_is_start(struct span word)
{
    return span_is(word, "START:") || span_equals(word, start_name);
}

/* Removes a line number from the start of *DATA, and stores it in *NUMBER.
   Returns false if there is none. */
static bool take_number(struct span *data, struct span *number)
{
    bool bracket = data->at[0] == '[';
    const char *end = data->at + data->length, *at = data->at + bracket;
    const char *first = at;

    while (at < end && *at >= '0' && *at <= '9')
        at++;
    *number = span_between(first, at);
    if (at == first || (bracket && (at == end || *at != ']')))
        return false;
    if (bracket || (at < end && *at == '.'))
        at++;
    else if (at < end && *at != ':' && !is_blank(*at))
        return false;
    *data = span_trim(span_between(at, end));
    if (data->length > 0 && data->at[0] == ':')
        *data = span_trim((struct span){data->at + 1, data->length - 1});
    return true;
}

/* Returns true if NAME, before a colon and nothing else, is a Stop: `STOP :` is
   one, and `STOP:` is the name of the word that follows. */
static bool is_lone_stop(struct span name)
{
    return instruction_is_stop(name) && is_blank(name.at[name.length]);
}

/* Splits the data of a row.  Returns false if the line number is wrong. */
static bool split(struct span data, struct source *source, struct strbuf *wrong)
{
    struct span number;

    *source = (struct source){.name = {data.at, 0}, .word = data};
    if (digits_are_certain(data))
        return true;
    source->numbered = take_number(&data, &number);
    if (source->numbered && !number_read_line(number, &source->line, wrong))
        return false;
    if (assembler_is_start(data) && !source->numbered) {
        source->name = start_name;
        data.length = 0;
    } else if (!assembler_is_start(data)) {
        source->name = name_take(&data);
    }
    source->word = data;
    if (data.length == 0 && is_lone_stop(source->name))
        *source = (struct source){
            source->numbered, source->line, {data.at, 0}, source->name};
    return true;
}

/* Returns the line of SOURCE, and makes the one after it the next.  The line
   may be LINES, if all have been given. */
static unsigned place(struct assembler *assembler, const struct source *source)
{
    unsigned line = source->numbered ? source->line : assembler->next;
    bool word = source->word.length > 0;

    assembler->open = source->numbered && !word;
    assembler->next = assembler->open ? line : line + (line < LINES);
    return line;
}

/* Returns true for a name alone, which belongs to the word that follows. */
static bool is_name_alone(const struct source *source)
{
    return !source->numbered && source->word.length == 0;
}

static bool is_end(const struct source *source)
{
    return !source->numbered && span_is(source->word, "END");
}

/* ---- Names ---- */

/* Returns true if START is given again; the last one counts. */
static bool is_start_again(const struct assembler *assembler,
                           const struct source *source)
{
    unsigned line;

    return span_equals(source->name, start_name) &&
           names_find(&assembler->names, start_name, &line);
}

/* Gives LINE the names that have none yet. */
static void place_names(struct assembler *assembler, unsigned line)
{
    while (assembler->placed < assembler->names.count)
        assembler->names.name[assembler->placed++].line = (uint8_t)line;
}

bool assembler_scan(struct assembler *assembler, struct builder *builder,
                    const struct text_row *row)
{
    struct source source;
    unsigned line = NAME_OF_NONE;
    bool waits;

    /* What is wrong here is reported when the row is assembled. */
    if (!split(row->data, &source, &builder->wrong)) {
        builder_clear(builder);
        return true;
    }
    waits = is_name_alone(&source) || is_end(&source);
    if (!waits) {
        line = place(assembler, &source);
        line = line < LINES ? line : NAME_OF_NONE;
        place_names(assembler, line);
    }
    if (source.name.length > 0 && !is_start_again(assembler, &source) &&
        !names_add(&assembler->names, source.name, line, &builder->wrong))
        return builder_error(builder);
    if (!waits)
        assembler->placed = assembler->names.count;
    return true;
}

void assembler_rewind(struct assembler *assembler)
{
    assembler->next = 0;
    assembler->open = false;
}

/* Returns the names, or NULL if the text uses numbers only. */
static const struct names *names_in(const struct assembler *assembler)
{
    return assembler->names.count > 0 || assembler->unnumbered
               ? &assembler->names
               : NULL;
}

/* ---- Words ---- */

/* Returns true if DATA is a mnemonic, and `#` with a figure follows it. */
static bool is_immediate(struct span data, const struct text_row *row)
{
    struct span rest = row->comment;
    struct span word = span_word(&rest);

    return row->commented && row->comment.at[-1] == '#' && word.length > 0 &&
           word.at == row->comment.at && word.at[0] >= '0' &&
           word.at[0] <= '9' && instruction_is_mnemonic(data.at, data.length);
}

/* Reports an instruction that could not be read. */
static bool refuse(struct builder *builder, const struct text_row *row,
                   struct span data)
{
    struct span rest = row->comment;
    struct strbuf *wrong = &builder->wrong;

    if (!is_immediate(data, row))
        return builder_error(builder);
    builder_clear(builder);
    strbuf_add(wrong, "the Baby has no immediate operands (#");
    span_show(wrong, span_word(&rest));
    strbuf_add(wrong, "); put the number in a line of the store");
    return builder_error(builder);
}

/* Returns true if DATA is a number of DIGITS.  After a line number, fewer than
   11 digits are enough, as in a .snp. */
static bool is_digits(const struct source *source)
{
    struct span rest = source->word;

    return digits_are_certain(source->word) ||
           (source->numbered && source->name.length == 0 &&
            number_is_digits(span_word(&rest)) &&
            !historic_begins(source->word));
}

/* Assembles the word of SOURCE. */
static bool read_word(struct assembler *assembler, struct builder *builder,
                      const struct text_row *row, const struct source *source,
                      unsigned line)
{
    struct span data = source->word;
    const char *end = data.at + data.length;
    struct reading reading;
    struct span rest;

    if (is_digits(source))
        return digits_read(builder, row, line, data, names_in(assembler));
    if (!instruction_read(data.at, data.length, names_in(assembler), &reading,
                          &builder->wrong))
        return refuse(builder, row, data);
    builder_warn(builder);
    if (!builder_set_era(builder, reading.era))
        return false;
    if (reading.named && !reading.number && word_function(reading.word) <= JRP)
        assembler->jumps |= UINT32_C(1) << line;
    rest = span_between(data.at + reading.used, end);
    if (reading.number)
        note_compare(builder, reading.word, row->comment);
    builder_set_line(builder, line, reading.word, reading_is_number(&reading),
                     note_of_row(builder, row, rest));
    return true;
}

/* Appends the message for a row that has neither a number, nor a name, nor a
   mnemonic. */
static void explain_row(const struct assembler *assembler, struct span data,
                        struct strbuf *wrong)
{
    struct span rest = data;
    struct span first = span_word(&rest);
    struct span after = span_trim(rest);
    struct span second = span_word(&rest);
    struct reading reading;
    bool foreign = instruction_is_foreign(first);

    if (instruction_is_foreign(second) && !historic_begins(after)) {
        instruction_read(after.at, after.length, NULL, &reading, wrong);
    } else if (name_is(first) && !foreign && instruction_begins(after)) {
        strbuf_add(wrong, "a name needs a colon, as in \"");
        span_show(wrong, first);
        strbuf_add(wrong, ": ");
        span_show(wrong, second);
        strbuf_add(wrong, " ...\"");
    } else if (!(foreign || names_in(assembler) != NULL) ||
               instruction_read(data.at, data.length, NULL, &reading, wrong)) {
        span_quote(wrong, first);
        strbuf_add(wrong, " is not a line number (0 to 31); "
                          "begin with a line number, as in \"3 LDN 24\"");
    }
}

/* Returns true if a row without a number and a name may begin with DATA: with a
   mnemonic, with digits, or as a number that is no line number. */
static bool is_word(struct span data)
{
    struct span rest = data, first = span_word(&rest);
    uint32_t ignored;

    return instruction_begins(data) || digits_are_certain(data) ||
           (first.length == data.length &&
            number_read(first, &ignored) == NUMBER_READ);
}

/* Assembles a row without a line number.  OPEN is true if the row before it has
   only a number. */
static bool read_unnumbered(struct assembler *assembler,
                            struct builder *builder, const struct text_row *row,
                            const struct source *source, unsigned line,
                            bool open)
{
    if (source->name.length == 0 && !is_word(source->word)) {
        explain_row(assembler, source->word, &builder->wrong);
        return builder_error(builder);
    }
    if (!builder_has_room(builder, line))
        return false;
    if (open)
        builder_reopen(builder, line);
    assembler->unnumbered = true;
    assembler->begins_plain |= line == 0 && !open;
    return read_word(assembler, builder, row, source, line);
}

static bool read_numbered(struct assembler *assembler, struct builder *builder,
                          const struct text_row *row,
                          const struct source *source)
{
    assembler->begins_plain &= source->line != 0;
    if (source->word.length > 0)
        return read_word(assembler, builder, row, source, source->line);
    builder_set_line(builder, source->line, 0, true, row->comment);
    return true;
}

bool assembler_row(struct assembler *assembler, struct builder *builder,
                   const struct text_row *row)
{
    bool open = assembler->open;
    struct source source;
    unsigned line;

    builder->names = &assembler->names;
    if (!split(row->data, &source, &builder->wrong))
        return builder_error(builder);
    if (is_end(&source))
        return true;
    if (span_equals(source.name, start_name))
        builder->starting = true;
    if (is_name_alone(&source))
        return true;
    if (source.numbered && assembler_is_start(source.word)) {
        /* In emuStudio, execution starts at the line after this one. */
        builder_set_ci(builder, source.line);
        return true;
    }
    line = place(assembler, &source);
    if (source.numbered)
        return read_numbered(assembler, builder, row, &source);
    return read_unnumbered(assembler, builder, row, &source, line, open);
}

/* ---- The end of the text ---- */

/* Warns of jumps to a named instruction, which jump by what it holds. */
static void warn_jumps(const struct assembler *assembler,
                       struct builder *builder)
{
    const struct program *program = builder->program;

    for (unsigned line = 0; line < LINES; line++) {
        unsigned named = word_line(program->store[line]);
        uint32_t word = program->store[named];

        if (!(assembler->jumps >> line & 1) || program->numbers >> named & 1 ||
            word == 0)
            continue;
        strbuf_add(&builder->wrong, "line %u jumps by what line %u holds, ",
                   line, named);
        instruction_write(&builder->wrong, word);
        strbuf_add(&builder->wrong, ", not to line %u", named);
        builder_warn(builder);
    }
}

/* Says how many names there are, and where control starts. */
static void summarize(const struct assembler *assembler,
                      struct builder *builder, bool named)
{
    unsigned names = assembler->names.count;

    if (named)
        strbuf_add(&builder->wrong, "%u name%s; ", names,
                   names == 1 ? "" : "s");
    strbuf_add(&builder->wrong, "control starts at line %u",
               (unsigned)((builder->program->ci + 1) % LINES));
    builder_warn(builder);
}

/* Warns of names after the last word. */
static void warn_names(const struct assembler *assembler,
                       struct builder *builder)
{
    for (unsigned i = assembler->placed; i < assembler->names.count; i++) {
        const struct name *name = &assembler->names.name[i];
        struct span text = {name->text, name->length};

        /* The reader reports START itself, in texts of any form. */
        if (span_equals(text, start_name))
            continue;
        strbuf_add(&builder->wrong, "no word follows the name ");
        span_quote(&builder->wrong, text);
        builder_warn(builder);
    }
}

void assembler_finish(const struct assembler *assembler,
                      struct builder *builder)
{
    struct program *program = builder->program;
    unsigned row = builder->row, line;
    unsigned start = names_find(&assembler->names, start_name, &line);
    bool named = assembler->names.count > start;

    builder->row = 0;
    if (assembler->begins_plain && !builder->registers &&
        !(program->numbers & 1) && program->store[0] != 0)
        builder_set_ci(builder, LINES - 1);
    warn_jumps(assembler, builder);
    warn_names(assembler, builder);
    if (named || (assembler->unnumbered && program->ci != 0))
        summarize(assembler, builder, named);
    builder->row = row;
}
