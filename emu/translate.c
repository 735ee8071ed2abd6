/* SPDX-License-Identifier: MIT */
/*
 * From one block of the Baby to i386 code; translator.c decides when.
 *
 * Two passes.  The first, survey(), is code discovery: it follows control from
 * the entry line and notes which lines will be translated.  Store and program
 * are one, so nothing in the store says where the instructions end and the
 * numbers begin; but what follows an instruction that was obeyed is one, until
 * a Test, where only lines that were obeyed before are followed.  A block has
 * one entry and several exits (an extended basic block): it goes on past a
 * Test, and past a jump that the Test may skip.  The second pass writes the
 * code, a few instructions of the i386 for one of the Baby.
 *
 * While translated code runs, EAX is A, EBX points to the machine, and EDX is
 * what is left of the budget.  CI, PI and the flip-flop are nowhere: at each
 * exit they are constants, kept in its struct block_exit.  ECX and ESI are
 * scratch.
 *
 * The budget is taken once a block, by whoever enters it: all that the longest
 * way through costs.  An exit before the end has a refund; it is set off
 * against what the next block costs, so that the inner loop of Kilburn's
 * program (SUB 27, CMP, JRP 20) comes to
 *
 *     body:  sub  eax, [ebx + 108]
 *            js   skipped
 *            sub  edx, 3          the next turn's budget
 *            jge  body            chained: straight to the next block
 *            mov  ecx, exit       too little left: to the manager
 *            jmp  leave
 *
 * A Store into a line that some block was made from compares first, and leaves
 * right after the Store if the word is a new one.
 */
#include "emit.h"
#include "translator.h"

#define A       EAX
#define SCRATCH ECX
#define BUDGET  EDX
#define MACHINE EBX
#define FOUND   ESI

#define ALIGNMENT 32 /* of blocks: a loop fits one line of decoded code */
#define NO_LINE   LINES

/* Where control goes after a step. */
enum fork {
    GO_ON,           /* to the next step */
    LEAVE,           /* out of the block, in every case */
    LEAVE_NEGATIVE,  /* out if the Test skips, else to the next step */
    LEAVE_OTHERWISE, /* to the next step if the Test skips, else out */
    STEP_OVER,       /* the next step is a jump, and what the Test skips */
};

struct step {
    uint8_t line;
    uint8_t fork;
};

struct making {
    struct translator *translator;
    const struct machine *machine;
    struct block *block;
    struct emitter emitter;
    struct step steps[LINES];
    unsigned count;   /* steps */
    uint32_t written; /* lines that any block stores into */
    unsigned first;   /* this block's first exit */
    bool out_of_exits;

    /* At the place where code is being written. */
    unsigned line;
    uint32_t obeyed; /* instructions since the entry */
    bool flags;      /* the sign flag is the sign of A */
    unsigned equal;  /* a line known to hold A, or NO_LINE */
    unsigned minus;  /* a line known to hold minus A, or NO_LINE */
};

static uint32_t word_at(const struct making *making)
{
    return making->machine->store[making->line];
}

static int32_t distance_of(unsigned line)
{
    return (int32_t)(offsetof(struct machine, store) + line * sizeof(uint32_t));
}

/* First pass: which lines */

static bool is_jump(uint32_t word)
{
    return word_function(word) == JMP || word_function(word) == JRP;
}

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

static bool may_follow(const struct making *making, unsigned line)
{
    return translator_may_reach(making->translator, line) &&
           making->translator->seen >> line & 1;
}

static enum fork fork_of(const struct making *making, unsigned line)
{
    bool next = may_follow(making, line + 1);
    bool skip = may_follow(making, line + 2);

    if (next && skip && is_jump(making->machine->store[line + 1]))
        return STEP_OVER;
    return next ? LEAVE_NEGATIVE : skip ? LEAVE_OTHERWISE : LEAVE;
}

static void survey(struct making *making, unsigned line)
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
        } else if (!translator_may_reach(making->translator, line + 1)) {
            step->fork = LEAVE;
        }
        if (step->fork == LEAVE)
            return;
        line += 1 + skipped;
    }
}

/* Second pass: exits */

