/* SPDX-License-Identifier: MIT */
/*
 * The switch engine: the interpreter of the lecture, a loop around a switch.
 *
 *      for (;;) {
 *          CI++;                         count
 *          PI = Mem[CI];                 fetch
 *          switch (opcode of PI) {       decode and dispatch
 *          case 0: CI = Mem[address]; break;
 *          ...
 *          }
 *      }
 *
 * Each instruction of the Baby takes three branches: the indirect jump of the
 * switch, the `break` back to the end of the loop, and the loop.  All functions
 * share the one indirect jump.  The other engines remove these branches one by
 * one, so their speed is given as a multiple of this engine's.
 *
 * The code on the slides is not exact.  It differs from the machine, and from
 * this file, in these points:
 *
 *   CI          indexes Mem[] as it is, so a CI above 31 or below 0 leaves the
 *               array.  The machine keeps 32 digits and uses five of them.
 *   address     is 13 digits of PI, also beyond Mem[].  Five are connected.
 *   arithmetic  is of type int, whose overflow is undefined in C.  The machine
 *               loses the carry; uint32_t wraps around in the same way.
 *   opcode 4    does nothing in one copy, whose `case 4: break;` stands alone.
 *               Functions 4 and 5 both subtract.
 *   the skip    increments CI at once.  The machine sets a flip-flop, which the
 *               next prepulse adds to CI.  The difference is visible only if
 *               a call ends just after a Test, so the loop increments CI, too,
 *               and the end of interpret() puts it right.
 *   the end     is an exit of the process.  An engine returns after BUDGET
 *               instructions, and counts those that it has executed.
 *
 * Whatever is not on the slides is left to the reference: digits 13 to 15 of
 * CI, which add the word to PI or hang the machine, the options ci5 and
 * immediate-test, and all breakpoints.  With any of these, the engine is as
 * slow as the reference.
 *
 * State.  A, CI and PI are kept in registers of the PC during a call.  There is
 * no V-state between calls, and nothing becomes stale when a program modifies
 * itself, as each word is fetched and decoded when it is executed.
 *
 * Isolation.  A program indexes store[], of 32 words, only by word_line(),
 * which is 0 to 31.  A word read becomes A, CI or PI, never an address.
 */
#include "fallback.h"

/* Returns whether the reference must execute the next instruction. */
static bool needs_reference(const struct machine *machine,
                            const struct breakpoints *breakpoints)
{
    return machine->ci5 || machine->immediate_test ||
           machine_next_control(machine) & FUNCTION_DIGITS ||
           !breakpoints_are_none(breakpoints);
}

static uint32_t interpret(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    uint32_t *store = machine->store, left = budget;
    uint32_t a = machine->a, ci = machine->ci + machine->test, pi;

    (void)state;
    if (needs_reference(machine, breakpoints))
        return 0;
    do {
        ci++;
        pi = store[word_line(ci)];
        left--;
        switch (word_function(pi)) {
        case JMP:
            ci = store[word_line(pi)];
            break;
        case JRP:
            ci += store[word_line(pi)];
            break;
        case LDN:
            a = 0 - store[word_line(pi)];
            break;
        case STO:
            store[word_line(pi)] = a;
            break;
        case SUB:
        case SUB + 1:
            a -= store[word_line(pi)];
            break;
        case CMP:
            ci += a >> (DIGITS - 1);
            break;
        case STP:
            goto out;
        }
    } while (left > 0 && !((ci + 1) & FUNCTION_DIGITS));

out:
    machine->test = word_function(pi) == CMP && a >> (DIGITS - 1);
    machine->neon = word_function(pi) == STP;
    machine->a = a;
    machine->ci = ci - machine->test;
    machine->pi = pi;
    machine->prepulses += budget - left;
    machine->instructions += budget - left;
    return budget - left;
}

static struct outcome run(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    return fallback_run(&engine_switch, interpret, state, machine, breakpoints,
                        budget);
}

const struct engine engine_switch = {
    .name = "switch",
    .story =
        "This is the loop of the lecture: count CI, fetch the word, "
        "and let a switch select its function. "
        "All functions share one indirect jump, "
        "and each leads back to the head of the loop.\n"
        "Nothing is kept between calls, and nothing is decoded in advance. "
        "A breakpoint, ci5 or immediate-test leaves all to the "
        "reference.\n"
        "emu/engine/switch.c",
    .start = stateless_start,
    .run = run,
    .line_written = ignore_line_written,
    .state_changed = ignore_state_changed,
};
