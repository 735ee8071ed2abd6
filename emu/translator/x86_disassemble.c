/* SPDX-License-Identifier: MIT */
/* Names the operands found by x86_decode.c. */
#include "x86_disassemble.h"
#include "codegen_state.h"
#include "prediction.h"
#include "x86_decode.h"

/* Offset of the hits of guess I. */
#define HITS(i) offsetof(struct prediction, guesses[i].hits)

struct view {
    const struct translator *translator;
    size_t begin, end; /* offsets of the block's code in the code area */
    size_t next;       /* offset of the next instruction */
    struct strbuf *text;
};

static void add_register(const struct view *view, const struct operand *operand)
{
    static const char names[][4] = {
        [EAX] = "eax", [ECX] = "ecx", [EDX] = "edx", [EBX] = "ebx",
        [ESP] = "esp", [EBP] = "ebp", [ESI] = "esi", [EDI] = "edi",
    };

    strbuf_add(view->text, "%s", names[operand->which]);
}

/* Returns the distance from OBJECT to ADDRESS modulo 2^32, on any host. */
static uint32_t distance_from(const void *object, uint32_t address)
{
    return address - (uint32_t)(uintptr_t)object;
}

/* Returns the number of the exit that contains ADDRESS at offset WITHIN, or
   EXITS if there is none. */
static unsigned exit_at(const struct view *view, uint32_t address,
                        uint32_t *within)
{
    const struct block_exit *exits = view->translator->exits;
    uint32_t distance = distance_from(exits, address);

    *within = distance % sizeof *exits;
    return distance < EXITS * sizeof *exits
               ? (unsigned)(distance / sizeof *exits)
               : EXITS;
}

/* Returns the number of the exit whose prediction contains ADDRESS at offset
   WITHIN, or EXITS if there is none. */
static unsigned prediction_at(const struct view *view, uint32_t address,
                              uint32_t *within)
{
    const struct translator *translator = view->translator;
    uint32_t distance = distance_from(translator->predictions, address);
    uint32_t number = distance / sizeof *translator->predictions;

    *within = distance % sizeof *translator->predictions;
    for (unsigned i = 0; i < translator->exits_used; i++)
        if (exit_is_predicted(&translator->exits[i]) &&
            translator->exits[i].prediction == number)
            return i;
    return EXITS;
}

static void add_number(const struct view *view, const struct operand *operand)
{
    uint32_t within;
    unsigned exit = exit_at(view, operand->value, &within);

    if (exit < EXITS && within == 0)
        strbuf_add(view->text, "exit %u", exit);
    else
        strbuf_add(view->text, "%d", (int32_t)operand->value);
}

static void add_jump(const struct view *view, const struct operand *operand)
{
    const struct translator *translator = view->translator;
    size_t place = (uint32_t)view->next + operand->value;

    if (place == translator->leave) {
        strbuf_add(view->text, "leave");
        return;
    }
    for (unsigned i = 0; i < BLOCKS; i++)
        if (translator->blocks[i].live && translator->blocks[i].code == place) {
            strbuf_add(view->text, "line %u", translator->blocks[i].entry);
            return;
        }
    if (place >= view->begin && place < view->end)
        strbuf_add(view->text, "+%u", (unsigned)(place - view->begin));
    else
        strbuf_add(view->text, "0x%x", (unsigned)place);
}

static void add_based(const struct view *view, const struct operand *operand)
{
    int32_t distance = (int32_t)operand->value;
    uint32_t line =
        (operand->value - (uint32_t)distance_of(0)) / sizeof(uint32_t);

    if (operand->which == MACHINE && line < LINES &&
        distance == distance_of(line)) {
        strbuf_add(view->text, "[line %u]", line);
    } else if (operand->which == MACHINE &&
               distance == offsetof(struct machine, a)) {
        strbuf_add(view->text, "[A]");
    } else {
        strbuf_add(view->text, "[");
        add_register(view, operand);
        strbuf_add(view->text, " %c %u]", distance < 0 ? '-' : '+',
                   distance < 0 ? 0 - operand->value : operand->value);
    }
}

