/* SPDX-License-Identifier: MIT */
#include "line_reader.h"
#include <string.h>

#define CTRL_Z 0x1A

struct line_reader line_reader_begin(const char *text, size_t size)
{
    struct line_reader reader = {.at = text, .end = text + size};

    if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        reader.at += 3;
    while (reader.end > reader.at && reader.end[-1] == CTRL_Z)
        reader.end--;
    return reader;
}

/* Returns the length of the comment mark at AT, or 0 if there is none. */
static size_t mark_length(const char *at, const char *end)
{
    if (at == end)
        return 0;
    if (*at == ';' || *at == '#')
        return 1;
    return (*at == '/' || *at == '-') && end - at > 1 && at[1] == *at ? 2 : 0;
}

static void split(struct text_row *row, const char *begin, const char *end)
{
    const char *mark = begin;
    size_t length;

    while (mark < end && mark_length(mark, end) == 0)
        mark++;
    length = mark_length(mark, end);
    row->data = span_trim(span_between(begin, mark));
    row->comment = span_between(mark + length, end);
    row->commented = length > 0;
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Returns the end of the row at BEGIN, which has at most ROW_MAX bytes. */
static const char *row_end(const char *begin, const char *end)
{
    const char *at = begin;

    if (end - begin > ROW_MAX)
        end = begin + ROW_MAX;
    while (at < end && !is_line_end(*at))
        at++;
    return at;
}

bool line_reader_next(struct line_reader *reader, struct text_row *row)
{
    const char *begin = reader->at;
    const char *end = row_end(begin, reader->end);
    bool continued = reader->inside;

    if (begin == reader->end)
        return false;
    reader->at = end;
    reader->inside = end < reader->end && !is_line_end(*end);
    if (end < reader->end && !reader->inside)
        reader->at++;
    if (end + 1 < reader->end && end[0] == '\r' && end[1] == '\n')
        reader->at++;
    split(row, begin, end);
    if (continued)
        *row = (struct text_row){.data = span_between(begin, begin),
                                 .comment = span_between(begin, end),
                                 .commented = true};
    row->too_long = reader->inside && !row->commented;
    row->number = continued ? reader->row : ++reader->row;
    return true;
}

/* Characters of text that was pasted, in UTF-8, and what they mean. */
static const struct {
    char text[4];
    char means;
} pasted[] = {{"\xE2\x88\x92", '-'}, {"\xE2\x80\x93", '-'}, {"\xC2\xA0", ' '}};

#define PASTED (sizeof pasted / sizeof pasted[0])

/* If TEXT begins with a pasted character, stores what it means in *MEANS and
   returns its length.  Otherwise returns 0. */
static size_t pasted_length(struct span text, char *means)
{
    for (size_t i = 0; i < PASTED; i++) {
        size_t length = strlen(pasted[i].text);

        if (text.length >= length &&
            memcmp(text.at, pasted[i].text, length) == 0) {
            *means = pasted[i].means;
            return length;
        }
    }
    return 0;
}

void text_row_replace(struct text_row *row, char buffer[ROW_MAX])
{
    const char *end = row->comment.at + row->comment.length;
    struct span rest = row->data;
    char *to = buffer;

    while (rest.length > 0) {
        size_t length = pasted_length(rest, to);

        if (length == 0)
            *to = rest.at[length++];
        to++;
        rest = (struct span){rest.at + length, rest.length - length};
    }
    if ((size_t)(to - buffer) == row->data.length)
        return;
    memcpy(to, rest.at, (size_t)(end - rest.at));
    split(row, buffer, to + (end - rest.at));
}

static bool reject_byte(unsigned char byte, struct strbuf *wrong)
{
    if (byte >= 0xFE) /* probably a UTF-16 byte order mark */
        strbuf_add(wrong, "this looks like UTF-16; save it as plain text");
    else if (byte > '~')
        strbuf_add(wrong,
                   "there is a non-ASCII character (byte 0x%02x); "
                   "if this is a comment, put \";\" before it",
                   byte);
    else
        strbuf_add(wrong,
                   "this is not a text file: it contains the byte 0x%02x",
                   byte);
    return false;
}

bool line_reader_check(const struct text_row *row, struct strbuf *wrong)
{
    for (size_t i = 0; i < row->data.length; i++) {
        char c = row->data.at[i];

        if ((c < ' ' && c != '\t') || c > '~')
            return reject_byte((unsigned char)c, wrong);
    }
    for (size_t i = 0; i < row->comment.length; i++)
        if (row->comment.at[i] == '\0')
            return reject_byte('\0', wrong);
    if (row->too_long)
        strbuf_add(wrong,
                   "this text line is too long: "
                   "it has more than %d characters and no comment",
                   ROW_MAX);
    return !row->too_long;
}

/* Returns the length of a UTF-8 sequence, or 1 if its first byte is invalid. */
static size_t sequence_length(unsigned char first)
{
    if (first >= 0xF0 && first < 0xF8)
        return 4;
    if (first >= 0xE0)
        return first < 0xF0 ? 3 : 1;
    return first >= 0xC0 ? 2 : 1;
}

/* Returns the length of the first character in TEXT, which may be truncated. */
static size_t character_length(struct span text)
{
    size_t length = sequence_length((unsigned char)text.at[0]);
    size_t i = 1;

    while (i < length && i < text.length &&
           ((unsigned char)text.at[i] & 0xC0) == 0x80)
        i++;
    return i;
}

static char plain(char c)
{
    if (c == '\t')
        return ' ';
    return c >= ' ' && c <= '~' ? c : '?';
}

size_t line_reader_copy_comment(char *to, size_t size, struct span comment,
                                bool *cut)
{
    size_t length = 0;

    while (comment.length > 0 && length + 1 < size) {
        size_t taken = character_length(comment);

        to[length++] = plain(comment.at[0]);
        comment.at += taken;
        comment.length -= taken;
    }
    if (span_trim(comment).length > 0)
        *cut = true;
    while (length > 0 && to[length - 1] == ' ')
        length--;
    memset(to + length, 0, size - length);
    return length;
}
