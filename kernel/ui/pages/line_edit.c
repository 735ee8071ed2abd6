/* SPDX-License-Identifier: MIT */
#include "line_edit.h"
#include "editor_state.h"
#include "renumber.h"

static const struct line empty = {.number = true};

static struct line line_at(const struct view *view, unsigned line)
{
    return session_line(&view->session, line);
}

static bool is_empty(const struct view *view, unsigned line)
{
    struct line content = line_at(view, line);

    return content.word == 0 && content.note[0] == '\0';
}

/* Returns true if LINE is the operand of an instruction. */
static bool is_used(const struct view *view, unsigned line)
{
    for (unsigned i = 0; i < LINES; i++) {
        struct line user = line_at(view, i);

        if (!user.number && word_function(user.word) < CMP &&
            word_line(user.word) == line)
            return true;
    }
    return false;
}

void line_clear(struct view *view)
{
    session_begin_action(&view->session);
    session_set_line(&view->session, view->line, &empty);
}

void line_copy(struct view *view)
{
    editor_of(view)->clipboard = line_at(view, view->line);
    editor_of(view)->clipboard_full = true;
    view_message(view, "Line %u copied; Ctrl-V pastes it", view->line);
}

void line_cut(struct view *view)
{
    line_copy(view);
    line_clear(view);
    view_message(view, "Line %u cut; Ctrl-V pastes it", view->line);
}

void line_paste(struct view *view)
{
    if (!editor_of(view)->clipboard_full) {
        view_message(
            view,
            "Nothing to paste: cut (Ctrl-X) or copy (Ctrl-C) a line first");
        return;
    }
    session_begin_action(&view->session);
    session_set_line(&view->session, view->line, &editor_of(view)->clipboard);
}

void line_insert(struct view *view)
{
    char moved[MESSAGE_SIZE];
    struct strbuf text = strbuf_begin(moved, sizeof moved);
    unsigned gap = view->line;

    while (gap < LINES && (!is_empty(view, gap) || is_used(view, gap)))
        gap++;
    if (gap == LINES) {
        view_message(view,
                     "Cannot insert: there is no empty, unused line from line "
                     "%u on",
                     view->line);
        return;
    }
    if (gap == view->line) {
        view_message(view, "Line %u is already empty", view->line);
        return;
    }
    renumber_begin(view);
    session_begin_action(&view->session);
    for (unsigned line = gap; line > view->line; line--) {
        struct line content = line_at(view, line - 1);

        session_set_line(&view->session, line, &content);
        renumber_swap(view, line, line - 1);
    }
    session_set_line(&view->session, view->line, &empty);
    strbuf_add(&text, "Lines %u to %u moved down", view->line, gap - 1);
    renumber_offer(view, moved);
}

static void swap(struct view *view, unsigned other)
{
    struct line here = line_at(view, view->line), there = line_at(view, other);
    char moved[MESSAGE_SIZE];
    struct strbuf text = strbuf_begin(moved, sizeof moved);

    renumber_begin(view);
    renumber_swap(view, view->line, other);
    session_begin_action(&view->session);
    session_set_line(&view->session, view->line, &there);
    session_set_line(&view->session, other, &here);
    strbuf_add(&text, "Lines %u and %u swapped", view->line, other);
    view->line = other;
    renumber_offer(view, moved);
}

void line_swap_up(struct view *view)
{
    swap(view, (view->line + LINES - 1) % LINES);
}

void line_swap_down(struct view *view)
{
    swap(view, (view->line + 1) % LINES);
}
