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
    const struct command *command = view->question.command;
    bool undone = command->flags & RELOADS && view->session.journal != NULL;

    return !undone && command_loses(view, command) != 0;
}

static void draw_title(struct view *view, unsigned row, unsigned column,
                       unsigned number)
{
    const struct session *session = guests_session(view->guests, number);
    bool here = number == view->guests->focus;
    const char *title =
        here ? view_title(view) : session->notes.text[NOTE_TITLE];
    char line[QUESTION_SIZE];
    struct strbuf text = strbuf_begin(line, sizeof line);

    if (!here)
        strbuf_add(&text, "Machine %u: ", number);
    if (title[0] == '\0')
        title = here ? "The program you entered" : "the program entered";
    strbuf_add(&text, "%s", title);
    page_cut(view, row, column, TEXT_WIDTH, ATTR_STRONG, line);
}

/* Returns what can be done about it. */
static const char *remedy(const struct view *view, unsigned number)
{
    if (!is_final(view))
        return ". The file replaces them; Ctrl-Z undoes this.";
    return number == view->guests->focus
               ? ", which will be lost. F3 can save them first."
               : ", which will be lost. Ctrl-G, Enter, F3 can save them.";
}

/* Names the program of machine NUMBER that would be lost, and says how. */
static unsigned draw_loss(struct view *view, unsigned row, unsigned column,
                          unsigned number)
{
    unsigned lines =
        session_lines_unsaved(guests_session(view->guests, number));
    char line[QUESTION_SIZE];
    struct strbuf text = strbuf_begin(line, sizeof line);

    draw_title(view, row, column, number);
    strbuf_add(&text, "has unsaved changes");
    if (lines > 0)
        strbuf_add(&text, " (%u line%s)", lines, lines == 1 ? "" : "s");
    strbuf_add(&text, "%s", remedy(view, number));
    page_prose(view, row + 1, LOSS_ROWS - 1, column, TEXT_WIDTH, ATTR_STRONG,
               line);
    return row + LOSS_ROWS;
}

void confirm_draw(struct view *view)
{
    const struct command *command = view->question.command;
    unsigned loses = command_loses(view, command);
    unsigned height = 5 + (loses != 0 ? LOSS_ROWS : 0);
    unsigned row = (view->layout->rows - height) / 2 + 2;
    unsigned column = (PAGE_COLUMNS - WIDTH) / 2 + 3;

    cells_dialog(&view->cells, row - 2, column - 3, height, WIDTH, ATTR_STRONG,
                 command->question != NULL ? command->question : command->name);
    if (loses != 0)
        row = draw_loss(view, row, column, loses) + 1;
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
