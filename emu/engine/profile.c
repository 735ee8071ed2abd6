/* SPDX-License-Identifier: MIT */
/*
 * The plain interpreter, one loop around one switch, that counts.
 *
 * Counting is to cost little, so an instruction counts up one number only,
 * that of its line.  Which line it reads or writes is in its word: as long as
 * the word stays, the line's number is that of all its accesses.  It is
 * entered in the profile when a STO puts another word there, and at the end.
 *
 * What is rare is left to the reference, as the fast engines do: function
 * digits in CI, the compatibility switches, and the lines that have to do
 * with a stop.
 *
 * No way out: store[], count[] and the profile's tables are of 32 lines, and
 * are found by word_line() only.
 */
#include "profile.h"
#include "emu/machine/controls.h"
#include "emu/machine/count.h"

/* Functions whose operand is read from the store, a bit each. */
#define READING                                                                \
    (1u << JMP | 1u << JRP | 1u << LDN | 1u << SUB | 1u << (SUB + 1))

/* A run under way. */
struct tally {
    struct profile *profile;
    const struct breakpoints *breakpoints;
    bool data_stops;       /* some stop depends on what an instruction does */
    uint32_t beyond;       /* digits of CI that are left to the reference */
    uint32_t rare;         /* .. and lines, a bit each */
    uint32_t count[LINES]; /* how often the word now in the line was obeyed
                              and is not in the profile yet */
};

/* INSTRUCTION was obeyed so many TIMES. */
static void count_access(struct profile *profile, uint32_t instruction,
                         uint64_t times)
{
    unsigned line = word_line(instruction);
    unsigned function = word_function(instruction);

    if (READING >> function & 1)
        count_add(&profile->read[line], times);
    if (function == STO)
        count_add(&profile->written[line], times);
}

void profile_bar(struct profile *profile, const struct bar *bar, bool manual)
{
    if (bar->hung)
        return;
    if (!manual)
        count_add(&profile->obeyed[bar->control_line], 1);
    count_access(profile, bar->instruction, 1);
}

/* Enters what LINE did while it held WORD. */
static void settle(struct tally *tally, unsigned line, uint32_t word)
{
    count_add(&tally->profile->obeyed[line], tally->count[line]);
    count_access(tally->profile, word, tally->count[line]);
    tally->count[line] = 0;
}

/* Whether LINE is rare while it holds WORD. */
static void judge(struct tally *tally, unsigned line, uint32_t word)
{
    bool rare = tally->breakpoints->obeying >> line & 1 ||
                breakpoints_cover(tally->breakpoints, word);

    tally->rare = (tally->rare & ~(1u << line)) | (uint32_t)rare << line;
}

/* LINE holds WORD no more, but NOW.  Not inline, for the registers it would
   take from the loop. */
__attribute__((noinline)) static void
replace(struct tally *tally, unsigned line, uint32_t word, uint32_t now)
{
    settle(tally, line, word);
    judge(tally, line, now);
}

static void begin(struct tally *tally, struct profile *profile,
                  const struct machine *machine,
                  const struct breakpoints *breakpoints)
{
    *tally = (struct tally){
        .profile = profile,
        .breakpoints = breakpoints,
        .data_stops =
            breakpoints->reading || breakpoints->writing || breakpoints->when,
        .beyond = breakpoints->when & BREAK_ON_LEAVING ? ~(LINES - 1u)
                                                       : FUNCTION_DIGITS,
    };
    for (unsigned line = 0; line < LINES; line++)
        judge(tally, line, machine->store[line]);
}

/* Whether the prepulse that fetches by CONTROL is left to the reference. */
static bool is_rare(const struct tally *tally, uint32_t control)
{
    return control & tally->beyond || tally->rare >> word_line(control) & 1;
}

/* The T-state after OBEYED instructions, at least one; PI was the last. */
static void interp(struct machine *machine, uint32_t a, uint32_t control,
                   uint32_t pi, uint32_t obeyed)
{
    machine->a = a;
    machine->pi = pi;
    machine->test = word_function(pi) == CMP && a >> (DIGITS - 1);
    machine->neon = word_function(pi) == STP;
    machine->ci = control - 1 - machine->test;
    machine->prepulses += obeyed;
    machine->instructions += obeyed;
}

/* Obeys at most BUDGET instructions, until a Stop or before something rare,
   and returns how many.  CONTROL is CI as the next prepulse makes it.  Not
   inline, for the registers. */
__attribute__((noinline)) static uint32_t
obey(struct tally *tally, struct machine *machine, uint32_t budget)
{
    uint32_t *store = machine->store, left = budget;
    uint32_t a = machine->a, control = machine_next_control(machine), pi = 0;

    if (machine->ci5 || machine->immediate_test)
        return 0;
    while (left > 0 && !is_rare(tally, control)) {
        tally->count[word_line(control)]++;
        left--;
        pi = store[word_line(control)];
        unsigned line = word_line(pi);

        control++;
        switch (word_function(pi)) {
        case JMP:
            control = store[line] + 1;
            break;
        case JRP:
            control += store[line];
            break;
        case LDN:
            a = 0 - store[line];
            break;
        case STO:
            if (tally->count[line] > 0 || tally->data_stops)
                replace(tally, line, store[line], a);
            store[line] = a;
            break;
        case SUB:
        case SUB + 1:
            a -= store[line];
            break;
        case CMP:
            control += a >> (DIGITS - 1);
            break;
        case STP:
            goto out;
        }
    }
out:
    if (left < budget)
        interp(machine, a, control, pi, budget - left);
    return budget - left;
}

/* One instruction by the reference. */
static struct bar obey_rare(struct tally *tally, struct machine *machine)
{
    struct bar bar = prepulse(machine, &controls_normal);

    if (bar.stored)
        replace(tally, bar.action_line, bar.operand, machine->a);
    profile_bar(tally->profile, &bar, false);
    return bar;
}

/* The neon is out. */
static struct outcome run(struct tally *tally, struct machine *machine,
                          uint32_t budget)
{
    const struct breakpoints *breakpoints = tally->breakpoints;
    uint32_t obeyed = 0;

    while (obeyed < budget) {
        if (obeyed > 0 &&
            breakpoints_before(breakpoints, machine_next_control(machine)))
            return (struct outcome){obeyed, RUN_BREAKPOINT};
        uint32_t fast = obey(tally, machine, budget - obeyed);

        obeyed += fast;
        if (machine->neon)
            return (struct outcome){obeyed, RUN_STOP};
        if (fast > 0)
            continue;
        uint32_t before = machine->a;
        struct bar bar = obey_rare(tally, machine);

        if (bar.hung)
            return (struct outcome){obeyed, RUN_HUNG};
        obeyed++;
        if (machine->neon)
            return (struct outcome){obeyed, RUN_STOP};
        if (breakpoints_after(breakpoints, bar.instruction, before, machine->a))
            return (struct outcome){obeyed, RUN_BREAKPOINT};
    }
    return (struct outcome){budget, RUN_BUDGET};
}

struct outcome profile_run(struct profile *profile, struct machine *machine,
                           const struct breakpoints *breakpoints,
                           uint32_t budget)
{
    struct tally tally;

    if (machine->neon)
        return (struct outcome){0, RUN_STOP};
    begin(&tally, profile, machine, breakpoints);
    struct outcome outcome = run(&tally, machine, budget);

    for (unsigned line = 0; line < LINES; line++)
        settle(&tally, line, machine->store[line]);
    return outcome;
}
