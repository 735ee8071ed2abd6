/* SPDX-License-Identifier: MIT */
/*
 * Reads files for the console, one at a time and a slice in each turn, so that
 * keys are answered meanwhile, and loads what was read.
 */
#include "page.h"

void ui_read(struct ui *ui, const struct library_file *file,
             void (*then)(struct ui *ui, bool good))
{
    library_start(&ui->reading, file);
    ui_read_on(ui, then);
}

void ui_read_on(struct ui *ui, void (*then)(struct ui *ui, bool good))
{
    ui->read_then = then;
    library_slice(&ui->reading, LIBRARY_AT_ONCE);
}

void ui_read_cancel(struct ui *ui)
{
    ui->read_then = NULL;
    ui->reading.file = (struct library_file){.name = NULL};
    ui->reading.reader.stage = READER_DONE;
}

void load_finish(struct ui *ui)
{
    void (*then)(struct ui * ui, bool good) = ui->read_then;

    if (then == NULL || reader_is_active(&ui->reading.reader))
        return;
    ui->read_then = NULL;
    then(ui, ui->reading.reader.good);
    ui->changed = true;
}

void load_turn(struct ui *ui)
{
    if (reader_is_active(&ui->reading.reader) &&
        !library_slice(&ui->reading, LIBRARY_SLICE))
        ui->changed = true;
    load_finish(ui);
}

bool ui_load(struct ui *ui, const struct library_reader *read)
{
    const struct reader *reader = &read->reader;

    if (read->says[0] != '\0')
        ui_message(ui, "%s", read->says);
    if (!reader->good)
        return false;
    if (read->is_state)
        session_restore(&ui->session, &reader->snapshot, &reader->program);
    else
        session_load(&ui->session, &reader->program);
    debug_forget(ui);
    ui->typing = false;
    ui->line = 1;
    ui->focus = FOCUS_LISTING;
    return true;
}
