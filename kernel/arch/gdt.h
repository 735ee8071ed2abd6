/* SPDX-License-Identifier: MIT */
/*
 * Flat segments whose limits prevent the execution of data, even on a 386
 * (Intel SDM vol. 3, "Segment Descriptors").  Both code segments start at 0.
 * The longer one includes the memory for translated code, after the kernel's
 * own code.  The shorter one excludes it, and is used by interrupt handlers and
 * while that memory is writable.  Paging write-protects code and maps nothing
 * below it (memory_protection.c).
 */
#pragma once

#include <stdint.h>

#define SELECTOR_CODE        0x08 /* kernel code and translated code */
#define SELECTOR_DATA        0x10
#define SELECTOR_KERNEL_CODE 0x18 /* kernel code only */
#define SELECTOR_TASK        0x20 /* task state of the kernel */
#define SELECTOR_FAULT_TASK  0x28 /* task state of the double fault handler */

/* Operand of LGDT and LIDT.  LIMIT is the table size in bytes, minus 1. */
struct segments_table {
    uint16_t limit;
    uint32_t base;
} __attribute__((packed));

/* Task-state segment (Intel SDM vol. 3), 16-bit fields padded to 32 bits. */
struct task_state {
    uint32_t previous;
    uint32_t stacks[6]; /* stacks for rings 0 to 2 (unused) */
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
