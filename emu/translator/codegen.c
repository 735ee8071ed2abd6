/* SPDX-License-Identifier: MIT */
/*
 * From one block of the Baby to i386 code; translator.c decides when.
 *
 * While translated code runs, EAX is A or minus A, EBX points to the machine,
 * and EDX is what is left of the budget.  CI, PI and the flip-flop are nowhere:
 * at each exit they are constants, kept in its struct block_exit.  The inner
 * loop of Kilburn's program (SUB 27, CMP, JRP 20) comes to
 *
 *     body:  sub  eax, [ebx + 108]
 *            js   skipped          the flags of a SUB are those of its Test
 *            sub  edx, 3           the next turn's budget
 *            jge  body             chained: straight to the next block
 *            mov  ecx, exit        too little left: to the manager
 *            jmp  leave
 *
 * There is no load and negate in the i386, and most numbers that a program
 * loads it negates again.  So LDN only loads, and the translator keeps in mind
 * that EAX is minus A; SUB adds then.  It is put right where A itself matters,
 * at a Test, a Store or an exit.
 *
 * A Store into a line that some block was made from compares first, and leaves
 * right after the Store if the word is a new one.
 *
 * Where a person wants to stop at what becomes of A, LDN and SUB first find out
 * what does, in another register, and leave while A is what it was if it is
 * time to stop: the interpreter then obeys that instruction and sees the same.
 */
#include "codegen_internal.h"

/* Step I is next: its code begins here. */
static void begin_step(struct making *making, unsigned i)
{
    making->line = making->steps[i].line;
    making->block->code_of[making->line] =
        (uint16_t)(making->emitter.used - making->block->code);
}

/* EAX := A, if it is minus A. */
static void normalise(struct making *making)
{
    if (!making->negated)
        return;
    emit_negate(&making->emitter, A);
    making->negated = false;
    making->flags = true;
}

/* To a constant target where no block stores into the operand. */
static void jump(struct making *making)
{
    bool relative = word_function(making_word(making)) == JRP;
    unsigned operand = word_line(making_word(making));
    uint32_t ci = relative ? making->line : 0;
    enum exit_kind kind = EXIT_CACHE;

    if (making->block->operands >> operand & 1) {
        kind = EXIT_CHAIN;
        ci += making->machine->store[operand];
        if (making->machine->ci5)
            ci &= LINES - 1;
    }
    normalise(making);
    exit_emit(making, exit_add(making, kind, ci, false));
}

/* A := -S.  Nothing is loaded where S is known to be A or minus A. */
static void load_negative(struct making *making, unsigned line)
{
    if (line == making->minus)
        return;
    if (line == making->equal) {
        making->negated = !making->negated;
        making->equal = making->minus;
    } else {
        emit_load(&making->emitter, A, MACHINE, distance_of(line));
        making->negated = true;
        making->flags = false;
        making->equal = NO_LINE;
    }
    making->minus = line;
}

static void subtract(struct making *making, unsigned line)
{
    emit_operate_memory(&making->emitter, making->negated ? X86_ADD : X86_SUB,
                        A, MACHINE, distance_of(line));
    making->equal = making->minus = NO_LINE;
    making->flags = true;
}

/* Leaves before the instruction if it makes A, which is SCRATCH then, one to
   stop at: CONDITION is no more after it, but was before. */
static void leave_if_turned(struct making *making, enum x86_condition condition)
{
    struct emitter *emitter = &making->emitter;
    struct block_exit *way =
        exit_add(making, EXIT_TURNS, making->line - 1, false);
    size_t holds;

    way->obeyed--;
    emit_test(emitter, SCRATCH);
    holds = emit_forward(emitter, condition);
    emit_test(emitter, A);
    exit_emit_if(making, condition, way);
    emit_place_at(emitter, holds, emitter->used);
}

/* A := SCRATCH, where A is watched.  Where two tests end in one place, their
   signs are the same.  Nothing is put off or left out: there is no need to know
   which lines hold A. */
static void turn(struct making *making)
{
    uint32_t when = making->translator->breakpoints.when;

    if (when & BREAK_ON_NEGATIVE)
        leave_if_turned(making, IF_NOT_NEGATIVE);
    if (when & BREAK_ON_ZERO)
        leave_if_turned(making, IF_NOT_EQUAL);
    emit_move(&making->emitter, A, SCRATCH);
    making->flags = true;
}

static void load_watched(struct making *making, unsigned line)
{
    emit_load(&making->emitter, SCRATCH, MACHINE, distance_of(line));
    emit_negate(&making->emitter, SCRATCH);
    turn(making);
}

static void subtract_watched(struct making *making, unsigned line)
{
    emit_move(&making->emitter, SCRATCH, A);
    emit_operate_memory(&making->emitter, X86_SUB, SCRATCH, MACHINE,
                        distance_of(line));
    turn(making);
}

/* Whether the next step is LDN of LINE, as in most programs after STO. */
static bool is_loaded_next(const struct making *making, unsigned i,
                           unsigned line)
{
    if (i + 1 == making->count)
        return false;
    uint32_t next = making->machine->store[making->steps[i + 1].line];

    return word_function(next) == LDN && word_line(next) == line;
}

