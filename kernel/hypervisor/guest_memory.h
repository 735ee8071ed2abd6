/* SPDX-License-Identifier: MIT */
/*
 * The memory that code in ring 3 can access.  linker.ld places it: the engines'
 * code and constants, which are read-only, and the private memory below, whose
 * contents belong to one guest.  All else is the kernel's.
 */
#pragma once

#include "arch/memory_map.h"
#include "emu/engine_call.h"

#define GUEST_CODE  (8 * MEMORY_PAGE)
#define GUEST_STACK (1 * MEMORY_PAGE)

/* Attributes of functions and constants of the kernel that ring 3 uses. */
#define USER_CODE     __attribute__((section(".user.text")))
#define USER_CONSTANT __attribute__((section(".user.rodata")))

/* Memory for translated code, either writable or executable. */
extern uint8_t guest_code[GUEST_CODE];

/* A call of the engine, and what it refers to. */
struct space_call {
    struct engine_call call;
    struct machine machine;
    struct breakpoints breakpoints;
    struct code_area area;
};

/* Data, which is always writable, in whole pages. */
struct guest_data {
    _Alignas(MEMORY_PAGE) struct space_call call;
    _Alignas(MEMORY_PAGE) union engine_state engine_state;
    _Alignas(MEMORY_PAGE) uint8_t guard[MEMORY_PAGE]; /* not mapped */
    uint8_t stack[GUEST_STACK];
};

extern struct guest_data guest_data;
