/* SPDX-License-Identifier: MIT */
/*
 * "Are you sure?"
 */
#include "commands.h"
#include "page.h"

#define WIDTH        60
#define TITLE        40 /* characters of a program's title */
#define QUESTION_MAX 200

/* What a reload drops, and what for. */
static void add_loss(struct strbuf *text, const struct ui *ui)
{
    unsigned lines = session_lines_unsaved(&ui->session);
    const char *title = ui->session.loaded.program.head;
    unsigned length = 0;

    while (length < TITLE && title[length] != '\0' && title[length] != '\n')
        length++;
    if (lines > 0)
        strbuf_add(text, "%u line%s changed by hand %s replaced by ", lines,
                   lines == 1 ? "" : "s", lines == 1 ? "is" : "are");
    else
        strbuf_add(text, "What was changed by hand is replaced by ");
    if (length > 0)
        strbuf_add(text, "\"%.*s\",", (int)length, title);
    else
        strbuf_add(text, "the program");
    strbuf_add(text, " as loaded or saved last. %s",
               ui->journal != NULL ? "Ctrl-Z undoes that."
                                   : "This PC cannot undo that; F3 saves.");
}

void ask_draw(struct ui *ui)
{
    bool reloads = ui->ask->flags & RELOADS;
    unsigned rows = reloads ? 3 : 1, height = rows + 5;
    unsigned row = (ui->layout->rows - height) / 2;
    unsigned column = (CELLS_COLUMNS - WIDTH) / 2;
    char question[QUESTION_MAX];
    struct strbuf text = strbuf_begin(question, sizeof question);

    if (reloads)
        add_loss(&text, ui);
    else
        strbuf_add(&text, "%s", ui->ask->question);
    cells_box(&ui->cells, row, column, height, WIDTH, ATTR_STRONG,
              ui->ask->name);
    page_prose(ui, row + 2, rows, column + 3, WIDTH - 6, ATTR_STRONG, question);
    cells_text(&ui->cells, row + height - 3, column + 3, ATTR_TEXT,
               "Y or Enter: yes     N or Esc: no");
}

void ask_event(struct ui *ui, const struct event *event)
{
    char answer = event->key == KEY_CHARACTER ? event->character : '\0';

    if (event->repeat)
        return;
    if (event->key == KEY_ENTER || answer == 'y' || answer == 'Y') {
        ui_back(ui);
        ui->ask->act(ui);
    } else if (event->key == KEY_ESCAPE || answer == 'n' || answer == 'N') {
        ui_open(ui, ui->asked_on);
    }
}
