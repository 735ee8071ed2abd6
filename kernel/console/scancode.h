/* SPDX-License-Identifier: MIT */
/*
 * Scancodes made into events: of set 1, to which a PC's keyboard controller
 * translates, or of set 2, which keyboards send.
 */
#ifndef CONSOLE_SCANCODE_H
#define CONSOLE_SCANCODE_H

#include "event.h"
#include <stdint.h>

struct scancode_decoder {
    bool set_2;       /* the caller says which */
    bool released;    /* of set 2: the byte before was F0 */
    bool extended;    /* the byte before was E0 */
    unsigned skip;    /* bytes of the Pause key's sequence still to come */
    bool lost;        /* bytes were lost: ask scancode_let_go() */
    uint32_t held[8]; /* one bit a key: 128 plain, 128 behind E0 */
};

/*
 * Takes BYTE.  True: it completed EVENT.  False: a prefix, a shift key, a
 * fake shift, a reply of the keyboard, or a key that means nothing here; or
 * the keyboard says that it lost bytes.  A DECODER of all zeros is the start.
 */
bool scancode_decode(struct scancode_decoder *decoder, uint8_t byte,
                     struct event *event);

/*
 * After bytes were lost: nobody knows which keys are still held, so all are
 * taken for let go.  True: EVENT says so of one; ask again.  False: that was
 * all, or nothing was lost.
 */
bool scancode_let_go(struct scancode_decoder *decoder, struct event *event);

#endif
