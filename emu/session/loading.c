/* SPDX-License-Identifier: MIT */
#include "loading.h"
#include "engine_use.h"
#include "entered.h"
#include "execute.h"
#include "time_travel.h"
#include "undo.h"
#include <string.h>

/* Bars logged after a load, so that code that runs only once is recorded. */
#define FULL_LOG_BARS 512

/* Returns a mask of the empty lines, which are shown as 0 instead of JMP 0. */
static uint32_t blank_lines(const struct program *program)
{
    uint32_t lines = 0;

    for (unsigned line = 0; line < LINES; line++)
        if (program->store[line] == 0 && program->note[line][0] == '\0')
            lines |= 1u << line;
    return lines;
}

/* Sets the state to restore on reload.  SNAPSHOT may be NULL. */
static void keep(struct session *session, const struct program *program,
                 const struct snapshot *snapshot)
{
    session->loaded.program = *program;
    session->loaded.has_snapshot = snapshot != NULL;
    if (snapshot != NULL)
        session->loaded.snapshot = *snapshot;
}

static void put_aside(struct session *session)
{
    session->compatibility.replaced = true;
    session->compatibility.ci5 = session->machine.ci5;
    session->compatibility.immediate_test = session->machine.immediate_test;
}

static void put_back(struct session *session)
{
    if (!session->compatibility.replaced)
        return;
    session->compatibility.replaced = false;
    session->machine.ci5 = session->compatibility.ci5;
    session->machine.immediate_test = session->compatibility.immediate_test;
}

static void put_snapshot(struct session *session,
                         const struct snapshot *snapshot)
{
    session->machine = snapshot->machine;
    session->controls.stat = snapshot->controls.stat;
    session->controls.manual = snapshot->controls.manual;
    session->controls.erase = snapshot->controls.erase;
    session->hung = snapshot->hung;
    session->uncounted = snapshot->uncounted;
    session->machine_us = snapshot->machine_us;
    session_state_changed(session);
    if (session->hung || session->machine.neon)
        session_infer_last(session);
}

/* Releases all keys, including queued presses. */
static void release_keys(struct session *session)
{
    session->press = (struct press){0};
    session->held.typewriter = session->controls.typewriter = 0;
    session->held.strip = session->controls.strip = 0;
}

static void begin_history(struct session *session)
{
    struct snapshot now;

    session->run_control.reason = BREAK_NONE;
    session->run_control.run_to = 0;
    if (session->travel.history == NULL)
        return;
    session_snapshot(session, &now);
    history_begin(session->travel.history, &now,
                  session->journal != NULL ? session->journal->end : 0);
}

/* Sets the machine to the start of the program as entered. */
static void put_entered(struct session *session)
{
    session->killed = false;
    session_entered_machine(session, &session->machine);
    session_state_changed(session);
    session->cs = false;
    release_keys(session);
    session->observed.differs = false;
    session->observed.log_remaining = FULL_LOG_BARS;
    session->pace.watch_known = false;
    session_reset_counts(session);
    if (session->notes.head && session->loaded.has_snapshot) {
        put_snapshot(session, &session->loaded.snapshot);
        memcpy(session->machine.store, session->entered.store,
               sizeof session->machine.store);
    }
}

static uint32_t numbers_of(const struct program *program)
{
    return program->numbers | blank_lines(program);
}

/* Makes the file the program as entered. */
static void enter_file(struct session *session)
{
    const struct program *file = &session->loaded.program;
    struct notes *notes = &session->notes;

    memcpy(session->entered.store, file->store, sizeof file->store);
    memcpy(session->entered.head, file->head, sizeof file->head);
    memcpy(notes->text, file->note, sizeof file->note);
    title_read(file->head, notes->text[NOTE_TITLE]);
    author_read(file->head, notes->text[NOTE_AUTHOR]);
    notes->numbers = numbers_of(file);
    notes->shown = UINT32_MAX;
    notes->head = session->loaded.headed = true;
}

/* Puts the loaded program into the machine and clears journal and history. */
static void begin(struct session *session)
{
    session->run_control = (struct run_control){0};
    enter_file(session);
    put_entered(session);
    undo_begin_journal(session);
    begin_history(session);
    entered_update(session);
}

void session_load(struct session *session, const struct program *program)
{
    put_back(session);
    keep(session, program, NULL);
    begin(session);
}

void session_restore(struct session *session, const struct snapshot *snapshot,
                     const struct program *program)
{
    put_back(session);
    put_aside(session);
    keep(session, program, snapshot);
    begin(session);
}

/* Makes the file the program as entered, as part of an action. */
static void record_file(struct session *session)
{
    const struct program *file = &session->loaded.program;
    char text[NOTE_SIZE];

    for (unsigned line = 0; line < LINES; line++) {
        undo_set_note(session, line, file->note[line]);
        undo_set(session, OP_ENTERED, line, UINT32_MAX, file->store[line]);
    }
    title_read(file->head, text);
    undo_set_note(session, NOTE_TITLE, text);
    author_read(file->head, text);
    undo_set_note(session, NOTE_AUTHOR, text);
    undo_set(session, OP_NUMBERS, 0, UINT32_MAX, numbers_of(file));
    undo_set(session, OP_NOTED, 0, UINT32_MAX, UINT32_MAX);
    undo_set(session, OP_HEADED, 0, 1, session->loaded.headed);
}

/* Records what a restart changed in the machine.  Every line is recorded,
   because the program may write to any of them before the restart is undone. */
static void record_machine(struct session *session,
                           const struct machine *machine,
                           const struct controls *controls)
{
    const struct machine *now = &session->machine;

    for (unsigned line = 0; line < LINES; line++)
        undo_record_line(session, line, UINT32_MAX, machine->store[line]);
    /* Undo clears A, CI and PI, so that the program restarts from line 1. */
    undo_record(session, OP_A, 0, now->a);
    undo_record(session, OP_CI, 0, now->ci);
    undo_record(session, OP_PI, 0, now->pi);
    undo_record(session, OP_STAT, controls->stat, session->controls.stat);
    undo_record(session, OP_MANUAL, controls->manual, session->controls.manual);
    undo_record(session, OP_ERASE, controls->erase, session->controls.erase);
}

/* Restarts the program as entered, or the file if RELOAD is true. */
static void start_over(struct session *session, bool reload)
{
    session_leave_past(session);
    const struct machine machine = session->machine;
    const struct controls controls = session->controls;
    bool headed = reload ? session->loaded.headed : session->notes.head;

    release_keys(session);
    session_begin_action(session);
    undo_record_reload(session, headed && session->loaded.has_snapshot);
    if (reload)
        record_file(session);
    put_entered(session);
    record_machine(session, &machine, &controls);
    begin_history(session);
}

void session_restart(struct session *session)
{
    start_over(session, false);
}

void session_reload(struct session *session)
{
    start_over(session, true);
}

void session_adopt_store(struct session *session)
{
    session_begin_action(session);
    for (unsigned line = 0; line < LINES; line++)
        undo_enter_line(session, line);
}

void session_snapshot_released(const struct session *session,
                               struct snapshot *snapshot)
{
    session_snapshot(session, snapshot);
    snapshot->controls.typewriter = 0;
    snapshot->controls.strip = 0;
    snapshot->controls.holds_control = false;
}

void session_mark_saved(struct session *session, const struct program *program,
                        const struct snapshot *snapshot)
{
    keep(session, program, snapshot);
    session->loaded.headed = strcmp(title_rest(program->head),
                                    title_rest(session->entered.head)) == 0;
    /* After a save in the past, the program in the present is another one. */
    session->entered.unsaved_in_present = true;
    entered_update(session);
}
