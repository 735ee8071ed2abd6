/* SPDX-License-Identifier: MIT */
#include "renumber.h"
#include "editor_state.h"
#include <string.h>

/* Returns true if nothing was changed, undone or loaded since the last move. */
static bool is_current(const struct view *view)
{
    const struct moves *moves = &editor_of(view)->moves;
    const struct journal *journal = view->session.journal;

    return moves->begun && journal != NULL && journal->future == 0 &&
           journal->actions == moves->actions && journal->end == moves->end &&
           memcmp(view->session.machine.store, moves->store,
                  sizeof moves->store) == 0;
}

void renumber_begin(struct view *view)
{
    struct moves *moves = &editor_of(view)->moves;

    if (is_current(view))
        return;
    for (unsigned line = 0; line < LINES; line++)
        moves->to[line] = (uint8_t)line;
}

void renumber_swap(struct view *view, unsigned a, unsigned b)
{
    struct moves *moves = &editor_of(view)->moves;

    for (unsigned line = 0; line < LINES; line++) {
        if (moves->to[line] == a)
            moves->to[line] = (uint8_t)b;
        else if (moves->to[line] == b)
            moves->to[line] = (uint8_t)a;
    }
}

/* Returns WORD, with the new number of its operand if it is an instruction. */
static uint32_t follow(const struct moves *moves, uint32_t word, bool number)
{
    if (number || word_function(word) >= CMP)
        return word;
    return (word & ~(uint32_t)(LINES - 1)) | moves->to[word_line(word)];
}

static struct line follow_line(const struct view *view, unsigned line)
{
    const struct moves *moves = &editor_of(view)->moves;
    struct line content = session_line(&view->session, line);

    content.word = follow(moves, content.word, content.number);
    content.entered = follow(moves, content.entered, content.number);
    return content;
}

static bool needs_number(const struct view *view, unsigned line)
{
    struct line content = session_line(&view->session, line);
    struct line followed = follow_line(view, line);

    return content.word != followed.word || content.entered != followed.entered;
}

static unsigned count(const struct view *view)
{
    unsigned operands = 0;

    for (unsigned line = 0; line < LINES; line++)
        operands += needs_number(view, line);
    return operands;
}

void renumber_offer(struct view *view, const char *moved)
{
    struct moves *moves = &editor_of(view)->moves;
    const struct journal *journal = view->session.journal;
    unsigned operands = count(view);

    moves->begun = true;
    if (journal != NULL) {
        moves->actions = journal->actions;
        moves->end = journal->end;
    }
    memcpy(moves->store, view->session.machine.store, sizeof moves->store);
    if (operands == 0)
        view_message(view, "%s; all operands are right", moved);
    else
        view_message(view, "%s; %u operand%s not follow (Ctrl-O renumbers %s)",
                     moved, operands, operands == 1 ? " does" : "s do",
                     operands == 1 ? "it" : "them");
}

void renumber_operands(struct view *view)
{
    struct moves *moves = &editor_of(view)->moves;
    unsigned operands = is_current(view) ? count(view) : 0;

    if (operands == 0) {
        view_message(view, "Nothing to renumber: use this after Ins, Ctrl-Up "
                           "or Ctrl-Down");
        return;
    }
    session_begin_action(&view->session);
    for (unsigned line = 0; line < LINES; line++) {
        struct line content = follow_line(view, line);

        if (needs_number(view, line))
            session_set_line(&view->session, line, &content);
    }
    moves->begun = false;
    view_message(view,
                 "%u operand%s renumbered; numbers that JMP and JRP use are "
                 "unchanged",
                 operands, operands == 1 ? "" : "s");
}
