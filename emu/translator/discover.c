/* SPDX-License-Identifier: MIT */
/*
 * Code discovery: finds the lines that belong to a block.
 *
 * The store holds both instructions and numbers, and nothing distinguishes
 * them.  The line after an instruction is assumed to be an instruction, too.
 * After a Test this is assumed only if the line has been executed before.
 *
 * A block is an extended basic block, with one entry and several exits.  It
 * continues past a Test, and past a jump that the Test may skip, which follows
 * most Tests.  It ends at any other jump, at a Stop, at the end of the store,
 * before a line with a breakpoint, and before a line that has versions.
 *
 * A version of a rewritten line also continues with the target of a jump if the
 * operand is constant.  In a loop, each version thus has a copy of the lines
 * that lead to the next one, and with it a prediction of its own.
 */
#include "discover.h"

static struct step *add_step(struct codegen *gen, unsigned line)
{
    struct step *step = &gen->steps[gen->count++];
    uint32_t word = gen->machine->store[line];
    uint32_t operand = 1u << word_line(word);

    *step = (struct step){(uint8_t)line, GO_ON};
    gen->block->order[gen->block->count++] = (uint8_t)line;
    gen->block->lines |= 1u << line;
    if (is_jump(word))
        gen->block->operands |= operand;
    if (word_function(word) == STO)
        gen->written |= operand;
    return step;
}

static bool may_hold(const struct codegen *gen, unsigned line)
{
    return translator_may_hold(gen->translator, gen->machine, line) &&
           !((gen->translator->versioned | gen->block->lines) >> line & 1);
}

static bool may_follow(const struct codegen *gen, unsigned line)
{
    return may_hold(gen, line) && gen->translator->executed_lines >> line & 1;
}

static enum branch branch_of(const struct codegen *gen, unsigned line)
{
    bool next = may_follow(gen, line + 1);
    bool skip = may_follow(gen, line + 2);

    if (next && skip && is_jump(gen->machine->store[line + 1]))
        return STEP_OVER;
    return next ? LEAVE_NEGATIVE : skip ? LEAVE_OTHERWISE : LEAVE;
}

/* Returns the line that the jump at LINE leads to if the block continues there,
   or LINES.  A later Store into the operand is checked. */
static unsigned followed(struct codegen *gen, unsigned line)
{
    uint32_t word = gen->machine->store[line];
    unsigned operand = word_line(word);
    uint32_t ci = word_function(word) == JRP ? line : 0;
    uint32_t next;

    if (gen->block->keyed == 0 || !is_jump(word) ||
        (gen->written | gen->translator->varying) >> operand & 1)
        return LINES;
    next = translator_next(gen->translator, ci + gen->machine->store[operand],
                           false);
    if (!may_hold(gen, next))
        return LINES;
    gen->followed |= 1u << operand;
    return next;
}

void discover_steps(struct codegen *gen, unsigned line)
{
    for (;;) {
        uint32_t word = gen->machine->store[line];
        struct step *step = add_step(gen, line);
        unsigned skipped = 0;

        if (is_jump(word) || word_function(word) == STP) {
            unsigned next = followed(gen, line);

            step->branch = next < LINES ? FOLLOW : LEAVE;
            if (next < LINES) {
                line = next;
                continue;
            }
        } else if (word_function(word) == CMP) {
            step->branch = (uint8_t)branch_of(gen, line);
            skipped =
                step->branch == LEAVE_OTHERWISE || step->branch == STEP_OVER;
            if (step->branch == STEP_OVER)
                add_step(gen, line + 1);
        } else if (!may_hold(gen, line + 1)) {
            step->branch = LEAVE;
        }
        if (step->branch == LEAVE)
            return;
        line += 1 + skipped;
    }
}
