/* SPDX-License-Identifier: MIT */
/* Loads programs, and runs the machine in slices. */
#include "session.h"
#include "execute.h"
#include <string.h>

/* Bars logged after a load, so that the lab sees code that runs once. */
#define FULL_LOG_BARS 512

#define FIRST_SEEK 256 /* prepulses in the first call of a seek */

static uint32_t min(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

bool session_set_engine(struct session *session, const struct engine *engine,
                        struct code_area *area)
{
    bool can = engine->start(&session->engine_state, area);

    if (can)
        session->engine = engine;
    else
        session->engine->start(&session->engine_state, area);
    pace_along(&session->pace, NULL);
    translator_set_hot(session->engine, &session->engine_state, session->hot);
    translator_limit_work(session->engine, &session->engine_state);
    return can;
}

void session_start(struct session *session, struct journal *journal,
                   struct history *history, unsigned speed, uint64_t now)
{
    memset(session, 0, sizeof *session);
    session->journal = journal;
    session->travel.history = history;
    session->travel.budget = FIRST_SEEK;
    session->slice_max = UINT32_MAX;
    session->controls = controls_normal;
    session->hot = TRANSLATOR_HOT;
    session_set_engine(session, &engine_predecoded, NULL);
    pace_start(&session->pace, speed, now);
}

/* Zero lines without a note, which are shown as 0 and not as JMP 0. */
static uint32_t blank_lines(const struct program *program)
{
    uint32_t lines = 0;

    for (unsigned line = 0; line < LINES; line++)
        if (program->store[line] == 0 && program->note[line][0] == '\0')
            lines |= 1u << line;
    return lines;
}

/* Sets what a reload brings back; SNAPSHOT may be NULL. */
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

/* Releases all keys, even those that have not acted yet. */
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

/* Puts the loaded program on the machine; no undo, no history. */
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

/* Records what the reload changed.  All lines are recorded, as the program may
   write any of them before the reload is undone. */
static void record_reload(struct session *session,
                          const struct machine *machine,
                          const struct controls *controls, bool headed)
{
    const struct machine *now = &session->machine;

    for (unsigned line = 0; line < LINES; line++)
        undo_record_line(session, line, UINT32_MAX, machine->store[line]);
    /* Undo zeroes these: a program then starts from the beginning. */
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

/* Whether LINE belongs in a file: a zero line only if it was written so. */
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

unsigned session_next_line(const struct session *session)
{
    return word_line(machine_next_control(&session->machine) &
                     session->controls.stat);
}

static void note_kc(struct session *session, uint64_t prepulse)
{
    if (session->journal != NULL && !session_in_past(session))
        journal_add(session->journal,
                    (struct record){.prepulse = prepulse, .op = OP_KC});
}

/* KC in Man may leave CI unchanged, which history must record. */
static void hold_control(struct session *session, bool holds)
{
    session->controls.holds_control = holds;
    session_record(session);
}

void session_kc(struct session *session)
{
    if (session_runs(session))
        return;
    if (session_in_past(session)) {
        if (session_replay(session, 1) > 0)
            session_run_logged(session, 1);
        session_record(session);
        return;
    }
    note_kc(session, session->machine.prepulses);
    hold_control(session, session->controls.manual && session->manual_holds);
    session_run_logged(session, 1);
    session_record(session);
    hold_control(session, false);
    if (session->press.open)
        session_update_held_keys(session);
}

void session_run_block(struct session *session, uint32_t budget)
{
    uint64_t before = session->machine.prepulses;

    if (session_runs(session) || !session_engine_may(session)) {
        session_kc(session);
        return;
    }
    if (session_in_past(session))
        budget = session_replay(session, budget);
    session_record(session);
    if (budget > 0)
        session_run_engine_logged(session, budget);
    for (; before < session->machine.prepulses; before++)
        note_kc(session, before);
    session_record(session);
}

/* Runs at most DUE bars, of which the last LOGGED are logged.  Returns how many
   ran; an engine may end early. */
static uint32_t run_bars(struct session *session, uint32_t due, uint32_t logged)
{
    uint32_t ran = 0;

    while (session_runs(session) && ran < due &&
           session->observed.log_remaining > 0) {
        uint32_t bars = session_run_logged(
            session, min(due - ran, session->observed.log_remaining));

        session->observed.log_remaining -= bars;
        ran += bars;
    }
    logged = min(due - ran, logged);
    if (due - ran > logged && session_runs(session))
        ran += session_run_fast(session, due - ran - logged);
    for (due = ran + logged; session_runs(session) && ran < due;)
        ran += session_run_logged(session, due - ran);
    return ran;
}

/* Identifies the executor of the next prepulses, for pace_along(). */
static const void *path_of(const struct session *session)
{
    if (!controls_are_normal(&session->controls))
        return &session->controls;
    if (session->observed.lockstep != NULL)
        return session->observed.lockstep;
    return session->profile != NULL ? (const void *)session->profile
                                    : session->engine;
}

/* One call of the machine, of whose bars the last LOGGED are logged. */
static void run_due(struct session *session, uint64_t now, uint32_t logged)
{
    struct pace *pace = &session->pace;

    pace_along(pace, path_of(session));
    uint32_t due = pace_due(pace, now);

    if (session->run_control.run_to != 0)
        due = pace->call;
    due = min(due, session->slice_max);
    if (logged >= due || session->observed.log_remaining > 0)
        due = min(due, pace->watch);
    pace->asked = due;
    if (session_in_past(session))
        due = session_replay(session, due);
    pace_used(pace, run_bars(session, due, logged));
}

void session_turn(struct session *session, uint64_t now, bool last_of_frame)
{
    if (session->press.open)
        session_update_held_keys(session);
    session_record(session);
    if (session_seek_turn(session) || !session_runs(session)) {
        pace_idle(&session->pace, now);
        return;
    }
    run_due(session, now, last_of_frame ? session->pace.watch : 1);
    session_record(session);
    if (!session_runs(session))
        session_recall_last(session);
}

bool session_is_behind(struct session *session, uint64_t now)
{
    return session_runs(session) && (session->run_control.run_to != 0 ||
                                     pace_is_behind(&session->pace, now));
}

/* In the past or after STP the rest depends on history, so it is recorded at
   once. */
bool session_turn_more(struct session *session, uint64_t now)
{
    struct pace *pace = &session->pace;

    session->travel.called = session_seek_turn(session);
    if (session->travel.called)
        return true;
    if (session->slice_max == 0 || !session_is_behind(session, now))
        return false;
    pace->watching = !pace->watch_known && pace->call >= pace->watch;
    run_due(session, now, pace->watching ? pace->watch : 0);
    if (session_runs(session) && !session_in_past(session))
        return true;
    session_record(session);
    if (!session_runs(session))
        session_recall_last(session);
    return true;
}

/* The time of a call that ended early says nothing about its size. */
void session_account_call(struct session *session, uint64_t took)
{
    if (session_is_seeking(session))
        session->travel.budget = pace_resize(session->travel.budget, took);
    else if (!session->travel.called && session_runs(session))
        pace_learn(&session->pace, took);
}

/*
 * The line accessed in every bar of a machine at rest: in Auto that of CI, in
 * Man that of the L switches (Burton 2001), or always the latter (Reference
 * Manual A3.3.2.1).
 */
static unsigned bright_line(const struct session *session)
{
    return session->controls.manual || session->bright_at_l
               ? word_line(session->controls.stat)
               : word_line(session->machine.ci & session->controls.stat);
}

bool session_end_frame(struct session *session)
{
    bool glowing = phosphor_frame(&session->phosphor, &session->machine,
                                  bright_line(session));

    /* A machine at rest is shown as it is, not averaged over the frame. */
    if (!session_runs(session))
        phosphor_refresh(&session->phosphor, &session->machine, false);

    return glowing || session_runs(session) || session->press.open ||
           session_is_seeking(session);
}

uint32_t session_wait(const struct session *session)
{
    if (session_is_seeking(session) ||
        (session_runs(session) && session->run_control.run_to != 0))
        return 0;
    return session_runs(session) ? pace_wait(&session->pace) : UINT32_MAX;
}
