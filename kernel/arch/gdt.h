/* SPDX-License-Identifier: MIT */
/*
 * Flat segments whose limits prevent execution of data, on every processor from
 * the 386 on (Intel SDM vol. 3, "Segment Descriptors").
 *
 * Both code segments begin at 0.  The long one includes the memory for
 * translated code, which follows the kernel's own code; the short one excludes
 * it and is used while that memory is writable, and by interrupt handlers.
 * Paging write-protects code, and maps nothing below it (memory_protection.c).
 */
#pragma once

#include <stdint.h>

#define SELECTOR_CODE        0x08 /* the kernel's code and translated code */
#define SELECTOR_DATA        0x10
#define SELECTOR_KERNEL_CODE 0x18 /* the kernel's code alone */
#define SELECTOR_TASK        0x20 /* the kernel's task */
#define SELECTOR_FAULT_TASK  0x28 /* the task of a double fault */

/* Operand of LGDT and LIDT; LIMIT is the table's size in bytes, less one. */
struct segments_table {
    uint16_t limit;
    uint32_t base;
} __attribute__((packed));

/* Intel SDM vol. 3, "Task-State Segment"; 16-bit fields are padded to 32. */
struct task_state {
    uint32_t previous;
    uint32_t stacks[6]; /* of rings 0 to 2: unused */
    uint32_t cr3;
    uint32_t eip, eflags, eax, ecx, edx, ebx, esp, ebp, esi, edi;
    uint32_t es, cs, ss, ds, fs, gs;
    uint32_t ldt;
    uint32_t trap_and_io_map;
};

/* Replaces the loader's segments.  A double fault starts ENTRY on a stack of
   its own, with interrupts off; ENTRY must not return. */
void segments_start(void (*entry)(void));

/* Returns the state of the kernel at the double fault. */
const struct task_state *segments_faulted_state(void);

/* Sets CR3 for the double fault's task. */
void segments_set_directory(uint32_t cr3);

/* Switches to code segment SELECTOR_CODE or SELECTOR_KERNEL_CODE. */
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
