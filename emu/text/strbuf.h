/* SPDX-License-Identifier: MIT */
/*
 * A bounded piece of text being written: messages, files, reports.
 *
 * The buffer always ends in a zero byte.  What does not fit is left out and
 * remembered in `cut`; nothing is ever written outside the buffer.
 */
#ifndef EMU_TEXT_STRBUF_H
#define EMU_TEXT_STRBUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct strbuf {
    char *at;      /* the caller's buffer */
    size_t size;   /* its size in bytes, at least 1 */
    size_t length; /* bytes written, the ending zero not counted */
    bool cut;      /* something did not fit */
};

/* Starts an empty text in BUFFER of SIZE (at least 1) bytes. */
struct strbuf strbuf_begin(char *buffer, size_t size);

/*
 * Adds by FORMAT, a subset of printf: %s %c %u %d %x %% with the flags - and
 * 0, a width (a number or *), a precision for %s, and the lengths l and ll.
 */
void strbuf_add(struct strbuf *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same with the arguments in a list, which is left as it was. */
void strbuf_add_list(struct strbuf *text, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));

/* Adds "; " if there is anything that the next sentence must be apart from. */
void strbuf_add_apart(struct strbuf *text);

/* Adds NUMBER in decimal with blanks between thousands: 2 097 154. */
void strbuf_add_grouped(struct strbuf *text, unsigned long long number);

#endif
