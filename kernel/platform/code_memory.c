/* SPDX-License-Identifier: MIT */
#include "code_memory.h"
#include "arch/memory_map.h"
#include "memory_protection.h"

#define AREA (8 * MEMORY_PAGE)

/* linker.ld places this section directly after the kernel's code. */
static _Alignas(MEMORY_PAGE)
    __attribute__((section(".bss.translated"))) uint8_t pages[3][AREA];

static void open(struct code_area *area)
{
    code_make_writable(area->at, area->size);
}

static void seal(struct code_area *area)
{
    code_make_executable(area->at, area->size);
}

struct code_area code_area = {pages[0], AREA, open, seal};
struct code_area timed_run_area = {pages[1], AREA, open, seal};
struct code_area history_area = {pages[2], AREA, open, seal};
