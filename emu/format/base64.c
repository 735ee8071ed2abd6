/* SPDX-License-Identifier: MIT */
#include "base64.h"

#define CHARACTERS 64

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

struct bit_queue {
    uint32_t value;
    unsigned bits;
};

static void push(struct bit_queue *queue, uint32_t value, unsigned bits)
{
    queue->value = queue->value << bits | value;
    queue->bits += bits;
}

static uint32_t pop(struct bit_queue *queue, unsigned bits)
{
    uint32_t value;

    queue->bits -= bits;
    value = queue->value >> queue->bits;
    queue->value -= value << queue->bits;
    return value;
}

void base64_write(struct strbuf *text, const uint8_t *bytes, size_t size)
{
    struct bit_queue queue = {0, 0};

    for (size_t i = 0; i < size; i++) {
        push(&queue, bytes[i], 8);
        while (queue.bits >= 6)
            strbuf_add(text, "%c", alphabet[pop(&queue, 6)]);
    }
    if (queue.bits > 0) {
        push(&queue, 0, 6 - queue.bits);
        strbuf_add(text, "%c", alphabet[pop(&queue, 6)]);
    }
}

char base64_character(uint32_t value)
{
    return alphabet[value];
}

uint32_t base64_value(char c)
{
    uint32_t value = 0;

    while (value < CHARACTERS && alphabet[value] != c)
        value++;
    return value;
}

bool base64_check(struct span span, struct strbuf *wrong)
{
    for (size_t i = 0; i < span.length; i++) {
        if (base64_value(span.at[i]) < CHARACTERS)
            continue;
        strbuf_add(wrong, "character %lu is ", (unsigned long)i + 1);
        span_quote(wrong, (struct span){span.at + i, 1});
        strbuf_add(wrong, ", but only A-Z a-z 0-9 - and _ are allowed");
        return false;
    }
    return true;
}

bool base64_read(struct span span, uint8_t *bytes)
{
    struct bit_queue queue = {0, 0};

    for (size_t i = 0; i < span.length; i++) {
        push(&queue, base64_value(span.at[i]), 6);
        if (queue.bits >= 8)
            *bytes++ = (uint8_t)pop(&queue, 8);
    }
    return queue.value == 0;
}
