/* SPDX-License-Identifier: MIT */
#include "confined.h"
#include "emu/translator/x86_decode.h"
#include "emu/translator/codegen_state.h"
#include <stdio.h>
#include <string.h>

#define PADDING  0xCC
#define AREA_MAX 65536 /* maximum size of a code area in bytes */

/* An instruction and what is known when execution reaches it. */
struct place {
    const struct translator *translator;
    size_t at, size;
    struct decoded code;
    bool is_gate; /* true if the code is called from C and returns to it */
    /* true if the previous instruction compared SCRATCH with LINES */
    bool compared;
    bool bounded; /* true if SCRATCH is known to be less than LINES */
    bool ended;   /* true after an instruction that never falls through */
};

static bool starts[AREA_MAX]; /* true for the first byte of each instruction */

static bool report(const struct place *place, const char *what)
{
    fprintf(stderr, "translated code at %zu, %s: %s\n", place->at,
            place->code.mnemonic, what);
    return false;
}

static bool is(const struct place *place, const char *mnemonic)
{
    return strcmp(place->code.mnemonic, mnemonic) == 0;
}

/* Returns whether the instruction only reads its first operand. */
static bool only_reads(const struct place *place)
{
    return is(place, "cmp") || is(place, "test") || is(place, "push") ||
           is(place, "jmp");
}

/* Returns the offset of ADDRESS within its prediction, or SIZE_MAX if it is in
   none. */
static size_t within_prediction(const struct translator *translator,
                                uint32_t address)
{
    uint32_t distance = address - (uint32_t)(uintptr_t)translator->predictions;

    return distance < sizeof translator->predictions
               ? distance % sizeof *translator->predictions
               : SIZE_MAX;
}

/* Returns whether ADDRESS is the refund of an exit. */
static bool is_refund(const struct translator *translator, uint32_t address)
{
    uint32_t distance = address - (uint32_t)(uintptr_t)translator->exits;

    return distance < sizeof translator->exits &&
           distance % sizeof *translator->exits ==
               offsetof(struct block_exit, refund);
}

/* Returns whether ADDRESS is a field of a prediction that the code may access.
 */
static bool is_field(const struct translator *translator, uint32_t address)
{
    size_t within = within_prediction(translator, address);

    for (unsigned i = 0; i < GUESSES; i++)
        if (within == offsetof(struct prediction, guesses[0].hits) +
                          i * sizeof(struct guess))
            return true;
    switch (within) {
    case offsetof(struct prediction, to):
    case offsetof(struct prediction, cost):
    case offsetof(struct prediction, misses):
    case offsetof(struct prediction, review):
        return true;
    }
    return false;
}

/* Returns whether ADDRESS is the counter of chained jumps. */
static bool is_counter(const struct translator *translator, uint32_t address)
{
    return translator->manager.counts_chains &&
           address == (uint32_t)(uintptr_t)&translator->manager.chained;
}

/* Returns whether the code may access the table at ADDRESS, by an index below
   LINES.  It only increments the table of a profile. */
static bool is_table(const struct place *place, uint32_t address)
{
    const struct translator *translator = place->translator;
    const void *const tables[] = {
        &translator->map->to, &translator->map->length,
        &translator->version_map->to, &translator->version_map->length,
        &translator->version_keys->word};

    if (is(place, "inc"))
        return within_prediction(translator, address) ==
               offsetof(struct prediction, profile[0].missed);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (is(place, "mov") && address == (uint32_t)(uintptr_t)tables[i])
            return true;
    return false;
}

static bool check_based(const struct place *place,
                        const struct operand *operand, bool written)
{
    uint32_t a = offsetof(struct machine, a);

    if (operand->which == ESP)
        return (place->is_gate && !written && operand->value >= 12 &&
                operand->value <= 20) ||
               report(place, "accesses the stack");
    if (operand->which != MACHINE)
        return report(place, "memory by a register other than the machine's");
    if (operand->value == a && place->is_gate)
        return true;
    return (operand->value < sizeof((struct machine *)0)->store &&
            operand->value % sizeof(uint32_t) == 0) ||
           report(place, "memory outside the store and A");
}

