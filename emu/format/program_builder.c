/* SPDX-License-Identifier: MIT */
#include "program_builder.h"
#include "emu/text/historic.h"
#include "emu/text/number.h"
#include "line_reader.h"

void builder_begin(struct builder *builder, struct program *program,
                   const struct reader_report *report)
{
    *builder = (struct builder){.program = program};
    if (report != NULL)
        builder->report = *report;
    builder_clear(builder);
    program_clear(program);
}

void builder_clear(struct builder *builder)
{
    builder->wrong = strbuf_begin(builder->sentence, sizeof builder->sentence);
}

static void report(struct builder *builder, bool error)
{
    if (builder->report.say != NULL)
        builder->report.say(builder->report.context, error, builder->row,
                            builder->sentence);
    builder_clear(builder);
}

bool builder_error(struct builder *builder)
{
    report(builder, true);
    return false;
}

void builder_warn(struct builder *builder)
{
    if (builder->wrong.length > 0)
        report(builder, false);
}

/* Returns NOTE after the names of LINE, in BUFFER if there are any.  START is
   left out, because CI preserves it. */
static struct span add_names(const struct builder *builder, unsigned line,
                             struct span note, char buffer[2 * NOTE_SIZE])
{
    struct strbuf text = strbuf_begin(buffer, 2 * NOTE_SIZE);

    note = span_trim(note);
    for (unsigned i = 0; i < builder->names->count; i++) {
        const struct name *name = &builder->names->name[i];
        struct span word = {name->text, name->length};

        if (name->line == line && !span_is(word, "START"))
            strbuf_add(&text, "%s%.*s:", text.length > 0 ? " " : "",
                       name->length, name->text);
    }
    if (text.length == 0)
        return note;
    if (note.length > 0)
        strbuf_add(&text, " %.*s", (int)note.length, note.at);
    return (struct span){buffer, text.length};
}

static void fill_line(struct builder *builder, unsigned line, uint32_t word,
                      bool number, struct span note)
{
    struct program *program = builder->program;
    uint32_t bit = UINT32_C(1) << line;
    char named[2 * NOTE_SIZE];
    bool cut = false;

    if (builder->names != NULL)
        note = add_names(builder, line, note, named);

    program->store[line] = word;
    program->numbers &= ~bit;
    if (number)
        program->numbers |= bit;
    line_reader_copy_comment(program->note[line], NOTE_SIZE, span_trim(note),
                             &cut);
    builder->notes_cut += cut;
}

void builder_set_line(struct builder *builder, unsigned line, uint32_t word,
                      bool number, struct span note)
{
    uint32_t bit = UINT32_C(1) << line;

    if ((builder->seen & bit) != 0)
        strbuf_add(&builder->wrong,
                   "line %u was given before; this one replaces it", line);
    builder_warn(builder);
    builder->seen |= bit;
    builder->entries++;
    /* CI is incremented before the fetch, so it must start one line earlier.
       For line 0, it starts at 31, which an operator can also set.  The
       increment makes it 32, whose low five digits select line 0. */
    if (builder->starting)
        builder_set_ci(builder, (line + LINES - 1) % LINES);
    builder->starting = false;
    builder->word_row = builder->row;
    fill_line(builder, line, word, number, note);
}

bool builder_has_room(struct builder *builder, unsigned line)
{
    if (line < LINES)
        return true;
    strbuf_add(&builder->wrong,
               "there is no room for more: "
               "the word before this one is in line 31, the last line");
    return builder_error(builder);
}

void builder_reopen(struct builder *builder, unsigned line)
{
    builder->seen &= ~(UINT32_C(1) << line);
    builder->entries--;
}

bool builder_set_era(struct builder *builder, enum era era)
{
    if (era == ERA_NONE || era == builder->era)
        return true;
    if (builder->era == ERA_NONE) {
        builder->era = era;
        builder->era_row = builder->row;
        return true;
    }
    strbuf_add(&builder->wrong,
               "this is the notation of %s, but text line %u has that of %s; "
               "C is the accumulator in 1948, and control in 1951",
               era_year(era), builder->era_row, era_year(builder->era));
    return builder_error(builder);
}

void builder_set_a(struct builder *builder, uint32_t word)
{
    builder->registers = true;
    builder->program->a = word;
}

void builder_set_ci(struct builder *builder, uint32_t word)
{
    builder->registers = true;
    builder->program->ci = word;
}

/* Parses a directive.  Sets *CI to true if it is one for CI, not for A. */
static bool read_directive(struct span text, bool *ci, uint32_t *word)
{
    struct span name = span_word(&text);
    struct span number = span_word(&text);

    *ci = span_is(name, "CI-START");
    return (*ci || span_is(name, "A-START")) && span_trim(text).length == 0 &&
           number_read(number, word) == NUMBER_READ;
}

bool builder_is_directive(struct span text)
{
    uint32_t word;
    bool ci;

    return read_directive(text, &ci, &word);
}

bool builder_directive(struct builder *builder, struct span text)
{
    uint32_t word;
    bool ci;

    if (!read_directive(text, &ci, &word))
        return false;
    if (ci)
        builder_set_ci(builder, word);
    else
        builder_set_a(builder, word);
    return true;
}

/* Appends a row to the head, preceded by any pending empty rows. */
static void add_head_row(struct builder *builder, struct span comment)
{
    char *head = builder->program->head;
    size_t begin = builder->head_length + builder->head_gaps;
    size_t length;

    if (builder->head_cut || begin + 2 >= HEAD_SIZE) {
        builder->head_cut = true;
        return;
    }
    /* Reserve one byte for the newline. */
    length = line_reader_copy_comment(head + begin, HEAD_SIZE - begin - 1,
                                      comment, &builder->head_cut);
    if (length == 0)
        return; /* the part that fits is blank */
    for (; builder->head_gaps > 0; builder->head_gaps--)
        head[builder->head_length++] = '\n';
    head[begin + length] = '\n';
    head[begin + length + 1] = '\0';
    builder->head_length = begin + length + 1;
}

void builder_warn_left_out(struct builder *builder)
{
    struct strbuf *wrong = &builder->wrong;

    builder->row = 0;
    if (builder->head_cut)
        strbuf_add(wrong,
                   "the comments before the program are longer than %d "
                   "characters; the rest of them is left out",
                   HEAD_SIZE - 1);
    builder_warn(builder);
    if (builder->notes_cut > 0)
        strbuf_add(wrong,
                   "a note may have %d characters; the rest of %u note%s is "
                   "left out",
                   NOTE_SIZE - 1, builder->notes_cut,
                   builder->notes_cut == 1 ? "" : "s");
    builder_warn(builder);
    if (builder->comments_left_out > 0)
        strbuf_add(wrong,
                   "comments in rows of their own are kept only before the "
                   "first word; %u %s left out",
                   builder->comments_left_out,
                   builder->comments_left_out == 1 ? "is" : "are");
    builder_warn(builder);
}

void builder_comment(struct builder *builder, struct span comment)
{
    if (builder_directive(builder, comment))
        return;
    if (builder->entries > 0) {
        /* A long note goes on in rows with the number of its word. */
        builder->comments_left_out +=
            span_trim(comment).length > 0 && builder->word_row != builder->row;
        return;
    }
    if (comment.length > 0 && is_blank(comment.at[0]))
        comment = (struct span){comment.at + 1, comment.length - 1};
    if (span_trim(comment).length > 0)
        add_head_row(builder, comment);
    else if (builder->head_length > 0)
        builder->head_gaps++;
}
