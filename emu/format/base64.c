/* SPDX-License-Identifier: MIT */
/*
 * Base64url without padding.
 */
#include "base64.h"

#define CHARACTERS 64

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* Digits on their way from bytes to characters or back. */
struct held {
    uint32_t value;
    unsigned digits;
};

static void hold(struct held *held, uint32_t value, unsigned digits)
{
    held->value = held->value << digits | value;
    held->digits += digits;
}

/* The DIGITS that have been held the longest. */
static uint32_t release(struct held *held, unsigned digits)
{
    uint32_t value;

    held->digits -= digits;
    value = held->value >> held->digits;
    held->value -= value << held->digits;
    return value;
}

void base64_write(struct strbuf *text, const uint8_t *bytes, size_t size)
{
    struct held held = {0, 0};

    for (size_t i = 0; i < size; i++) {
        hold(&held, bytes[i], 8);
        while (held.digits >= 6)
            strbuf_add(text, "%c", alphabet[release(&held, 6)]);
    }
    if (held.digits > 0) {
        hold(&held, 0, 6 - held.digits);
        strbuf_add(text, "%c", alphabet[release(&held, 6)]);
    }
}

/* The value of character C, or CHARACTERS if it has none. */
static uint32_t value_of(char c)
{
    uint32_t value = 0;

    while (value < CHARACTERS && alphabet[value] != c)
        value++;
    return value;
}

bool base64_check(struct span span, struct strbuf *wrong)
{
    for (size_t i = 0; i < span.length; i++) {
        if (value_of(span.at[i]) < CHARACTERS)
            continue;
        strbuf_add(wrong, "character %lu is ", (unsigned long)i + 1);
        span_quote(wrong, (struct span){span.at + i, 1});
        strbuf_add(wrong, ", which is none of A-Z a-z 0-9 - and _");
        return false;
    }
    return true;
}

bool base64_read(struct span span, uint8_t *bytes)
{
    struct held held = {0, 0};

    for (size_t i = 0; i < span.length; i++) {
        hold(&held, value_of(span.at[i]), 6);
        if (held.digits >= 8)
            *bytes++ = (uint8_t)release(&held, 8);
    }
    return held.value == 0;
}