static struct block_exit *add_exit(struct making *making, enum exit_kind kind,
                                   uint32_t ci, bool test)
{
    struct translator *translator = making->translator;
    uint32_t word = word_at(making),
             next = translator_next(translator, ci, test);

    making->out_of_exits |= translator->exits_used == EXITS;
    struct block_exit *way =
        &translator->exits[translator->exits_used - making->out_of_exits];

    translator->exits_used += !making->out_of_exits;
    *way = (struct block_exit){
        .kind = kind,
        .block = making->steps[0].line,
        .operand = (uint8_t)word_line(word),
        .target = LINES,
        .test = test,
        .ci = ci,
        .pi = word,
        .obeyed = making->obeyed,
    };
    if (kind == EXIT_CHAIN && translator_may_reach(translator, next))
        way->target = (uint8_t)next;
    return way;
}

/* A conditional jump over what comes next; where it goes is set later. */
static size_t emit_forward(struct emitter *emitter,
                           enum x86_condition condition)
{
    emit_jump_if(emitter, condition, 0);
    return emitter->used;
}

/* Leaves the block for the manager. */
static void emit_leave(struct making *making, struct block_exit *way)
{
    emit_move_number(&making->emitter, SCRATCH, (uint32_t)(uintptr_t)way);
    emit_jump(&making->emitter, making->translator->leave);
}

/* Fixed target: `sub` and `jge` are filled in when the exit is linked. */
static void emit_chain(struct making *making, struct block_exit *way)
{
    struct emitter *emitter = &making->emitter;

    emit_operate_number(emitter, X86_SUB, BUDGET, 0);
    way->taken_end = emitter->used;
    emit_jump_if(emitter, IF_NOT_LESS, 0);
    way->jump_end = emitter->used;
    emit_leave(making, way);
}

/*
 * Target unknown: if the operand is that of last time, so is the target.  If
 * not, and if the budget is too small, the map table tells what to try next
 * time; after that it is tried once more, now.
 *
 * The cache is data and far from the code: a processor that sees a write near
 * code which it runs starts that code anew.
 */
static void emit_cache(struct making *making, struct block_exit *way)
{
    struct emitter *emitter = &making->emitter;
    const struct entry *map = making->translator->map;
    size_t poor, other, out_of_reach, still_poor;

    emit_load(emitter, SCRATCH, MACHINE, distance_of(way->operand));
    emit_operate_address(emitter, X86_SUB, BUDGET, &way->cost);
    poor = emit_forward(emitter, IF_LESS);
    emit_operate_address(emitter, X86_CMP, SCRATCH, &way->key);
    other = emit_forward(emitter, IF_NOT_EQUAL);
    emit_increment_address(emitter, &way->hits);
    emit_jump_address(emitter, &way->to);

    emit_place_at(emitter, poor, emitter->used);
    emit_place_at(emitter, other, emitter->used);
    emit_increment_address(emitter, &way->misses);
    emit_operate_address(emitter, X86_ADD, BUDGET, &way->cost);
    emit_save_address(emitter, &way->key, SCRATCH);
    emit_move_number(emitter, FOUND, UNAFFORDABLE);
    emit_save_address(emitter, &way->cost, FOUND);
    emit_operate_number(emitter, X86_ADD, SCRATCH, way->ci + 1);
    if (making->machine->ci5)
        emit_operate_number(emitter, X86_AND, SCRATCH, LINES - 1);
    emit_operate_number(emitter, X86_CMP, SCRATCH, LINES);
    out_of_reach = emit_forward(emitter, IF_NOT_BELOW);
    emit_load_table(emitter, FOUND, SCRATCH, &map->to);
    emit_save_address(emitter, &way->to, FOUND);
    emit_load_table(emitter, FOUND, SCRATCH, &map->length);
    emit_operate_address(emitter, X86_SUB, FOUND, &way->refund);
    emit_save_address(emitter, &way->cost, FOUND);

    emit_place_at(emitter, out_of_reach, emitter->used);
    emit_operate_address(emitter, X86_SUB, BUDGET, &way->cost);
    still_poor = emit_forward(emitter, IF_LESS);
    emit_jump_address(emitter, &way->to);
    emit_place_at(emitter, still_poor, emitter->used);
    emit_leave(making, way);
}

