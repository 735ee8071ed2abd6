/* SPDX-License-Identifier: MIT */
/*
 * The student engine, for you to write.  It obeys nothing yet: the reference
 * executes every instruction.  emu/README.md, "Write an engine", has exercises.
 *
 * The contract.  execute() obeys instructions and returns their number:
 *
 *  1. Let CI be machine_next_control(machine), which is one more than before,
 *     or two more if the flip-flop `test` is set.  Clear the flip-flop.
 *  2. Let PI be the word in line word_line(CI) of the store.
 *  3. Obey the function word_function(PI) on line word_line(PI).  The functions
 *     are in emu/machine/machine.h; 5 does what 4 does.  A Test with a negative
 *     A sets the flip-flop, and a Stop lights the neon.
 *  4. Add one to machine->prepulses and to machine->instructions.
 *  5. Return after a Stop, and after BUDGET instructions.  BUDGET is at least
 *     1, and the neon is out at the start.
 *  6. Return before an instruction that you do not know.  If you return 0, the
 *     reference executes one instruction, and execute() is called again.  So
 *     the engine is right from the beginning, and becomes faster.
 *  7. While execute() runs, keep A, CI and PI where you like.  When it returns,
 *     the machine must be as the reference would leave it.
 *  8. What you keep between calls is in STATE, which has state_size bytes and
 * is initialized by start().  Forget it where line_written() or state_changed()
 * say so, and where your own STO writes.
 *
 * emu/engine/engine.h has the whole contract.
 */
#include "emu/engine/fallback.h"

/* Returns whether the next instruction is one that engines know: with the
   options of 1948, without breakpoints, and with a CI that only fetches. */
static bool is_plain(const struct machine *machine,
                     const struct breakpoints *breakpoints)
{
    return !machine->ci5 && !machine->immediate_test &&
           !(machine_next_control(machine) & FUNCTION_DIGITS) &&
           breakpoints_are_none(breakpoints);
}

/* Obeys the next instruction.  Returns false, with the machine unchanged, if
   this engine does not know its function. */
static bool obey(struct machine *machine)
{
    (void)machine;
    return false;
}

static uint32_t execute(void *state, struct machine *machine,
                        const struct breakpoints *breakpoints, uint32_t budget)
{
    uint32_t obeyed = 0;

    (void)state;
    while (obeyed < budget && !machine->neon &&
           is_plain(machine, breakpoints) && obey(machine))
        obeyed++;
    return obeyed;
}

static struct outcome run(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    return fallback_run(&engine_student, execute, state, machine, breakpoints,
                        budget);
}

const struct engine engine_student = {
    .name = "student",
    .story = "This is the engine that you write.\nemu/engine/student.c",
    .start = stateless_start,
    .run = run,
    .line_written = ignore_line_written,
    .state_changed = ignore_state_changed,
};
