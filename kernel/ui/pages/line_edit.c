/* SPDX-License-Identifier: MIT */
/*
 * Whole lines: cut, copy, paste, insert, swap.  A line moves with its note;
 * operands that name it are not changed.
 */
#include "ui/base/page.h"

static const struct line empty = {.number = true};

static struct line line_at(const struct ui *ui, unsigned line)
{
    return session_line(&ui->session, line);
}

static bool is_empty(const struct ui *ui, unsigned line)
{
    struct line content = line_at(ui, line);

    return content.word == 0 && content.note[0] == '\0';
}

void line_clear(struct ui *ui)
{
    session_begin_action(&ui->session);
    session_set_line(&ui->session, ui->line, &empty);
}

void line_copy(struct ui *ui)
{
    ui->clipboard = line_at(ui, ui->line);
    ui->clipboard_full = true;
    ui_message(ui, "Line %u is copied; Ctrl-V puts it elsewhere", ui->line);
}

void line_cut(struct ui *ui)
{
    line_copy(ui);
    line_clear(ui);
    ui_message(ui, "Line %u is cut out; Ctrl-V puts it elsewhere", ui->line);
}

void line_paste(struct ui *ui)
{
    if (!ui->clipboard_full) {
        ui_message(ui, "Nothing was cut or copied yet");
        return;
    }
    session_begin_action(&ui->session);
    session_set_line(&ui->session, ui->line, &ui->clipboard);
}

void line_insert(struct ui *ui)
{
    unsigned gap = ui->line;

    while (gap < LINES && !is_empty(ui, gap))
        gap++;
    if (gap == LINES) {
        ui_message(ui, "No line from %u on is empty, so nothing can move down",
                   ui->line);
        return;
    }
    if (gap == ui->line) {
        ui_message(ui, "Line %u is empty already", ui->line);
        return;
    }
    session_begin_action(&ui->session);
    for (unsigned line = gap; line > ui->line; line--) {
        struct line content = line_at(ui, line - 1);

        session_set_line(&ui->session, line, &content);
    }
    session_set_line(&ui->session, ui->line, &empty);
    ui_message(ui,
               "Lines %u to %u moved down; operands that name them were not "
               "changed",
               ui->line, gap - 1);
}

/* The cursor stays on the line that it was on. */
static void swap(struct ui *ui, unsigned other)
{
    struct line here = line_at(ui, ui->line), there = line_at(ui, other);

    session_begin_action(&ui->session);
    session_set_line(&ui->session, ui->line, &there);
    session_set_line(&ui->session, other, &here);
    ui->line = other;
}

void line_swap_up(struct ui *ui)
{
    swap(ui, (ui->line + LINES - 1) % LINES);
}

void line_swap_down(struct ui *ui)
{
    swap(ui, (ui->line + 1) % LINES);
}
