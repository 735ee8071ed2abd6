/* SPDX-License-Identifier: MIT */
/*
 * Decodes the bytes of a terminal into key events: VT100, VT220, xterm and
 * compatible ones, rxvt, and the Linux console.
 *
 * A terminal reports neither releases nor repeats, so every event is a tap.
 * Unknown sequences are discarded.
 *
 * For Alt with a key most terminals send Esc and the key.  Esc and a character
 * are decoded as two keys, Esc and any other key as the key with Alt.
 */
#pragma once

#include "event.h"
#include <stdint.h>

#define ESCAPE_ALONE_US  50000u  /* timeout after Esc: it was the Esc key */
#define ESCAPE_BROKEN_US 500000u /* timeout within a sequence */
#define ESCAPE_EVENTS    3       /* maximum number per byte */
#define ESCAPE_SIZE      24

struct escape_decoder {
    char sequence[ESCAPE_SIZE]; /* bytes after Esc */
    unsigned length;
    bool inside;     /* Esc was received: within a sequence */
    bool alt;        /* two Esc were received */
    uint64_t since;  /* time of the last byte */
    bool returned;   /* the last byte was a carriage return */
    unsigned row;    /* cursor row reported, from 1; 0: no report */
    unsigned column; /* cursor column reported, from 1 */
};

/*
 * Decodes BYTE, received at NOW, and returns the number of EVENTS, which may be
 * 0.  A cursor position report sets row and column; the caller reads them and
 * sets row to 0.  Initialize DECODER with zeros.
 */
unsigned escape_decode(struct escape_decoder *decoder, uint8_t byte,
                       uint64_t now, struct event events[ESCAPE_EVENTS]);

/* Time when escape_turn() is due; UINT64_MAX: never. */
uint64_t escape_due(const struct escape_decoder *decoder);

/* Checks the timeouts.  Returns true if EVENT is a lone Esc; call again then.
 */
bool escape_turn(struct escape_decoder *decoder, uint64_t now,
                 struct event *event);