static void add_address(const struct view *view, const struct operand *operand)
{
    static const struct {
        size_t offset;
        const char *name;
    } parts[] = {
        {offsetof(struct prediction, to), "to"},
        {offsetof(struct prediction, cost), "cost"},
        {offsetof(struct prediction, misses), "misses"},
        {offsetof(struct prediction, review), "review"},
        {HITS(0), "hits 0"},
        {HITS(1), "hits 1"},
        {HITS(2), "hits 2"},
        {HITS(3), "hits 3"},
    };
    uint32_t within;
    unsigned exit = exit_at(view, operand->value, &within);

    if (exit < EXITS && within == offsetof(struct block_exit, refund)) {
        strbuf_add(view->text, "[exit %u refund]", exit);
        return;
    }
    if (distance_from(&view->translator->manager.chained, operand->value) ==
        0) {
        strbuf_add(view->text, "[chained]");
        return;
    }
    exit = prediction_at(view, operand->value, &within);
    for (size_t i = 0; i < sizeof parts / sizeof *parts && exit < EXITS; i++)
        if (parts[i].offset == within) {
            strbuf_add(view->text, "[exit %u %s]", exit, parts[i].name);
            return;
        }
    strbuf_add(view->text, "[0x%x]", operand->value);
}

static void add_table(const struct view *view, const struct operand *operand)
{
    const struct translator *translator = view->translator;
    const struct {
        const void *table;
        const char *name, *field;
    } tables[] = {
        {&translator->map->length, "map", "length"},
        {&translator->map->to, "map", "to"},
        {&translator->version_map->length, "words", "length"},
        {&translator->version_map->to, "words", "to"},
        {&translator->version_keys->word, "words", "word"},
    };
    uint32_t within;
    unsigned exit;

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (distance_from(tables[i].table, operand->value) == 0) {
            strbuf_add(view->text, "[%s ", tables[i].name);
            add_register(view, operand);
            strbuf_add(view->text, " %s]", tables[i].field);
            return;
        }
    exit = prediction_at(view, operand->value, &within);
    if (exit < EXITS &&
        within == offsetof(struct prediction, profile[0].missed)) {
        strbuf_add(view->text, "[exit %u missed ", exit);
        add_register(view, operand);
        strbuf_add(view->text, "]");
    } else {
        strbuf_add(view->text, "[0x%x+8*", operand->value);
        add_register(view, operand);
        strbuf_add(view->text, "]");
    }
}

typedef void add(const struct view *view, const struct operand *operand);

static add *const adders[] = {
    [OPERAND_REGISTER] = add_register, [OPERAND_NUMBER] = add_number,
    [OPERAND_JUMP] = add_jump,         [OPERAND_BASED] = add_based,
    [OPERAND_ADDRESS] = add_address,   [OPERAND_TABLE] = add_table,
};

size_t disassemble(const struct translator *translator,
                   const struct block *block, size_t offset,
                   struct strbuf *text)
{
    struct view view = {translator, 0, translator->cleared, 0, text};
    struct decoded decoded;
    size_t size;

    if (block != NULL) {
        view.begin = block->code;
        view.end = block->code + block->size;
    }
    if (offset >= view.end - view.begin)
        return 0;
    offset += view.begin;
    size = decode(translator->area->at + offset, view.end - offset, &decoded);
    if (size == 0)
        return 0;
    view.next = offset + size;
    strbuf_add(text, "%s", decoded.mnemonic);
    for (unsigned i = 0; i < 2; i++) {
        const struct operand *operand = &decoded.operands[i];

        if (operand->kind == OPERAND_NONE)
            break;
        strbuf_add(text, i == 0 ? " " : ", ");
        adders[operand->kind](&view, operand);
    }
    return size;
}
