/* SPDX-License-Identifier: MIT */
/*
 * Bytes of a terminal made into events: of the VT100 and VT220, xterm and
 * those like it, rxvt, and Linux's own console.
 *
 * A terminal tells of no key let go and none that repeats, so every event is
 * a tap.  What is not known is swallowed whole.
 *
 * With Alt most terminals send Esc and then the key.  A character is taken for
 * just these two, Esc and the character; any other key is one with Alt.
 */
#ifndef CONSOLE_ESCAPE_DECODER_H
#define CONSOLE_ESCAPE_DECODER_H

#include "event.h"
#include <stdint.h>

#define ESCAPE_ALONE_US  50000u  /* Esc is a key if nothing follows so long */
#define ESCAPE_BROKEN_US 500000u /* the rest of a sequence comes no more */
#define ESCAPE_EVENTS    3       /* that one byte may complete */
#define ESCAPE_SIZE      24

struct escape_decoder {
    char sequence[ESCAPE_SIZE]; /* since Esc, itself left out */
    unsigned length;
    bool inside;     /* a sequence: Esc came */
    bool alt;        /* another Esc came before that one */
    uint64_t since;  /* when the last byte of it came */
    bool returned;   /* the byte before was a carriage return */
    unsigned row;    /* of the cursor, from 1, as the terminal has .. */
    unsigned column; /* .. answered; row 0: it has not */
};

/*
 * Takes BYTE, which came at NOW, and fills EVENTS; returns how many, which may
 * be none.  An answer to the question for the cursor's place sets row and
 * column, which the caller takes and sets to 0.  A DECODER of all zeros is
 * the start.
 */
unsigned escape_decode(struct escape_decoder *decoder, uint8_t byte,
                       uint64_t now, struct event events[ESCAPE_EVENTS]);

/* When escape_turn() may have something; UINT64_MAX: never. */
uint64_t escape_due(const struct escape_decoder *decoder);

/* Lets time pass.  True: EVENT is an Esc that was alone; ask again. */
bool escape_turn(struct escape_decoder *decoder, uint64_t now,
                 struct event *event);

#endif
