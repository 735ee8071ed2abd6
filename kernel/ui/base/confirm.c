/* SPDX-License-Identifier: MIT */
#include "confirm.h"
#include "command_dispatch.h"
#include "page_draw.h"
#include "page_switch.h"

#define WIDTH        60
#define TITLE        40 /* maximum length of the program title */
#define QUESTION_MAX 200

static void add_loss(struct strbuf *text, const struct view *view)
{
    unsigned lines = session_lines_unsaved(&view->session);
    const char *title = view->session.loaded.program.head;
    unsigned length = 0;

    while (length < TITLE && title[length] != '\0' && title[length] != '\n')
        length++;
    if (lines > 0)
        strbuf_add(text, "%u line%s you changed will be replaced by ", lines,
                   lines == 1 ? "" : "s");
    else
        strbuf_add(text, "Your changes will be replaced by ");
    if (length > 0)
        strbuf_add(text, "\"%.*s\"", (int)length, title);
    else
        strbuf_add(text, "the program");
    strbuf_add(text, " as last loaded or saved. %s",
               view->session.journal != NULL
                   ? "Ctrl-Z undoes this."
                   : "This PC cannot undo it: save with F3.");
}

void confirm_draw(struct view *view)
{
    bool reloads = view->question.command->flags & RELOADS;
    unsigned rows = reloads ? 3 : 1, height = rows + 5;
    unsigned row = (view->layout->rows - height) / 2;
    unsigned column = (CELLS_COLUMNS - WIDTH) / 2;
    char question[QUESTION_MAX];
    struct strbuf text = strbuf_begin(question, sizeof question);

    if (reloads)
        add_loss(&text, view);
    else
        strbuf_add(&text, "%s", view->question.command->question);
    cells_box(&view->cells, row, column, height, WIDTH, ATTR_STRONG,
              view->question.command->name);
    page_prose(view, row + 2, rows, column + 3, WIDTH - 6, ATTR_STRONG,
               question);
    cells_text(&view->cells, row + height - 3, column + 3, ATTR_TEXT,
               "Y or Enter: yes     N or Esc: no");
}

void confirm_event(struct view *view, const struct event *event)
{
    char answer = event->key == KEY_CHARACTER ? event->character : '\0';

    if (event->repeat)
        return;
    if (event->key == KEY_ENTER || answer == 'y' || answer == 'Y') {
        page_back(view);
        view->question.command->act(view);
    } else if (event->key == KEY_ESCAPE || answer == 'n' || answer == 'N') {
        page_open(view, view->question.from);
    }
}
