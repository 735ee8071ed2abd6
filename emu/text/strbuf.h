/* SPDX-License-Identifier: MIT */
/*
 * A string builder with a small printf, for messages, files and reports; the
 * kernel has no libc.
 *
 * The text always ends in a zero byte.  Text that does not fit the buffer is
 * left out, and `cut` is set.
 */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct strbuf {
    char *at;      /* the caller's buffer */
    size_t size;   /* its size in bytes, at least 1 */
    size_t length; /* bytes written, without the final zero */
    bool cut;      /* some text did not fit */
};

/* Starts an empty text in BUFFER of SIZE (at least 1) bytes. */
struct strbuf strbuf_begin(char *buffer, size_t size);

/*
 * Adds text by FORMAT, a subset of printf: %s %c %u %d %x %% with flags - and
 * 0, a width (a number or *), a precision for %s, and the lengths l and ll.
 */
void strbuf_add(struct strbuf *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same with the arguments in LIST, which does not change. */
void strbuf_add_list(struct strbuf *text, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));

/* Adds "; " to separate the next sentence, unless the text is empty. */
void strbuf_add_apart(struct strbuf *text);

/* Adds NUMBER in decimal with blanks between thousands: 2 097 154. */
void strbuf_add_grouped(struct strbuf *text, unsigned long long number);
