/* SPDX-License-Identifier: MIT */
#include "command_dispatch.h"
#include "page_switch.h"

unsigned command_page(enum page_id base)
{
    static const unsigned flags[PAGES_BASE] = {
        [PAGE_EDITOR] = ON_EDITOR, [PAGE_PANEL] = ON_PANEL,
        [PAGE_LARGE] = ON_LARGE,   [PAGE_LAB] = ON_LAB,
        [PAGE_DEBUG] = ON_DEBUG,
    };

    return flags[base];
}

const struct command *command_that(const struct view *view,
                                   void (*act)(struct view *view))
{
    const struct command *command = view->commands->row;

    while (command->act != act)
        command++;
    return command;
}

bool command_is_on(const struct view *view, const struct command *command,
                   unsigned page)
{
    if (command->flags & LEAVES_PC && view->options.kiosk > 0)
        return false;
    return command->flags & page;
}

bool command_is_named(const struct view *view, const struct command *command,
                      unsigned page)
{
    unsigned unnamed = (page & ON_LAB ? NOT_NAMED_IN_LAB : 0) |
                       (page & ON_DEBUG ? NOT_NAMED_IN_DEBUG : 0);

    return command->brief != NULL && !(command->flags & unnamed) &&
           command_is_on(view, command, page);
}

bool command_is_here(const struct view *view, const struct command *command)
{
    return command_is_on(view, command, command_page(view->base));
}

bool command_is_in_menu(const struct view *view, const struct command *command)
{
    return command_is_here(view, command) && !(command->flags & NOT_IN_MENU);
}

/* F5 must stop the machine even while an invalid entry is being typed. */
static bool may_leave_entry(struct view *view, const struct command *command)
{
    bool halts = session_runs(&view->session) && command->key == KEY_F5;

    return !view->entry.typing || command->flags & LEAVES_ENTRY || halts ||
           page_commit(view);
}

static void discard_future(struct view *view)
{
    session_discard_future(&view->session);
    if (view->question.then != NULL)
        command_do(view, view->question.then);
    else
        view->question.replay = true;
}

static const struct command command_discard = {
    .name = "Change the past",
    .keys = "",
    .letter = ' ',
    .flags = EVERYWHERE,
    .act = discard_future,
    .question = "Discard everything recorded after this point?",
};

bool command_may_change(struct view *view, const struct command *command,
                        const struct event *event)
{
    if (!session_in_past(&view->session))
        return true;
    session_set_cs(&view->session, false);
    view->question.then = command;
    if (event != NULL)
        view->question.event = *event;
    view->question.command = &command_discard;
    view->question.from = view->base;
    page_open(view, PAGE_ASK);
    return false;
}

unsigned command_loses(const struct view *view, const struct command *command)
{
    if (command->flags & LOSES_EDITS && session_is_unsaved(&view->session))
        return view->guests->focus;
    return command->flags & LOSES_MACHINES ? guests_unsaved(view->guests) : 0;
}

void command_do(struct view *view, const struct command *command)
{
    if (!may_leave_entry(view, command)) {
        page_back(view);
        return;
    }
    if (command->flags & CHANGES && !command_may_change(view, command, NULL))
        return;
    if (command->question != NULL || command_loses(view, command) != 0) {
        view->question.command = command;
        view->question.from = view->page;
        page_open(view, PAGE_ASK);
    } else {
        page_back(view);
        command->act(view);
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
        return command->control ==
               (plain ? lower(event->character) : event->character);
    return command->key == event->key;
}

const struct command *command_of(const struct view *view,
                                 const struct event *event)
{
    const struct command_table *table = view->commands;

    for (unsigned i = 0; i < table->count; i++)
        if (command_is_here(view, &table->row[i]) &&
            command_is_called(&table->row[i], event))
            return &table->row[i];
    return NULL;
}
