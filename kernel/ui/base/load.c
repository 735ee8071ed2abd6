/* SPDX-License-Identifier: MIT */
#include "load.h"

void load_start(struct view *view, const struct library_file *file,
                void (*then)(struct view *view, bool good))
{
    library_start(&view->load.file, file);
    load_continue(view, then);
}

void load_continue(struct view *view,
                   void (*then)(struct view *view, bool good))
{
    view->load.then = then;
    library_slice(&view->load.file, LIBRARY_FIRST_SLICE);
}

void load_cancel(struct view *view)
{
    view->load.then = NULL;
    view->load.file.file = (struct library_file){.name = NULL};
    view->load.file.reader.stage = READER_DONE;
}

void load_finish(struct view *view)
{
    void (*then)(struct view * view, bool good) = view->load.then;

    if (then == NULL || reader_is_active(&view->load.file.reader))
        return;
    view->load.then = NULL;
    then(view, view->load.file.reader.good);
    view->changed = true;
}

void load_turn(struct view *view)
{
    if (reader_is_active(&view->load.file.reader) &&
        !library_slice(&view->load.file, LIBRARY_SLICE))
        view->changed = true;
    load_finish(view);
}

bool load_file(struct view *view, const struct library_reader *file)
{
    const struct reader *reader = &file->reader;

    if (file->message[0] != '\0')
        view_message(view, "%s", file->message);
    if (!reader->good)
        return false;
    if (reader->is_state)
        session_restore(&view->session, &reader->snapshot, &reader->program);
    else
        session_load(&view->session, &reader->program);
    view->load.count++;
    view->load.name = file->file.name;
    view->session.profile = NULL;
    view->entry.typing = false;
    view->line = 1;
    view->entry.focus = FOCUS_LISTING;
    return true;
}
