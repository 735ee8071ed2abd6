/* SPDX-License-Identifier: MIT */
/*
 * These functions use string instructions, which are short and fast enough on
 * all processors since the 386.  A compiler might turn an equivalent C loop
 * into a call to the function itself.
 */
#include <stdint.h>
#include <string.h>

/* Four bytes of any type and alignment. */
typedef uint32_t word __attribute__((aligned(1), may_alias));

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
    void *at = to;
    size_t words = size / 4, rest = size % 4;

    __asm__ volatile("rep movsl"
                     : "+D"(at), "+S"(from), "+c"(words)
                     :
                     : "memory");
    __asm__ volatile("rep movsb"
                     : "+D"(at), "+S"(from), "+c"(rest)
                     :
                     : "memory");
    return to;
}

void *memmove(void *to, const void *from, size_t size)
{
    if ((uintptr_t)to <= (uintptr_t)from)
        return memcpy(to, from, size);

    const char *last_from = (const char *)from + size - 1;
    char *last_to = (char *)to + size - 1;

    __asm__ volatile("std\n\t"
                     "rep movsb\n\t"
                     "cld"
                     : "+D"(last_to), "+S"(last_from), "+c"(size)
                     :
                     : "memory");
    return to;
}

void *memset(void *to, int value, size_t size)
{
    void *at = to;
    size_t words = size / 4, rest = size % 4;
    uint32_t bytes = (uint8_t)value * 0x01010101u;

    __asm__ volatile("rep stosl"
                     : "+D"(at), "+c"(words)
                     : "a"(bytes)
                     : "memory");
    __asm__ volatile("rep stosb"
                     : "+D"(at), "+c"(rest)
                     : "a"(bytes)
                     : "memory");
    return to;
}

int memcmp(const void *left, const void *right, size_t size)
{
    const unsigned char *l = left, *r = right;

    for (; size >= 4 && *(const word *)l == *(const word *)r; size -= 4)
        l += 4, r += 4;
    for (; size > 0; size--, l++, r++)
        if (*l != *r)
            return *l - *r;
    return 0;
}

size_t strlen(const char *text)
{
    size_t length = 0;

    while (text[length] != '\0')
        length++;
    return length;
}

int strcmp(const char *left, const char *right)
{
    for (; *left != '\0' && *left == *right; left++)
        right++;
    return (unsigned char)*left - (unsigned char)*right;
}
