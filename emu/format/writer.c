/* SPDX-License-Identifier: MIT */
#include "writer.h"
#include "emu/text/mnemonic.h"
#include "emu/text/number_format.h"
#include "log.h"
#include "program_builder.h"

static unsigned count_lines(const struct program *program,
                            bool (*wanted)(const struct program *, unsigned))
{
    unsigned count = 0;

    for (unsigned line = 0; line < LINES; line++)
        count += wanted(program, line);
    return count;
}

static bool is_nonzero(const struct program *program, unsigned line)
{
    return program->store[line] != 0;
}

/* Returns true if LINE is nonzero, is marked as a number or has a note. */
static bool needs_entry(const struct program *program, unsigned line)
{
    return program->store[line] != 0 || (program->numbers >> line & 1) != 0 ||
           program->note[line][0] != '\0';
}

static void write_digits(struct strbuf *text, unsigned line, uint32_t word)
{
    strbuf_add(text, "%04u:", line);
    notation_write(text, word, NOTATION_DIGITS);
    strbuf_add(text, "\r\n");
}

void program_write_snp(struct strbuf *text, const struct program *program)
{
    unsigned count = count_lines(program, is_nonzero);

    strbuf_add(text, "%u\r\n", count > 0 ? count : 1);
    if (count == 0)
        write_digits(text, 0, 0);
    for (unsigned line = 0; line < LINES; line++)
        if (is_nonzero(program, line))
            write_digits(text, line, program->store[line]);
}

/* Replaces unprintable characters, because they might end the row early. */
static void write_comment(struct strbuf *text, const char *at, size_t length)
{
    strbuf_add(text, length > 0 ? "; " : ";");
    for (size_t i = 0; i < length; i++)
        strbuf_add(text, "%c", at[i] >= ' ' && at[i] <= '~' ? at[i] : '?');
}

/* Returns the length of TEXT, which need not be zero-terminated. */
static size_t length_within(const char *text, size_t size)
{
    size_t length = 0;

    while (length < size && text[length] != '\0')
        length++;
    return length;
}

void writer_head(struct strbuf *text, const char head[HEAD_SIZE])
{
    size_t length = length_within(head, HEAD_SIZE);
    size_t begin = 0;

    for (size_t i = 0; i <= length; i++) {
        struct span row = span_between(head + begin, head + i);
        bool last = i == length;

        if (last ? row.length == 0 : head[i] != '\n')
            continue;
        if (builder_is_directive(row) || log_is_mark(row))
            strbuf_add(text, "; ");
        write_comment(text, row.at, row.length);
        strbuf_add(text, "\n");
        begin = i + 1;
    }
}

/* Writes the initial values of A, unless it is zero, and of CI, if WITH_CI. */
static void write_start(struct strbuf *text, const struct program *program,
                        bool with_ci)
{
    if (program->a != 0)
        strbuf_add(text, "; a-start %d\n", (int32_t)program->a);
    if (with_ci)
        strbuf_add(text, "; ci-start %d\n", (int32_t)program->ci);
}

static struct span note_of(const struct program *program, unsigned line)
{
    const char *note = program->note[line];

    return (struct span){note, length_within(note, NOTE_SIZE)};
}

static void write_note(struct strbuf *text, struct span note)
{
    if (note.length == 0)
        return;
    strbuf_add(text, " ");
    write_comment(text, note.at, note.length);
}

void writer_note(struct strbuf *text, const char note[NOTE_SIZE])
{
    write_note(text, (struct span){note, length_within(note, NOTE_SIZE)});
}

/* Returns true if LINE must be written as a number, because it is marked as one
   or because an instruction would lose digits. */
static bool is_number(const struct program *program, unsigned line)
{
    return (program->numbers >> line & 1) != 0 ||
           !instruction_is_plain(program->store[line]);
}

static void write_entry(struct strbuf *text, const struct program *program,
                        unsigned line)
{
    uint32_t word = program->store[line];

    strbuf_add(text, "%u ", line);
    if (is_number(program, line))
        strbuf_add(text, "NUM %d", (int32_t)word);
    else
        instruction_write(text, word);
    write_note(text, note_of(program, line));
    strbuf_add(text, "\n");
}

void program_write_asm(struct strbuf *text, const struct program *program)
{
    writer_head(text, program->head);
    write_start(text, program, program->ci != 0);
    strbuf_add(text, "%u\n", count_lines(program, needs_entry));
    for (unsigned line = 0; line < LINES; line++)
        if (needs_entry(program, line))
            write_entry(text, program, line);
}

/* ---- With names ---- */

#define LABEL_CHARACTERS                                                       \
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"

#define LABEL_COLUMNS 8                    /* minimum width of the labels */
#define WORD_SIZE     (NAME_SIZE_MAX + 16) /* for a word with a name */

struct layout {
    struct span name[LINES]; /* the name in each note, or an empty span */
    uint32_t labels;         /* bitmask of the lines whose name is a label */
    size_t label_width, word_width; /* of the widest ones */
};

/* Returns true if simulators that read labels, and not only the Baby's, can be
   expected to take NAME as one. */
static bool is_label(struct span name)
{
    return name.length <= NAME_SIZE_MAX && span_only(name, LABEL_CHARACTERS) &&
           !span_is(name, "START") &&
           !instruction_is_mnemonic(name.at, name.length);
}

