/* SPDX-License-Identifier: MIT */
/* Commands, from which the menu, the key bar and the help are generated */
#pragma once

#include "view.h"

enum command_flags {
    /* Pages on which the command is available */
    ON_EDITOR = 1,
    ON_PANEL = 2,
    ON_LARGE = 4,
    ON_LAB = 128,
    ON_DEBUG = 1024,
    EVERYWHERE = ON_EDITOR | ON_PANEL | ON_LARGE | ON_LAB | ON_DEBUG,
    LEAVES_ENTRY = 8,          /* can be used while an entry is being typed */
    LOSES_EDITS = 16,          /* asks if there are unsaved edits */
    LEAVES_PC = 64,            /* not available in kiosk mode */
    RELOADS = 32768,           /* can be undone, although it LOSES_EDITS */
    WITH_CONTROL = 32,         /* key requires Ctrl */
    WITH_ALT = 16384,          /* key requires Alt */
    PLAIN = 256,               /* letter without Ctrl, disabled in the menu */
    CHANGES = 2048,            /* asks before discarding recorded history */
    NOT_NAMED_IN_LAB = 4096,   /* not shown in the lab's key bar */
    NOT_NAMED_IN_DEBUG = 8192, /* not shown in the debugger's key bar */
    NOT_IN_MENU = 65536,       /* offered by a message, and in the help */
    LOSES_MACHINES = 131072,   /* LOSES_EDITS of all machines */
};

struct command {
    char letter;       /* letter in the menu, or ' ' if there is none */
    enum key key;      /* function or editing key, or KEY_NONE */
    char control;      /* shortcut letter (with Ctrl unless PLAIN), or 0 */
    const char *keys;  /* key names as displayed, may be empty */
    const char *name;  /* name shown in the menu */
    const char *brief; /* text in the key bar, or NULL if not shown there */
    unsigned flags;
    void (*act)(struct view *view);
    const char *question; /* asked in any case, or NULL */
};

struct command_table {
    const struct command *row;
    unsigned count; /* number of rows, at most COMMANDS_MAX */

    /* Commands that are not in the menu */
    const struct command *load;    /* loads the program selected in the list */
    const struct command *receive; /* loads the program received */
    const struct command *new_machine; /* runs it as another machine */
};

#define COMMANDS_MAX 80

/* Returns the ON_... flag of a base page. */
unsigned command_page(enum page_id base);
/* Returns the command whose action is ACT, which must exist. */
const struct command *command_that(const struct view *view,
                                   void (*act)(struct view *view));
/* Returns true if COMMAND is available on the page with this ON_... flag. */
bool command_is_on(const struct view *view, const struct command *command,
                   unsigned page);
/* Returns true if COMMAND is shown in the key bar of the given page. */
bool command_is_named(const struct view *view, const struct command *command,
                      unsigned page);
/* Returns true if COMMAND is available on the current base page. */
bool command_is_here(const struct view *view, const struct command *command);
/* Returns true if COMMAND is also in the menu of that page. */
bool command_is_in_menu(const struct view *view, const struct command *command);

/* Returns the number of a machine whose unsaved edits COMMAND loses, or 0. */
unsigned command_loses(const struct view *view, const struct command *command);

/* Executes COMMAND after completing any entry being typed and, if necessary,
   asking for confirmation.  An invalid entry prevents execution. */
void command_do(struct view *view, const struct command *command);

/* Returns true if the session may be changed now.  In the past, where a change
   would discard everything recorded after it, opens a question and returns
   false.  If the user then agrees, COMMAND is executed or, if it is NULL, EVENT
   is handled again. */
bool command_may_change(struct view *view, const struct command *command,
                        const struct event *event);

/* Returns true if EVENT is the key of COMMAND with exactly its modifiers.
   Commands never use the Windows keys. */
bool command_is_called(const struct command *command,
                       const struct event *event);

/* Returns the command bound to EVENT on the base page, or NULL. */
const struct command *command_of(const struct view *view,
                                 const struct event *event);
