/* SPDX-License-Identifier: MIT */
#include "saved_programs.h"
#include "emu/format/log.h"
#include "emu/format/reader.h"

_Static_assert(SAVED_SIZE_MAX == FILE_MAX, "the file can be read as a whole");

#define CTRL_Z 0x1A /* ends texts of DOS */

bool saved_is_called(const char *name)
{
    size_t length = 0;

    while (name[length] != '\0')
        length++;
    return span_is((struct span){name, length}, "SAVED.ASM");
}

static bool is_blank_byte(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0' || c == CTRL_Z;
}

bool saved_is_blank(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!is_blank_byte(text[i]))
            return false;
    return true;
}

/* Returns where the row after that at FROM begins, or END. */
static const char *next_row(const char *from, const char *end)
{
    while (from < end && *from != '\n' && *from != '\r')
        from++;
    if (from + 1 < end && from[0] == '\r' && from[1] == '\n')
        from++;
    return from < end ? from + 1 : end;
}

/* Returns true if the row at FROM is a comment with a mark. */
static bool is_mark(const char *from, const char *end)
{
    struct line_reader reader =
        line_reader_begin(from, (size_t)(next_row(from, end) - from));
    struct text_row row;

    return line_reader_next(&reader, &row) && row.commented &&
           row.data.length == 0 && log_is_mark(row.comment);
}

/* Returns true if a mark of a comment may begin with C. */
static bool is_comment(char c)
{
    return c == ';' || c == '#' || c == '/' || c == '-';
}

/* Returns the next row with a mark, or NULL.  Most rows are blank, and are
   skipped without being read as rows, as the file is read at once at boot. */
static const char *next_mark(const char *from, const char *end)
{
    while (from < end) {
        while (from < end && is_blank(*from))
            from++;
        if (from < end && is_comment(*from) && is_mark(from, end))
            return from;
        from = next_row(from, end);
    }
    return NULL;
}

/* Returns the first sector of TEXT that is blank, from that at FROM on. */
static unsigned blank_sector(const char *text, size_t size, const char *from)
{
    unsigned sector = (unsigned)((size_t)(from - text) / SAVED_SECTOR);

    while (sector < size / SAVED_SECTOR &&
           !saved_is_blank(text + sector * SAVED_SECTOR, SAVED_SECTOR))
        sector++;
    return sector;
}

struct saved_extent saved_measure(const char *text, size_t size)
{
    const char *from = text, *mark, *end = text + size;
    unsigned marks = 0;

    while ((mark = next_mark(from, end)) != NULL) {
        marks++;
        from = next_row(mark, end);
    }
    return (struct saved_extent){marks, blank_sector(text, size, from)};
}

/* Returns true if there is a row with data, not only comments. */
static bool has_data(const struct saved_program *program)
{
    struct line_reader reader = line_reader_begin(program->text, program->size);
    struct text_row row;

    while (line_reader_next(&reader, &row))
        if (row.data.length > 0)
            return true;
    return false;
}

/* Returns the text between START and END without blanks at its end. */
static struct saved_program between(const char *start, const char *end)
{
    while (end > start && is_blank_byte(end[-1]))
        end--;
    return (struct saved_program){start, (size_t)(end - start)};
}

/* Returns where the last program ends, which begins at START. */
static const char *end_of_last(const char *text, size_t size, const char *start)
{
    unsigned sector = blank_sector(text, size, start);

    return sector < size / SAVED_SECTOR ? text + sector * SAVED_SECTOR
                                        : text + size;
}

unsigned saved_split(const char *text, size_t size,
                     struct saved_program *programs, unsigned max)
{
    const char *from = text, *mark, *end = text + size;
    unsigned count = 0;

    do {
        mark = next_mark(from, end);
        struct saved_program program =
            between(from, mark != NULL ? mark : end_of_last(text, size, from));

        if (has_data(&program) && count++ < max)
            programs[count - 1] = program;
        from = mark != NULL ? next_row(mark, end) : end;
    } while (mark != NULL);
    return count;
}
