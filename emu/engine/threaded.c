/* SPDX-License-Identifier: MIT */
/*
 * The threaded engine: every routine fetches the next instruction and goes to
 * its routine.
 *
 * Decode and dispatch.  The reference is an interpreter with a central loop
 * (decode-and-dispatch): each turn fetches a word, a switch finds the routine
 * for its function, the routine ends with a branch back to the head of the
 * loop.  That is three branches for one instruction of the Baby, and one of
 * them is an indirect jump (the switch's, through a table of addresses) that
 * every instruction passes through.  A processor guesses where an indirect
 * jump leads by what it did last; at one place for the whole program there
 * is little to be learnt.
 *
 * Threaded interpretation.  The loop is pulled apart: what stood at its head
 * (count, move CI on, fetch, look the routine up, jump) is appended to each
 * routine, here by the macro NEXT.  No loop is left, and control runs through
 * the routines like a thread through beads:
 *
 *      switch:   head -> LDN -> head -> SUB -> head -> STO -> head -> ...
 *      threaded:         LDN    ->     SUB    ->     STO    ->     ...
 *
 * Each routine now has an indirect jump of its own, and the processor learns
 * for each what tends to come after it: STO often follows SUB.  (Processors
 * since about 2013 guess by the whole path that led to a jump, so to them the
 * central one is no great hindrance any more; an old PC shows the difference.)
 *
 * Indirect threading.  From the word fetched the way to the routine leads
 * through a table, routine[function].  The table's entries are labels as
 * values, `&&label`, and `goto *address` goes to one; gcc and clang know both,
 * standard C neither.  Saving that look-up by keeping the address itself is
 * direct threading: predecoded.c.
 *
 * State.  The source code is interpreted as it stands in the store, so nothing
 * can go stale when a program writes into itself.  While a call lasts the
 * V-state is A, CI and PI in three variables, which are registers of the PC;
 * struct threaded is what they were at its end.  interp() maps it to the
 * T-state.  Flip-flop and
 * neon need no place: one is set exactly if the instruction obeyed last was a
 * Test and A is negative, the other if it was a Stop.
 *
 * Stops.  Lines that are to be obeyed elsewhere are bits of one word, `others`:
 * those to stop at, and those whose word is one that breakpoints_cover().  Only
 * a STO can make another such word; where there is anything to touch, the table
 * leads to a STO that looks.
 *
 * No way out.  Two tables are read by what a program says: store[], of 32, by
 * word_line(), which leaves five digits, and routine[], of 8, by
 * word_function(), which leaves three.  Both have an entry for each number that
 * can come.  So a `goto` leads to one of these routines whatever the word, and
 * an operand is in the store; what is read of it goes to A or CI, which are no
 * addresses.  The bit of a line in `others` is found by word_line(), too.
 */
#include "threaded.h"
#include "fallback.h"

/*
 * Fetches the word in the line of CI and goes to its routine.  Compilers like
 * to merge ends of routines that are alike, which would make a central loop
 * again; so that they are not, each puts a remark of its own, of no effect,
 * among the instructions.
 */
#define FETCH(after)                                                           \
    do {                                                                       \
        pi = store[word_line(ci)];                                             \
        const void *to = routine[word_function(pi)];                           \
                                                                               \
        __asm__("# " #after " goes on" : "+r"(to));                            \
        goto *to;                                                              \
    } while (0)

/* Ends each routine: one instruction less is left, CI moves on by STEP, and
   unless that is rare the next instruction is fetched. */
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

/* Obeys at most BUDGET instructions, from that in the line of threaded->ci,
   and returns how many.  Before a line of OTHERS it returns. */
static uint32_t thread(struct threaded *threaded, uint32_t *store,
                       const struct breakpoints *breakpoints, uint32_t others,
                       uint32_t budget)
{
    const void *const sto =
        breakpoints_cover_any(breakpoints) ? &&sto_looks : &&sto;
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
sto_looks:
    OPERAND = a;
    if (breakpoints_cover(breakpoints, a))
        others |= 1u << word_line(pi);
    NEXT(sto_looks, 1);
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

/* The T-state after OBEYED instructions, at least one. */
static void interp(const struct threaded *threaded, struct machine *machine,
                   uint32_t obeyed)
{
    enum function last = word_function(threaded->pi);

    machine->a = threaded->a;
    machine->ci = threaded->ci;
    machine->pi = threaded->pi;
    machine->test = last == CMP && machine->a >> (DIGITS - 1);
    machine->neon = last == STP;
    machine->prepulses += obeyed;
    machine->instructions += obeyed;
}

/* The lines of STORE whose words STOPS touch. */
static uint32_t lines_touched(const struct breakpoints *breakpoints,
                              const uint32_t *store)
{
    uint32_t touched = 0;

    if (!breakpoints_cover_any(breakpoints))
        return 0;
    for (unsigned line = 0; line < LINES; line++)
        touched |= (uint32_t)breakpoints_cover(breakpoints, store[line])
                   << line;
    return touched;
}

static uint32_t obey(void *state, struct machine *machine,
                     const struct breakpoints *breakpoints, uint32_t budget)
{
    struct threaded *threaded = state;
    uint32_t touched = lines_touched(breakpoints, machine->store);

    threaded->a = machine->a;
    threaded->ci = machine_next_control(machine);
    if (machine->ci5 || machine->immediate_test ||
        threaded->ci & fallback_digits(breakpoints) ||
        touched >> word_line(threaded->ci) & 1)
        return 0;
    uint32_t obeyed = thread(threaded, machine->store, breakpoints,
                             breakpoints->obeying | touched, budget);

    interp(threaded, machine, obeyed);
    return obeyed;
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
    return fallback_run(&engine_threaded, obey, state, machine, breakpoints,
                        budget);
}

const struct engine engine_threaded = {
    .name = "threaded",
    .state_size = sizeof(struct threaded),
    .start = start,
    .run = run,
    .line_written = ignore_line_written,
    .state_changed = ignore_state_changed,
};
