/* SPDX-License-Identifier: MIT */
/*
 * Everything that can be commanded, in one table: the menu, the line of keys
 * and the help screen are drawn from it.
 */
#ifndef UI_COMMANDS_H
#define UI_COMMANDS_H

#include "ui.h"

struct command {
    char letter;       /* in the menu */
    enum key key;      /* on the home page; KEY_NONE: menu only */
    char control;      /* with Ctrl, the same; 0: none */
    const char *keys;  /* the keys' names, "" if none */
    const char *name;  /* in the menu */
    const char *brief; /* in the line of keys, with its key; NULL: not there */
    /* Asked first: always, or only if the store was edited by hand. */
    const char *question;
    bool only_if_edited;
    bool leaves_entry; /* done even while a word is being typed */
    void (*act)(struct ui *ui);
};

extern const struct command command_table[];
extern const unsigned command_count;

/* Rows of the table that others open the menu at, or ask about. */
extern const struct command *const command_load;
unsigned command_leave_row(void);

/* Does COMMAND, or asks first. */
void command_do(struct ui *ui, const struct command *command);

/* The command that EVENT calls on the home page; NULL if none. */
const struct command *command_of(const struct event *event);

#endif
