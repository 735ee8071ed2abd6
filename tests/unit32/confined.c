/* SPDX-License-Identifier: MIT */
#include "confined.h"
#include "emu/translator/x86_decode.h"
#include "emu/translator/codegen_state.h"
#include <stdio.h>
#include <string.h>

#define PADDING 0xCC
#define MOST    65536 /* bytes of an area */

/* Where an instruction is, and what was found out on the way to it. */
struct place {
    const struct translator *translator;
    size_t at, size;
    struct decoded code;
    bool is_gate;  /* of the code through which C comes and goes */
    bool compared; /* SCRATCH was compared with the number of lines .. */
    bool bounded;  /* .. and is below that */
    bool ended;    /* control does not come here from the one before */
};

static bool starts[MOST]; /* an instruction begins here */

static bool tell(const struct place *place, const char *what)
{
    fprintf(stderr, "translated code at %zu, %s: %s\n", place->at,
            place->code.mnemonic, what);
    return false;
}

static bool is(const struct place *place, const char *mnemonic)
{
    return strcmp(place->code.mnemonic, mnemonic) == 0;
}

/* Whether the first operand is only looked at. */
static bool only_reads(const struct place *place)
{
    return is(place, "cmp") || is(place, "test") || is(place, "push") ||
           is(place, "jmp");
}

static bool is_in_exits(const struct translator *translator, uint32_t address)
{
    uint32_t distance = address - (uint32_t)(uintptr_t)translator->exits;

    return distance <= sizeof translator->exits - sizeof(uint32_t) &&
           distance % sizeof(uint32_t) == 0;
}

/* The fields of an exit that code has to do with. */
static bool is_field(const struct translator *translator, uint32_t address,
                     bool written)
{
    uint32_t distance = address - (uint32_t)(uintptr_t)translator->exits;

    switch (distance % sizeof(struct block_exit)) {
    case offsetof(struct block_exit, refund):
        return !written;
    case offsetof(struct block_exit, cost):
    case offsetof(struct block_exit, key):
    case offsetof(struct block_exit, to):
    case offsetof(struct block_exit, hits):
    case offsetof(struct block_exit, misses):
        return true;
    }
    return false;
}

static bool check_based(const struct place *place,
                        const struct operand *operand, bool written)
{
    uint32_t a = offsetof(struct machine, a);

    if (operand->which == ESP)
        return (place->is_gate && !written && operand->value >= 12 &&
                operand->value <= 20) ||
               tell(place, "memory of the stack");
    if (operand->which != MACHINE)
        return tell(place, "memory by a register that is not the machine's");
    if (operand->value == a && place->is_gate)
        return true;
    return (operand->value < sizeof((struct machine *)0)->store &&
            operand->value % sizeof(uint32_t) == 0) ||
           tell(place, "memory that is not the store");
}

static bool check_memory(const struct place *place,
                         const struct operand *operand, bool written)
{
    const struct translator *translator = place->translator;
    const struct map_entry *map = translator->map;

    switch (operand->kind) {
    case OPERAND_BASED:
        return is(place, "lea") || check_based(place, operand, written);
    case OPERAND_ADDRESS:
        return (is_in_exits(translator, operand->value) &&
                is_field(translator, operand->value, written)) ||
               tell(place, "memory that is no exit's");
    case OPERAND_TABLE:
        return (!written && place->bounded && operand->which == SCRATCH &&
                (operand->value == (uint32_t)(uintptr_t)&map->to ||
                 operand->value == (uint32_t)(uintptr_t)&map->length)) ||
               tell(place, "memory that is not the map table, or beyond it");
    default:
        return true;
    }
}

/* EBX is the machine's, ESP the stack's, EBP and EDI are C's. */
static bool check_register(const struct place *place, enum x86_register which)
{
    if (which == EAX || which == ECX || which == EDX || which == ESI)
        return true;
    return (which == EBX && place->is_gate) ||
           tell(place, "a register that is not its own");
}

static bool check_operand(const struct place *place, unsigned i)
{
    const struct operand *operand = &place->code.operands[i];
    bool written = i == 0 && !only_reads(place);

    if (operand->kind == OPERAND_REGISTER && written)
        return check_register(place, operand->which);
    return check_memory(place, operand, written);
}

/* -------------------------------------------------------------- jumps */

static bool leads_in(const struct place *place, size_t to)
{
    return (to < place->translator->used && starts[to]) ||
           tell(place, "leads to no instruction of the area");
}

/* `jmp [to]`: what is there must be a block's code, or nothing. */
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
        return (to->value - (uint32_t)(uintptr_t)place->translator->exits) %
                           sizeof(struct block_exit) ==
                       offsetof(struct block_exit, to)
                   ? check_cached(place, to->value)
                   : tell(place, "a jump by what is no address");
    if (is(place, "jmp") || is(place, "ret") || is(place, "push") ||
        is(place, "pop"))
        return place->is_gate || tell(place, "only C comes and goes so");
    return true;
}

/* SCRATCH is an index after `cmp SCRATCH, 32` and `jae`, until it changes. */
static void follow(struct place *place)
{
    const struct operand *left = &place->code.operands[0];
    const struct operand *right = &place->code.operands[1];
    bool is_scratch = left->kind == OPERAND_REGISTER && left->which == SCRATCH;

    if (is(place, "jae"))
        place->bounded = place->compared;
    else if (is_scratch)
        place->bounded = false;
    place->compared = is(place, "cmp") && is_scratch &&
                      right->kind == OPERAND_NUMBER && right->value == LINES;
    place->ended = is(place, "jmp") || is(place, "ret");
}

/* Reads the instruction at PLACE->at; false: there is none. */
static bool read(struct place *place)
{
    const struct translator *translator = place->translator;

    place->size = decode(translator->area->at + place->at,
                         translator->used - place->at, &place->code);
    place->is_gate = place->at < translator->cleared;
    return place->size > 0;
}

/* Padding stands only where control does not come. */
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
            return tell(place, "is no instruction");
    }
    return place->ended || tell(place, "control runs out of the area");
}

bool confined(const struct translator *translator, uint64_t *instructions)
{
    struct place place = {.translator = translator, .ended = true};

    if (translator->used > translator->area->size || translator->used > MOST ||
        !find_starts(&place))
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
