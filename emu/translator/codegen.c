/* SPDX-License-Identifier: MIT */
/*
 * Code generation: translates one block to i386 code.
 *
 * In translated code, EAX holds A or -A, EBX points to the machine, and EDX is
 * the remaining budget.  CI, PI and the flip-flop are constants at each exit
 * and are kept in its struct block_exit.  The inner loop of Kilburn's program
 * (SUB 27, CMP, JRP 20) becomes
 *
 *      body:  sub  eax, [ebx + 108]
 *             js   skipped          the Test uses the flags of the SUB
 *             sub  edx, 3           budget of the next iteration
 *             jge  body             chain to the next block
 *             mov  ecx, exit        budget too small: to the manager
 *             jmp  leave
 *
 * The i386 cannot load and negate in one instruction, and programs negate most
 * numbers again.  So LDN only loads, the code generator remembers that EAX
 * holds -A, and a following SUB becomes an addition.  EAX is negated only where
 * A itself is needed: at a Test, a Store or an exit.
 *
 * A Store into a line used by any block first compares the words, and exits
 * after the Store if they differ.  If there is a breakpoint on A, LDN and SUB
 * compute the new A in another register and exit before changing A if the
 * breakpoint is hit.  The interpreter then executes the instruction and reports
 * the breakpoint.
 */
#include "codegen.h"
#include "chaining.h"
#include "discover.h"

static void begin_step(struct codegen *gen, unsigned i)
{
    gen->line = gen->steps[i].line;
    gen->before[gen->line] = gen->executed;
    gen->block->line_offset[gen->line] =
        (uint16_t)(gen->emitter.used - gen->block->code);
}

/* Emits a negation if EAX holds -A. */
static void normalise(struct codegen *gen)
{
    if (!gen->negated)
        return;
    emit_negate(&gen->emitter, A);
    gen->negated = false;
    gen->flags = true;
}

/* Adds the exit of a jump.  The target is constant if no block stores into the
   operand. */
static struct block_exit *add_jump(struct codegen *gen)
{
    bool relative = word_function(codegen_word(gen)) == JRP;
    unsigned operand = word_line(codegen_word(gen));
    uint32_t ci = relative ? gen->line : 0;
    enum exit_kind kind = EXIT_INDIRECT;

    if (gen->block->operands >> operand & 1) {
        kind = EXIT_CHAIN;
        ci += gen->machine->store[operand];
        if (gen->machine->ci5)
            ci &= LINES - 1;
    }
    return exit_add(gen, kind, ci, false);
}

static void jump(struct codegen *gen)
{
    normalise(gen);
    exit_emit(gen, add_jump(gen));
}

/* Returns true if the next step that needs code is an LDN. */
static bool is_overwritten(const struct codegen *gen, unsigned i)
{
    if (gen->steps[i].branch == LEAVE)
        return false;
    for (i++; i < gen->count && gen->steps[i].branch == FOLLOW; i++)
        ;
    return i < gen->count &&
           word_function(gen->machine->store[gen->steps[i].line]) == LDN;
}

/* Emits A := -S for step I, without a load if EAX is known to hold S or -S. */
static void load_negative(struct codegen *gen, unsigned i, unsigned line)
{
    if (line == gen->minus || is_overwritten(gen, i))
        return;
    if (line == gen->equal) {
        gen->negated = !gen->negated;
        gen->equal = gen->minus;
    } else {
        emit_load(&gen->emitter, A, MACHINE, distance_of(line));
        gen->negated = true;
        gen->flags = false;
        gen->equal = NO_LINE;
    }
    gen->minus = line;
}

static void subtract(struct codegen *gen, unsigned line)
{
    emit_operate_memory(&gen->emitter, gen->negated ? X86_ADD : X86_SUB, A,
                        MACHINE, distance_of(line));
    gen->equal = gen->minus = NO_LINE;
    gen->flags = true;
}

