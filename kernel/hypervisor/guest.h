/* SPDX-License-Identifier: MIT */
/*
 * A guest: an address space in which one engine runs in ring 3.
 *
 * A call of the engine is copied into the guest's memory, with the machine, and
 * the machine is copied back after it.  What the guest returns is checked, as
 * the kernel relies on it.  A guest that does anything else than return is
 * killed: its machine stays as it was before the call.
 *
 * The guest of the console uses the kernel's own address space and memory. Each
 * other guest has an address space and memory of its own, at the same linear
 * addresses.  So the kernel finds in guest_data what belongs to the guest that
 * was used last, and a session's pointer to its engine's state is the same for
 * every guest.
 *
 * Timed runs, bench, the self test, batch, replay and the demonstration call
 * their engines in ring 0.
 */
#pragma once

#include "arch/paging.h"
#include "emu/engine_call.h"
#include "guest_memory.h"
#include "vm.h"

/* Writes what a killed guest did to TEXT, which has SIZE bytes. */
typedef void guest_describe(char *text, size_t size,
                            const struct vm_exit *exit);

/* An entry into a guest, and its exit */
struct guest_entry {
    enum engine_function function;
    uint32_t budget, executed; /* instructions, for ENGINE_RUN */
    enum run_status status;    /* why the run ended, for ENGINE_RUN */
    enum vm_exit_reason reason;
    uint64_t cycles; /* as in struct vm_exit */
};
#define GUEST_LOG 10

struct guest_space {
    struct engine_space space; /* must be first */
    guest_describe *describe;
    uint32_t memory; /* address of its memory, or 0 for the kernel's own */
    uint32_t entries;
    uint32_t exits[VM_EXIT_REASONS];
    struct vm_exit last; /* the last exit */
    /* The last entries; entry N, counted from 1, is at N % GUEST_LOG. */
    struct guest_entry log[GUEST_LOG];
};

/* Size of the memory of a guest in bytes: page tables and private pages. */
#define GUEST_MEMORY (PAGING_SPACE + GUEST_CODE + sizeof(struct guest_data))

/* Initializes GUEST, which has the GUEST_MEMORY bytes at MEMORY, page-aligned
   and mapped by the kernel, or the kernel's own if MEMORY is 0.  vm_start()
   must have been called.  The memory is free again when no session uses GUEST
   and another guest is in use. */
void guest_start(struct guest_space *guest, uint32_t memory,
                 guest_describe *describe);

/* Returns the registers with which CODE, which is USER_CODE, begins on an empty
   stack. */
struct user_registers guest_registers(void (*code)(void));

/* Returns the physical address of AT, which is in guest_code or guest_data. */
uint32_t guest_physical(const struct guest_space *guest, const void *at);

/* Makes guest_data the memory of GUEST, to show the state of its engine.  Each
   call of its engine does the same. */
void guest_use(const struct guest_space *guest);
