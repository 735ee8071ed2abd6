/* SPDX-License-Identifier: MIT */
/*
 * Everything that can be commanded, in one table: the menu, the line of keys
 * and the help screen are drawn from it.
 */
#ifndef UI_BASE_COMMANDS_H
#define UI_BASE_COMMANDS_H

#include "view.h"

enum command_flags {
    ON_EDITOR = 1, /* pages on which it is there */
    ON_PANEL = 2,
    ON_LARGE = 4,
    ON_LAB = 128,
    ON_DEBUG = 1024,
    EVERYWHERE = ON_EDITOR | ON_PANEL | ON_LARGE | ON_LAB | ON_DEBUG,
    LEAVES_ENTRY = 8,  /* done even while a word is being typed */
    IF_EDITED = 16,    /* asked only if the store was changed and not saved */
    LEAVES_PC = 64,    /* not where it is a kiosk */
    RELOADS = 32768,   /* asked in words that name what is lost */
    WITH_CONTROL = 32, /* its key counts only together with Ctrl, .. */
    WITH_ALT = 16384,  /* .. with Alt */
    PLAIN = 256,       /* its character counts only without Ctrl, and not in
                          the menu, where letters choose */
    CHANGES = 2048,    /* in the past it begins a new future */
    ON_SHORT = 512,    /* of those that carry it, the short screen only */
    NOT_NAMED_IN_LAB = 4096,   /* its brief is not in the lab's line of keys, */
    NOT_NAMED_IN_DEBUG = 8192, /* .. in the debugger's */
};

struct command {
    char letter;       /* in the menu; ' ': none */
    enum key key;      /* KEY_NONE: no such key */
    char control;      /* a character with Ctrl, the same; 0: none */
    const char *keys;  /* the keys' names, "" if none */
    const char *name;  /* in the menu */
    const char *brief; /* in the line of keys, with its key; NULL: not there */
    unsigned flags;
    void (*act)(struct view *view);
    const char *question; /* asked first; NULL: it is done at once */
};

struct command_table {
    const struct command *row;
    unsigned count; /* at most COMMANDS_MAX */

    /* Not in the menu. */
    const struct command *load;    /* the program chosen in the list */
    const struct command *receive; /* the program received */
};

#define COMMANDS_MAX 80

/* The flag of the base page BASE. */
unsigned command_page(enum page_id base);
/* The row whose action is ACT, which must be one. */
const struct command *command_that(const struct view *view,
                                   void (*act)(struct view *view));
/* Whether COMMAND is there on a page with the flag PAGE. */
bool command_is_on(const struct view *view, const struct command *command,
                   unsigned page);
/* .. and in the line of keys of that page, too. */
bool command_is_named(const struct view *view, const struct command *command,
                      unsigned page);
/* Whether it is there on the base page of UI. */
bool command_is_here(const struct view *view, const struct command *command);

/* Executes COMMAND, or asks first.  An entry is completed before, unless
   LEAVES_ENTRY; if it is no word, nothing is done. */
void command_do(struct view *view, const struct command *command);

/*
 * A change in the past discards everything recorded after it.  True: you may
 * make one.  False: the user is being asked; the answer "yes" executes COMMAND,
 * or if that is NULL, handles EVENT again.
 */
bool command_may_change(struct view *view, const struct command *command,
                        const struct event *event);

/* Whether EVENT is the key of COMMAND with just the Ctrl and Alt that belong to
   it; with a Windows key it is nobody's. */
bool command_is_called(const struct command *command,
                       const struct event *event);

/* The command that EVENT calls on the base page; NULL if none. */
const struct command *command_of(const struct view *view,
                                 const struct event *event);

#endif