static bool check_memory(const struct place *place,
                         const struct operand *operand, bool written)
{
    const struct translator *translator = place->translator;

    switch (operand->kind) {
    case OPERAND_BASED:
        return is(place, "lea") || check_based(place, operand, written);
    case OPERAND_ADDRESS:
        return (!written && is_refund(translator, operand->value)) ||
               is_field(translator, operand->value) ||
               is_counter(translator, operand->value) ||
               report(place, "memory outside the predictions");
    case OPERAND_TABLE:
        return (place->bounded && operand->which == SCRATCH &&
                is_table(place, operand->value)) ||
               report(place, "memory outside the map table and profiles");
    default:
        return true;
    }
}

/* EBX points to the machine.  EBP and EDI are saved by the caller in C. */
static bool check_register(const struct place *place, enum x86_register which)
{
    if (which == EAX || which == ECX || which == EDX || which == ESI)
        return true;
    return (which == EBX && place->is_gate) ||
           report(place, "changes a reserved register");
}

static bool check_operand(const struct place *place, unsigned i)
{
    const struct operand *operand = &place->code.operands[i];
    bool written = i == 0 && !only_reads(place);

    if (operand->kind == OPERAND_REGISTER && written)
        return check_register(place, operand->which);
    return check_memory(place, operand, written);
}

static bool leads_in(const struct place *place, size_t to)
{
    return (to < place->translator->used && starts[to]) ||
           report(place, "target is no instruction of the area");
}

/* The target of an indirect jump must be the code of a block, or NULL. */
static bool check_cached(const struct place *place, uint32_t address)
{
    const uint8_t *to = *(const uint8_t *const *)(uintptr_t)address;

    return to == NULL ||
           leads_in(place, (size_t)(to - place->translator->area->at));
}

static bool check_jump(const struct place *place)
{
    const struct operand *to = &place->code.operands[0];

    if (to->kind == OPERAND_JUMP)
        return leads_in(place, place->at + place->size + to->value);
    if (to->kind == OPERAND_ADDRESS && is(place, "jmp"))
        return within_prediction(place->translator, to->value) ==
                       offsetof(struct prediction, to)
                   ? check_cached(place, to->value)
                   : report(place, "jump with an invalid operand");
    if (is(place, "jmp") || is(place, "ret") || is(place, "push") ||
        is(place, "pop"))
        return place->is_gate ||
               report(place, "only allowed to enter and to return");
    return true;
}

/* Tracks whether SCRATCH is below 32 because of `and SCRATCH, 31`, or of
   `cmp SCRATCH, 32` and `jae`. */
static void follow(struct place *place)
{
    const struct operand *left = &place->code.operands[0];
    const struct operand *right = &place->code.operands[1];
    bool is_scratch = left->kind == OPERAND_REGISTER && left->which == SCRATCH;

    if (is(place, "jae"))
        place->bounded = place->compared;
    else if (is_scratch)
        place->bounded = is(place, "and") && right->kind == OPERAND_NUMBER &&
                         right->value == LINES - 1;
    place->compared = is(place, "cmp") && is_scratch &&
                      right->kind == OPERAND_NUMBER && right->value == LINES;
    place->ended = is(place, "jmp") || is(place, "ret");
}

/* Decodes the instruction at PLACE->at.  Returns false if there is none. */
static bool read(struct place *place)
{
    const struct translator *translator = place->translator;

    place->size = decode(translator->area->at + place->at,
                         translator->used - place->at, &place->code);
    place->is_gate = place->at < translator->cleared;
    return place->size > 0;
}

/* Finds the start of each instruction. */
static bool find_starts(struct place *place)
{
    memset(starts, 0, place->translator->used);
    for (place->at = 0; place->at < place->translator->used;
         place->at += place->size) {
        place->code.mnemonic = "padding";
        if (read(place)) {
            starts[place->at] = true;
            follow(place);
            continue;
        }
        place->size = 1;
        if (place->translator->area->at[place->at] != PADDING || !place->ended)
            return report(place, "no instruction");
    }
    return place->ended || report(place, "execution runs out of the area");
}

bool confined(const struct translator *translator, uint64_t *instructions)
{
    struct place place = {.translator = translator, .ended = true};

    if (translator->used > translator->area->size ||
        translator->used > AREA_MAX || !find_starts(&place))
        return false;
    place.bounded = place.compared = false;
    for (place.at = 0; place.at < translator->used; place.at += place.size) {
        if (!starts[place.at]) {
            place.size = 1;
            continue;
        }
        read(&place);
        if (!check_operand(&place, 0) || !check_operand(&place, 1) ||
            !check_jump(&place))
            return false;
        follow(&place);
        ++*instructions;
    }
    return true;
}
