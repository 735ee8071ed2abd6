/* SPDX-License-Identifier: MIT */
#include "large_tube.h"
#include "ui/base/command_dispatch.h"
#include "ui/base/menu.h"
#include "ui/base/status.h"
#include "ui/base/tube.h"

void large_draw(struct view *view)
{
    tube_draw_large(view, &view->session, view->monitor);
    status_draw(view);
}

void large_event(struct view *view, const struct event *event)
{
    const struct command *command = command_of(view, event);

    if (event->repeat)
        return;
    if (command != NULL)
        command_do(view, command);
    else if (event->key == KEY_ESCAPE)
        menu_open(view);
}
