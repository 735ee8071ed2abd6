/* SPDX-License-Identifier: MIT */
/*
 * The threaded engine: each routine fetches the next instruction and jumps
 * directly to its routine.
 *
 * Decode and dispatch.  A classic interpreter, such as the engine switch, has a
 * central loop that fetches a word, selects a routine with a switch, executes
 * it and branches back.  That is three branches for each instruction of the
 * Baby, and one of them is an indirect jump shared by all instructions.  A
 * processor predicts an indirect jump from its history, and a single jump for
 * the whole program has little to predict from.
 *
 * Threaded interpretation.  Here the head of the loop (count, increment CI,
 * fetch, look up the routine, jump) is appended to each routine by the macro
 * NEXT.  No loop is left, and control runs from routine to routine:
 *
 *      switch:   head -> LDN -> head -> SUB -> head -> STO -> head -> ...
 *      threaded:         LDN    ->     SUB    ->     STO    ->     ...
 *
 * Each routine has an indirect jump of its own, so the processor learns which
 * function usually follows.  Processors since about 2013 predict from the path
 * that leads to a jump, so on them the gain is small.
 *
 * Indirect threading.  The routine is looked up in a table, routine[function].
 * Its entries are labels as values, `&&label`, an extension of gcc and clang.
 * Direct threading (predecoded.c) avoids this look-up.
 *
 * State.  The engine interprets the words in the store, so nothing becomes
 * stale when a program modifies itself.  The V-state is A, CI and PI, kept in
 * registers of the PC during a call.  interp() maps it to the T-state: the
 * flip-flop is set after a Test with A negative, the neon is lit after a Stop.
 *
 * Breakpoints.  `others` is a bitmask of the lines left to the reference: those
 * with a breakpoint, and those whose word is covered by one
 * (breakpoints_cover()).  Only STO can write another such word, so while any
 * word is covered, a different STO routine checks each word written.
 *
 * Isolation.  A program indexes store[], of 32 words, by word_line(), which is
 * 0 to 31, and routine[], of 8 labels, by word_function(), which is 0 to 7.  So
 * any `goto` leads to one of these routines, and any operand is in the store.
 * A word read becomes A or CI, never an address.
 */
#include "threaded.h"
#include "fallback.h"

/* Fetches the word at CI and jumps to its routine.  The asm emits only a
   comment, different in each routine, which keeps compilers from merging the
   identical ends of the routines into a central loop. */
#define FETCH(after)                                                           \
    do {                                                                       \
        pi = store[word_line(ci)];                                             \
        const void *to = routine[word_function(pi)];                           \
                                                                               \
        __asm__("# " #after " next" : "+r"(to));                               \
        goto *to;                                                              \
    } while (0)

/* Ends a routine: counts the instruction, advances CI by STEP and fetches the
   next instruction, or returns if that instruction needs the reference. */
#define NEXT(routine, step)                                                    \
    do {                                                                       \
        if (--left == 0)                                                       \
            goto out;                                                          \
        uint32_t before = ci;                                                  \
                                                                               \
        ci += (step);                                                          \
        if (ci & outside || others >> word_line(ci) & 1) {                     \
            ci = before;                                                       \
            goto out;                                                          \
        }                                                                      \
        FETCH(routine);                                                        \
    } while (0)

#define OPERAND store[word_line(pi)]

/* Executes at most BUDGET instructions, starting at threaded->ci, and returns
   their number.  Returns early before any line in the bitmask OTHERS. */
static uint32_t thread(struct threaded *threaded, uint32_t *store,
                       const struct breakpoints *breakpoints, uint32_t others,
                       uint32_t budget)
{
    const void *const sto =
        breakpoints_cover_any(breakpoints) ? &&sto_checks : &&sto;
    const void *const routine[] = {
        [JMP] = &&jmp, [JRP] = &&jrp,     [LDN] = &&ldn, [STO] = sto,
        [SUB] = &&sub, [SUB + 1] = &&sub, [CMP] = &&cmp, [STP] = &&stp,
    };
    uint32_t a = threaded->a, ci = threaded->ci, pi;
    uint32_t left = budget;
    const uint32_t outside = fallback_digits(breakpoints);

    FETCH(start);

jmp:
    ci = OPERAND;
    NEXT(jmp, 1);
jrp:
    ci += OPERAND;
    NEXT(jrp, 1);
ldn:
    a = 0 - OPERAND;
    NEXT(ldn, 1);
sto:
    OPERAND = a;
    NEXT(sto, 1);
sto_checks:
    OPERAND = a;
    if (breakpoints_cover(breakpoints, a))
        others |= 1u << word_line(pi);
    NEXT(sto_checks, 1);
sub:
    a -= OPERAND;
    NEXT(sub, 1);
cmp:
    NEXT(cmp, 1 + (a >> (DIGITS - 1)));
stp:
    left--;

out:
    *threaded = (struct threaded){a, ci, pi};
    return budget - left;
}

/* Copies the registers back to the machine.  EXECUTED must not be 0. */
static void interp(const struct threaded *threaded, struct machine *machine,
                   uint32_t executed)
{
    enum function last = word_function(threaded->pi);

    machine->a = threaded->a;
    machine->ci = threaded->ci;
    machine->pi = threaded->pi;
    machine->test = last == CMP && machine->a >> (DIGITS - 1);
    machine->neon = last == STP;
    machine->prepulses += executed;
    machine->instructions += executed;
}

/* Returns a bitmask of the lines whose words are covered by breakpoints. */
static uint32_t covered_lines(const struct breakpoints *breakpoints,
                              const uint32_t *store)
{
    uint32_t covered = 0;

    if (!breakpoints_cover_any(breakpoints))
        return 0;
    for (unsigned line = 0; line < LINES; line++)
        covered |= (uint32_t)breakpoints_cover(breakpoints, store[line])
                   << line;
    return covered;
}

static uint32_t execute(void *state, struct machine *machine,
                        const struct breakpoints *breakpoints, uint32_t budget)
{
    struct threaded *threaded = state;
    uint32_t covered = covered_lines(breakpoints, machine->store);

    threaded->a = machine->a;
    threaded->ci = machine_next_control(machine);
    if (machine->ci5 || machine->immediate_test ||
        threaded->ci & fallback_digits(breakpoints) ||
        covered >> word_line(threaded->ci) & 1)
        return 0;
    uint32_t executed = thread(threaded, machine->store, breakpoints,
                               breakpoints->obeying | covered, budget);

    interp(threaded, machine, executed);
    return executed;
}

static bool start(void *state, struct code_area *area)
{
    (void)area;
    *(struct threaded *)state = (struct threaded){0};
    return true;
}

static struct outcome run(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    return fallback_run(&engine_threaded, execute, state, machine, breakpoints,
                        budget);
}

const struct engine engine_threaded = {
    .name = "threaded",
    .story = "The loop of the engine switch is gone: "
             "the routine of each function ends by fetching "
             "the next word and jumping to its routine. "
             "With one jump in each routine, the PC can learn "
             "which function follows which. "
             "A PC that predicts from the whole path, "
             "as most have since 2013, gains little.\n"
             "A, CI and PI stay in PC registers until the engine returns; "
             "then interp() updates the T-state.\n"
             "emu/engine/threaded.c",
    .state_size = sizeof(struct threaded),
    .start = start,
    .run = run,
    .line_written = ignore_line_written,
    .state_changed = ignore_state_changed,
};
