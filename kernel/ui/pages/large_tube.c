/* SPDX-License-Identifier: MIT */
/*
 * The tube as large as the screen allows, for projectors: each digit is two
 * cells wide.
 */
#include "ui/base/commands.h"
#include "ui/base/page.h"

void large_tube(struct ui *ui, const struct session *session,
                enum monitor monitor)
{
    const struct layout *layout = ui->layout;
    const struct monitor_look look = {
        .row = layout->store,
        .column = LARGE_COLUMN,
        .width = 2,
        .halves = layout->halves,
        .keep_pi = ui->options.keep_pi,
        .line = -1,
        .digit = -1,
    };

    monitor_draw(&ui->cells, session, monitor, &look);
    if (!layout->halves)
        cells_frame(&ui->cells, layout->store - 1, LARGE_COLUMN - 2, LINES + 2,
                    2 * DIGITS + 4, ATTR_LABEL);
}

void large_draw(struct ui *ui)
{
    large_tube(ui, &ui->session, ui->monitor);
    status_draw(ui);
}

void large_event(struct ui *ui, const struct event *event)
{
    const struct command *command = command_of(ui, event);

    if (event->repeat)
        return;
    if (command != NULL)
        command_do(ui, command);
    else if (event->key == KEY_ESCAPE)
        menu_open(ui);
}
