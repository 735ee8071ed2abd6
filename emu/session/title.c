/* SPDX-License-Identifier: MIT */
#include "title.h"
#include "emu/text/strbuf.h"
#include <string.h>

#define BY "by "

struct row {
    const char *at;
    size_t length; /* without the newline */
};

/* Returns the first row of TEXT, which may be empty. */
static struct row first_row(const char *text)
{
    struct row row = {text, 0};

    while (text[row.length] != '\0' && text[row.length] != '\n')
        row.length++;
    return row;
}

static const char *after(struct row row)
{
    const char *end = row.at + row.length;

    return *end == '\n' ? end + 1 : end;
}

/* Returns the author's row without "by ", or a row of length 0. */
static struct row author_row(const char *head)
{
    struct row row = first_row(after(first_row(head)));
    size_t by = sizeof BY - 1;

    if (row.length < by || memcmp(row.at, BY, by) != 0)
        return (struct row){row.at, 0};
    return (struct row){row.at + by, row.length - by};
}

static void copy(char text[NOTE_SIZE], struct row row)
{
    struct strbuf copied = strbuf_begin(text, NOTE_SIZE);

    strbuf_add(&copied, "%.*s", (int)row.length, row.at);
}

void title_read(const char head[HEAD_SIZE], char title[NOTE_SIZE])
{
    copy(title, first_row(head));
}

void author_read(const char head[HEAD_SIZE], char author[NOTE_SIZE])
{
    copy(author, author_row(head));
}

const char *title_rest(const char head[HEAD_SIZE])
{
    struct row author = author_row(head);

    return author.length > 0 ? after(author) : after(first_row(head));
}

/* Returns BASE, which may be longer than a note can be, if TEXT is unchanged
   since it was read from there, and TEXT otherwise. */
static struct row whole(const char *text, struct row base)
{
    size_t length = strlen(text);

    if (length == NOTE_SIZE - 1 && base.length > length &&
        memcmp(text, base.at, length) == 0)
        return base;
    return (struct row){text, length};
}

static void add_row(struct strbuf *text, const char *before, struct row row)
{
    if (text->length + strlen(before) + row.length + 1 < text->size)
        strbuf_add(text, "%s%.*s\n", before, (int)row.length, row.at);
}

void title_write(char head[HEAD_SIZE], const char base[HEAD_SIZE],
                 const char *title, const char *author)
{
    struct strbuf text = strbuf_begin(head, HEAD_SIZE);
    const char *rest = title_rest(base);
    struct row by = whole(author, author_row(base));
    struct row first = whole(title, first_row(base));

    if (first.length > 0 || by.length > 0 || *rest != '\0')
        add_row(&text, "", first);
    if (by.length > 0)
        add_row(&text, BY, by);
    for (; *rest != '\0'; rest = after(first_row(rest)))
        add_row(&text, "", first_row(rest));
}
