/* SPDX-License-Identifier: MIT */
/*
 * Keyboards of several countries: which character a key types.  Only characters
 * in ASCII are typed, and accents that wait for a letter are typed at once.
 *
 * A key has the same scancode everywhere.  Its position is the character that
 * it types on a US keyboard without Shift.
 */
#pragma once

#include "emu/text/strbuf.h"
#include <stdbool.h>
#include <stdint.h>

struct keymap {
    const char *name;  /* value of the option keymap= */
    const char *label; /* for messages */
    /* Characters of KEYMAP_KEYS keys in the order of their scancodes in
       keymap.c; ' ' if none.  A capital letter in `plain` stands for a small
       letter with an accent, which types nothing.  If alt_gr is NULL, AltGr has
       no effect; if shift_alt_gr is NULL, no key types with both. */
    const char *plain, *shift, *alt_gr, *shift_alt_gr;
};

#define KEYMAP_KEYS 48
#define KEYMAPS     12

/* A keymap is an index into this table.  0 is that of the US. */
extern const struct keymap keymaps[KEYMAPS];

/* Returns the character that the key with scancode CODE types, or 0. */
char keymap_character(unsigned keymap, uint8_t code, bool shift, bool alt_gr);

/* Returns the position of the key with scancode CODE, or 0 if US keyboards have
   no such key. */
char keymap_position(uint8_t code);

/* Returns the position of the key that types CHARACTER, or 0 if there is none.
   For terminals, which send characters only. */
char keymap_find(unsigned keymap, char character);

/* Returns what to show as the cap of the key at POSITION: a digit or a capital
   letter if the key has one, or another character; a small letter if the key
   has that letter with an accent; ' ' if it has nothing in ASCII. */
char keymap_cap(unsigned keymap, char position);

/* Adds SENTENCE, in which @ and the position of a key stand for its cap. */
void keymap_add(struct strbuf *text, unsigned keymap, const char *sentence);
