/* SPDX-License-Identifier: MIT */
/* A span is a reference to part of a text.  It is not zero-terminated. */
#pragma once

#include "strbuf.h"

struct span {
    const char *at;
    size_t length;
};

/* Returns the span from FROM up to, but not including, TO. */
static inline struct span span_between(const char *from, const char *to)
{
    return (struct span){from, (size_t)(to - from)};
}

/* Words are separated by blanks and tabs only. */
static inline bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static inline char upper_of(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Returns SPAN without leading and trailing blanks. */
struct span span_trim(struct span span);

/* Removes and returns the first word of *REST, or an empty span at the end. */
struct span span_word(struct span *rest);

/* Returns true if SPAN equals WORD, ignoring case. */
bool span_is(struct span span, const char *word);

/* Returns true if A and B have the same characters, ignoring case. */
bool span_equals(struct span a, struct span b);

/* Returns true if SPAN is not empty and has only characters of SET. */
bool span_only(struct span span, const char *set);

/* Appends at most 20 characters of SPAN, replacing unprintable ones by '?'. */
void span_show(struct strbuf *text, struct span span);

/* Like span_show(), but in quotation marks. */
void span_quote(struct strbuf *text, struct span span);
