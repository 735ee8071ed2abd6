/* SPDX-License-Identifier: MIT */
/*
 * Commands.  The menu, the line of keys and the help pages are drawn from one
 * table.
 */
#pragma once

#include "view.h"

enum command_flags {
    ON_EDITOR = 1, /* ON_...: pages that have the command */
    ON_PANEL = 2,
    ON_LARGE = 4,
    ON_LAB = 128,
    ON_DEBUG = 1024,
    EVERYWHERE = ON_EDITOR | ON_PANEL | ON_LARGE | ON_LAB | ON_DEBUG,
    LEAVES_ENTRY = 8,  /* executed while a word is being typed */
    IF_EDITED = 16,    /* asks only if the store has unsaved edits */
    LEAVES_PC = 64,    /* not available in a kiosk */
    RELOADS = 32768,   /* the question names what is lost */
    WITH_CONTROL = 32, /* its key needs Ctrl */
    WITH_ALT = 16384,  /* its key needs Alt */
    PLAIN = 256, /* its character is typed without Ctrl; not in the menu, where
                    letters select */
    CHANGES = 2048, /* in the past, discards what was recorded after it */
    ON_SHORT = 512, /* only on the short screen */
    NOT_NAMED_IN_LAB = 4096,   /* not in the lab's line of keys */
    NOT_NAMED_IN_DEBUG = 8192, /* not in the debugger's line of keys */
};

struct command {
    char letter;       /* in the menu; ' ': none */
    enum key key;      /* KEY_NONE: no such key */
    char control;      /* a character typed with Ctrl; 0: none */
    const char *keys;  /* the keys' names, "" if none */
    const char *name;  /* in the menu */
    const char *brief; /* in the line of keys, with its key; NULL: not in it */
    unsigned flags;
    void (*act)(struct view *view);
    const char *question; /* asked first; NULL: executed at once */
};

struct command_table {
    const struct command *row;
    unsigned count; /* at most COMMANDS_MAX */

    /* Not in the menu. */
    const struct command *load;    /* the program selected in the list */
    const struct command *receive; /* the program received */
};

#define COMMANDS_MAX 80

/* The flag of the base page BASE. */
unsigned command_page(enum page_id base);
/* The command whose action is ACT; there must be one. */
const struct command *command_that(const struct view *view,
                                   void (*act)(struct view *view));
/* Whether COMMAND exists on the page with the flag PAGE. */
bool command_is_on(const struct view *view, const struct command *command,
                   unsigned page);
/* Whether the line of keys of that page shows COMMAND. */
bool command_is_named(const struct view *view, const struct command *command,
                      unsigned page);
/* Whether COMMAND exists on the base page. */
bool command_is_here(const struct view *view, const struct command *command);

/* Executes COMMAND, or asks first.  An entry being typed is completed before,
   unless LEAVES_ENTRY; if it is no word, nothing is executed. */
void command_do(struct view *view, const struct command *command);

/*
 * A change in the past discards everything recorded after it.  True: you may
 * make one.  False: the user is being asked; the answer "yes" executes COMMAND,
 * or if that is NULL, handles EVENT again.
 */
bool command_may_change(struct view *view, const struct command *command,
                        const struct event *event);

/* Whether EVENT is the key of COMMAND with exactly its modifiers.  No command
   uses a Windows key. */
bool command_is_called(const struct command *command,
                       const struct event *event);

/* The command of EVENT on the base page; NULL: none. */
const struct command *command_of(const struct view *view,
                                 const struct event *event);
