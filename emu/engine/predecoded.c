/* SPDX-License-Identifier: MIT */
/*
 * The predecoded engine: decodes each line of the store once and keeps the
 * addresses of its routine and its operand.
 *
 * Predecoding.  The engines switch and threaded look up the routine of a word
 * every time they execute the word.  Here the result is kept in a slot, one for
 * each of the 32 lines.  The words in the store are the source code, and the
 * slots are the target or intermediate code.
 *
 * Direct threading.  A slot holds the address of the routine rather than the
 * function number, so dispatch is just `goto *at->routine`.  The threaded
 * engine looks up the routine in a table first (indirect threading).
 *
 * Two program counters.  The target program counter (TPC) is `at`, a pointer to
 * a slot.  The source program counter (SPC) is CI, and is computed from the
 * TPC: digits 0 to 4 are the number of the slot; digits 5 to 31 are kept in
 * `lap`, as they change only at a jump and at the end of the store.  Past the
 * end of the store, control reaches one of two extra slots (two because a Test
 * in line 31 can skip one), whose routine continues at the start of the store
 * and adds 32 to `lap`.  Only this routine and jumps need to check CI for
 * function digits.
 *
 * Inline cache.  The slot of a jump also keeps the last value of CI and the
 * slot it led to.  If CI is the same again, the processor can predict the
 * target instead of waiting for a slot address computed from the operand.
 *
 * Self-modifying programs.  STO marks the slot of the line it writes as
 * undecoded.  The routine of an undecoded slot decodes the line when it is next
 * executed.  Most lines written are data and are never decoded (lazy decoding),
 * which also discovers the code in the store.  Slots are also undecoded at the
 * start and after a change made by the caller.
 *
 * Rare cases are handled by routines in slots, too, and cost nothing elsewhere.
 * A slot hands over to the reference if its line has a breakpoint, if its word
 * is covered by one (breakpoints_cover()), or if it is a STO into its own line,
 * which would overwrite the word that PI must show.
 *
 * State.  struct predecoded is the V-state, which interp() maps to the T-state.
 * PI is the word in the line executed last.  The flip-flop is set after a Test
 * with A negative, and the neon is lit after a Stop.
 *
 * Isolation.  A word becomes addresses only when its line is decoded:
 * store + word_line() is one of 32 lines, routine[word_function()] one of 8
 * routines.  A word written is decoded before it is executed.  `at` is set from
 * word_line() of CI, to slots 0 to 31 (after a jump, 1 to 32), and advances by
 * one, or by two at a Test.  It cannot exceed 33, and slots 32 and 33 always
 * continue at the start of the store.  Slots handed over to the reference have
 * no operand, and their routine reads none.
 */
#include "predecoded.h"
#include "emu/machine/count.h"
#include "fallback.h"
#include <string.h>

/* Ends a routine: counts the instruction and continues at the slot TO. */
#define NEXT(to)                                                               \
    do {                                                                       \
        predecoded->last = at;                                                 \
        at = (to);                                                             \
        if (--left == 0)                                                       \
            goto out;                                                          \
        goto * at->routine;                                                    \
    } while (0)

/* Sets CI to CONTROL and continues at the line after it. */
#define JUMP(control)                                                          \
    do {                                                                       \
        uint32_t ci = (control);                                               \
                                                                               \
        if (ci != at->key) {                                                   \
            at->key = ci;                                                      \
            at->target = predecoded->slot + word_line(ci) + 1;                 \
        }                                                                      \
        predecoded->lap = lap_of(ci);                                          \
        to = at->target;                                                       \
        if (ci & predecoded->outside)                                          \
            goto leave;                                                        \
        NEXT(to);                                                              \
    } while (0)

static uint32_t lap_of(uint32_t control)
{
    return control & ~(LINES - 1u);
}

/* Returns the CI of the instruction in slot AT: the source program counter. */
static uint32_t source(const struct predecoded *predecoded,
                       const struct slot *at)
{
    return predecoded->lap + (uint32_t)(at - predecoded->slot);
}

