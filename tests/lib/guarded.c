/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE
#include "guarded.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE   4096u
#define CANARY 0xA5

bool guarded_make(struct guarded *guarded, size_t size)
{
    size_t most = (size + PAGE - 1) / PAGE * PAGE;
    uint8_t *at = mmap(NULL, most + 2 * PAGE, PROT_NONE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (at == MAP_FAILED)
        return false;
    *guarded = (struct guarded){.room = at + PAGE, .most = most};
    guarded_open(guarded);
    guarded_put(guarded, size, true);
    return true;
}

void guarded_put(struct guarded *guarded, size_t size, bool at_end)
{
    memset(guarded->room, CANARY, guarded->most);
    guarded->at = guarded->room + (at_end ? guarded->most - size : 0);
    guarded->size = size;
}

static bool are_canaries(const uint8_t *from, const uint8_t *to)
{
    return from == to || (*from == CANARY &&
                          memcmp(from, from + 1, (size_t)(to - from - 1)) == 0);
}

bool guarded_is_whole(const struct guarded *guarded)
{
    return are_canaries(guarded->room, guarded->at) &&
           are_canaries(guarded->at + guarded->size,
                        guarded->room + guarded->most);
}

static void protect(const struct guarded *guarded, int protection)
{
    if (mprotect(guarded->room, guarded->most, protection) == 0)
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
