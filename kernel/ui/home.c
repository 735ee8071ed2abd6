/* SPDX-License-Identifier: MIT */
/*
 * The home page: tube, listing, registers.
 */
#include "commands.h"
#include "page.h"

void home_draw(struct ui *ui)
{
    tube_draw(ui);
    listing_draw(ui);
    status_draw(ui);
}

/* A machine that runs can be stopped at any time. */
static bool stops(const struct ui *ui, const struct command *command)
{
    return ui->desk.running && command->key == KEY_F5;
}

/* Keys that repeat while held: those that move or write.  A command that is
   held happens once. */
void home_event(struct ui *ui, const struct event *event)
{
    const struct command *command = command_of(event);
    bool to_entry =
        ui->typing && (event->key == KEY_ESCAPE || event->key == KEY_DELETE);

    if (command != NULL && !to_entry) {
        if (event->repeat)
            return;
        if (!ui->typing || command->leaves_entry || stops(ui, command) ||
            editor_finish(ui))
            command_do(ui, command);
    } else if (event->key == KEY_ESCAPE && !to_entry) {
        ui->menu_row = 0;
        ui->page = PAGE_MENU;
    } else {
        editor_event(ui, event);
    }
}
