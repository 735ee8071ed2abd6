/* SPDX-License-Identifier: MIT */
/*
 * Decodes scancodes into key events.  Keyboards send set 2, which the
 * controller of a PC normally translates to set 1.  Both sets are supported.
 */
#pragma once

#include "event.h"
#include <stdint.h>

struct scancode_decoder {
    bool set_2;       /* true to decode set 2; set by the caller */
    unsigned keymap;  /* see keymap.h; set by the caller, at any time */
    bool released;    /* true if the last byte was F0 (set 2 only) */
    bool extended;    /* true if the last byte was E0 */
    unsigned skip;    /* remaining bytes of a Pause sequence */
    bool modifier;    /* set when Shift, Ctrl, a lock or the like is pressed;
                         cleared by the caller */
    bool lost;        /* true if bytes were lost; see scancode_release() */
    uint32_t held[8]; /* bitmap of held keys: 128 plain, 128 with E0 */
};

/* Decodes BYTE.  Returns true if it completes an event.  Returns false for
   prefixes, shift keys, fake shifts, replies of the keyboard, unsupported keys
   and reports of lost bytes.  DECODER must be zeroed before the first call. */
bool scancode_decode(struct scancode_decoder *decoder, uint8_t byte,
                     struct event *event);

/* Releases all held keys after bytes were lost, because their state is unknown.
   Returns true if EVENT contains a release; call it until it returns false. */
bool scancode_release(struct scancode_decoder *decoder, struct event *event);
