/* SPDX-License-Identifier: MIT */
/* Key events, independent of the input device. */
#pragma once

#include <stdbool.h>

/* Keys.  All keys that type a character are KEY_CHARACTER. */
enum key {
    KEY_NONE,
    KEY_CHARACTER,
    KEY_ENTER,
    KEY_ESCAPE,
    KEY_BACKSPACE,
    KEY_TAB,
    KEY_UP,
    KEY_DOWN,
    KEY_LEFT,
    KEY_RIGHT,
    KEY_HOME,
    KEY_END,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_INSERT,
    KEY_DELETE,
    KEY_F1,
    KEY_F2,
    KEY_F3,
    KEY_F4,
    KEY_F5,
    KEY_F6,
    KEY_F7,
    KEY_F8,
    KEY_F9,
    KEY_F10,
    KEY_F11,
    KEY_F12,
    KEY_UNTYPED, /* has a position, but types no character of the console */
};

struct event {
    enum key key;
    char character; /* character typed, if KEY_CHARACTER */
    char position;  /* see keymap.h; 0 on the keypad, or if US keyboards lack
                       the key */
    bool down;      /* true if pressed, false if released */
    bool repeat;    /* true if this is a repeat of a held key */
    bool control;   /* true if Ctrl is held */
    bool alt;       /* true if Alt (or AltGr, unless KEY_CHARACTER) is held */
    bool windows;   /* true if a Windows key (or Meta on a terminal) is held */
    bool tap;       /* true if sent by a terminal, which reports no release */
};