/* A register that holds A, to be stored into LINE by step I. */
static enum x86_register value_for(struct making *making, unsigned i,
                                   unsigned line)
{
    if (!making->negated || !is_loaded_next(making, i, line)) {
        normalise(making);
        return A;
    }
    emit_move(&making->emitter, SCRATCH, A);
    emit_negate(&making->emitter, SCRATCH);
    making->flags = false;
    return SCRATCH;
}

static void store(struct making *making, unsigned i, unsigned line)
{
    /* No operand of this block: one that it stores into is no constant. */
    uint32_t depended = making->translator->depended | making->block->lines;
    enum x86_register value = value_for(making, i, line);

    if (depended >> line & 1) {
        struct block_exit *way =
            exit_add(making, EXIT_WROTE, making->line, false);

        way->negated = making->negated;
        emit_operate_memory(&making->emitter, X86_CMP, value, MACHINE,
                            distance_of(line));
        exit_emit_if(making, IF_NOT_EQUAL, way);
        making->flags = false;
    } else {
        emit_save(&making->emitter, MACHINE, distance_of(line), value);
        making->block->stores |= 1u << line;
    }
    if (making->minus == line)
        making->minus = NO_LINE;
    making->equal = line;
}

/* The exit to the line after the next, which a Test of a negative A takes. */
static struct block_exit *add_skip(struct making *making)
{
    uint32_t ci = making->line;

    if (making->machine->immediate_test)
        ci = translator_next(making->translator, ci, false);
    return exit_add(making, EXIT_CHAIN, ci, !making->machine->immediate_test);
}

static struct block_exit *add_next(struct making *making)
{
    return exit_add(making, EXIT_CHAIN, making->line, false);
}

/* Obeys a Test; the jump that it may skip is step I + 1. */
static void test(struct making *making, unsigned i)
{
    struct emitter *emitter = &making->emitter;
    enum fork fork = making->steps[i].fork;
    size_t negative;

    normalise(making);
    if (!making->flags)
        emit_test(emitter, A);
    making->flags = true;
    switch (fork) {
    case LEAVE:
    case LEAVE_NEGATIVE:
        exit_emit_if(making, IF_NEGATIVE, add_skip(making));
        if (fork == LEAVE)
            exit_emit(making, add_next(making));
        break;
    case LEAVE_OTHERWISE:
        exit_emit_if(making, IF_NOT_NEGATIVE, add_next(making));
        break;
    case STEP_OVER:
        emit_keep_together(emitter, BRANCH, CODE_LINE);
        negative = emit_forward(emitter, IF_NEGATIVE);
        begin_step(making, i + 1);
        making->obeyed++;
        jump(making);
        making->obeyed--; /* on this way it was not obeyed */
        emit_place_at(emitter, negative, emitter->used);
        break;
    case GO_ON:
        break;
    }
}

static void obey(struct making *making, unsigned i)
{
    bool watched = making->translator->breakpoints.when & BREAK_ON_A;
    unsigned operand = word_line(making_word(making));
    unsigned function = word_function(making_word(making));

    making->obeyed++;
    switch (function) {
    case JMP:
    case JRP:
        jump(making);
        return;
    case LDN:
        (watched ? load_watched : load_negative)(making, operand);
        break;
    case STO:
        store(making, i, operand);
        break;
    case SUB:
    case SUB + 1:
        (watched ? subtract_watched : subtract)(making, operand);
        break;
    case CMP:
        test(making, i);
        return;
    case STP:
        normalise(making);
        exit_emit(making, exit_add(making, EXIT_STOP, making->line, false));
        return;
    }
    if (making->steps[i].fork == LEAVE) {
        normalise(making);
        exit_emit(making, add_next(making));
    }
}

bool translate(struct translator *translator, const struct machine *machine,
               unsigned entry)
{
    struct block *block = &translator->blocks[entry];
    struct making making = {
        .translator = translator,
        .machine = machine,
        .block = block,
        .emitter = {translator->area->at, translator->area->size,
                    translator->used, false},
        .first = translator->exits_used,
        .equal = NO_LINE,
        .minus = NO_LINE,
    };

    /* First which lines, and which of the operands are constants; */
    *block = (struct block){
        .entered = block->entered,
        .made = machine->instructions,
    };
    survey(&making, entry);
    for (unsigned line = 0; line < LINES; line++)
        if (translator->blocks[line].live)
            making.written |= translator->blocks[line].stores;
    block->operands &= ~(making.written | translator->varying);

    /* then the code. */
    emit_align(&making.emitter, CODE_LINE);
    block->code = making.emitter.used;
    for (unsigned i = 0; i < making.count; i++) {
        begin_step(&making, i);
        obey(&making, i);
        i += making.steps[i].fork == STEP_OVER;
    }
    block->behind = making.emitter.used - block->code;
    exits_finish(&making);
    if (making.emitter.full || making.out_of_exits) {
        translator->exits_used = making.first;
        return false;
    }
    block->size = making.emitter.used - block->code;
    block->live = true;
    translator->map[entry] = (struct entry){(int32_t)block->length,
                                            translator->area->at + block->code};
    translator->used = making.emitter.used;
    return true;
}
