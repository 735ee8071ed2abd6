/* SPDX-License-Identifier: MIT */
#include "ansi.h"
#include <stdbool.h>

/* Some terminals show dark grey as black, so it is sent as faint green. */
#define DARK_GREY 8
#define GREEN     2

struct sequence {
    char *at;
    unsigned length;
};

static void put(struct sequence *output, char c)
{
    output->at[output->length++] = c;
    output->at[output->length] = '\0';
}

static void put_text(struct sequence *output, const char *text)
{
    while (*text != '\0')
        put(output, *text++);
}

static void put_number(struct sequence *output, unsigned number)
{
    if (number >= 100)
        put(output, (char)('0' + number / 100));
    if (number >= 10)
        put(output, (char)('0' + number / 10 % 10));
    put(output, (char)('0' + number % 10));
}

unsigned ansi_address(char sequence[ANSI_SIZE], unsigned row, unsigned column)
{
    struct sequence output = {.at = sequence};

    put_text(&output, "\x1B[");
    put_number(&output, row + 1);
    if (column > 0) {
        put(&output, ';');
        put_number(&output, column + 1);
    }
    put(&output, 'H');
    return output.length;
}

/* A text attribute as SGR (Select Graphic Rendition) parameters. */
struct rendition {
    bool bold, faint, reverse;
    unsigned front, back; /* colours before SGR 7 swaps them */
};

static struct rendition rendition_of(uint8_t attribute)
{
    unsigned front = attribute & 0x0F, back = attribute >> 4;
    bool reverse = back != 0, faint = !reverse && front == DARK_GREY;

    if (faint)
        front = GREEN;
    return (struct rendition){
        .bold = (reverse ? back : front) > DARK_GREY,
        .faint = faint,
        .reverse = reverse,
        .front = reverse ? back : front,
        .back = reverse ? front : back,
    };
}

/* Bit 0 of a colour is blue on a PC, but red on an ANSI terminal. */
static void put_colour(struct sequence *output, unsigned colour, unsigned plain,
                       unsigned bright)
{
    static const uint8_t order[8] = {0, 4, 2, 6, 1, 5, 3, 7};

    put_number(output, (colour < 8 ? plain : bright) + order[colour & 7]);
}

static void put_front(struct sequence *output,
                      const struct rendition *rendition)
{
    put_colour(output, rendition->front, 30, 90);
}

/* Starts with SGR 0, which resets all attributes on every terminal. */
static void put_all(struct sequence *output, const struct rendition *rendition)
{
    put(output, '0');
    if (rendition->bold)
        put_text(output, ";1");
    if (rendition->faint)
        put_text(output, ";2");
    if (rendition->reverse)
        put_text(output, ";7");
    put(output, ';');
    put_front(output, rendition);
    put(output, ';');
    put_colour(output, rendition->back, 40, 100);
}

unsigned ansi_attribute(char sequence[ANSI_SIZE], int now, uint8_t wanted)
{
    struct sequence output = {.at = sequence};
    struct rendition before = rendition_of((uint8_t)now);
    struct rendition after = rendition_of(wanted);

    put_text(&output, "\x1B[");
    if (now != ANSI_UNDEFINED && before.bold == after.bold &&
        before.faint == after.faint && before.reverse == after.reverse &&
        before.back == after.back)
        put_front(&output, &after);
    else
        put_all(&output, &after);
    put(&output, 'm');
    return output.length;
}
