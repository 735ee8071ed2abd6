/* SPDX-License-Identifier: MIT */
/*
 * The predecoded engine: each line is taken apart once, and kept as the
 * address of a routine with the address of its operand.
 *
 * Predecoding.  To obey a word, line and function digits have to be got out
 * of it, and the routine found for the function.  A program in a loop does
 * this to the same word over and over.  So it is done once, and what came of
 * it is kept in a slot beside the line: 32 slots for 32 lines.  The slots are
 * the intermediate code, or target code; the words in the store are the
 * source code.
 *
 * Direct threading.  A slot holds no number for the function but the address
 * of the routine itself.  Where the threaded engine goes by a table,
 *      fetch the word -> its function -> routine[function] -> goto
 * (indirect threading), here is one step left: goto *at->routine.
 *
 * Two program counters.  Where control is in the target code says the target
 * program counter, TPC: `at`, a pointer to a slot.  Where it is in the source
 * code says the source program counter, SPC, which is CI.  Only TPC is kept
 * up; SPC is worked out from it.  Slots follow each other as lines do, so
 * digits 0 to 4 of SPC are the number of the slot; digits 5 to 31 change only
 * at a jump and at the end of the store, and are kept as `lap`.  Control that
 * runs over the end of the store meets two more slots (two, as a Test in line
 * 31 skips one) whose routine leads round to the first and adds 32 to lap.  It
 * alone, with jumps, has to look for function digits in CI: what would be a
 * question at every instruction is a routine in a slot.
 *
 * A jump's slot also keeps the CI of last time with the slot that it led to.
 * Mostly it leads there again, and then the processor need not wait until the
 * operand is loaded and a slot's address made of it, but may guess (an inline
 * cache).
 *
 * Programs that write into themselves.  A STO makes the slot of the line that
 * it wrote undecoded: the routine there decodes the line if it is ever to be
 * obeyed, puts the right routine into its own place, and goes to it.  Most
 * lines written are data and never come to that (lazy decoding; it also finds
 * out by itself what is code and what is data, code discovery).  At the start
 * all slots are undecoded, and before each call those of lines that were
 * changed from outside become so again.
 *
 * Rare things are routines in slots too and cost nothing elsewhere: a line to
 * stop at has one that leaves, and so has a word that is one to stop after, and
 * a STO into its own line, which has lost its word by the time that PI is asked
 * for; they are left to the reference.
 *
 * State.  struct predecoded is the V-state, and interp() maps it to the
 * T-state.  PI is the word in the line of
 * the slot obeyed last.  Flip-flop and neon need no place: one is set exactly
 * if that was a Test and A is negative, the other if it was a Stop.  Correct
 * stepwise means: whatever the state, interp() after one step here gives what
 * prepulse() makes of the state before.
 *
 * No way out.  Here a word is made an address, once, as its line is decoded:
 * store + word_line() is one of 32 lines, and routine[word_function()] one of 8
 * routines.  A STO writes the word and makes the slot forget both, so what was
 * written is obeyed only after it was decoded in its turn.  `at` comes from
 * word_line() of CI (slots 0 to 31, after a jump 1 to 32), and moves on by one,
 * or by two at a Test: from 31 to 33 at most.  The slots 32 and 33 lead round
 * before anything is obeyed there, and have no other routine.  A slot that
 * leaves has no operand, and its routine reads none.
 */
#include "predecoded.h"
#include "emu/machine/count.h"
#include "fallback.h"

/* Ends each routine: one instruction less is left, and control goes on with
   the slot TO. */
#define NEXT(to)                                                               \
    do {                                                                       \
        predecoded->last = at;                                                 \
        at = (to);                                                             \
        if (--left == 0)                                                       \
            goto out;                                                          \
        goto * at->routine;                                                    \
    } while (0)

/* CONTROL is the new CI; control goes on with the line after it. */
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

/* CI of the instruction in the slot AT. */
static uint32_t source(const struct predecoded *predecoded,
                       const struct slot *at)
{
    return predecoded->lap + (uint32_t)(at - predecoded->slot);
}

/* Whether WORD, to go into the slot AT, is to be obeyed elsewhere, which the
   slot then shows.  Not inline, for the registers it would take from the
   routines. */
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

/* The slots of which nothing is known get ROUTINE, which decodes. */
static void refresh(struct predecoded *predecoded, const void *routine)
{
    for (unsigned line = 0; line < LINES; line++)
        if (predecoded->stale >> line & 1)
            predecoded->slot[line].routine = routine;
    predecoded->stale = 0;
    predecoded->undecoded = routine;
}

/* Obeys at most LEFT instructions, from predecoded->target on, and returns
   how many are left then. */
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
    at->routine = routine[word_function(word)];
    predecoded->decoded++;
    if ((predecoded->run_control || word_function(word) == STO) &&
        leaves(predecoded, at, word))
        at->routine = &&out;
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

/* The T-state after OBEYED instructions, at least one. */
static void interp(const struct predecoded *predecoded, struct machine *machine,
                   uint32_t obeyed)
{
    ptrdiff_t line = predecoded->last - predecoded->slot;
    enum function function = word_function(machine->store[line]);

    machine->a = predecoded->a;
    machine->pi = machine->store[line];
    machine->test = function == CMP && machine->a >> (DIGITS - 1);
    machine->neon = function == STP;
    machine->ci = source(predecoded, predecoded->target) - 1 - machine->test;
    machine->prepulses += obeyed;
    machine->instructions += obeyed;
}

static uint32_t obey(void *state, struct machine *machine,
                     const struct breakpoints *breakpoints, uint32_t budget)
{
    struct predecoded *predecoded = state;
    uint32_t control = machine_next_control(machine);

    if (machine->ci5 || machine->immediate_test ||
        control & fallback_digits(breakpoints))
        return 0;
    if (predecoded->machine != machine)
        predecoded->stale = UINT32_MAX;
    predecoded->machine = machine;
    predecoded->breakpoints = *breakpoints;
    predecoded->run_control = !breakpoints_are_none(breakpoints);
    predecoded->outside = fallback_digits(breakpoints);
    predecoded->a = machine->a;
    predecoded->lap = lap_of(control);
    predecoded->target = predecoded->slot + word_line(control);
    uint32_t obeyed = budget - thread(predecoded, budget);

    count_add(&predecoded->decodings, predecoded->decoded);
    predecoded->decoded = 0;
    if (obeyed > 0)
        interp(predecoded, machine, obeyed);
    return obeyed;
}

static bool start(void *state, struct code_area *area)
{
    struct predecoded *predecoded = state;

    (void)area;
    *predecoded = (struct predecoded){.stale = UINT32_MAX};
    for (unsigned line = 0; line < LINES; line++)
        predecoded->slot[line].target = predecoded->slot + 1; /* of key 0 */
    return true;
}

/* Which lines were obeyed, from their slots: to note each as it is decoded
   would take a register from the routines. */
static void note_obeyed(struct predecoded *predecoded)
{
    for (unsigned line = 0; line < LINES; line++)
        if (predecoded->slot[line].operand != NULL)
            predecoded->obeyed |= 1u << line;
}

static struct outcome run(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    struct outcome outcome = fallback_run(&engine_predecoded, obey, state,
                                          machine, breakpoints, budget);

    note_obeyed(state);
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
    predecoded->obeyed = 0;
    for (unsigned line = 0; line < LINES; line++)
        predecoded->slot[line].operand = NULL;
}

const struct engine engine_predecoded = {
    .name = "predecoded",
    .state_size = sizeof(struct predecoded),
    .start = start,
    .run = run,
    .line_written = edited,
    .state_changed = changed,
};