/* Returns what is left of NOTE for the comment if NAME is written as a label.
   If the reader would not make the same note of both, returns NOTE. */
static struct span rest_of_note(struct span note, struct span name)
{
    const char *after = name.at + name.length, *end = note.at + note.length;

    if (name.length == 0 || *after != ':')
        return note;
    if (after + 1 == end)
        return span_between(end, end);
    if (after[1] != ' ' || after + 2 == end || is_blank(after[2]))
        return note;
    return span_between(after + 2, end);
}

static bool is_of_several(const struct layout *layout, unsigned line)
{
    unsigned count = 0;

    for (unsigned other = 0; other < LINES; other++)
        count += span_equals(layout->name[other], layout->name[line]);
    return count > 1;
}

static bool is_labelled(const struct layout *layout, unsigned line)
{
    return (layout->labels >> line & 1) != 0;
}

/* Finds the lines whose names are written as labels. */
static void find_labels(struct layout *layout, const struct program *program)
{
    for (unsigned line = 0; line < LINES; line++) {
        struct span note = note_of(program, line);

        layout->name[line] = name_take(&note);
    }
    for (unsigned line = 0; line < LINES; line++) {
        struct span name = layout->name[line], note = note_of(program, line);

        if (is_label(name) && !is_of_several(layout, line) &&
            rest_of_note(note, name).length < note.length)
            layout->labels |= UINT32_C(1) << line;
    }
}

/* Returns true if control goes from LINE to the line STEPS after it, judged by
   the program only. */
static bool leads_on(const struct program *program, unsigned line,
                     unsigned steps)
{
    unsigned function = word_function(program->store[line]);

    return !is_number(program, line) &&
           (function == CMP ||
            (steps == 1 && function >= LDN && function < STP));
}

/* Returns true if LINE is a JMP 0, and not an empty line or a number. */
static bool is_jump(const struct program *program, unsigned line)
{
    return program->store[line] == 0 && !is_number(program, line) &&
           ((line >= 1 && leads_on(program, line - 1, 1)) ||
            (line >= 2 && leads_on(program, line - 2, 2)));
}

/* Writes the word of LINE, with a name as its operand if there is a label. */
static void write_named(struct strbuf *text, const struct program *program,
                        const struct layout *layout, unsigned line)
{
    char buffer[16];
    struct strbuf plain = strbuf_begin(buffer, sizeof buffer);
    uint32_t word = program->store[line];
    struct span rest, mnemonic, name = layout->name[word_line(word)];

    if (is_number(program, line) || (word == 0 && !is_jump(program, line))) {
        strbuf_add(text, "VAR %d", (int32_t)word);
        return;
    }
    instruction_write(&plain, word);
    rest = (struct span){buffer, plain.length};
    mnemonic = span_word(&rest);
    if (rest.length > 0 && is_labelled(layout, word_line(word)))
        strbuf_add(text, "%.*s %.*s", (int)mnemonic.length, mnemonic.at,
                   (int)name.length, name.at);
    else
        strbuf_add(text, "%s", buffer);
}

/* Writes the row of LINE: its label, its word and the rest of its note. */
static void write_row(struct strbuf *text, const struct program *program,
                      const struct layout *layout, unsigned line)
{
    char buffer[WORD_SIZE];
    struct strbuf word = strbuf_begin(buffer, sizeof buffer);
    struct span name = layout->name[line], note = note_of(program, line);
    size_t label = 0;

    if (is_labelled(layout, line)) {
        strbuf_add(text, "%.*s:", (int)name.length, name.at);
        label = name.length + 1;
        note = rest_of_note(note, name);
    }
    write_named(&word, program, layout, line);
    strbuf_add(text, "%*s%-*s", (int)(layout->label_width - label), "",
               note.length > 0 ? (int)layout->word_width : 0, buffer);
    write_note(text, note);
    strbuf_add(text, "\n");
}

/* Sets the widths of the columns for the lines before END. */
static void set_widths(struct layout *layout, const struct program *program,
                       unsigned end)
{
    layout->label_width = LABEL_COLUMNS;
    for (unsigned line = 0; line < end; line++) {
        char buffer[WORD_SIZE];
        struct strbuf word = strbuf_begin(buffer, sizeof buffer);
        size_t label = layout->name[line].length + 2; /* colon and blank */

        write_named(&word, program, layout, line);
        if (is_labelled(layout, line) && label > layout->label_width)
            layout->label_width = label;
        if (word.length > layout->word_width)
            layout->word_width = word.length;
    }
}

/* Returns the number of lines up to the last that has something to write. */
static unsigned lines_in_use(const struct program *program)
{
    unsigned end = LINES;

    while (end > 1 && !needs_entry(program, end - 1) &&
           !is_jump(program, end - 1))
        end--;
    return end;
}

/* Returns true if line 0 is zero or a number. */
static bool begins_with_data(const struct program *program)
{
    return program->store[0] == 0 || is_number(program, 0);
}

void program_write_names(struct strbuf *text, const struct program *program)
{
    struct layout layout = {.labels = 0};
    unsigned end = lines_in_use(program);

    writer_head(text, program->head);
    /* Without it, control would start at an instruction in line 0. */
    write_start(text, program, program->ci != 0 || !begins_with_data(program));
    find_labels(&layout, program);
    set_widths(&layout, program, end);
    for (unsigned line = 0; line < end; line++)
        write_row(text, program, &layout, line);
}
