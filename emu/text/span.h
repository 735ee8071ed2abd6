/* SPDX-License-Identifier: MIT */
/*
 * A span: part of a text, by reference and without a final zero byte.
 */
#pragma once

#include "strbuf.h"

struct span {
    const char *at;
    size_t length;
};

/* The text from FROM up to TO. */
static inline struct span span_between(const char *from, const char *to)
{
    return (struct span){from, (size_t)(to - from)};
}

/* Blanks and tabs are the only separators within a line. */
static inline bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* C in upper case. */
static inline char upper_of(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* SPAN without blanks at its ends. */
struct span span_trim(struct span span);

/* Removes the first word from *REST and returns it; empty if there is none. */
struct span span_word(struct span *rest);

/* Whether SPAN equals WORD in any case. */
bool span_is(struct span span, const char *word);

/* Whether SPAN is not empty and consists of characters of SET. */
bool span_only(struct span span, const char *set);

/* Adds SPAN for a message: at most 20 characters, unprintable ones as '?'. */
void span_show(struct strbuf *text, struct span span);

/* Adds the same in quotation marks. */
void span_quote(struct strbuf *text, struct span span);
