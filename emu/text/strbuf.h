/* SPDX-License-Identifier: MIT */
/*
 * A string builder with a small printf, because the kernel has no libc.  The
 * text is always zero-terminated.  Text that does not fit in the buffer is
 * dropped, and `cut` is set.
 */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct strbuf {
    char *at;      /* buffer provided by the caller */
    size_t size;   /* size of the buffer in bytes, at least 1 */
    size_t length; /* number of bytes written, excluding the final zero */
    bool cut;      /* true if some text did not fit */
};

/* Returns an empty string builder for BUFFER.  SIZE must be at least 1. */
struct strbuf strbuf_begin(char *buffer, size_t size);

/* Appends formatted text.  FORMAT supports a subset of printf: %s %c %u %d %x
   %% with the flags - and 0, a width (a number or *), a precision for %s, and
   the length modifiers l and ll. */
void strbuf_add(struct strbuf *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Like strbuf_add(), but with the arguments in LIST, which is not modified. */
void strbuf_add_list(struct strbuf *text, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));

/* Appends the separator "; " unless the text is empty. */
void strbuf_add_apart(struct strbuf *text);

/* Appends NUMBER in groups of three digits, such as 2 097 154. */
void strbuf_add_grouped(struct strbuf *text, unsigned long long number);