/* Returns true if the reference must execute WORD in slot AT, and then clears
   the operand of the slot.  Not inlined, to save registers in the routines. */
__attribute__((noinline)) static bool
leaves(const struct predecoded *predecoded, struct slot *at, uint32_t word)
{
    unsigned line = (unsigned)(at - predecoded->slot);
    bool leaves = predecoded->breakpoints.obeying >> line & 1 ||
                  breakpoints_cover(&predecoded->breakpoints, word) ||
                  (word_function(word) == STO && word_line(word) == line);

    if (leaves)
        at->operand = NULL;
    return leaves;
}

/* Marks all stale slots as undecoded by giving them ROUTINE. */
static void refresh(struct predecoded *predecoded, const void *routine)
{
    for (unsigned line = 0; line < LINES; line++)
        if (predecoded->stale >> line & 1)
            predecoded->slot[line].routine = routine;
    predecoded->stale = 0;
    predecoded->undecoded = routine;
}

/* Executes at most LEFT instructions, starting at predecoded->target, and
   returns the budget that remains. */
static uint32_t thread(struct predecoded *predecoded, uint32_t left)
{
    static const void *const routine[] = {
        [JMP] = &&jmp, [JRP] = &&jrp,     [LDN] = &&ldn, [STO] = &&sto,
        [SUB] = &&sub, [SUB + 1] = &&sub, [CMP] = &&cmp, [STP] = &&stp,
    };
    struct slot *at = predecoded->target, *to;
    uint32_t a = predecoded->a, word;

    predecoded->slot[LINES].routine = &&round;
    predecoded->slot[LINES + 1].routine = &&round;
    if (predecoded->stale != 0)
        refresh(predecoded, &&undecoded);
    goto * at->routine;

jmp:
    JUMP(*at->operand);
jrp:
    JUMP(source(predecoded, at) + *at->operand);
ldn:
    a = 0 - *at->operand;
    NEXT(at + 1);
sto:
    *at->operand = a;
    to = predecoded->slot + (at->operand - predecoded->machine->store);
    to->routine = &&undecoded;
    NEXT(at + 1);
sub:
    a -= *at->operand;
    NEXT(at + 1);
cmp:
    NEXT(at + 1 + (a >> (DIGITS - 1)));
stp:
    to = at + 1;
    goto leave;

undecoded:
    word = predecoded->machine->store[at - predecoded->slot];
    at->operand = predecoded->machine->store + word_line(word);
    predecoded->decoded++;
    if ((predecoded->run_control || word_function(word) == STO) &&
        leaves(predecoded, at, word)) {
        at->routine = &&out;
        goto out;
    }
    at->routine = routine[word_function(word)];
    predecoded->seen[word_function(word)][word_line(word)] = true;
    goto * at->routine;
round:
    at -= LINES;
    predecoded->lap += LINES;
    if (predecoded->lap & predecoded->outside)
        goto out;
    goto * at->routine;

leave:
    predecoded->last = at;
    at = to;
    left--;
out:
    predecoded->target = at;
    predecoded->a = a;
    return left;
}

/* Copies the engine's state to the machine.  EXECUTED must not be 0. */
static void interp(const struct predecoded *predecoded, struct machine *machine,
                   uint32_t executed)
{
    ptrdiff_t line = predecoded->last - predecoded->slot;
    enum function function = word_function(machine->store[line]);

    machine->a = predecoded->a;
    machine->pi = machine->store[line];
    machine->test = function == CMP && machine->a >> (DIGITS - 1);
    machine->neon = function == STP;
    machine->ci = source(predecoded, predecoded->target) - 1 - machine->test;
    machine->prepulses += executed;
    machine->instructions += executed;
}

