/* SPDX-License-Identifier: MIT */
#include "number.h"
#include "emu/machine/machine.h"

/* Magnitudes are limited to this value, which is too large for a line. */
#define TOO_BIG (1ULL << 33)

/* Notations of numbers in the order in which they are tried.  The suffix H must
   precede the prefix 0B, because 0B1h is hexadecimal. */
static const struct notation {
    const char *prefix;
    const char *suffix;
    unsigned base;
} notations[] = {
    {"0X", "", 16},
    {"", "H", 16},
    {"0B", "", 2},
    {"", "", 10},
};

#define NOTATIONS (sizeof notations / sizeof notations[0])

static size_t length_of(const char *string)
{
    size_t length = 0;

    while (string[length] != '\0')
        length++;
    return length;
}

/* Removes the prefix and suffix of NOTATION from *BODY.  Returns false if one
   of them is missing. */
static bool strip_affixes(struct span *body, const struct notation *notation)
{
    size_t before = length_of(notation->prefix);
    size_t after = length_of(notation->suffix);
    struct span prefix = {body->at, before};
    struct span suffix = {NULL, after};

    if (body->length <= before + after)
        return false;
    suffix.at = body->at + body->length - after;
    if (!span_is(prefix, notation->prefix) ||
        !span_is(suffix, notation->suffix))
        return false;
    body->at += before;
    body->length -= before + after;
    return true;
}

/* Returns the value of a hexadecimal digit, or 99 if C is not one. */
static unsigned figure(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'f')
        return (unsigned)(c - 'a') + 10;
    if (c >= 'A' && c <= 'F')
        return (unsigned)(c - 'A') + 10;
    return 99;
}

/* Parses BODY as a number in BASE and limits it to TOO_BIG. */
static bool read_magnitude(struct span body, unsigned base,
                           unsigned long long *magnitude)
{
    *magnitude = 0;
    for (size_t i = 0; i < body.length; i++) {
        if (figure(body.at[i]) >= base)
            return false;
        *magnitude = *magnitude * base + figure(body.at[i]);
        if (*magnitude > TOO_BIG)
            *magnitude = TOO_BIG;
    }
    return body.length > 0;
}

static bool read_notations(struct span word, unsigned long long *magnitude)
{
    for (size_t i = 0; i < NOTATIONS; i++) {
        struct span body = word;

        if (strip_affixes(&body, &notations[i]) &&
            read_magnitude(body, notations[i].base, magnitude))
            return true;
    }
    return false;
}

/* Length of L0b, the prefix for reversed binary in Sharp's simulator. */
#define LEAST_FIRST 3

static bool is_least_first(struct span word)
{
    struct span prefix = {word.at, LEAST_FIRST};

    return word.length > LEAST_FIRST && span_is(prefix, "L0B") &&
           number_is_digits(
               (struct span){word.at + LEAST_FIRST, word.length - LEAST_FIRST});
}

static enum number read_least_first(struct span word, uint32_t *value)
{
    struct span digits = {word.at + LEAST_FIRST, word.length - LEAST_FIRST};
    char ignored[1];
    struct strbuf wrong = strbuf_begin(ignored, sizeof ignored);

    if (!number_read_digits(digits, value, &wrong))
        return NUMBER_TOO_BIG;
    return NUMBER_READ;
}

enum number number_read(struct span word, uint32_t *value)
{
    bool negative = word.length > 0 && word.at[0] == '-';
    bool sign = negative || (word.length > 0 && word.at[0] == '+');
    unsigned long long limit = negative ? 1ULL << 31 : UINT32_MAX;
    unsigned long long magnitude;

    if (is_least_first(word))
        return read_least_first(word, value);
    if (sign)
        word = (struct span){word.at + 1, word.length - 1};
    if (!read_notations(word, &magnitude))
        return NUMBER_NOT;
    if (magnitude > limit)
        return NUMBER_TOO_BIG;
    *value = negative ? 0 - (uint32_t)magnitude : (uint32_t)magnitude;
    return NUMBER_READ;
}

bool number_read_figures(struct span word, unsigned base, uint32_t *value)
{
    unsigned long long magnitude;

    if (!read_magnitude(word, base, &magnitude) || magnitude > UINT32_MAX)
        return false;
    *value = (uint32_t)magnitude;
    return true;
}

void number_wrong(struct strbuf *wrong, struct span word, enum number result)
{
    if (result == NUMBER_TOO_BIG) {
        span_show(wrong, word);
        strbuf_add(wrong,
                   " does not fit in a line (-2147483648 to 4294967295)");
    } else {
        span_quote(wrong, word);
        strbuf_add(wrong, " is not a number; write numbers as in -3 or 0x1F");
    }
}

bool number_read_line(struct span word, unsigned *line, struct strbuf *wrong)
{
    unsigned long long magnitude;

    if (read_magnitude(word, 10, &magnitude) && magnitude < LINES) {
        *line = (unsigned)magnitude;
        return true;
    }
    strbuf_add(wrong, "line ");
    span_show(wrong, word);
    strbuf_add(wrong, " does not exist; the store has lines 0 to 31");
    return false;
}

bool number_read_count(struct span word, uint64_t *count)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < word.length; i++) {
        unsigned digit = figure(word.at[i]);

        if (digit > 9 || sum > (UINT64_MAX - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    if (word.length > 0)
        *count = sum;
    return word.length > 0;
}

bool number_is_digits(struct span word)
{
    return span_only(word, "01");
}

bool number_read_digits(struct span word, uint32_t *value, struct strbuf *wrong)
{
    uint32_t digits = 0;

    if (word.length > DIGITS) {
        strbuf_add(wrong, "%lu digits are too many; a line has 32",
                   (unsigned long)word.length);
        return false;
    }
    for (size_t i = 0; i < word.length; i++)
        if (word.at[i] == '1')
            digits |= UINT32_C(1) << i;
    *value = digits;
    return true;
}

void number_short(struct strbuf *doubt, size_t digits)
{
    if (digits == 1)
        strbuf_add(doubt, "1 digit instead of 32; it is used as digit 0");
    else if (digits < DIGITS)
        strbuf_add(doubt,
                   "%u digits instead of 32; they are used as digits 0 to %u",
                   (unsigned)digits, (unsigned)digits - 1);
}
