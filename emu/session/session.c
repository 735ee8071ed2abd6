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
#define FIRST_LOOK 512

#define FIRST_SEARCH 256 /* prepulses of its first call */

static uint32_t min(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

void desk_count_time(struct desk *desk, uint32_t bars)
{
    count_add(&desk->machine_us, (uint64_t)bars * desk->bar_us);
}

void desk_count_anew(struct desk *desk)
{
    desk->uncounted = desk->machine.instructions;
    desk->machine_us = 0;
    desk->last.valid = false;
    desk->hung = false;
}

uint64_t desk_instructions(const struct desk *desk)
{
    return desk->machine.instructions - desk->uncounted;
}

bool desk_set_engine(struct desk *desk, const struct engine *engine,
                     struct code_area *area)
{
    bool can = engine->start(&desk->engine_state, area);

    if (can)
        desk->engine = engine;
    else
        desk->engine->start(&desk->engine_state, area);
    pace_along(&desk->pace, NULL);
    translator_set_hot(desk->engine, &desk->engine_state, desk->hot);
    translator_weigh(desk->engine, &desk->engine_state);
    return can;
}

void desk_edited(struct desk *desk, unsigned line)
{
    desk->engine->edited(&desk->engine_state, &desk->machine, line);
}

void desk_changed(struct desk *desk)
{
    desk->engine->changed(&desk->engine_state);
}

void desk_start(struct desk *desk, struct journal *journal,
                struct history *history, unsigned speed, uint64_t now)
{
    memset(desk, 0, sizeof *desk);
    desk->journal = journal;
    desk->history = history;
    desk->again = FIRST_SEARCH;
    desk->most = UINT32_MAX;
    desk->controls = controls_normal;
    desk->hot = TRANSLATOR_HOT;
    desk_set_engine(desk, &engine_predecoded, NULL);
    pace_start(&desk->pace, speed, now);
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
static void keep(struct desk *desk, const struct program *program,
                 const struct moment *moment)
{
    desk->program = *program;
    desk->restored = moment != NULL;
    if (moment != NULL)
        desk->moment = *moment;
}

static void put_aside(struct desk *desk)
{
    desk->compatible = true;
    desk->ci5 = desk->machine.ci5;
    desk->immediate_test = desk->machine.immediate_test;
}

static void put_back(struct desk *desk)
{
    if (!desk->compatible)
        return;
    desk->compatible = false;
    desk->machine.ci5 = desk->ci5;
    desk->machine.immediate_test = desk->immediate_test;
}

/* The rest of it once the desk was cleared. */
static void put_moment(struct desk *desk, const struct moment *moment)
{
    desk->machine = moment->machine;
    desk->controls.stat = moment->controls.stat;
    desk->controls.manual = moment->controls.manual;
    desk->controls.erase = moment->controls.erase;
    desk->hung = moment->hung;
    desk->uncounted = moment->uncounted;
    desk->machine_us = moment->machine_us;
    desk_changed(desk);
    if (desk->hung || desk->machine.neon)
        desk_guess_last(desk);
}

/* Nothing is held any more, not even until a bar has passed. */
static void take_hands_off(struct desk *desk)
{
    desk->press = (struct press){0};
    desk->typewriter = desk->controls.typewriter = 0;
    desk->strip = desk->controls.strip = 0;
}

static void forget_journal(struct desk *desk)
{
    desk->edits = desk->saved = desk->touched = 0;
    desk->edited = desk->edited_last = false;
    if (desk->journal == NULL)
        return;
    journal_clear(desk->journal);
    journal_begin(desk->journal);
    journal_add(desk->journal,
                (struct record){.prepulse = desk->machine.prepulses,
                                .deed = DEED_LOAD});
}

void desk_now(const struct desk *desk, struct moment *moment)
{
    *moment = (struct moment){
        .machine = desk->machine,
        .controls = desk->controls,
        .hung = desk->hung,
        .uncounted = desk->uncounted,
        .machine_us = desk->machine_us,
        .bar_us = desk_in_past(desk) ? desk->history->at.moment.bar_us
                                     : speeds[desk->pace.speed].bar_us,
    };
}

static void begin_history(struct desk *desk)
{
    struct moment now;

    desk->stopping.cause = STOPPED_NOT;
    desk->stopping.goal = 0;
    if (desk->history == NULL)
        return;
    desk_now(desk, &now);
    history_begin(desk->history, &now,
                  desk->journal != NULL ? desk->journal->end : 0);
}

static void put_program(struct desk *desk)
{
    program_load(&desk->program, &desk->machine);
    desk_changed(desk);
    memcpy(desk->note, desk->program.note, sizeof desk->note);
    desk->numbers = desk->program.numbers | blank_lines(&desk->program);
    desk->noted = UINT32_MAX;
    desk->headed = true;
    desk->cs = false;
    take_hands_off(desk);
    desk->obeyed = desk->accessed = 0;
    desk->differs = false;
    desk->first_look = FIRST_LOOK;
    desk->pace.watch_known = false;
    desk_count_anew(desk);
    if (desk->restored)
        put_moment(desk, &desk->moment);
}

/* The program kept, with nothing before it. */
static void begin(struct desk *desk)
{
    desk->stopping = (struct stopping){0};
    put_program(desk);
    forget_journal(desk);
    begin_history(desk);
}

void desk_load(struct desk *desk, const struct program *program)
{
    put_back(desk);
    keep(desk, program, NULL);
    begin(desk);
}

void desk_restore(struct desk *desk, const struct moment *moment,
                  const struct program *program)
{
    put_back(desk);
    put_aside(desk);
    keep(desk, program, moment);
    begin(desk);
}

/* What was otherwise before.  Of the store it is all, as the program that runs
   now writes into it before that is undone. */
static void record_reload(struct desk *desk, const struct machine *machine,
                          const struct controls *controls, bool headed)
{
    const struct machine *now = &desk->machine;

    for (unsigned line = 0; line < LINES; line++)
        deed_line_changed(desk, line, UINT32_MAX, machine->store[line]);
    /* Undone it is not what these were: a program then begins anew. */
    deed_happened(desk, DEED_A, 0, now->a);
    deed_happened(desk, DEED_CI, 0, now->ci);
    deed_happened(desk, DEED_PI, 0, now->pi);
    deed_happened(desk, DEED_STAT, controls->stat, desk->controls.stat);
    deed_happened(desk, DEED_MANUAL, controls->manual, desk->controls.manual);
    deed_happened(desk, DEED_ERASE, controls->erase, desk->controls.erase);
    deed_happened(desk, DEED_HEADED, headed, desk->headed);
}

void desk_reload(struct desk *desk)
{
    desk_leave_past(desk);
    const struct machine machine = desk->machine;
    const struct controls controls = desk->controls;
    bool headed = desk->headed;

    take_hands_off(desk);
    desk_begin(desk);
    deed_reload(desk);
    for (unsigned line = 0; line < LINES; line++)
        deed_note(desk, line, desk->program.note[line]);
    uint32_t numbers = desk->numbers, noted = desk->noted;

    put_program(desk);
    record_reload(desk, &machine, &controls, headed);
    deed_happened(desk, DEED_NUMBERS, numbers, desk->numbers);
    deed_happened(desk, DEED_NOTED, noted, desk->noted);
    desk->saved = desk_edit(desk);
    deeds_find_edited(desk);
    begin_history(desk);
}

/* A line of zeros need not be written unless somebody did. */
static bool is_written(const struct desk *desk, unsigned line)
{
    bool noted = desk->noted >> line & 1;

    return desk->machine.store[line] != 0 ||
           (noted &&
            (desk->note[line][0] != '\0' || desk->program.numbers >> line & 1));
}

void desk_program(const struct desk *desk, struct program *program)
{
    program_clear(program);
    memcpy(program->store, desk->machine.store, sizeof program->store);
    for (unsigned line = 0; line < LINES; line++) {
        if (is_written(desk, line))
            program->numbers |= desk->numbers & 1u << line;
        if (desk->noted >> line & 1)
            memcpy(program->note[line], desk->note[line], NOTE_SIZE);
    }
    if (desk->headed)
        memcpy(program->head, desk->program.head, sizeof program->head);
}

void desk_moment(const struct desk *desk, struct moment *moment)
{
    desk_now(desk, moment);
    moment->controls.typewriter = 0;
    moment->controls.strip = 0;
    moment->controls.holds_control = false;
}

void desk_saved(struct desk *desk, const struct program *program,
                const struct moment *moment, uint32_t edit)
{
    keep(desk, program, moment);
    desk->saved = edit;
    deeds_find_edited(desk);
}

uint32_t desk_edit(const struct desk *desk)
{
    return desk->journal != NULL ? journal_edit(desk->journal) : desk->edits;
}

bool desk_is_unsaved(const struct desk *desk)
{
    return desk->edited || (desk_in_past(desk) && desk->edited_last);
}

unsigned desk_lines_unsaved(const struct desk *desk)
{
    unsigned count = 0;

    for (unsigned i = 0; i < LINES; i++) {
        struct line line = desk_line(desk, i);

        count +=
            desk->touched >> i & 1 && (line.word != desk->program.store[i] ||
                                       memcmp(line.note, desk->program.note[i],
                                              strlen(line.note) + 1) != 0);
    }
    return count;
}

bool desk_runs(const struct desk *desk)
{
    return desk->cs && !desk->machine.neon && !desk->hung;
}

unsigned desk_next_line(const struct desk *desk)
{
    return word_line(machine_next_control(&desk->machine) &
                     desk->controls.stat);
}

/* At most DUE bars, of which the last are WATCHED; an engine may end early. */
static uint32_t give(struct desk *desk, uint32_t due, uint32_t watched)
{
    uint32_t given = 0;

    while (desk_runs(desk) && given < due && desk->first_look > 0) {
        uint32_t bars = desk_watch(desk, min(due - given, desk->first_look));

        desk->first_look -= bars;
        given += bars;
    }
    watched = min(due - given, watched);
    if (due - given > watched && desk_runs(desk))
        given += desk_run(desk, due - given - watched);
    for (due = given + watched; desk_runs(desk) && given < due;)
        given += desk_watch(desk, due - given);
    return given;
}

/* What obeys the next prepulses. */
static const void *path_of(const struct desk *desk)
{
    if (!controls_are_normal(&desk->controls))
        return &desk->controls;
    if (desk->lockstep != NULL)
        return desk->lockstep;
    return desk->profile != NULL ? (const void *)desk->profile : desk->engine;
}

/* One call of the machine, of whose bars the last are WATCHED. */
static void give_due(struct desk *desk, uint64_t now, uint32_t watched)
{
    struct pace *pace = &desk->pace;

    pace_along(pace, path_of(desk));
    uint32_t due = pace_due(pace, now);

    if (desk->stopping.goal != 0)
        due = pace->call;
    due = min(due, desk->most);
    if (watched >= due || desk->first_look > 0)
        due = min(due, pace->watch);
    pace->asked = due;
    if (desk_in_past(desk))
        due = desk_repeat(desk, due);
    pace_used(pace, give(desk, due, watched));
}

void desk_turn(struct desk *desk, uint64_t now, bool last_of_frame)
{
    if (desk->press.open)
        desk_settle(desk);
    desk_observe(desk);
    if (desk_search_turn(desk) || !desk_runs(desk)) {
        pace_idle(&desk->pace, now);
        return;
    }
    give_due(desk, now, last_of_frame ? desk->pace.watch : 1);
    desk_observe(desk);
    if (!desk_runs(desk))
        desk_recall_last(desk);
}

bool desk_is_behind(struct desk *desk, uint64_t now)
{
    return desk_runs(desk) &&
           (desk->stopping.goal != 0 || pace_is_behind(&desk->pace, now));
}

/* In the past and at a Stop history leads on, so it is told at once. */
bool desk_more(struct desk *desk, uint64_t now)
{
    struct pace *pace = &desk->pace;

    desk->searching = desk_search_turn(desk);
    if (desk->searching)
        return true;
    if (desk->most == 0 || !desk_is_behind(desk, now))
        return false;
    pace->watching = !pace->watch_known && pace->call >= pace->watch;
    give_due(desk, now, pace->watching ? pace->watch : 0);
    if (desk_runs(desk) && !desk_in_past(desk))
        return true;
    desk_observe(desk);
    if (!desk_runs(desk))
        desk_recall_last(desk);
    return true;
}

/* Of what came to its end the time tells nothing. */
void desk_took(struct desk *desk, uint64_t took)
{
    if (desk_searches(desk))
        desk->again = pace_resize(desk->again, took);
    else if (!desk->searching && desk_runs(desk))
        pace_learn(&desk->pace, took);
}

/*
 * The line that is accessed in every bar of a machine that stands: in Auto
 * that of CI, in Man that of the L switches (Burton 2001), or always the
 * latter (Reference Manual A3.3.2.1).
 */
static unsigned bright_line(const struct desk *desk)
{
    return desk->controls.manual || desk->bright_at_l
               ? word_line(desk->controls.stat)
               : word_line(desk->machine.ci & desk->controls.stat);
}

bool desk_frame(struct desk *desk)
{
    bool glowing = glow_frame(&desk->glow, &desk->machine, bright_line(desk));

    /* What has come to rest is seen as it is, not as it was on the way. */
    if (!desk_runs(desk))
        glow_refresh(&desk->glow, &desk->machine, false);

    return glowing || desk_runs(desk) || desk->press.open ||
           desk_searches(desk);
}

uint32_t desk_wait(const struct desk *desk)
{
    if (desk_searches(desk) || (desk_runs(desk) && desk->stopping.goal != 0))
        return 0;
    return desk_runs(desk) ? pace_wait(&desk->pace) : UINT32_MAX;
}
