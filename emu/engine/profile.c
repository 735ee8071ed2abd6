/* SPDX-License-Identifier: MIT */
/*
 * A switch interpreter that counts the accesses to each line.
 *
 * To keep counting cheap, each instruction increments a single counter, that of
 * its line.  The word in the line also names the operand, so until the word
 * changes, the counter is the number of accesses to the operand, too.  It is
 * added to the profile when STO replaces the word, and at the end of a run.
 * Rare cases fall back to the reference, as in the fast engines.
 *
 * Isolation: store[], count[] and the tables of the profile have 32 entries and
 * are indexed by word_line() only.
 */
#include "profile.h"
#include "emu/machine/count.h"
#include "fallback.h"

/* Bitmask of the functions that read an operand from the store. */
#define READING                                                                \
    (1u << JMP | 1u << JRP | 1u << LDN | 1u << SUB | 1u << (SUB + 1))

/* State of a run in progress. */
struct counting {
    struct profile *profile;
    const struct breakpoints *breakpoints;
    bool data_breakpoints; /* true if any breakpoint is on data, A or CI */
    uint32_t outside;      /* digits of CI that need the reference */
    uint32_t rare;         /* bit n is set if line n needs the reference */
    uint32_t count[LINES]; /* executions not yet added to the profile */
};

/* Adds the operand accesses of TIMES executions of INSTRUCTION. */
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

/* Adds the pending executions of WORD at LINE to the profile. */
static void flush(struct counting *counting, unsigned line, uint32_t word)
{
    count_add(&counting->profile->obeyed[line], counting->count[line]);
    count_access(counting->profile, word, counting->count[line]);
    counting->count[line] = 0;
}

/* Updates the `rare` bit of LINE for WORD, its new contents. */
static void update_rare(struct counting *counting, unsigned line, uint32_t word)
{
    bool rare = counting->breakpoints->obeying >> line & 1 ||
                breakpoints_cover(counting->breakpoints, word);

    counting->rare = (counting->rare & ~(1u << line)) | (uint32_t)rare << line;
}

/* Updates the counts when STO changes LINE from WORD to NOW.  Not inlined, to
   save registers in the main loop. */
__attribute__((noinline)) static void
replace(struct counting *counting, unsigned line, uint32_t word, uint32_t now)
{
    flush(counting, line, word);
    update_rare(counting, line, now);
}

static void begin(struct counting *counting, struct profile *profile,
                  const struct machine *machine,
                  const struct breakpoints *breakpoints)
{
    *counting = (struct counting){
        .profile = profile,
        .breakpoints = breakpoints,
        .data_breakpoints =
            breakpoints->reading || breakpoints->writing || breakpoints->when,
        .outside = fallback_digits(breakpoints),
    };
    for (unsigned line = 0; line < LINES; line++)
        update_rare(counting, line, machine->store[line]);
}

/* Returns true if the instruction at CONTROL needs the reference. */
static bool is_rare(const struct counting *counting, uint32_t control)
{
    return control & counting->outside ||
           counting->rare >> word_line(control) & 1;
}

/* Copies the results of EXECUTED instructions to the machine.  PI is the last
   of them, and EXECUTED must not be 0. */
static void interp(struct machine *machine, uint32_t a, uint32_t control,
                   uint32_t pi, uint32_t executed)
{
    machine->a = a;
    machine->pi = pi;
    machine->test = word_function(pi) == CMP && a >> (DIGITS - 1);
    machine->neon = word_function(pi) == STP;
    machine->ci = control - 1 - machine->test;
    machine->prepulses += executed;
    machine->instructions += executed;
}

/* Executes at most BUDGET instructions, up to a Stop or a rare case, and
   returns their number.  Not inlined, to save registers. */
__attribute__((noinline)) static uint32_t
execute(struct counting *counting, struct machine *machine, uint32_t budget)
{
    uint32_t *store = machine->store, left = budget;
    uint32_t a = machine->a, control = machine_next_control(machine), pi = 0;

    if (machine->ci5 || machine->immediate_test)
        return 0;
    while (left > 0 && !is_rare(counting, control)) {
        counting->count[word_line(control)]++;
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
            if (counting->count[line] > 0 || counting->data_breakpoints)
                replace(counting, line, store[line], a);
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

/* Executes one instruction with the reference and counts its accesses. */
static struct bar execute_rare(struct counting *counting,
                               struct machine *machine)
{
    struct bar bar = prepulse(machine, &controls_normal);

    if (bar.stored)
        replace(counting, bar.action_line, bar.operand, machine->a);
    profile_bar(counting->profile, &bar, false);
    return bar;
}

/* Must be called with the neon out. */
static struct outcome run(struct counting *counting, struct machine *machine,
                          uint32_t budget)
{
    const struct breakpoints *breakpoints = counting->breakpoints;
    uint32_t executed = 0;

    while (executed < budget) {
        if (executed > 0 &&
            breakpoints_before(breakpoints, machine_next_control(machine)))
            return (struct outcome){executed, RUN_BREAKPOINT};
        uint32_t fast = execute(counting, machine, budget - executed);

        executed += fast;
        if (machine->neon)
            return (struct outcome){executed, RUN_STOP};
        if (fast > 0)
            continue;
        uint32_t before = machine->a;
        struct bar bar = execute_rare(counting, machine);

        if (bar.hung)
            return (struct outcome){executed, RUN_HUNG};
        executed++;
        if (machine->neon)
            return (struct outcome){executed, RUN_STOP};
        if (breakpoints_after(breakpoints, bar.instruction, before, machine->a))
            return (struct outcome){executed, RUN_BREAKPOINT};
    }
    return (struct outcome){budget, RUN_BUDGET};
}

struct outcome profile_run(struct profile *profile, struct machine *machine,
                           const struct breakpoints *breakpoints,
                           uint32_t budget)
{
    struct counting counting;

    if (machine->neon)
        return (struct outcome){0, RUN_STOP};
    begin(&counting, profile, machine, breakpoints);
    struct outcome outcome = run(&counting, machine, budget);

    for (unsigned line = 0; line < LINES; line++)
        flush(&counting, line, machine->store[line]);
    return outcome;
}
