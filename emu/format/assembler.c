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

/* Splits the data of a row.  Returns false if the line number is wrong. */
static bool split(struct span data, struct source *source, struct strbuf *wrong)
{
    struct span number;

    *source = (struct source){.numbered = take_number(&data, &number)};
    if (source->numbered && !number_read_line(number, &source->line, wrong))
        return false;
    source->name = (struct span){data.at, 0};
    if (assembler_is_start(data) && !source->numbered) {
        source->name = start_name;
        data.length = 0;
    } else if (!assembler_is_start(data)) {
        source->name = name_take(&data);
    }
    source->word = data;
    /* "STOP :" without a word is a Stop, as no program jumps there. */
    if (data.length == 0 && instruction_is_stop(source->name))
        source->word = source->name;
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

bool assembler_scan(struct assembler *assembler, struct builder *builder,
                    const struct text_row *row)
{
    struct source source;
    unsigned line = LINES;

    /* What is wrong here is reported when the row is assembled. */
    if (!split(row->data, &source, &builder->wrong)) {
        builder_clear(builder);
        return true;
    }
    if (source.name.length > 0 && !is_start_again(assembler, &source) &&
        !names_add(&assembler->names, source.name, LINES, &builder->wrong))
        return builder_error(builder);
    if (!is_name_alone(&source) && !is_end(&source))
        line = place(assembler, &source);
    if (line == LINES)
        return true;
    while (assembler->placed < assembler->names.count)
        assembler->names.name[assembler->placed++].line = (uint8_t)line;
    return true;
}

void assembler_rewind(struct assembler *assembler)
{
    assembler->names.count = assembler->placed;
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

/* Sets LINE, with its name as the first word of its note, unless it is START,
   which CI preserves. */
static void set_line(const struct assembler *assembler, struct builder *builder,
                     unsigned line, const struct reading *reading,
                     struct span note)
{
    char named[NOTE_SIZE + NAME_SIZE_MAX];
    struct strbuf text = strbuf_begin(named, sizeof named);
    struct span name = names_of(&assembler->names, line);

    if (name.length > 0 && !span_equals(name, start_name)) {
        note = span_trim(note);
        for (size_t i = 0; i < name.length; i++)
            strbuf_add(&text, "%c", name.at[i]);
        strbuf_add(&text, note.length > 0 ? ": " : ":");
        for (size_t i = 0; i < note.length; i++)
            strbuf_add(&text, "%c", note.at[i]);
        note = (struct span){named, text.length};
    }
    builder_set_line(builder, line, reading->word, reading_is_number(reading),
                     note);
}

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

static bool read_instruction(struct assembler *assembler,
                             struct builder *builder,
                             const struct text_row *row, unsigned line,
                             struct span data)
{
    const char *end = data.at + data.length;
    struct reading reading;
    struct span rest;

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
    set_line(assembler, builder, line, &reading,
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

    if (instruction_is_foreign(second)) {
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

/* Assembles a row without a line number. */
static bool read_unnumbered(struct assembler *assembler,
                            struct builder *builder, const struct text_row *row,
                            const struct source *source, unsigned line)
{
    if (source->name.length == 0 && !instruction_begins(source->word)) {
        explain_row(assembler, source->word, &builder->wrong);
        return builder_error(builder);
    }
    if (!builder_has_room(builder, line))
        return false;
    assembler->unnumbered = true;
    assembler->begins_plain |= line == 0;
    return read_instruction(assembler, builder, row, line, source->word);
}

static bool read_numbered(struct assembler *assembler, struct builder *builder,
                          const struct text_row *row,
                          const struct source *source)
{
    const struct reading zero = {.number = true};
    struct span rest = source->word;

    if (assembler_is_start(source->word)) {
        /* In emuStudio, execution starts at the line after this one. */
        builder_set_ci(builder, source->line);
        return true;
    }
    if (source->word.length == 0) {
        set_line(assembler, builder, source->line, &zero, row->comment);
        return true;
    }
    if (number_is_digits(span_word(&rest)) && source->name.length == 0 &&
        !historic_begins(source->word))
        return digits_read(builder, row, source->line, source->word);
    return read_instruction(assembler, builder, row, source->line,
                            source->word);
}

bool assembler_row(struct assembler *assembler, struct builder *builder,
                   const struct text_row *row)
{
    bool open = assembler->open;
    struct source source;
    unsigned line;

    if (!split(row->data, &source, &builder->wrong))
        return builder_error(builder);
    if (is_end(&source))
        return true;
    if (span_equals(source.name, start_name))
        builder->starting = true;
    if (is_name_alone(&source))
        return true;
    if (source.numbered && assembler_is_start(source.word))
        return read_numbered(assembler, builder, row, &source);
    line = place(assembler, &source);
    if (source.numbered)
        return read_numbered(assembler, builder, row, &source);
    if (open)
        builder_reopen(builder, line);
    return read_unnumbered(assembler, builder, row, &source, line);
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
    if (named || (assembler->unnumbered && program->ci != 0))
        summarize(assembler, builder, named);
    builder->row = row;
}
