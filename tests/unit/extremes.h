/* SPDX-License-Identifier: MIT */
/* Fills the console with the widest values that its fields can show. */
#pragma once

#include "console.h"
#include "emu/session/engine_use.h"
#include <string.h>

#define WIDEST_COUNT "18 446 744 073 709 551 615"
#define WIDEST_TIME  "5124095576 h 1 min" /* 2^64 - 1 microseconds */

/* A note of the maximum length. */
#define NOTE "a note of 63 characters: 123456789 123456789 123456789 1234567"

/* Number of ways to fill the store: with numbers, or with each function. */
#define FILLINGS 9

static inline uint32_t word_of(unsigned filling)
{
    return filling == 0 ? 0x80000000 : 0x8000001F | (filling - 1) << 13;
}

static inline void fill(unsigned filling)
{
    struct session *session = &ui.view.session;
    uint32_t word = word_of(filling);

    for (unsigned line = 0; line < LINES; line++) {
        session->machine.store[line] = word;
        memcpy(session->notes.text[line], NOTE, sizeof NOTE);
    }
    session->notes.shown = UINT32_MAX;
    session->notes.numbers = filling == 0 ? UINT32_MAX : 0;
    session->machine.a = 0x80000000;
    session->machine.ci = 0x80000000;
    session->machine.pi = word;
    session->machine.instructions = UINT64_MAX;
    session->machine_us = UINT64_MAX;
    session->last = (struct last){
        .valid = true,
        .word = word,
        .operand = 0x80000000,
        .a = 0x80000000,
        .ci = UINT32_MAX,
    };
    session_state_changed(session);
    ui.view.rate = (struct rate){
        .begun = true,
        .known = true,
        .prepulses = session->machine.prepulses,
        .thousandths = UINT64_MAX,
    };
}
