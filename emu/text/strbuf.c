/* SPDX-License-Identifier: MIT */
#include "strbuf.h"
#include <stdint.h>
#include <stdarg.h>

/* Flags, width and precision of a conversion specification. */
struct field {
    bool left;    /* '-' flag: pad on the right */
    bool zero;    /* '0' flag: pad with zeros after the sign */
    size_t width; /* minimum number of characters */
    bool has_precision;
    size_t precision; /* maximum number of characters for %s */
    unsigned longs;   /* number of l modifiers */
};

/* va_list may be an array type, so it is wrapped to be passed by pointer. */
struct arguments {
    va_list list;
};

#define NUMBER_SIZE 20 /* number of digits in the largest 64-bit number */

struct strbuf strbuf_begin(char *buffer, size_t size)
{
    struct strbuf text = {.at = buffer, .size = size};

    buffer[0] = '\0';
    return text;
}

static void add_char(struct strbuf *text, char c)
{
    if (text->length + 1 >= text->size) {
        text->cut = true;
        return;
    }
    text->at[text->length++] = c;
    text->at[text->length] = '\0';
}

static void add_repeated(struct strbuf *text, char c, size_t count)
{
    /* Stop when the buffer is full, because the width may be very large. */
    for (size_t i = 0; i < count && !text->cut; i++)
        add_char(text, c);
}

static void add_chars(struct strbuf *text, const char *at, size_t length)
{
    for (size_t i = 0; i < length; i++)
        add_char(text, at[i]);
}

static void add_padded(struct strbuf *text, const struct field *field,
                       bool negative, const char *at, size_t length)
{
    size_t taken = length + (negative ? 1 : 0);
    size_t padding = field->width > taken ? field->width - taken : 0;
    bool zeros = field->zero && !field->left;

    if (!field->left && !zeros)
        add_repeated(text, ' ', padding);
    if (negative)
        add_char(text, '-');
    if (zeros)
        add_repeated(text, '0', padding);
    add_chars(text, at, length);
    if (field->left)
        add_repeated(text, ' ', padding);
}

/* Writes the digits of NUMBER before END and returns a pointer to the first. */
static char *digits_before(char *end, unsigned long long number, unsigned base)
{
    /* Divisions of 64 bits are slow on an i386. */
    for (; number > UINT32_MAX; number /= base)
        *--end = "0123456789abcdef"[number % base];
    uint32_t rest = (uint32_t)number;

    do {
        *--end = "0123456789abcdef"[rest % base];
        rest /= base;
    } while (rest != 0);
    return end;
}

static void add_number(struct strbuf *text, const struct field *field,
                       bool negative, unsigned long long number, unsigned base)
{
    char buffer[NUMBER_SIZE];
    char *end = buffer + sizeof buffer;
    char *begin = digits_before(end, number, base);

    add_padded(text, field, negative, begin, (size_t)(end - begin));
}

static void add_string(struct strbuf *text, const struct field *field,
                       const char *string)
{
    size_t length = 0;

    /* With a precision, the string need not be zero-terminated. */
    while ((!field->has_precision || length < field->precision) &&
           string[length] != '\0')
        length++;
    add_padded(text, field, false, string, length);
}

static unsigned long long next_unsigned(struct arguments *arguments,
                                        unsigned longs)
{
    if (longs >= 2)
        return va_arg(arguments->list, unsigned long long);
    if (longs == 1)
        return va_arg(arguments->list, unsigned long);
    return va_arg(arguments->list, unsigned);
}

static long long next_signed(struct arguments *arguments, unsigned longs)
{
    if (longs >= 2)
        return va_arg(arguments->list, long long);
    if (longs == 1)
        return va_arg(arguments->list, long);
    return va_arg(arguments->list, int);
}

/* Reads a width or precision from the format, or from an argument for `*`. */
static const char *read_size(const char *format, struct arguments *arguments,
                             size_t *size)
{
    *size = 0;
    if (*format == '*') {
        int given = va_arg(arguments->list, int);

        *size = given > 0 ? (size_t)given : 0;
        return format + 1;
    }
    for (; *format >= '0' && *format <= '9'; format++)
        *size = *size * 10 + (size_t)(*format - '0');
    return format;
}

static const char *read_field(const char *format, struct arguments *arguments,
                              struct field *field)
{
    *field = (struct field){.left = false};
    for (; *format == '-' || *format == '0'; format++) {
        field->left |= *format == '-';
        field->zero |= *format == '0';
    }
    format = read_size(format, arguments, &field->width);
    if (*format == '.') {
        field->has_precision = true;
        format = read_size(format + 1, arguments, &field->precision);
    }
    for (; *format == 'l'; format++)
        field->longs++;
    return format;
}

static void add_signed(struct strbuf *text, const struct field *field,
                       long long number)
{
    /* Negate as unsigned, because the minimum has no positive counterpart. */
    unsigned long long magnitude = (unsigned long long)number;

    if (number < 0)
        magnitude = 0 - magnitude;
    add_number(text, field, number < 0, magnitude, 10);
}

static void add_field(struct strbuf *text, const struct field *field,
                      char conversion, struct arguments *arguments)
{
    char c;

    switch (conversion) {
    case 's':
        add_string(text, field, va_arg(arguments->list, const char *));
        break;
    case 'c':
        c = (char)va_arg(arguments->list, int);
        add_padded(text, field, false, &c, 1);
        break;
    case 'd':
        add_signed(text, field, next_signed(arguments, field->longs));
        break;
    case 'u':
        add_number(text, field, false, next_unsigned(arguments, field->longs),
                   10);
        break;
    case 'x':
        add_number(text, field, false, next_unsigned(arguments, field->longs),
                   16);
        break;
    default: /* %% or an unknown conversion */
        add_char(text, conversion);
    }
}

void strbuf_add_list(struct strbuf *text, const char *format, va_list list)
{
    struct arguments arguments;
    struct field field;

    va_copy(arguments.list, list);
    for (; *format != '\0'; format++) {
        if (*format != '%') {
            add_char(text, *format);
            continue;
        }
        format = read_field(format + 1, &arguments, &field);
        if (*format == '\0')
            break;
        add_field(text, &field, *format, &arguments);
    }
    va_end(arguments.list);
}

void strbuf_add(struct strbuf *text, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    strbuf_add_list(text, format, list);
    va_end(list);
}

void strbuf_add_apart(struct strbuf *text)
{
    if (text->length > 0)
        strbuf_add(text, "; ");
}

void strbuf_add_grouped(struct strbuf *text, unsigned long long number)
{
    char buffer[NUMBER_SIZE];
    char *end = buffer + sizeof buffer;

    for (char *at = digits_before(end, number, 10); at < end; at++) {
        add_char(text, *at);
        if ((end - at) % 3 == 1 && at + 1 < end)
            add_char(text, ' ');
    }
}
