/* SPDX-License-Identifier: MIT */
/*
 * Calls: Intel SDM vol. 2, "CALL": E8 and a distance, or FF /2 and an operand
 * of up to six bytes.
 */
#include "backtrace.h"
#include "arch/memory_map.h"
#include <stddef.h>
#include <string.h>

#define CALL_NEAR      0xE8
#define CALL_NEAR_SIZE 5
#define CALL_OPERAND   0xFF
#define OPERAND_MIN    2 /* bytes of such a call */
#define OPERAND_MAX    7

/* From header.S and linker.ld: where all begins, where code ends, and the
   stacks. */
extern const char start[], translated[];
extern const uint32_t stack_guard[], stack_top[];
extern const uint32_t fault_stack_guard[], fault_stack_top[];

/* What lies behind ESP on the stack that it is on; nothing if on none. */
static void find_stack(struct backtrace *trace, const uint32_t *esp)
{
    const uint32_t *end = NULL;

    if (esp >= stack_guard && esp < stack_top)
        end = stack_top;
    else if (esp >= fault_stack_guard && esp < fault_stack_top)
        end = fault_stack_top;
    /* In the guard page there is nothing to be read. */
    if (esp >= stack_guard && esp < stack_guard + MEMORY_PAGE / sizeof *esp)
        esp = stack_guard + MEMORY_PAGE / sizeof *esp;
    trace->at = end != NULL ? esp : NULL;
    trace->end = end;
}

void backtrace_start(struct backtrace *trace, uint32_t eip, uint32_t esp)
{
    struct symbol symbol;

    find_stack(trace, (const uint32_t *)(esp & ~3u));
    trace->function = symbol_find(&symbol, eip) ? symbol.start : 0;
}

enum call { CALL_NONE, CALL_FITS, CALL_OTHER };

static bool ends_in_call_by_operand(const uint8_t *end)
{
    for (unsigned size = OPERAND_MIN; size <= OPERAND_MAX; size++)
        if (end[-(int)size] == CALL_OPERAND &&
            (end[1 - (int)size] >> 3 & 7) == 2)
            return true;
    return false;
}

/* Whether WORD is where a call returns to, as far as its bytes tell. */
static bool is_behind_call(uint32_t word)
{
    const uint8_t *end = (const uint8_t *)word;

    return word >= (uint32_t)start + OPERAND_MAX &&
           word < (uint32_t)translated &&
           (end[-CALL_NEAR_SIZE] == CALL_NEAR || ends_in_call_by_operand(end));
}

/* Whether the call before WORD can be the one looked for. */
static enum call judge(const struct backtrace *trace, uint32_t word)
{
    const uint8_t *end = (const uint8_t *)word;
    struct symbol callee;
    uint32_t distance;

    if (end[-CALL_NEAR_SIZE] == CALL_NEAR) {
        memcpy(&distance, end - sizeof distance, sizeof distance);
        if (word + distance == trace->function)
            return CALL_FITS;
        if (symbol_find(&callee, word + distance) &&
            callee.start == word + distance)
            return CALL_OTHER;
    }
    return ends_in_call_by_operand(end) ? CALL_FITS : CALL_NONE;
}

/* The first that is WANTED. */
static bool look(const struct backtrace *trace, enum call wanted,
                 const uint32_t **at, struct symbol *function)
{
    for (*at = trace->at; *at < trace->end; (*at)++)
        if (is_behind_call(**at) && judge(trace, **at) == wanted &&
            symbol_find(function, **at))
            return true;
    return false;
}

bool backtrace_next(struct backtrace *trace, struct backtrace_entry *entry)
{
    const uint32_t *at;

    if (trace->function == (uint32_t)start)
        return false;
    entry->doubtful = false;
    if (!look(trace, CALL_FITS, &at, &entry->function)) {
        entry->doubtful = true;
        if (!look(trace, CALL_OTHER, &at, &entry->function))
            return false;
    }
    entry->offset = *at - entry->function.start;
    trace->function = entry->function.start;
    trace->at = at + 1;
    return true;
}
