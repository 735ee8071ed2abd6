/* SPDX-License-Identifier: MIT */
/*
 * A program file as lines, each split into data and comment.
 */
#include "line_reader.h"

#include <string.h>

#define CTRL_Z 0x1A

struct source source_begin(const char *text, size_t size)
{
    struct source source = {.at = text, .end = text + size};

    if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        source.at += 3;
    while (source.end > source.at && source.end[-1] == CTRL_Z)
        source.end--;
    return source;
}

/* The length of the comment mark at AT, or 0. */
static size_t mark_length(const char *at, const char *end)
{
    if (at == end)
        return 0;
    if (*at == ';' || *at == '#')
        return 1;
    return (*at == '/' || *at == '-') && end - at > 1 && at[1] == *at ? 2 : 0;
}

static void split(struct source_row *row, const char *begin, const char *end)
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

/* The end of the row that begins at BEGIN: its line's, or ROW_MAX bytes on. */
static const char *row_end(const char *begin, const char *end)
{
    const char *at = begin;

    if (end - begin > ROW_MAX)
        end = begin + ROW_MAX;
    while (at < end && !is_line_end(*at))
        at++;
    return at;
}

bool source_next(struct source *source, struct source_row *row)
{
    const char *begin = source->at;
    const char *end = row_end(begin, source->end);
    bool continued = source->inside;

    if (begin == source->end)
        return false;
    source->at = end;
    source->inside = end < source->end && !is_line_end(*end);
    if (end < source->end && !source->inside)
        source->at++;
    if (end + 1 < source->end && end[0] == '\r' && end[1] == '\n')
        source->at++;
    split(row, begin, end);
    if (continued)
        *row = (struct source_row){.data = span_between(begin, begin),
                                   .comment = span_between(begin, end),
                                   .commented = true};
    row->too_long = source->inside && !row->commented;
    row->number = continued ? source->row : ++source->row;
    return true;
}

static bool say_byte(unsigned char byte, struct strbuf *wrong)
{
    if (byte >= 0xFE) /* in no UTF-8, but first in UTF-16 */
        strbuf_add(wrong, "this looks like UTF-16; save it as plain text");
    else if (byte > '~')
        strbuf_add(wrong,
                   "there is a character outside ASCII (byte 0x%02x); if this "
                   "is a comment, put \";\" before it",
                   byte);
    else
        strbuf_add(wrong,
                   "this is not a text file: there is a byte 0x%02x in it",
                   byte);
    return false;
}

bool source_is_text(const struct source_row *row, struct strbuf *wrong)
{
    for (size_t i = 0; i < row->data.length; i++) {
        char c = row->data.at[i];

        if ((c < ' ' && c != '\t') || c > '~')
            return say_byte((unsigned char)c, wrong);
    }
    for (size_t i = 0; i < row->comment.length; i++)
        if (row->comment.at[i] == '\0')
            return say_byte('\0', wrong);
    if (row->too_long)
        strbuf_add(wrong,
                   "this is longer than any line of a program: there are "
                   "%d characters without a comment",
                   ROW_MAX);
    return !row->too_long;
}

/* Bytes of the UTF-8 sequence that FIRST begins; 1 if it begins none. */
static size_t sequence_length(unsigned char first)
{
    if (first >= 0xF0 && first < 0xF8)
        return 4;
    if (first >= 0xE0)
        return first < 0xF0 ? 3 : 1;
    return first >= 0xC0 ? 2 : 1;
}

/* The bytes of the character at the start of TEXT, whole or broken. */
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

size_t source_copy(char *to, size_t size, struct span comment, bool *cut)
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
