/* SPDX-License-Identifier: MIT */
/* Call instructions are E8 or FF /2 (Intel SDM vol. 2, "CALL"). */
#include "backtrace.h"
#include "arch/memory_map.h"
#include <stddef.h>
#include <string.h>

#define CALL_DIRECT   0xE8
#define DIRECT_SIZE   5
#define CALL_INDIRECT 0xFF
#define INDIRECT_MIN  2 /* minimum size of an indirect call in bytes */
#define INDIRECT_MAX  7

/* Entry point, end of the code, and stacks, from header.S and linker.ld. */
extern const char start[], translated[];
extern const uint32_t stack_guard[], stack_top[];
extern const uint32_t fault_stack_guard[], fault_stack_top[];

/* Selects the used part of the stack that contains ESP, if there is one. */
static void find_stack(struct backtrace *trace, const uint32_t *esp)
{
    const uint32_t *end = NULL;

    if (esp >= stack_guard && esp < stack_top)
        end = stack_top;
    else if (esp >= fault_stack_guard && esp < fault_stack_top)
        end = fault_stack_top;
    /* Skip the guard page, which is not mapped. */
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

enum call { CALL_NONE, CALL_PLAUSIBLE, CALL_DOUBTFUL };

static bool ends_in_indirect_call(const uint8_t *end)
{
    for (unsigned size = INDIRECT_MIN; size <= INDIRECT_MAX; size++)
        if (end[-(int)size] == CALL_INDIRECT &&
            (end[1 - (int)size] >> 3 & 7) == 2)
            return true;
    return false;
}

/* Returns true if the bytes before the address WORD look like a call. */
static bool is_return_address(uint32_t word)
{
    const uint8_t *end = (const uint8_t *)word;

    return word >= (uint32_t)start + INDIRECT_MAX &&
           word < (uint32_t)translated &&
           (end[-DIRECT_SIZE] == CALL_DIRECT || ends_in_indirect_call(end));
}

/* Checks whether the call before the address WORD has the expected callee. */
static enum call classify(const struct backtrace *trace, uint32_t word)
{
    const uint8_t *end = (const uint8_t *)word;
    struct symbol callee;
    uint32_t displacement;

    if (end[-DIRECT_SIZE] == CALL_DIRECT) {
        memcpy(&displacement, end - sizeof displacement, sizeof displacement);
        if (word + displacement == trace->function)
            return CALL_PLAUSIBLE;
        if (symbol_find(&callee, word + displacement) &&
            callee.start == word + displacement)
            return CALL_DOUBTFUL;
    }
    return ends_in_indirect_call(end) ? CALL_PLAUSIBLE : CALL_NONE;
}

/* Finds the next return address of the WANTED class. */
static bool scan(const struct backtrace *trace, enum call wanted,
                 const uint32_t **at, struct symbol *function)
{
    for (*at = trace->at; *at < trace->end; (*at)++)
        if (is_return_address(**at) && classify(trace, **at) == wanted &&
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
    if (!scan(trace, CALL_PLAUSIBLE, &at, &entry->function)) {
        entry->doubtful = true;
        if (!scan(trace, CALL_DOUBTFUL, &at, &entry->function))
            return false;
    }
    entry->offset = *at - entry->function.start;
    trace->function = entry->function.start;
    trace->at = at + 1;
    return true;
}