/* Emits an exit, taken if CONDITION holds for A but not for the new A. */
static void exit_if_ends(struct codegen *gen, enum x86_condition condition)
{
    struct emitter *emitter = &gen->emitter;
    struct block_exit *exit =
        exit_add(gen, EXIT_BREAKPOINT, gen->line - 1, false);
    size_t holds;

    exit->executed--;
    emit_test(emitter, SCRATCH);
    holds = emit_forward(emitter, condition);
    emit_test(emitter, A);
    exit_emit_if(gen, condition, exit);
    emit_place_at(emitter, holds, emitter->used);
}

/* Emits A := SCRATCH with checks for breakpoints on A.  The sign flag is then
   that of SCRATCH.  Loads are never omitted, so `minus` is unused. */
static void set_watched(struct codegen *gen)
{
    uint32_t when = gen->translator->breakpoints.when;

    if (when & BREAK_ON_NEGATIVE)
        exit_if_ends(gen, IF_NOT_NEGATIVE);
    if (when & BREAK_ON_ZERO)
        exit_if_ends(gen, IF_NOT_EQUAL);
    emit_move(&gen->emitter, A, SCRATCH);
    gen->flags = true;
    gen->equal = NO_LINE;
}

static void load_watched(struct codegen *gen, unsigned i, unsigned line)
{
    (void)i;
    emit_load(&gen->emitter, SCRATCH, MACHINE, distance_of(line));
    emit_negate(&gen->emitter, SCRATCH);
    set_watched(gen);
}

static void subtract_watched(struct codegen *gen, unsigned line)
{
    emit_move(&gen->emitter, SCRATCH, A);
    emit_operate_memory(&gen->emitter, X86_SUB, SCRATCH, MACHINE,
                        distance_of(line));
    set_watched(gen);
}

/* Returns true if the next step is an LDN of LINE, as is common after STO. */
static bool is_loaded_next(const struct codegen *gen, unsigned i, unsigned line)
{
    if (i + 1 == gen->count)
        return false;
    uint32_t next = gen->machine->store[gen->steps[i + 1].line];

    return word_function(next) == LDN && word_line(next) == line;
}

/* Returns a register that holds A, for step I to store into LINE. */
static enum x86_register value_for(struct codegen *gen, unsigned i,
                                   unsigned line)
{
    if (!gen->negated || !is_loaded_next(gen, i, line)) {
        normalise(gen);
        return A;
    }
    emit_move(&gen->emitter, SCRATCH, A);
    emit_negate(&gen->emitter, SCRATCH);
    gen->flags = false;
    return SCRATCH;
}

static void store(struct codegen *gen, unsigned i, unsigned line)
{
    /* An operand written by this block is not constant and needs no check,
       unless a jump by it was followed. */
    uint32_t depended = gen->translator->depended | gen->followed |
                        (gen->block->lines & ~gen->block->keyed);
    enum x86_register value = value_for(gen, i, line);

    if (depended >> line & 1) {
        struct block_exit *exit = exit_add(gen, EXIT_WROTE, gen->line, false);

        exit->negated = gen->negated;
        emit_operate_memory(&gen->emitter, X86_CMP, value, MACHINE,
                            distance_of(line));
        exit_emit_if(gen, IF_NOT_EQUAL, exit);
        gen->flags = false;
    } else {
        emit_save(&gen->emitter, MACHINE, distance_of(line), value);
        gen->block->stores |= 1u << line;
    }
    if (gen->minus == line)
        gen->minus = NO_LINE;
    gen->equal = line;
}

/* Adds the exit of a Test for a negative A, which skips the next line. */
static struct block_exit *add_skip(struct codegen *gen)
{
    uint32_t ci = gen->line;

    if (gen->machine->immediate_test)
        ci = translator_next(gen->translator, ci, false);
    return exit_add(gen, EXIT_CHAIN, ci, !gen->machine->immediate_test);
}

static struct block_exit *add_next(struct codegen *gen)
{
    return exit_add(gen, EXIT_CHAIN, gen->line, false);
}

/* Emits the jump of step I, which is skipped if A is negative.  If it begins an
   inner loop, which has a block of its own, the exit may be prepaid.  Then the
   code is a single conditional jump. */
