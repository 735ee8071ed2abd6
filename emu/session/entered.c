/* SPDX-License-Identifier: MIT */
#include "entered.h"
#include <string.h>

const char *entered_rest(const struct session *session)
{
    return session->notes.head ? title_rest(session->entered.head) : "";
}

static const char none[HEAD_SIZE];

/* Returns the note of LINE, in an array of NOTE_SIZE bytes. */
static const char *note_of(const struct session *session, unsigned line)
{
    return session->notes.shown >> line & 1 ? session->notes.text[line] : none;
}

/* Returns true if LINE, which contains WORD, belongs in a file.  A zero does if
   it has a note or was in the file loaded. */
static bool is_in_file(const struct session *session, unsigned line,
                       uint32_t word)
{
    bool shown = session->notes.shown >> line & 1;

    return word != 0 || note_of(session, line)[0] != '\0' ||
           (shown && session->loaded.program.numbers >> line & 1);
}

static void fill(const struct session *session, const uint32_t store[LINES],
                 struct program *program)
{
    program_clear(program);
    memcpy(program->store, store, sizeof program->store);
    for (unsigned line = 0; line < LINES; line++) {
        if (is_in_file(session, line, store[line]))
            program->numbers |= session->notes.numbers & 1u << line;
        memcpy(program->note[line], note_of(session, line), NOTE_SIZE);
    }
    title_write(
        program->head, session->notes.head ? session->entered.head : none,
        session->notes.text[NOTE_TITLE], session->notes.text[NOTE_AUTHOR]);
}

void session_entered_machine(const struct session *session,
                             struct machine *machine)
{
    program_load(&session->loaded.program, machine);
    memcpy(machine->store, session->entered.store, sizeof machine->store);
    if (!session->notes.head)
        machine_clear_control(machine);
}

void session_program_entered(const struct session *session,
                             struct program *program)
{
    fill(session, session->entered.store, program);
    if (session->notes.head) {
        program->a = session->loaded.program.a;
        program->ci = session->loaded.program.ci;
    }
}

void session_program(const struct session *session, struct program *program)
{
    fill(session, session->machine.store, program);
}

bool session_store_differs(const struct session *session)
{
    return memcmp(session->machine.store, session->entered.store,
                  sizeof session->machine.store) != 0;
}

static bool line_differs(const struct session *session, unsigned line)
{
    const struct program *file = &session->loaded.program;
    uint32_t word = session->entered.store[line], bit = 1u << line;

    return word != file->store[line] ||
           strcmp(note_of(session, line), file->note[line]) != 0 ||
           (word != 0 &&
            (session->notes.numbers & bit) != (file->numbers & bit));
}

unsigned session_lines_unsaved(const struct session *session)
{
    unsigned count = 0;

    for (unsigned line = 0; line < LINES; line++)
        count += line_differs(session, line);
    return count;
}

static bool head_differs(const struct session *session)
{
    const char *head = session->loaded.program.head;
    char title[NOTE_SIZE], author[NOTE_SIZE];

    title_read(head, title);
    author_read(head, author);
    return strcmp(session->notes.text[NOTE_TITLE], title) != 0 ||
           strcmp(session->notes.text[NOTE_AUTHOR], author) != 0 ||
           strcmp(entered_rest(session), title_rest(head)) != 0;
}

void entered_update(struct session *session)
{
    session->entered.unsaved =
        session_lines_unsaved(session) > 0 || head_differs(session);
    if (!session_in_past(session))
        session->entered.unsaved_in_present = session->entered.unsaved;
}

bool session_is_unsaved(const struct session *session)
{
    return session->entered.unsaved ||
           (session_in_past(session) && session->entered.unsaved_in_present);
}
