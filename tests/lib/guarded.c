/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE
#include "guarded.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE   4096u
#define CANARY 0xA5

bool guarded_alloc(struct guarded *guarded, size_t size)
{
    size_t capacity = (size + PAGE - 1) / PAGE * PAGE;
    uint8_t *at = mmap(NULL, capacity + 2 * PAGE, PROT_NONE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (at == MAP_FAILED)
        return false;
    *guarded = (struct guarded){.buffer = at + PAGE, .capacity = capacity};
    guarded_open(guarded);
    guarded_place(guarded, size, true);
    return true;
}

void guarded_place(struct guarded *guarded, size_t size, bool at_end)
{
    memset(guarded->buffer, CANARY, guarded->capacity);
    guarded->at = guarded->buffer + (at_end ? guarded->capacity - size : 0);
    guarded->size = size;
}

static bool are_canaries(const uint8_t *from, const uint8_t *to)
{
    return from == to || (*from == CANARY &&
                          memcmp(from, from + 1, (size_t)(to - from - 1)) == 0);
}

bool guarded_is_whole(const struct guarded *guarded)
{
    return are_canaries(guarded->buffer, guarded->at) &&
           are_canaries(guarded->at + guarded->size,
                        guarded->buffer + guarded->capacity);
}

static void protect(const struct guarded *guarded, int protection)
{
    if (mprotect(guarded->buffer, guarded->capacity, protection) == 0)
        return;
    perror("mprotect");
    exit(2);
}

void guarded_open(const struct guarded *guarded)
{
    protect(guarded, PROT_READ | PROT_WRITE);
}

void guarded_seal(const struct guarded *guarded)
{
    protect(guarded, PROT_READ | PROT_EXEC);
}
