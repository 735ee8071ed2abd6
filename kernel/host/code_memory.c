/* SPDX-License-Identifier: MIT */
/* Memory for translated code in a hosted process */
#define _DEFAULT_SOURCE
#include "platform/code_memory.h"
#include <stdlib.h>
#include <sys/mman.h>

#define PAGE 4096
#define AREA (8 * PAGE)

static _Alignas(PAGE) uint8_t pages[3][AREA];

static void set(struct code_area *area, int access)
{
    if (mprotect(area->at, area->size, access) != 0)
        abort();
}

static void open(struct code_area *area)
{
    set(area, PROT_READ | PROT_WRITE);
}

static void seal(struct code_area *area)
{
    set(area, PROT_READ | PROT_EXEC);
}

struct code_area code_area = {pages[0], AREA, open, seal};
struct code_area timed_run_area = {pages[1], AREA, open, seal};
struct code_area history_area = {pages[2], AREA, open, seal};
