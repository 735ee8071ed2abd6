/* SPDX-License-Identifier: MIT */
/*
 * Key events, independent of the device.
 */
#pragma once

#include <stdbool.h>

/* Keys.  A key that writes a character is KEY_CHARACTER. */
enum key {
    KEY_NONE,
    KEY_CHARACTER, /* including Space */
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
};

struct event {
    enum key key;
    char character; /* KEY_CHARACTER: US layout, upper case with Shift */
    char position;  /* the character without Shift; 0 on the keypad */
    bool down;      /* pressed, not released */
    bool repeat;    /* repeated by the keyboard while held */
    bool control;   /* Ctrl is held */
    bool alt;       /* Alt is held; also AltGr, unless KEY_CHARACTER */
    bool windows;   /* a Windows key (on a terminal Meta) is held */
    bool tap;       /* from a terminal: no release follows */
};