static void emit_exit(struct making *making, struct block_exit *way)
{
    switch (way->kind) {
    case EXIT_CHAIN:
        emit_chain(making, way);
        break;
    case EXIT_CACHE:
        emit_cache(making, way);
        break;
    case EXIT_WROTE:
        emit_save(&making->emitter, MACHINE, distance_of(way->operand), A);
        emit_leave(making, way);
        break;
    case EXIT_STOP:
        emit_leave(making, way);
        break;
    }
}

/* An exit that is rarely taken: its code goes behind the block's. */
static void emit_exit_if(struct making *making, enum x86_condition condition,
                         struct block_exit *way)
{
    way->from_end = emit_forward(&making->emitter, condition);
}

/* Second pass: instructions */

static void jump(struct making *making)
{
    bool relative = word_function(word_at(making)) == JRP;
    unsigned operand = word_line(word_at(making));
    uint32_t ci = relative ? making->line : 0;
    enum exit_kind kind = EXIT_CACHE;

    if (making->block->operands >> operand & 1) {
        kind = EXIT_CHAIN;
        ci += making->machine->store[operand];
        if (making->machine->ci5)
            ci &= LINES - 1;
    }
    emit_exit(making, add_exit(making, kind, ci, false));
}

/* A := -S; nothing is loaded where S is known to be A or minus A. */
static void load_negative(struct making *making, unsigned line)
{
    struct emitter *emitter = &making->emitter;

    if (line == making->minus)
        return;
    if (line == making->equal) {
        emit_negate(emitter, A);
        making->equal = making->minus;
    } else {
        emit_operate(emitter, X86_XOR, A, A);
        emit_operate_memory(emitter, X86_SUB, A, MACHINE, distance_of(line));
        making->equal = NO_LINE;
    }
    making->minus = line;
    making->flags = true;
}

static void subtract(struct making *making, unsigned line)
{
    emit_operate_memory(&making->emitter, X86_SUB, A, MACHINE,
                        distance_of(line));
    making->equal = making->minus = NO_LINE;
    making->flags = true;
}

static void store(struct making *making, unsigned line)
{
    uint32_t depended = making->translator->depended | making->block->lines |
                        making->block->operands;

    if (depended >> line & 1) {
        struct block_exit *way =
            add_exit(making, EXIT_WROTE, making->line, false);

        emit_operate_memory(&making->emitter, X86_CMP, A, MACHINE,
                            distance_of(line));
        emit_exit_if(making, IF_NOT_EQUAL, way);
        making->flags = false;
    } else {
        emit_save(&making->emitter, MACHINE, distance_of(line), A);
        making->block->stores |= 1u << line;
    }
    if (making->minus == line)
        making->minus = NO_LINE;
    making->equal = line;
}

/* The exit to the line after the next, which a Test of a negative A takes. */
static struct block_exit *add_skip(struct making *making)
{
    bool immediate = making->machine->immediate_test;

    uint32_t ci = immediate
                      ? translator_next(making->translator, making->line, false)
                      : making->line;

    return add_exit(making, EXIT_CHAIN, ci, !immediate);
}

static struct block_exit *add_next(struct making *making)
{
    return add_exit(making, EXIT_CHAIN, making->line, false);
}

