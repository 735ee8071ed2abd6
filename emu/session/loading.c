/* SPDX-License-Identifier: MIT */
#include "loading.h"
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

static void forget_journal(struct session *session)
{
    session->edits.count = session->edits.saved = session->edits.touched = 0;
    session->edits.unsaved = session->edits.unsaved_in_present = false;
    if (session->journal == NULL)
        return;
    journal_clear(session->journal);
    journal_begin(session->journal);
    journal_add(
        session->journal,
        (struct record){.prepulse = session->machine.prepulses, .op = OP_LOAD});
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

static void put_program(struct session *session)
{
    program_load(&session->loaded.program, &session->machine);
    session_state_changed(session);
    memcpy(session->notes.text, session->loaded.program.note,
           sizeof session->notes.text);
    session->notes.numbers =
        session->loaded.program.numbers | blank_lines(&session->loaded.program);
    session->notes.shown = UINT32_MAX;
    session->notes.head = true;
    session->cs = false;
    release_keys(session);
    session->observed.obeyed = session->observed.accessed = 0;
    session->observed.differs = false;
    session->observed.log_remaining = FULL_LOG_BARS;
    session->pace.watch_known = false;
    session_reset_counts(session);
    if (session->loaded.has_snapshot)
        put_snapshot(session, &session->loaded.snapshot);
}

/* Puts the loaded program into the machine and clears journal and history. */
static void begin(struct session *session)
{
    session->run_control = (struct run_control){0};
    put_program(session);
    forget_journal(session);
    begin_history(session);
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

/* Records the changes made by a reload.  Every line is recorded, because the
   program may write to any of them before the reload is undone. */
static void record_reload(struct session *session,
                          const struct machine *machine,
                          const struct controls *controls, bool headed)
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
    undo_record(session, OP_HEADED, headed, session->notes.head);
}

void session_reload(struct session *session)
{
    session_leave_past(session);
    const struct machine machine = session->machine;
    const struct controls controls = session->controls;
    bool headed = session->notes.head;

    release_keys(session);
    session_begin_action(session);
    undo_record_reload(session);
    for (unsigned line = 0; line < LINES; line++)
        undo_set_note(session, line, session->loaded.program.note[line]);
    uint32_t numbers = session->notes.numbers, noted = session->notes.shown;

    put_program(session);
    record_reload(session, &machine, &controls, headed);
    undo_record(session, OP_NUMBERS, numbers, session->notes.numbers);
    undo_record(session, OP_NOTED, noted, session->notes.shown);
    session->edits.saved = session_last_edit(session);
    undo_update_edited(session);
    begin_history(session);
}

/* Returns true if LINE should be saved.  A zero line is saved only if it has a
   note or was explicitly loaded as a number. */
static bool is_written(const struct session *session, unsigned line)
{
    bool noted = session->notes.shown >> line & 1;

    return session->machine.store[line] != 0 ||
           (noted && (session->notes.text[line][0] != '\0' ||
                      session->loaded.program.numbers >> line & 1));
}

void session_program(const struct session *session, struct program *program)
{
    program_clear(program);
    memcpy(program->store, session->machine.store, sizeof program->store);
    for (unsigned line = 0; line < LINES; line++) {
        if (is_written(session, line))
            program->numbers |= session->notes.numbers & 1u << line;
        if (session->notes.shown >> line & 1)
            memcpy(program->note[line], session->notes.text[line], NOTE_SIZE);
    }
    if (session->notes.head)
        memcpy(program->head, session->loaded.program.head,
               sizeof program->head);
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
                        const struct snapshot *snapshot, uint32_t edit)
{
    keep(session, program, snapshot);
    session->edits.saved = edit;
    undo_update_edited(session);
}

bool session_is_unsaved(const struct session *session)
{
    return session->edits.unsaved ||
           (session_in_past(session) && session->edits.unsaved_in_present);
}

unsigned session_lines_unsaved(const struct session *session)
{
    unsigned count = 0;

    for (unsigned i = 0; i < LINES; i++) {
        struct line line = session_line(session, i);

        count += session->edits.touched >> i & 1 &&
                 (line.word != session->loaded.program.store[i] ||
                  memcmp(line.note, session->loaded.program.note[i],
                         strlen(line.note) + 1) != 0);
    }
    return count;
}
