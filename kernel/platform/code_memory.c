/* SPDX-License-Identifier: MIT */
#include "code_memory.h"
#include "hypervisor/guest_memory.h"
#include "memory_protection.h"

#define AREA GUEST_CODE

/* linker.ld places this section after the kernel's code and guest_code. */
static _Alignas(MEMORY_PAGE)
    __attribute__((section(".bss.translated"))) uint8_t pages[2][AREA];

static void open(struct code_area *area)
{
    code_make_writable(area->at, area->size);
}

static void seal(struct code_area *area)
{
    code_make_executable(area->at, area->size);
}

struct code_area code_area = {guest_code, AREA, open, seal};
struct code_area timed_run_area = {pages[0], AREA, open, seal};
struct code_area history_area = {pages[1], AREA, open, seal};
