/* SPDX-License-Identifier: MIT */
/*
 * A stretch of somebody else's text: not copied, not ended by a zero byte.
 *
 * Used by what reads text.
 */
#ifndef EMU_TEXT_SPAN_H
#define EMU_TEXT_SPAN_H

#include "strbuf.h"

struct span {
    const char *at;
    size_t length;
};

/* What lies from FROM up to TO. */
static inline struct span span_between(const char *from, const char *to)
{
    return (struct span){from, (size_t)(to - from)};
}

/* Blanks and tabs are the only separators within a line. */
static inline bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* C as a capital letter, if it is a letter. */
static inline char upper_of(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* SPAN without blanks at its ends. */
struct span span_trim(struct span span);

/* Takes the first word off *REST; an empty span if there is none. */
struct span span_word(struct span *rest);

/* Whether SPAN is WORD, capital and small letters being the same. */
bool span_is(struct span span, const char *word);

/* Whether SPAN is not empty and has only characters of SET. */
bool span_only(struct span span, const char *set);

/* Adds SPAN, cut to what a message can bear, odd characters as '?'. */
void span_show(struct strbuf *text, struct span span);

/* The same in quotation marks. */
void span_quote(struct strbuf *text, struct span span);

#endif
