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
        if (is_directive(row) || log_is_mark(row))
            strbuf_add(text, "; ");
        write_comment(text, row.at, row.length);
        strbuf_add(text, "\n");
        begin = i + 1;
    }
}

static void write_start(struct strbuf *text, const char *name, uint32_t word)
{
    if (word != 0)
        strbuf_add(text, "; %s-start %d\n", name, (int32_t)word);
}

void writer_note(struct strbuf *text, const char note[NOTE_SIZE])
{
    size_t length = length_within(note, NOTE_SIZE);

    if (length == 0)
        return;
    strbuf_add(text, " ");
    write_comment(text, note, length);
}

static void write_entry(struct strbuf *text, const struct program *program,
                        unsigned line)
{
    uint32_t word = program->store[line];
    bool number = (program->numbers >> line & 1) != 0;

    strbuf_add(text, "%u ", line);
    if (number || !instruction_is_plain(word))
        strbuf_add(text, "NUM %d", (int32_t)word);
    else
        instruction_write(text, word);
    writer_note(text, program->note[line]);
    strbuf_add(text, "\n");
}

void program_write_asm(struct strbuf *text, const struct program *program)
{
    writer_head(text, program->head);
    write_start(text, "a", program->a);
    write_start(text, "ci", program->ci);
    strbuf_add(text, "%u\n", count_lines(program, needs_entry));
    for (unsigned line = 0; line < LINES; line++)
        if (needs_entry(program, line))
            write_entry(text, program, line);
}