static void jump_unless_negative(struct codegen *gen, unsigned i)
{
    struct block_exit *exit;

    begin_step(gen, i);
    gen->executed++;
    exit = add_jump(gen);
    if (exit_may_prepay(gen, exit)) {
        exit_emit_if(gen, IF_NOT_NEGATIVE, exit);
    } else {
        /* The conditional jump belongs to the Test. */
        size_t start = exit_emit_unless(gen, IF_NEGATIVE, exit);

        gen->block->line_offset[gen->line] =
            (uint16_t)(start - gen->block->code);
    }
    gen->executed--; /* not executed on the other path */
}

/* Emits a Test.  The jump that it may skip is step I + 1. */
static void test(struct codegen *gen, unsigned i)
{
    enum branch branch = gen->steps[i].branch;

    normalise(gen);
    if (!gen->flags)
        emit_test(&gen->emitter, A);
    gen->flags = true;
    switch (branch) {
    case LEAVE:
    case LEAVE_NEGATIVE:
        exit_emit_if(gen, IF_NEGATIVE, add_skip(gen));
        if (branch == LEAVE)
            exit_emit(gen, add_next(gen));
        break;
    case LEAVE_OTHERWISE:
        exit_emit_if(gen, IF_NOT_NEGATIVE, add_next(gen));
        break;
    case STEP_OVER:
        jump_unless_negative(gen, i + 1);
        break;
    case GO_ON:
    case FOLLOW:
        break;
    }
}

static void translate(struct codegen *gen, unsigned i)
{
    bool watched = gen->translator->breakpoints.when & BREAK_ON_A;
    unsigned operand = word_line(codegen_word(gen));
    unsigned function = word_function(codegen_word(gen));

    gen->executed++;
    if (gen->steps[i].branch == FOLLOW)
        return;
    switch (function) {
    case JMP:
    case JRP:
        jump(gen);
        return;
    case LDN:
        (watched ? load_watched : load_negative)(gen, i, operand);
        break;
    case STO:
        store(gen, i, operand);
        break;
    case SUB:
    case SUB + 1:
        (watched ? subtract_watched : subtract)(gen, operand);
        break;
    case CMP:
        test(gen, i);
        return;
    case STP:
        normalise(gen);
        exit_emit(gen, exit_add(gen, EXIT_STOP, gen->line, false));
        return;
    }
    if (gen->steps[i].branch == LEAVE) {
        normalise(gen);
        exit_emit(gen, add_next(gen));
    }
}

bool codegen_block(struct translator *translator, const struct machine *machine,
                   unsigned number, unsigned entry)
{
    struct block *block = &translator->blocks[number];
    struct codegen gen = {
        .translator = translator,
        .machine = machine,
        .number = number,
        .block = block,
        .emitter = emit_start(translator->area->at, translator->area->size,
                              translator->used),
        .first = translator->exits_used,
        .equal = NO_LINE,
        .minus = NO_LINE,
    };

    *block = (struct block){.entered = number < LINES ? block->entered : 0,
                            .made = machine->instructions,
                            .entry = (uint8_t)entry};
    if (number >= LINES) {
        block->keyed = 1u << entry;
        block->word = machine->store[entry];
    }
    gen.written = translator->versioned;
    for (unsigned i = 0; i < BLOCKS; i++)
        if (translator->blocks[i].live)
            gen.written |= translator->blocks[i].stores;
    discover_steps(&gen, entry);
    block->operands &= ~(gen.written | translator->varying);
    block->operands |= gen.followed;

    unsigned predictions = translator->predictions_used;

    emit_align(&gen.emitter, CODE_LINE);
    block->code = gen.emitter.used;
    for (unsigned i = 0; i < gen.count; i++) {
        begin_step(&gen, i);
        translate(&gen, i);
        i += gen.steps[i].branch == STEP_OVER;
    }
    block->exits_offset = gen.emitter.used - block->code;
    exits_finish(&gen);
    if (gen.emitter.full || gen.out_of_exits) {
        translator->exits_used = gen.first;
        translator->predictions_used = predictions;
        return false;
    }
    block->size = gen.emitter.used - block->code;
    block->live = true;
    translator->used = gen.emitter.used;
    return true;
}