/* Obeys a Test; the jump that it may skip is step I + 1. */
static void test(struct making *making, unsigned i)
{
    struct emitter *emitter = &making->emitter;
    enum fork fork = making->steps[i].fork;
    size_t negative;

    if (!making->flags)
        emit_test(emitter, A);
    making->flags = true;
    switch (fork) {
    case LEAVE:
    case LEAVE_NEGATIVE:
        emit_exit_if(making, IF_NEGATIVE, add_skip(making));
        if (fork == LEAVE)
            emit_exit(making, add_next(making));
        break;
    case LEAVE_OTHERWISE:
        emit_exit_if(making, IF_NOT_NEGATIVE, add_next(making));
        break;
    case STEP_OVER:
        negative = emit_forward(emitter, IF_NEGATIVE);
        making->line = making->steps[i + 1].line;
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
    unsigned operand = word_line(word_at(making));
    unsigned function = word_function(word_at(making));

    making->obeyed++;
    switch (function) {
    case JMP:
    case JRP:
        jump(making);
        return;
    case LDN:
        load_negative(making, operand);
        break;
    case STO:
        store(making, operand);
        break;
    case SUB:
    case SUB + 1:
        subtract(making, operand);
        break;
    case CMP:
        test(making, i);
        return;
    case STP:
        emit_exit(making, add_exit(making, EXIT_STOP, making->line, false));
        return;
    }
    if (making->steps[i].fork == LEAVE)
        emit_exit(making, add_next(making));
}

/* Exits with a conditional jump get their code, and all get their sums. */
static void finish(struct making *making)
{
    struct translator *translator = making->translator;

    making->block->length = making->obeyed;
    for (unsigned i = making->first; i < translator->exits_used; i++) {
        struct block_exit *way = &translator->exits[i];

        if (way->from_end != 0) {
            emit_place_at(&making->emitter, way->from_end,
                          making->emitter.used);
            emit_exit(making, way);
        }
        way->refund = making->obeyed - way->obeyed;
        if (way->kind == EXIT_CACHE)
            way->cost = UNAFFORDABLE;
        if (way->kind == EXIT_CHAIN && !making->emitter.full)
            translate_unlink(translator, way);
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

    *block = (struct block){.entered = block->entered};
    survey(&making, entry);
    for (unsigned line = 0; line < LINES; line++)
        if (translator->blocks[line].live)
            making.written |= translator->blocks[line].stores;
    block->operands &= ~(making.written | translator->varying);

    emit_align(&making.emitter, ALIGNMENT);
    block->code = making.emitter.used;
    for (unsigned i = 0; i < making.count; i++) {
        making.line = making.steps[i].line;
        obey(&making, i);
        i += making.steps[i].fork == STEP_OVER;
    }
    finish(&making);
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

/*
 * Called from C as `uint64_t gate(machine, code, budget)`.  EBX and ESI are
 * the registers used that C wants back.  What leaves code comes to `leave` with
 * its struct block_exit in ECX; C gets it in EAX and the budget in EDX.
 */
bool translate_gate(struct translator *translator)
{
    const int32_t first = 3 * sizeof(uint32_t); /* argument, above ESI, EBX
                                                   and the return address */
    const int32_t a = offsetof(struct machine, a);
    struct emitter emitter = {translator->area->at, translator->area->size, 0,
                              false};

    emit_push(&emitter, EBX);
    emit_push(&emitter, ESI);
    emit_load_argument(&emitter, MACHINE, first);
    emit_load_argument(&emitter, SCRATCH, first + 4);
    emit_load_argument(&emitter, BUDGET, first + 8);
    emit_load(&emitter, A, MACHINE, a);
    emit_jump_register(&emitter, SCRATCH);
    translator->leave = emitter.used;
    emit_save(&emitter, MACHINE, a, A);
    emit_move(&emitter, EAX, SCRATCH);
    emit_pop(&emitter, ESI);
    emit_pop(&emitter, EBX);
    emit_return(&emitter);
    translator->cleared = translator->used = emitter.used;
    return !emitter.full;
}

/* Writes what a chain costs and leads to. */
static void set_chain(struct translator *translator, struct block_exit *way,
                      int32_t cost, size_t code)
{
    struct emitter emitter = {translator->area->at, translator->area->size, 0,
                              false};

    way->cost = cost;
    emit_number_at(&emitter, way->taken_end, (uint32_t)cost);
    emit_place_at(&emitter, way->jump_end, code);
}

void translate_link(struct translator *translator, struct block_exit *way)
{
    const struct block *next = &translator->blocks[way->target];

    way->linked = true;
    set_chain(translator, way, (int32_t)(next->length - way->refund),
              next->code);
}

/* A chain that leads nowhere gives the refund back and falls into the code
   behind it. */
void translate_unlink(struct translator *translator, struct block_exit *way)
{
    way->linked = false;
    set_chain(translator, way, -(int32_t)way->refund, way->jump_end);
}
