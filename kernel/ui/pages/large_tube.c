/* SPDX-License-Identifier: MIT */
#include "large_tube.h"
#include "ui/base/command_dispatch.h"
#include "ui/base/explain.h"
#include "ui/base/menu.h"
#include "ui/base/status.h"
#include "ui/base/tube.h"

#define CAPTION_ROW  4
#define CAPTION_SIZE 200

/* The program, what it does, and for how long, in words. */
static void draw_caption(struct view *view)
{
    char buffer[CAPTION_SIZE];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);
    unsigned row =
        tube_caption(view, CAPTION_ROW, ATTR_STRONG, "", view_title(view));

    explain_last(&text, &view->session);
    row = tube_caption(view, row, ATTR_STRONG, "last instruction", buffer);
    text = strbuf_begin(buffer, sizeof buffer);
    strbuf_add_grouped(&text, session_instructions(&view->session));
    row = tube_caption(view, row, ATTR_TEXT, "instructions", buffer);
    text = strbuf_begin(buffer, sizeof buffer);
    status_add_time(&text, view);
    row = tube_caption(view, row, ATTR_TEXT, "machine time", buffer);
    text = strbuf_begin(buffer, sizeof buffer);
    status_add_rate(&text, view->rate.thousandths);
    if (view->rate.known)
        row = tube_caption(view, row, ATTR_TEXT, "speed", buffer);
    tube_caption(view, row, ATTR_LABEL, "tube", monitor_name(view->monitor));
}

void large_draw(struct view *view)
{
    tube_draw_large(view, &view->session, view->monitor);
    if (view->layout->caption == 0) {
        status_draw(view);
        return;
    }
    draw_caption(view);
    status_draw_bars(view);
    status_draw_message(view);
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
