/* SPDX-License-Identifier: MIT */
/*
 * Buttons and keys held down.  Each press acts for at least one bar, however
 * soon the finger is gone; what it changed becomes an action that can be
 * undone once all fingers are off.
 */
#include "undo.h"
#include "emu/text/mnemonic.h"
#include <string.h>

/* DIGITS of LINE, which held BEFORE, are no longer the program's. */
static void remember(struct press *press, unsigned line, uint32_t digits,
                     uint32_t before)
{
    uint32_t fresh = digits & ~press->digits[line];

    press->store[line] |= before & fresh;
    press->digits[line] |= fresh;
}

void desk_forced(struct desk *desk, const struct bar *bar)
{
    const uint32_t *store = desk->machine.store;

    if (!desk->press.open)
        return;
    /* A digit that was forced was the other one before. */
    remember(&desk->press, bar->control_line, bar->control_forced,
             ~store[bar->control_line]);
    remember(&desk->press, bar->action_line, bar->action_forced,
             ~store[bar->action_line]);
}

static void open_press(struct desk *desk)
{
    const struct machine *machine = &desk->machine;

    desk->press = (struct press){
        .open = true,
        .a = machine->a,
        .ci = machine->ci,
        .pi = machine->pi,
    };
}

/* The lines of the store that PRESS has changed, and how they are shown.
   Where KSC was held that is all of them. */
static void record_lines(struct desk *desk, const struct press *press)
{
    uint32_t lines = press->strip & KSC ? UINT32_MAX : 0, numbers = 0;

    for (unsigned line = 0; line < LINES; line++) {
        uint32_t before = press->store[line], digits = press->digits[line];
        uint32_t after = desk->machine.store[line];

        if (instruction_is_number(after))
            numbers |= 1u << line;
        if (((after ^ before) & digits) == 0)
            continue;
        lines |= 1u << line;
        deed_line_changed(desk, line, digits, before);
    }
    deed_change(desk, DEED_NUMBERS, 0, lines, numbers);
}

/* All that was held is let go: what came of it becomes records. */
static void close_press(struct desk *desk)
{
    const struct press *press = &desk->press;
    struct machine *machine = &desk->machine;

    desk->press.open = false;
    desk_begin(desk);
    record_lines(desk, press);
    if (press->strip & KSC) {
        deed_change(desk, DEED_NOTED, 0, UINT32_MAX, 0);
        deed_change(desk, DEED_HEADED, 0, 1, false);
    }
    if (press->strip & (desk->controls.kac_dead ? KCC : KAC | KCC))
        deed_happened(desk, DEED_A, press->a, machine->a);
    if (press->strip & KCC) {
        deed_happened(desk, DEED_CI, press->ci, machine->ci);
        deed_happened(desk, DEED_PI, press->pi, machine->pi);
    }
}

static struct held fingers(const struct desk *desk)
{
    return (struct held){desk->typewriter, desk->strip};
}

static bool within(struct held part, struct held whole)
{
    return (part.typewriter & ~whole.typewriter) == 0 &&
           (part.strip & ~whole.strip) == 0;
}

/* From now on HELD acts: that is what the journal tells, not when fingers
   came and went. */
static void act(struct desk *desk, struct held held)
{
    struct controls *controls = &desk->controls;

    deed_happened(desk, DEED_TYPEWRITER, controls->typewriter, held.typewriter);
    deed_happened(desk, DEED_STRIP, controls->strip, held.strip);
    controls->typewriter = held.typewriter;
    controls->strip = held.strip;
}

/* HELD acts, of which something is new. */
static void take(struct desk *desk, struct held held)
{
    uint32_t more = held.strip & ~desk->controls.strip;
    struct press *press = &desk->press;

    press->since = desk->machine.prepulses;
    press->strip |= more;
    if (more & KSC)
        for (unsigned line = 0; line < LINES; line++)
            remember(press, line, UINT32_MAX, desk->machine.store[line]);
    act(desk, held);
}

/* The first of those that wait acts now; false: none waits, and what fingers
   hold goes on acting. */
static bool take_next(struct desk *desk)
{
    struct press *press = &desk->press;

    if (press->count == 0) {
        act(desk, fingers(desk));
        return false;
    }
    take(desk, press->waiting[0]);
    press->count--;
    memmove(press->waiting, press->waiting + 1,
            press->count * sizeof press->waiting[0]);
    return true;
}

#define HAD_ITS_BAR UINT64_MAX /* without a prepulse */

static void act_at_rest(struct desk *desk)
{
    uint8_t line = (uint8_t)word_line(desk->controls.stat);
    struct bar bar = {.control_line = line, .action_line = line};

    bar.action_forced = rest(&desk->machine, &desk->controls);
    desk_changed(desk);
    desk_forced(desk, &bar);
    desk->press.since = HAD_ITS_BAR;
}

static bool had_its_bar(const struct desk *desk)
{
    return desk->machine.prepulses != desk->press.since;
}

void desk_settle(struct desk *desk)
{
    do {
        if (!desk_runs(desk))
            act_at_rest(desk);
        else if (!had_its_bar(desk))
            return;
        if (desk->controls.strip & KCC)
            desk_count_anew(desk);
    } while (take_next(desk));
    if (desk->press.open && (desk->typewriter | desk->strip) == 0)
        close_press(desk);
}

/*
 * Something more is held.  Together with what has not acted yet, if that is
 * held still; else after it.
 */
static void press_down(struct desk *desk)
{
    struct press *press = &desk->press;
    struct held acting = {desk->controls.typewriter, desk->controls.strip};
    struct held held = fingers(desk);

    if (!press->open) {
        open_press(desk);
        take(desk, held);
    } else if (press->count > 0) {
        if (!within(press->waiting[press->count - 1], held) &&
            press->count < WAITING_MAX)
            press->count++;
        press->waiting[press->count - 1] = held;
    } else if (had_its_bar(desk) || within(acting, held)) {
        take(desk, held);
    } else {
        press->waiting[press->count++] = held;
    }
}

void desk_hold(struct desk *desk, uint32_t typewriter, uint32_t strip)
{
    struct held before = fingers(desk);

    desk->typewriter = typewriter;
    desk->strip = strip;
    if (!within(fingers(desk), before))
        press_down(desk);
    if (desk->press.open)
        desk_settle(desk);
}
