/* SPDX-License-Identifier: MIT */
/*
 * Decodes the bytes sent by a terminal into key events.  Supports VT100, VT220,
 * xterm and compatible terminals, rxvt, SCO terminals and the Linux console.
 * Terminals do not report releases or repeats, so every event is a tap.
 *
 * Most terminals send Esc before a key that is pressed with Alt.  Esc followed
 * by a printable character is decoded as two keys, but Esc followed by any
 * other key is decoded as that key with Alt.  Unknown sequences are discarded.
 */
#pragma once

#include "event.h"
#include <stdint.h>

#define ESCAPE_ALONE_US  50000u  /* timeout after which a lone Esc is a key */
#define ESCAPE_BROKEN_US 500000u /* timeout for an incomplete sequence */
#define ESCAPE_EVENTS    3       /* maximum number of events per byte */
#define ESCAPE_SIZE      24

struct escape_decoder {
    unsigned keymap; /* see keymap.h, for positions; set by the caller */
    char sequence[ESCAPE_SIZE]; /* bytes received after Esc */
    unsigned length;
    bool inside;     /* true while inside an escape sequence */
    bool alt;        /* true if Esc was received twice */
    uint64_t since;  /* time when the last byte was received */
    bool sco;        /* true if the terminal sends keys as SCO's do */
    bool returned;   /* true if the last byte was a carriage return */
    unsigned row;    /* reported cursor row (from 1), or 0 if none */
    unsigned column; /* reported cursor column (from 1) */
};

/* Decodes BYTE, received at NOW, and returns the number of events written to
   EVENTS.  A cursor position report sets row and column; the caller must reset
   row to 0 after use.  DECODER must be zeroed before the first call. */
unsigned escape_decode(struct escape_decoder *decoder, uint8_t byte,
                       uint64_t now, struct event events[ESCAPE_EVENTS]);

/* Returns the time when escape_turn() is due, or UINT64_MAX if it is not. */
uint64_t escape_due(const struct escape_decoder *decoder);

/* Checks the timeouts.  Returns true if EVENT was set to an Esc key.  Must be
   called again until it returns false. */
bool escape_turn(struct escape_decoder *decoder, uint64_t now,
                 struct event *event);
