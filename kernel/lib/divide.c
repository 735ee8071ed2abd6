/* SPDX-License-Identifier: MIT */
/* 64-bit division.  i386 compilers call these libgcc functions for / and %. */
#include <stdint.h>

uint64_t __udivmoddi4(uint64_t number, uint64_t by, uint64_t *rest);
uint64_t __udivdi3(uint64_t number, uint64_t by);
uint64_t __umoddi3(uint64_t number, uint64_t by);

/* Divides 64 by 32 bits with DIV.  The quotient must fit in 32 bits. */
static uint32_t divide_step(uint32_t high, uint32_t low, uint32_t by,
                            uint32_t *rest)
{
    uint32_t quotient;

    __asm__("divl %4"
            : "=a"(quotient), "=d"(*rest)
            : "0"(low), "1"(high), "rm"(by)
            : "cc");
    return quotient;
}

static uint64_t divide_by_word(uint64_t number, uint32_t by, uint64_t *rest)
{
    uint32_t high = (uint32_t)(number >> 32);
    uint32_t remainder = high % by;
    uint32_t low = divide_step(remainder, (uint32_t)number, by, &remainder);

    *rest = remainder;
    return (uint64_t)(high / by) << 32 | low;
}

/* Performs binary long division, for divisors of more than 32 bits. */
static uint64_t divide_long(uint64_t number, uint64_t by, uint64_t *rest)
{
    uint64_t quotient = 0, remainder = 0;

    for (int digit = 63; digit >= 0; digit--) {
        remainder = remainder << 1 | (number >> digit & 1);
        if (remainder >= by) {
            remainder -= by;
            quotient |= 1ull << digit;
        }
    }
    *rest = remainder;
    return quotient;
}

uint64_t __udivmoddi4(uint64_t number, uint64_t by, uint64_t *rest)
{
    uint64_t unused;

    if (rest == 0)
        rest = &unused;
    if (by >> 32 == 0)
        return divide_by_word(number, (uint32_t)by, rest);
    return divide_long(number, by, rest);
}

uint64_t __udivdi3(uint64_t number, uint64_t by)
{
    return __udivmoddi4(number, by, 0);
}

uint64_t __umoddi3(uint64_t number, uint64_t by)
{
    uint64_t rest;

    __udivmoddi4(number, by, &rest);
    return rest;
}
