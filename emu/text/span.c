/* SPDX-License-Identifier: MIT */
#include "span.h"

#define SHOWN_MAX 20 /* maximum number of characters shown in a message */

struct span span_trim(struct span span)
{
    while (span.length > 0 && is_blank(span.at[0])) {
        span.at++;
        span.length--;
    }
    while (span.length > 0 && is_blank(span.at[span.length - 1]))
        span.length--;
    return span;
}

struct span span_word(struct span *rest)
{
    struct span word = span_trim(*rest);
    const char *end = rest->at + rest->length;
    size_t length = 0;

    while (length < word.length && !is_blank(word.at[length]))
        length++;
    word.length = length;
    *rest = span_between(word.at + length, end);
    return word;
}

bool span_is(struct span span, const char *word)
{
    size_t i = 0;

    while (i < span.length && word[i] != '\0' &&
           upper_of(span.at[i]) == upper_of(word[i]))
        i++;
    return i == span.length && word[i] == '\0';
}

bool span_equals(struct span a, struct span b)
{
    size_t i = 0;

    while (i < a.length && i < b.length &&
           upper_of(a.at[i]) == upper_of(b.at[i]))
        i++;
    return i == a.length && i == b.length;
}

static bool contains(const char *set, char c)
{
    while (*set != '\0' && *set != c)
        set++;
    return *set != '\0';
}

bool span_only(struct span span, const char *set)
{
    for (size_t i = 0; i < span.length; i++)
        if (!contains(set, span.at[i]))
            return false;
    return span.length > 0;
}

void span_show(struct strbuf *text, struct span span)
{
    size_t shown = span.length > SHOWN_MAX ? SHOWN_MAX : span.length;

    for (size_t i = 0; i < shown; i++) {
        bool printable = span.at[i] >= ' ' && span.at[i] <= '~';

        strbuf_add(text, "%c", printable ? span.at[i] : '?');
    }
    if (shown < span.length)
        strbuf_add(text, "...");
}

void span_quote(struct strbuf *text, struct span span)
{
    strbuf_add(text, "\"");
    span_show(text, span);
    strbuf_add(text, "\"");
}
