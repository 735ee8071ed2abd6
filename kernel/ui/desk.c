/* SPDX-License-Identifier: MIT */
#include "desk.h"

static uint32_t min(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static void count_time(struct desk *desk, uint32_t bars)
{
    desk->machine_us += (uint64_t)bars * speeds[desk->pace.speed].bar_us;
}

void desk_start(struct desk *desk, unsigned speed, uint64_t now)
{
    desk->engine = &engine_reference;
    pace_start(&desk->pace, speed, now);
    glow_clear(&desk->glow);
}

/* What no longer holds once the machine was set to something else. */
static void forget(struct desk *desk)
{
    desk->last.valid = false;
    desk->hung = false;
    desk->running = false;
    desk->machine.prepulses = 0;
    desk->machine.instructions = 0;
    desk->machine_us = 0;
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

void desk_load(struct desk *desk, const struct program *program)
{
    desk->program = *program;
    desk_reload(desk);
}

void desk_reload(struct desk *desk)
{
    program_load(&desk->program, &desk->machine);
    desk->numbers = desk->program.numbers | blank_lines(&desk->program);
    desk->noted = UINT32_MAX;
    desk->edited = false;
    forget(desk);
}

void desk_clear_control(struct desk *desk)
{
    bool running = desk->running;

    machine_clear_control(&desk->machine);
    forget(desk);
    desk->running = running;
}

void desk_clear_store(struct desk *desk)
{
    for (unsigned line = 0; line < LINES; line++)
        desk_set_line(desk, line, 0, true);
    desk->noted = 0;
}

bool desk_run(struct desk *desk)
{
    desk->running = !desk->machine.neon && !desk->hung;
    return desk->running;
}

void desk_stop(struct desk *desk)
{
    desk->running = false;
}

/* CI as the next prepulse will make it. */
static uint32_t next_control(const struct machine *machine)
{
    uint32_t control = machine->ci + (machine->test ? 2 : 1);

    return machine->ci5 ? control & (LINES - 1) : control;
}

/* One bar by the reference, with an eye on what it does. */
static void watched_bar(struct desk *desk)
{
    struct machine *machine = &desk->machine;
    uint32_t a = machine->a;
    uint32_t control = next_control(machine);
    struct bar bar = prepulse(machine, &controls_normal);

    desk->last = (struct last){
        .valid = true,
        .hung = bar.hung,
        .word = bar.instruction,
        .operand = bar.operand,
        .a = a,
        .ci = control,
    };
    glow_log(&desk->glow, &bar);
    count_time(desk, 1);
    desk->hung = bar.hung;
    if (bar.hung || machine->neon)
        desk->running = false;
}

void desk_prepulse(struct desk *desk)
{
    watched_bar(desk);
}

/* Unwatched, so as fast as the engine goes. */
static uint32_t run_engine(struct desk *desk, uint32_t budget)
{
    uint64_t before = desk->machine.prepulses;
    struct outcome outcome = desk->engine->run(&desk->machine, budget);
    uint32_t bars = (uint32_t)(desk->machine.prepulses - before);

    count_time(desk, bars);
    if (outcome.why == ENDED_BUDGET)
        return bars;
    desk->running = false;
    desk->hung = outcome.why == ENDED_HUNG;
    desk->last = (struct last){
        .valid = true,
        .hung = desk->hung,
        .word = desk->machine.pi,
        .a = desk->machine.a,
        .ci = desk->machine.ci,
    };
    return bars;
}

void desk_turn(struct desk *desk, uint64_t now, bool last_of_frame)
{
    if (!desk->running) {
        pace_idle(&desk->pace, now);
        return;
    }
    uint32_t due = pace_due(&desk->pace, now);
    uint32_t watched = min(due, last_of_frame ? GLOW_BARS_MAX : 1);
    uint32_t given = 0;

    if (due > watched)
        given = run_engine(desk, due - watched);
    while (desk->running && given < due) {
        watched_bar(desk);
        given++;
    }
    pace_used(&desk->pace, given);
}

unsigned desk_next_line(const struct desk *desk)
{
    return word_line(next_control(&desk->machine));
}

uint32_t desk_wait(const struct desk *desk)
{
    return desk->running ? pace_wait(&desk->pace) : UINT32_MAX;
}

void desk_set_line(struct desk *desk, unsigned line, uint32_t word, bool number)
{
    uint32_t bit = 1u << line;

    if (desk->machine.store[line] != word)
        desk->noted &= ~bit;
    desk->machine.store[line] = word;
    desk->edited = true;
    if (number)
        desk->numbers |= bit;
    else
        desk->numbers &= ~bit;
}
