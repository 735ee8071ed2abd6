/* SPDX-License-Identifier: MIT */
/*
 * A change in the past begins a new future: what came after is forgotten, so
 * it is asked first.
 */
#include "commands.h"
#include "page.h"

static void begin(struct ui *ui)
{
    struct event again = ui->asked_at;

    session_discard_future(&ui->session);
    if (ui->asked_for != NULL) {
        command_do(ui, ui->asked_for);
        return;
    }
    /* That key has been let go meanwhile. */
    again.tap = true;
    ui_event(ui, &again);
}

static const struct command command_begin = {
    ' ',
    KEY_NONE,
    0,
    "",
    "A new future",
    NULL,
    EVERYWHERE,
    begin,
    "Forget all that comes after this, and go on from here?"};

bool future_may_begin(struct ui *ui, const struct command *command,
                      const struct event *event)
{
    if (!session_in_past(&ui->session))
        return true;
    session_set_cs(&ui->session, false); /* it waits for the answer */
    ui->asked_for = command;
    if (event != NULL)
        ui->asked_at = *event;
    ui->ask = &command_begin;
    ui->asked_on = ui->base;
    ui_open(ui, PAGE_ASK);
    return false;
}
