/* SPDX-License-Identifier: MIT */
#include "ansi.h"
#include <stdbool.h>

/* The one colour above 7 that is not bright; and as some terminals have it no
   other than the ground, what is to look so is of this one, faint. */
#define DARK_GREY 8
#define GREEN     2

/* A sequence being written. */
struct writing {
    char *at;
    unsigned length;
};

static void put(struct writing *writing, char c)
{
    writing->at[writing->length++] = c;
    writing->at[writing->length] = '\0';
}

static void put_text(struct writing *writing, const char *text)
{
    while (*text != '\0')
        put(writing, *text++);
}

static void put_number(struct writing *writing, unsigned number)
{
    if (number >= 100)
        put(writing, (char)('0' + number / 100));
    if (number >= 10)
        put(writing, (char)('0' + number / 10 % 10));
    put(writing, (char)('0' + number % 10));
}

unsigned ansi_address(char sequence[ANSI_SIZE], unsigned row, unsigned column)
{
    struct writing writing = {.at = sequence};

    put_text(&writing, "\x1B[");
    put_number(&writing, row + 1);
    if (column > 0) {
        put(&writing, ';');
        put_number(&writing, column + 1);
    }
    put(&writing, 'H');
    return writing.length;
}

/* How an attribute is told. */
struct manner {
    bool bold, faint, reverse;
    unsigned front, back; /* colours before they are reversed */
};

static struct manner manner_of(uint8_t attribute)
{
    unsigned front = attribute & 0x0F, back = attribute >> 4;
    bool reverse = back != 0, faint = !reverse && front == DARK_GREY;

    if (faint)
        front = GREEN;
    return (struct manner){
        .bold = (reverse ? back : front) > DARK_GREY,
        .faint = faint,
        .reverse = reverse,
        .front = reverse ? back : front,
        .back = reverse ? front : back,
    };
}

/* A PC counts blue first, a terminal red. */
static void put_colour(struct writing *writing, unsigned colour, unsigned plain,
                       unsigned bright)
{
    static const uint8_t order[8] = {0, 4, 2, 6, 1, 5, 3, 7};

    put_number(writing, (colour < 8 ? plain : bright) + order[colour & 7]);
}

static void put_front(struct writing *writing, const struct manner *manner)
{
    put_colour(writing, manner->front, 30, 90);
}

/* From anything: nothing but 0 takes all of this back on every terminal. */
static void put_all(struct writing *writing, const struct manner *manner)
{
    put(writing, '0');
    if (manner->bold)
        put_text(writing, ";1");
    if (manner->faint)
        put_text(writing, ";2");
    if (manner->reverse)
        put_text(writing, ";7");
    put(writing, ';');
    put_front(writing, manner);
    put(writing, ';');
    put_colour(writing, manner->back, 40, 100);
}

unsigned ansi_attribute(char sequence[ANSI_SIZE], int now, uint8_t wanted)
{
    struct writing writing = {.at = sequence};
    struct manner before = manner_of((uint8_t)now);
    struct manner manner = manner_of(wanted);

    put_text(&writing, "\x1B[");
    if (now != ANSI_UNDEFINED && before.bold == manner.bold &&
        before.faint == manner.faint && before.reverse == manner.reverse &&
        before.back == manner.back)
        put_front(&writing, &manner);
    else
        put_all(&writing, &manner);
    put(&writing, 'm');
    return writing.length;
}
