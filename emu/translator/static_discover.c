/* SPDX-License-Identifier: MIT */
#include "static_discover.h"
#include "emu/machine/controls.h"

static uint32_t bit(unsigned line)
{
    return UINT32_C(1) << line % LINES;
}

/* Returns the mask of the line that follows CI, which is empty if the machine
   hangs there. */
static uint32_t line_after(uint32_t ci)
{
    return (ci + 1) & FUNCTION_DIGITS ? 0 : bit(word_line(ci + 1));
}

/* Returns the lines to which the jump in LINE leads. */
static uint32_t follow_jump(struct static_code *found,
                            const uint32_t store[LINES], unsigned line)
{
    uint32_t word = store[line], operand = store[word_line(word)];
    bool relative = word_function(word) == JRP;

    if (found->stores & bit(word_line(word))) {
        found->unresolved |= bit(line);
        return 0;
    }
    found->resolved |= bit(line);
    /* CI may have counted beyond 31, so JRP is followed even to where it would
       hang from LINE itself. */
    uint32_t target = relative ? bit(line + operand + 1) : line_after(operand);

    found->targets |= target;
    return target;
}

/* Adds LINE to the code, and returns the lines that may follow it. */
static uint32_t follow(struct static_code *found, const uint32_t store[LINES],
                       unsigned line)
{
    uint32_t word = store[line];

    found->code |= bit(line);
    switch (word_function(word)) {
    case JMP:
    case JRP:
        return follow_jump(found, store, line);
    case STO:
        found->stores |= bit(word_line(word));
        break;
    case CMP:
        return bit(line + 1) | bit(line + 2);
    case STP:
        return 0;
    }
    return bit(line + 1);
}

/* Follows the code from CI, if lines STORES are not constant. */
static struct static_code discover(const uint32_t store[LINES], uint32_t ci,
                                   uint32_t stores)
{
    struct static_code found = {.stores = stores};
    uint32_t open = line_after(ci);

    while (open != 0) {
        unsigned line = 0;

        while (!(open >> line & 1))
            line++;
        open |= follow(&found, store, line);
        open &= ~found.code;
    }
    return found;
}

struct static_code static_discover(const uint32_t store[LINES], uint32_t ci)
{
    struct static_code found = discover(store, ci, 0);
    uint32_t stores;

    /* A store found late makes operands variable that were followed before. */
    do {
        stores = found.stores;
        found = discover(store, ci, stores);
    } while (found.stores != stores);
    return found;
}
