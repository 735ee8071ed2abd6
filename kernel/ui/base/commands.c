/* SPDX-License-Identifier: MIT */
/*
 * How commands are found and called; what they are is in command_table.c.
 */
#include "commands.h"
#include "page.h"

unsigned command_page(enum page base)
{
    static const unsigned flags[PAGES_BASE] = {
        [PAGE_EDITOR] = ON_EDITOR, [PAGE_PANEL] = ON_PANEL,
        [PAGE_LARGE] = ON_LARGE,   [PAGE_LAB] = ON_LAB,
        [PAGE_DEBUG] = ON_DEBUG,
    };

    return flags[base];
}

const struct command *command_that(void (*act)(struct ui *ui))
{
    const struct command *command = command_table;

    while (command->act != act)
        command++;
    return command;
}

bool command_is_on(const struct ui *ui, const struct command *command,
                   unsigned page)
{
    if (command->flags & LEAVES_PC && ui->options.kiosk > 0)
        return false;
    if (command->flags & ON_SHORT && !ui->layout->halves)
        return false;
    return command->flags & page;
}

bool command_is_named(const struct ui *ui, const struct command *command,
                      unsigned page)
{
    unsigned unnamed = (page & ON_LAB ? NOT_NAMED_IN_LAB : 0) |
                       (page & ON_DEBUG ? NOT_NAMED_IN_DEBUG : 0);

    return command->brief != NULL && !(command->flags & unnamed) &&
           command_is_on(ui, command, page);
}

bool command_is_here(const struct ui *ui, const struct command *command)
{
    return command_is_on(ui, command, command_page(ui->base));
}

/* A word that is being typed is taken first; a machine that runs is stopped
   whatever stands there. */
static bool may_leave_entry(struct ui *ui, const struct command *command)
{
    bool breakpoints = session_runs(&ui->session) && command->key == KEY_F5;

    return !ui->typing || command->flags & LEAVES_ENTRY || breakpoints ||
           editor_finish(ui);
}

void command_do(struct ui *ui, const struct command *command)
{
    if (!may_leave_entry(ui, command)) {
        ui_back(ui);
        return;
    }
    if (command->flags & CHANGES && !future_may_begin(ui, command, NULL))
        return;
    bool asks = command->question != NULL && (!(command->flags & IF_EDITED) ||
                                              session_is_unsaved(&ui->session));

    if (asks) {
        ui->ask = command;
        ui->asked_on = ui->page;
        ui_open(ui, PAGE_ASK);
    } else {
        ui_back(ui);
        command->act(ui);
    }
}

bool command_is_called(const struct command *command, const struct event *event)
{
    bool plain = command->flags & PLAIN;
    bool writes = event->key == KEY_CHARACTER;
    bool control = writes ? !plain : command->flags & WITH_CONTROL;
    bool alt = command->flags & WITH_ALT;

    if (event->control != control || event->alt != alt || event->windows)
        return false;
    if (writes)
        return command->control == (plain ? event->position : event->character);
    return command->key == event->key;
}

const struct command *command_of(const struct ui *ui, const struct event *event)
{
    for (unsigned i = 0; i < command_count; i++)
        if (command_is_here(ui, &command_table[i]) &&
            command_is_called(&command_table[i], event))
            return &command_table[i];
    return NULL;
}
