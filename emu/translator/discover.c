/* SPDX-License-Identifier: MIT */
/*
 * Code discovery: which lines a block is made from.
 *
 * Store and program are one, so nothing in the store says where instructions
 * end and numbers begin.  What follows an instruction is one, too, until a
 * Test; there only lines are followed that were obeyed before.
 *
 * A block has one entry and several exits (an extended basic block): it goes
 * on past a Test, and past a jump that the Test may skip, which is what Tests
 * are mostly for.  It ends at any other jump, at a Stop, at the end of the
 * store, and before a line that a person wants to stop at, or whose word is one
 * to stop after.
 */
#include "codegen_internal.h"

static struct step *add_step(struct making *making, unsigned line)
{
    struct step *step = &making->steps[making->count++];
    uint32_t word = making->machine->store[line];
    uint32_t operand = 1u << word_line(word);

    *step = (struct step){(uint8_t)line, GO_ON};
    making->block->lines |= 1u << line;
    if (is_jump(word))
        making->block->operands |= operand;
    if (word_function(word) == STO)
        making->written |= operand;
    return step;
}

static bool may_hold(const struct making *making, unsigned line)
{
    return translator_may_hold(making->translator, making->machine, line);
}

static bool may_follow(const struct making *making, unsigned line)
{
    return may_hold(making, line) && making->translator->seen >> line & 1;
}

static enum fork fork_of(const struct making *making, unsigned line)
{
    bool next = may_follow(making, line + 1);
    bool skip = may_follow(making, line + 2);

    if (next && skip && is_jump(making->machine->store[line + 1]))
        return STEP_OVER;
    return next ? LEAVE_NEGATIVE : skip ? LEAVE_OTHERWISE : LEAVE;
}

void survey(struct making *making, unsigned line)
{
    for (;;) {
        uint32_t word = making->machine->store[line];
        struct step *step = add_step(making, line);
        unsigned skipped = 0;

        if (is_jump(word) || word_function(word) == STP) {
            step->fork = LEAVE;
        } else if (word_function(word) == CMP) {
            step->fork = (uint8_t)fork_of(making, line);
            skipped = step->fork == LEAVE_OTHERWISE || step->fork == STEP_OVER;
            if (step->fork == STEP_OVER)
                add_step(making, line + 1);
        } else if (!may_hold(making, line + 1)) {
            step->fork = LEAVE;
        }
        if (step->fork == LEAVE)
            return;
        line += 1 + skipped;
    }
}
