/* SPDX-License-Identifier: MIT */
/*
 * Flat segments whose limits prevent the execution of data, even on a 386
 * (Intel SDM vol. 3, "Segment Descriptors").  Both code segments start at 0.
 * The longer one includes the memory for translated code, after the kernel's
 * own code.  The shorter one excludes it, and is used by interrupt handlers and
 * while that memory is writable.  Paging write-protects code and maps nothing
 * below it (memory_protection.c).
 *
 * Ring 3 has a code segment of its own, which ends where its executable memory
 * ends at that moment, and a flat data segment.  Which pages of them ring 3 can
 * access is up to paging.
 */
#pragma once

#include <stdint.h>

#define SELECTOR_CODE        0x08 /* kernel code and translated code */
#define SELECTOR_DATA        0x10
#define SELECTOR_KERNEL_CODE 0x18 /* kernel code only */
#define SELECTOR_TASK        0x20 /* task state of the kernel */
#define SELECTOR_FAULT_TASK  0x28 /* task state of the double fault handler */
#define SELECTOR_USER_CODE   0x33 /* ring 3, see segments_set_user_end() */
#define SELECTOR_USER_DATA   0x3B

/* Bits of a selector that hold the privilege level. */
#define SELECTOR_RING 3

/* Operand of LGDT and LIDT.  LIMIT is the table size in bytes, minus 1. */
struct segments_table {
    uint16_t limit;
    uint32_t base;
} __attribute__((packed));

/* Task-state segment (Intel SDM vol. 3), 16-bit fields padded to 32 bits. */
struct task_state {
    uint32_t previous;
    uint32_t esp0, ss0; /* stack for traps from ring 3 */
    uint32_t stacks[4]; /* stacks for rings 1 and 2 (unused) */
    uint32_t cr3;
    uint32_t eip, eflags, eax, ecx, edx, ebx, esp, ebp, esi, edi;
    uint32_t es, cs, ss, ds, fs, gs;
    uint32_t ldt;
    uint32_t trap_and_io_map;
};

/* Loads the kernel's GDT.  After a double fault, ENTRY is called on a separate
   stack with interrupts disabled; it must not return. */
void segments_start(void (*entry)(void));

/* Returns the kernel's registers at the time of the double fault. */
const struct task_state *segments_faulted_state(void);

/* Sets the page directory of the double fault task. */
void segments_set_directory(uint32_t cr3);

/* Sets the end of the code segment of ring 3, which must be page-aligned.  It
   takes effect when CS is next loaded, as IRET to ring 3 does. */
void segments_set_user_end(const void *end);

/* Returns where the address of the stack for traps from ring 3 is kept.  It
   must be set before ring 3 is entered. */
uint32_t *segments_trap_stack(void);

/* Loads CS with SELECTOR_CODE or SELECTOR_KERNEL_CODE. */
static inline void segments_use_code(uint32_t selector)
{
    __asm__ volatile("pushl %0\n\t"
                     "pushl $1f\n\t"
                     "lret\n"
                     "1:"
                     :
                     : "r"(selector)
                     : "memory");
}
