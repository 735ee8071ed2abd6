/* SPDX-License-Identifier: MIT */
/*
 * Scancodes, set 1 (the set every PC's keyboard controller translates to),
 * made into events.
 */
#ifndef CONSOLE_SCANCODE_H
#define CONSOLE_SCANCODE_H

#include "event.h"
#include <stdint.h>

struct scancode_decoder {
    bool extended;    /* the byte before was E0 */
    unsigned skip;    /* bytes of the Pause key's sequence still to come */
    uint32_t held[8]; /* one bit a key: 128 plain, 128 behind E0 */
};

/*
 * Takes BYTE.  True: it completed EVENT.  False: a prefix, a shift key, a
 * fake shift, a reply of the keyboard, or a key that means nothing here.
 * A DECODER of all zeros is the start.
 */
bool scancode_decode(struct scancode_decoder *decoder, uint8_t byte,
                     struct event *event);

#endif