/* Executes at most BUDGET instructions from CONTROL on. */
static uint32_t run_slots(struct predecoded *predecoded,
                          struct machine *machine, uint32_t control,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    if (predecoded->machine != machine)
        predecoded->stale = UINT32_MAX;
    predecoded->machine = machine;
    predecoded->breakpoints = *breakpoints;
    predecoded->run_control = !breakpoints_are_none(breakpoints);
    predecoded->outside = fallback_digits(breakpoints);
    predecoded->a = machine->a;
    predecoded->lap = lap_of(control);
    predecoded->target = predecoded->slot + word_line(control);
    uint32_t executed = budget - thread(predecoded, budget);

    count_add(&predecoded->decodings, predecoded->decoded);
    predecoded->decoded = 0;
    if (executed > 0)
        interp(predecoded, machine, executed);
    return executed;
}

static uint32_t execute(void *state, struct machine *machine,
                        const struct breakpoints *breakpoints, uint32_t budget)
{
    struct predecoded *predecoded = state;
    uint32_t control = machine_next_control(machine), executed = 0;

    if (!machine->ci5 && !machine->immediate_test &&
        !(control & fallback_digits(breakpoints)))
        executed = run_slots(predecoded, machine, control, breakpoints, budget);
    /* The reference will execute the instruction: record its lines. */
    if (executed == 0 && !(control & FUNCTION_DIGITS))
        lines_used_add(&predecoded->used, word_line(control),
                       machine->store[word_line(control)]);
    return executed;
}

static bool start(void *state, struct code_area *area)
{
    struct predecoded *predecoded = state;

    (void)area;
    *predecoded = (struct predecoded){.stale = UINT32_MAX};
    for (unsigned line = 0; line < LINES; line++)
        predecoded->slot[line].target = predecoded->slot + 1; /* for key 0 */
    return true;
}

/* Records the lines executed, which are those whose slots have operands.
   Recording them while decoding would cost the routines a register.  Operands
   are recorded there, as a line that is rewritten has several. */
static void collect_executed(struct predecoded *predecoded)
{
    for (unsigned line = 0; line < LINES; line++)
        if (predecoded->slot[line].operand != NULL)
            predecoded->used.executed |= 1u << line;
}

static struct outcome run(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    struct outcome outcome = fallback_run(&engine_predecoded, execute, state,
                                          machine, breakpoints, budget);

    collect_executed(state);
    return outcome;
}

static void edited(void *state, const struct machine *machine, unsigned line)
{
    struct predecoded *predecoded = state;

    (void)machine;
    predecoded->stale |= 1u << line;
}

static void changed(void *state)
{
    struct predecoded *predecoded = state;

    predecoded->stale = UINT32_MAX;
    for (unsigned line = 0; line < LINES; line++)
        predecoded->slot[line].operand = NULL;
}

static struct lines_used lines_used(const void *state)
{
    const struct predecoded *predecoded = state;
    struct lines_used used = predecoded->used;

    for (unsigned function = 0; function < CMP; function++)
        for (unsigned line = 0; line < LINES; line++)
            if (predecoded->seen[function][line])
                used.accessed |= 1u << line;
    return used;
}

static void restart(void *state)
{
    struct predecoded *predecoded = state;

    predecoded->used = (struct lines_used){0};
    memset(predecoded->seen, false, sizeof predecoded->seen);
    changed(state); /* lines are recorded when they are decoded */
}

const struct engine engine_predecoded = {
    .name = "predecoded",
    .story = "Each line is decoded once, into a slot that holds the addresses "
             "of its routine and its operand. "
             "There are two program counters: CI counts lines (SPC), "
             "and a pointer moves along the slots (TPC).\n"
             "A STO marks the slot of its line as undecoded; "
             "the line is decoded again if it is ever executed.\n"
             "emu/engine/predecoded.c",
    .state_size = sizeof(struct predecoded),
    .start = start,
    .run = run,
    .line_written = edited,
    .state_changed = changed,
    .lines_used = lines_used,
    .restart = restart,
};
