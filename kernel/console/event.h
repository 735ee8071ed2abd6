/* SPDX-License-Identifier: MIT */
/*
 * What a person did, whatever they did it on.
 */
#ifndef CONSOLE_EVENT_H
#define CONSOLE_EVENT_H

#include <stdbool.h>

/* Keys by position.  Keys that write something have it in the event, too. */
enum key {
    KEY_NONE,
    KEY_CHARACTER, /* any key that writes a character, Space included */
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
    char character; /* of KEY_CHARACTER: US layout, upper case with Shift */
    char position;  /* what the key writes without Shift; 0 on the keypad */
    bool down;      /* pressed, not let go */
    bool repeat;    /* pressed again by the keyboard, the key being held */
    bool control;   /* Ctrl is held */
    bool alt;       /* Alt is held; AltGr counts where the key writes nothing */
    bool windows;   /* a Windows key is held; on a terminal Meta */
    bool tap;       /* from a terminal: no release will be told */
};

#endif
