/* SPDX-License-Identifier: MIT */
/*
 * A program file as lines, each split into data and comment.
 */
#include "source.h"

#include <string.h>

#define CTRL_Z 0x1A

static const char *const marks[] = {";", "#", "//", "--"};

#define MARKS (sizeof marks / sizeof marks[0])

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
    for (size_t i = 0; i < MARKS; i++) {
        size_t length = marks[i][1] == '\0' ? 1 : 2;

        if ((size_t)(end - at) >= length && memcmp(at, marks[i], length) == 0)
            return length;
    }
    return 0;
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

bool source_next(struct source *source, struct source_row *row)
{
    const char *begin = source->at;
    const char *end = begin;

    if (begin == source->end)
        return false;
    while (end < source->end && *end != '\n' && *end != '\r')
        end++;
    source->at = end < source->end ? end + 1 : end;
    if (end + 1 < source->end && end[0] == '\r' && end[1] == '\n')
        source->at++;
    row->number = ++source->row;
    split(row, begin, end);
    return true;
}

static bool say_byte(unsigned char byte, struct text *wrong)
{
    if (byte >= 0xFE) /* in no UTF-8, but first in UTF-16 */
        text_add(wrong, "this looks like UTF-16; save it as plain text");
    else if (byte > '~')
        text_add(wrong,
                 "there is a character outside ASCII (byte 0x%02x); if this "
                 "is a comment, put \";\" before it",
                 byte);
    else
        text_add(wrong, "this is not a text file: there is a byte 0x%02x in it",
                 byte);
    return false;
}

bool source_is_text(const struct source_row *row, struct text *wrong)
{
    for (size_t i = 0; i < row->data.length; i++) {
        char c = row->data.at[i];

        if ((c < ' ' && c != '\t') || c > '~')
            return say_byte((unsigned char)c, wrong);
    }
    for (size_t i = 0; i < row->comment.length; i++)
        if (row->comment.at[i] == '\0')
            return say_byte('\0', wrong);
    return true;
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
