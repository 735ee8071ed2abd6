/* SPDX-License-Identifier: MIT */
/*
 * What the desk does by itself: it loads, runs, and counts.  How a bar is
 * obeyed is in execute.c, what hands do to it in switches.c and held_keys.c.
 */
#include "undo.h"
#include "emu/machine/count.h"
#include <string.h>

/* Bars after a load that are all watched, so that what a program does only
   once is seen. */
#define FULL_LOG_BARS 512

#define FIRST_SEARCH 256 /* prepulses of its first call */

static uint32_t min(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

void session_add_time(struct session *session, uint32_t bars)
{
    count_add(&session->machine_us, (uint64_t)bars * session->bar_us);
}

void session_reset_counts(struct session *session)
{
    session->uncounted = session->machine.instructions;
    session->machine_us = 0;
    session->last.valid = false;
    session->hung = false;
}

uint64_t session_instructions(const struct session *session)
{
    return session->machine.instructions - session->uncounted;
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
    translator_weigh(session->engine, &session->engine_state);
    return can;
}

void session_line_written(struct session *session, unsigned line)
{
    session->engine->line_written(&session->engine_state, &session->machine,
                                  line);
}

void session_state_changed(struct session *session)
{
    session->engine->state_changed(&session->engine_state);
}

void session_start(struct session *session, struct journal *journal,
                   struct history *history, unsigned speed, uint64_t now)
{
    memset(session, 0, sizeof *session);
    session->journal = journal;
    session->history = history;
    session->replay_budget = FIRST_SEARCH;
    session->slice_max = UINT32_MAX;
    session->controls = controls_normal;
    session->hot = TRANSLATOR_HOT;
    session_set_engine(session, &engine_predecoded, NULL);
    pace_start(&session->pace, speed, now);
}

/* Lines of zeros that nobody wrote anything beside: shown as the number 0,
   not as JMP 0. */
static uint32_t blank_lines(const struct program *program)
{
    uint32_t lines = 0;

    for (unsigned line = 0; line < LINES; line++)
        if (program->store[line] == 0 && program->note[line][0] == '\0')
            lines |= 1u << line;
    return lines;
}

/* What reload brings back from now on; MOMENT may be NULL. */
static void keep(struct session *session, const struct program *program,
                 const struct snapshot *snapshot)
{
    session->program = *program;
    session->restored = snapshot != NULL;
    if (snapshot != NULL)
        session->snapshot = *snapshot;
}

static void put_aside(struct session *session)
{
    session->compatible = true;
    session->ci5 = session->machine.ci5;
    session->immediate_test = session->machine.immediate_test;
}

static void put_back(struct session *session)
{
    if (!session->compatible)
        return;
    session->compatible = false;
    session->machine.ci5 = session->ci5;
    session->machine.immediate_test = session->immediate_test;
}

/* The rest of it once the desk was cleared. */
static void put_moment(struct session *session, const struct snapshot *snapshot)
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

/* Nothing is held any more, not even until a bar has passed. */
static void take_hands_off(struct session *session)
{
    session->press = (struct press){0};
    session->typewriter = session->controls.typewriter = 0;
    session->strip = session->controls.strip = 0;
}

static void forget_journal(struct session *session)
{
    session->edits = session->saved = session->touched = 0;
    session->edited = session->edited_last = false;
    if (session->journal == NULL)
        return;
    journal_clear(session->journal);
    journal_begin(session->journal);
    journal_add(
        session->journal,
        (struct record){.prepulse = session->machine.prepulses, .op = OP_LOAD});
}

void session_snapshot(const struct session *session, struct snapshot *snapshot)
{
    *snapshot = (struct snapshot){
        .machine = session->machine,
        .controls = session->controls,
        .hung = session->hung,
        .uncounted = session->uncounted,
        .machine_us = session->machine_us,
        .bar_us = session_in_past(session)
                      ? session->history->at.snapshot.bar_us
                      : speeds[session->pace.speed].bar_us,
    };
}

static void begin_history(struct session *session)
{
    struct snapshot now;

    session->run_control.reason = BREAK_NONE;
    session->run_control.run_to = 0;
    if (session->history == NULL)
        return;
    session_snapshot(session, &now);
    history_begin(session->history, &now,
                  session->journal != NULL ? session->journal->end : 0);
}

static void put_program(struct session *session)
{
    program_load(&session->program, &session->machine);
    session_state_changed(session);
    memcpy(session->note, session->program.note, sizeof session->note);
    session->numbers =
        session->program.numbers | blank_lines(&session->program);
    session->noted = UINT32_MAX;
    session->headed = true;
    session->cs = false;
    take_hands_off(session);
    session->obeyed = session->accessed = 0;
    session->differs = false;
    session->log_remaining = FULL_LOG_BARS;
    session->pace.watch_known = false;
    session_reset_counts(session);
    if (session->restored)
        put_moment(session, &session->snapshot);
}

/* The program kept, with nothing before it. */
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

/* What was otherwise before.  Of the store it is all, as the program that runs
   now writes into it before that is undone. */
static void record_reload(struct session *session,
                          const struct machine *machine,
                          const struct controls *controls, bool headed)
{
    const struct machine *now = &session->machine;

    for (unsigned line = 0; line < LINES; line++)
        undo_record_line(session, line, UINT32_MAX, machine->store[line]);
    /* Undone it is not what these were: a program then begins anew. */
    undo_record(session, OP_A, 0, now->a);
    undo_record(session, OP_CI, 0, now->ci);
    undo_record(session, OP_PI, 0, now->pi);
    undo_record(session, OP_STAT, controls->stat, session->controls.stat);
    undo_record(session, OP_MANUAL, controls->manual, session->controls.manual);
    undo_record(session, OP_ERASE, controls->erase, session->controls.erase);
    undo_record(session, OP_HEADED, headed, session->headed);
}

void session_reload(struct session *session)
{
    session_leave_past(session);
    const struct machine machine = session->machine;
    const struct controls controls = session->controls;
    bool headed = session->headed;

    take_hands_off(session);
    session_begin_action(session);
    undo_record_reload(session);
    for (unsigned line = 0; line < LINES; line++)
        undo_set_note(session, line, session->program.note[line]);
    uint32_t numbers = session->numbers, noted = session->noted;

    put_program(session);
    record_reload(session, &machine, &controls, headed);
    undo_record(session, OP_NUMBERS, numbers, session->numbers);
    undo_record(session, OP_NOTED, noted, session->noted);
    session->saved = session_last_edit(session);
    undo_update_edited(session);
    begin_history(session);
}

/* A line of zeros need not be written unless somebody did. */
static bool is_written(const struct session *session, unsigned line)
{
    bool noted = session->noted >> line & 1;

    return session->machine.store[line] != 0 ||
           (noted && (session->note[line][0] != '\0' ||
                      session->program.numbers >> line & 1));
}

void session_program(const struct session *session, struct program *program)
{
    program_clear(program);
    memcpy(program->store, session->machine.store, sizeof program->store);
    for (unsigned line = 0; line < LINES; line++) {
        if (is_written(session, line))
            program->numbers |= session->numbers & 1u << line;
        if (session->noted >> line & 1)
            memcpy(program->note[line], session->note[line], NOTE_SIZE);
    }
    if (session->headed)
        memcpy(program->head, session->program.head, sizeof program->head);
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
    session->saved = edit;
    undo_update_edited(session);
}

uint32_t session_last_edit(const struct session *session)
{
    return session->journal != NULL ? journal_edit(session->journal)
                                    : session->edits;
}

bool session_is_unsaved(const struct session *session)
{
    return session->edited ||
           (session_in_past(session) && session->edited_last);
}

unsigned session_lines_unsaved(const struct session *session)
{
    unsigned count = 0;

    for (unsigned i = 0; i < LINES; i++) {
        struct line line = session_line(session, i);

        count += session->touched >> i & 1 &&
                 (line.word != session->program.store[i] ||
                  memcmp(line.note, session->program.note[i],
                         strlen(line.note) + 1) != 0);
    }
    return count;
}

bool session_runs(const struct session *session)
{
    return session->cs && !session->machine.neon && !session->hung;
}

unsigned session_next_line(const struct session *session)
{
    return word_line(machine_next_control(&session->machine) &
                     session->controls.stat);
}

/* At most DUE bars, of which the last are WATCHED; an engine may end early. */
static uint32_t give(struct session *session, uint32_t due, uint32_t watched)
{
    uint32_t given = 0;

    while (session_runs(session) && given < due && session->log_remaining > 0) {
        uint32_t bars = session_run_logged(
            session, min(due - given, session->log_remaining));

        session->log_remaining -= bars;
        given += bars;
    }
    watched = min(due - given, watched);
    if (due - given > watched && session_runs(session))
        given += session_run_fast(session, due - given - watched);
    for (due = given + watched; session_runs(session) && given < due;)
        given += session_run_logged(session, due - given);
    return given;
}

/* What obeys the next prepulses. */
static const void *path_of(const struct session *session)
{
    if (!controls_are_normal(&session->controls))
        return &session->controls;
    if (session->lockstep != NULL)
        return session->lockstep;
    return session->profile != NULL ? (const void *)session->profile
                                    : session->engine;
}

/* One call of the machine, of whose bars the last are WATCHED. */
static void give_due(struct session *session, uint64_t now, uint32_t watched)
{
    struct pace *pace = &session->pace;

    pace_along(pace, path_of(session));
    uint32_t due = pace_due(pace, now);

    if (session->run_control.run_to != 0)
        due = pace->call;
    due = min(due, session->slice_max);
    if (watched >= due || session->log_remaining > 0)
        due = min(due, pace->watch);
    pace->asked = due;
    if (session_in_past(session))
        due = session_replay(session, due);
    pace_used(pace, give(session, due, watched));
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
    give_due(session, now, last_of_frame ? session->pace.watch : 1);
    session_record(session);
    if (!session_runs(session))
        session_recall_last(session);
}

bool session_is_behind(struct session *session, uint64_t now)
{
    return session_runs(session) && (session->run_control.run_to != 0 ||
                                     pace_is_behind(&session->pace, now));
}

/* In the past and at a Stop history leads on, so it is told at once. */
bool session_turn_more(struct session *session, uint64_t now)
{
    struct pace *pace = &session->pace;

    session->seek = session_seek_turn(session);
    if (session->seek)
        return true;
    if (session->slice_max == 0 || !session_is_behind(session, now))
        return false;
    pace->watching = !pace->watch_known && pace->call >= pace->watch;
    give_due(session, now, pace->watching ? pace->watch : 0);
    if (session_runs(session) && !session_in_past(session))
        return true;
    session_record(session);
    if (!session_runs(session))
        session_recall_last(session);
    return true;
}

/* Of what came to its end the time tells nothing. */
void session_account_call(struct session *session, uint64_t took)
{
    if (session_is_seeking(session))
        session->replay_budget = pace_resize(session->replay_budget, took);
    else if (!session->seek && session_runs(session))
        pace_learn(&session->pace, took);
}

/*
 * The line that is accessed in every bar of a machine that stands: in Auto
 * that of CI, in Man that of the L switches (Burton 2001), or always the
 * latter (Reference Manual A3.3.2.1).
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

    /* What has come to rest is seen as it is, not as it was on the way. */
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
