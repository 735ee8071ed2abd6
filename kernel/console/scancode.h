/* SPDX-License-Identifier: MIT */
/*
 * Decodes scancodes into key events: set 1, to which a PC's keyboard controller
 * translates, or set 2, which keyboards send.
 */
#pragma once

#include "event.h"
#include <stdint.h>

struct scancode_decoder {
    bool set_2;       /* set by the caller; else set 1 */
    bool released;    /* set 2: the last byte was F0 */
    bool extended;    /* the last byte was E0 */
    unsigned skip;    /* remaining bytes of the Pause key */
    bool lost;        /* bytes were lost: call scancode_release() */
    uint32_t held[8]; /* one bit per key: 128 plain, 128 after E0 */
};

/*
 * Decodes BYTE.  Returns true if it completes EVENT; false for a prefix, a
 * shift key, a fake shift, a reply of the keyboard, an unsupported key, and
 * a report of lost bytes.  Initialize DECODER with zeros.
 */
bool scancode_decode(struct scancode_decoder *decoder, uint8_t byte,
                     struct event *event);

/* After lost bytes the keys held are unknown, so all are released.  Returns
   true if EVENT is a release; call again then. */
bool scancode_release(struct scancode_decoder *decoder, struct event *event);
