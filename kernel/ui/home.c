/* SPDX-License-Identifier: MIT */
/*
 * The home page: tube, listing, registers.
 */
#include "commands.h"
#include "screen.h"

void home_draw(struct ui *ui)
{
    tube_draw(ui);
    listing_draw(ui);
    status_draw(ui);
}

/* Keys that repeat while held: those that move or write.  A command that is
   held happens once. */
void home_event(struct ui *ui, const struct event *event)
{
    const struct command *command = command_of(event);
    bool to_entry = ui->typing && (event->key == KEY_ESCAPE ||
                                   event->key == KEY_DELETE);

    if (command != NULL && !to_entry) {
        if (event->repeat)
            return;
        if (!ui->typing || editor_finish(ui))
            command_do(ui, command);
    } else if (event->key == KEY_ESCAPE && !to_entry) {
        ui->menu_row = 0;
        ui->page = PAGE_MENU;
    } else {
        editor_event(ui, event);
    }
}
