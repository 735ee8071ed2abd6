/* SPDX-License-Identifier: MIT */
#include "confirm.h"
#include "command_dispatch.h"
#include "page_draw.h"
#include "page_switch.h"

#define WIDTH         60
#define TEXT_WIDTH    (WIDTH - 6)
#define QUESTION_SIZE 160
#define LOSS_ROWS     3

/* Returns true if the command loses unsaved edits and cannot be undone. */
static bool is_final(const struct view *view)
{
    bool undone = view->question.command->flags & RELOADS &&
                  view->session.journal != NULL;

    return view->question.command->flags & LOSES_EDITS && !undone &&
           session_is_unsaved(&view->session);
}

/* Names the program that would be lost, and says how. */
static unsigned draw_loss(struct view *view, unsigned row, unsigned column)
{
    unsigned lines = session_lines_unsaved(&view->session);
    const char *title = view_title(view);
    char line[QUESTION_SIZE];
    struct strbuf text = strbuf_begin(line, sizeof line);

    page_cut(view, row, column, TEXT_WIDTH, ATTR_STRONG,
             title[0] != '\0' ? title : "The program you entered");
    strbuf_add(&text, "has unsaved changes");
    if (lines > 0)
        strbuf_add(&text, " (%u line%s)", lines, lines == 1 ? "" : "s");
    strbuf_add(&text, is_final(view)
                          ? ", which will be lost. F3 can save them first."
                          : ". The file replaces them; Ctrl-Z undoes this.");
    page_prose(view, row + 1, LOSS_ROWS - 1, column, TEXT_WIDTH, ATTR_STRONG,
               line);
    return row + LOSS_ROWS;
}

void confirm_draw(struct view *view)
{
    const struct command *command = view->question.command;
    bool loses =
        command->flags & LOSES_EDITS && session_is_unsaved(&view->session);
    unsigned height = 5 + (loses ? LOSS_ROWS : 0);
    unsigned row = (view->layout->rows - height) / 2 + 2;
    unsigned column = (PAGE_COLUMNS - WIDTH) / 2 + 3;

    cells_dialog(&view->cells, row - 2, column - 3, height, WIDTH, ATTR_STRONG,
                 command->question != NULL ? command->question : command->name);
    if (loses)
        row = draw_loss(view, row, column) + 1;
    cells_text(&view->cells, row, column, ATTR_TEXT,
               is_final(view) ? "Y: yes, lose them     N, Enter or Esc: no"
                              : "Y or Enter: yes     N or Esc: no");
}

void confirm_event(struct view *view, const struct event *event)
{
    char answer = event->key == KEY_CHARACTER ? upper(event->character) : '\0';
    bool enter = event->key == KEY_ENTER;

    if (event->repeat)
        return;
    if (answer == 'Y' || (enter && !is_final(view))) {
        page_back(view);
        view->question.command->act(view);
    } else if (event->key == KEY_ESCAPE || answer == 'N' || enter) {
        page_open(view, view->question.from);
    }
}
