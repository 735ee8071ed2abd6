/* SPDX-License-Identifier: MIT */
/*
 * What a run stops at: lines, A, CI, and counts of instructions.
 */
#include "session.h"

void desk_stops_changed(struct desk *desk)
{
    struct stopping *stopping = &desk->stopping;

    stopping->any = !stops_are_none(&stopping->stops);
    for (unsigned i = 0; i < STOP_COUNTS; i++)
        stopping->any |= stopping->counts[i] != 0;
    desk_changed(desk);
}

bool desk_toggle_count(struct desk *desk, uint64_t count)
{
    uint64_t *place = NULL;

    for (unsigned i = STOP_COUNTS; i-- > 0;) {
        uint64_t *at = &desk->stopping.counts[i];

        if (*at == count) {
            *at = 0;
            desk_stops_changed(desk);
            return true;
        }
        if (*at == 0)
            place = at;
    }
    if (place == NULL)
        return false;
    *place = count;
    desk_stops_changed(desk);
    return true;
}

/* Instructions that are left before it stops after COUNT. */
static uint32_t room_before(const struct desk *desk, uint64_t count)
{
    uint64_t now = desk->machine.instructions;

    return count <= now || count - now > UINT32_MAX ? UINT32_MAX
                                                    : (uint32_t)(count - now);
}

uint32_t desk_count_room(const struct desk *desk)
{
    uint32_t room = room_before(desk, desk->stopping.goal);

    for (unsigned i = 0; i < STOP_COUNTS; i++) {
        uint32_t other = room_before(desk, desk->stopping.counts[i]);

        if (other < room)
            room = other;
    }
    return room;
}

/* Whether it stops after just so many instructions. */
static bool is_counted(const struct desk *desk)
{
    const struct stopping *stopping = &desk->stopping;
    uint64_t now = desk->machine.instructions;
    bool counted = now == stopping->goal;

    for (unsigned i = 0; i < STOP_COUNTS; i++)
        counted |= now == stopping->counts[i];
    return counted && now > 0;
}

void desk_stop(struct desk *desk, enum stop_cause cause)
{
    desk_set_cs(desk, false);
    desk->stopping.cause = cause;
}

bool desk_stop_before(struct desk *desk)
{
    const struct stopping *stopping = &desk->stopping;
    uint32_t control = machine_next_control(&desk->machine) &
                       (desk->controls.stat | ~(uint32_t)STATICISOR);

    if (!desk_runs(desk) || desk->controls.manual ||
        desk->machine.prepulses == stopping->from ||
        !stops_before(&stopping->stops, control))
        return false;
    desk_stop(desk, stopping->stops.obeying >> word_line(control) & 1
                        ? STOPPED_LINE
                        : STOPPED_LEAVING);
    return true;
}

/* Why it stops after INSTRUCTION, which made A of BEFORE what it is now. */
static enum stop_cause cause_after(const struct desk *desk,
                                   uint32_t instruction, uint32_t before)
{
    const struct stops *stops = &desk->stopping.stops;
    uint32_t a = desk->machine.a;
    const struct stops causes[] = {
        [STOPPED_READ] = {.reading = stops->reading},
        [STOPPED_WRITTEN] = {.writing = stops->writing},
        [STOPPED_NEGATIVE] = {.when = stops->when & STOP_NEGATIVE},
        [STOPPED_ZERO] = {.when = stops->when & STOP_ZERO},
    };

    for (enum stop_cause cause = STOPPED_READ; cause <= STOPPED_ZERO; cause++)
        if (stops_after(&causes[cause], instruction, before, a))
            return cause;
    return STOPPED_NOT;
}

void desk_stop_after(struct desk *desk, const struct bar *bar, uint32_t before)
{
    enum stop_cause cause = cause_after(desk, bar->instruction, before);

    if (!desk_runs(desk))
        return;
    if (cause != STOPPED_NOT)
        desk_stop(desk, cause);
    else if (is_counted(desk) && !desk->controls.manual)
        desk_stop(desk, STOPPED_COUNT);
}

/* What A was is not known any more; where it may have been the cause, the
   other value is as good. */
static enum stop_cause cause_of_engine(const struct desk *desk)
{
    const struct stops *stops = &desk->stopping.stops;
    const struct machine *machine = &desk->machine;
    enum stop_cause cause = cause_after(desk, machine->pi, machine->a);
    uint32_t control = machine_next_control(machine);

    if (cause != STOPPED_NOT)
        return cause;
    if (stops->obeying >> word_line(control) & 1)
        return STOPPED_LINE;
    if (stops_before(stops, control))
        return STOPPED_LEAVING;
    return cause_after(desk, machine->pi, machine->a == 0);
}

void desk_engine_stopped(struct desk *desk, enum ending why)
{
    if (why == ENDED_STOPPED_AT)
        desk_stop(desk, cause_of_engine(desk));
    else if (why == ENDED_BUDGET && is_counted(desk))
        desk_stop(desk, STOPPED_COUNT);
}
