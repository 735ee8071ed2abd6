/* SPDX-License-Identifier: MIT */
/*
 * Segments: flat, but that nothing beyond the code can be executed, on any
 * processor from the 386 on (Intel SDM vol. 3, "Segment Descriptors").
 *
 * Two code segments begin at 0.  One ends behind the memory for translated
 * code, which lies right behind the kernel's own; the other ends before that
 * memory, and is in use while it is written.  Interrupts are always handled in
 * the shorter one.  Paging keeps both kinds of code from being written; that
 * what lies before them is executed it prevents as well, as nothing is there
 * (memory_protection.c).
 */
#ifndef ARCH_GDT_H
#define ARCH_GDT_H

#include <stdint.h>

#define SELECTOR_CODE        0x08 /* the kernel's code and translated code */
#define SELECTOR_DATA        0x10
#define SELECTOR_KERNEL_CODE 0x18 /* the kernel's code alone */
#define SELECTOR_TASK        0x20 /* where a double fault leaves the state .. */
#define SELECTOR_FAULT_TASK  0x28 /* .. and what it starts */

/* What LGDT and LIDT are given: a table's bytes less one, and its place. */
struct segments_table {
    uint16_t limit;
    uint32_t base;
} __attribute__((packed));

/* Intel SDM vol. 3, "Task-State Segment"; 16-bit fields with what is reserved
   behind them. */
struct task_state {
    uint32_t previous;
    uint32_t stacks[6]; /* of rings that are not used */
    uint32_t cr3;
    uint32_t eip, eflags, eax, ecx, edx, ebx, esp, ebp, esi, edi;
    uint32_t es, cs, ss, ds, fs, gs;
    uint32_t ldt;
    uint32_t trap_and_ports;
};

/*
 * Takes these segments instead of the loader's.  A double fault is to start
 * ENTRY on a stack of its own, with interrupts off: it must not return.
 */
void segments_start(void (*entry)(void));

/* The state that a double fault has found. */
const struct task_state *segments_interrupted(void);

/* What a double fault's task is to find in CR3. */
void segments_set_directory(uint32_t cr3);

/* Goes on in another code segment: SELECTOR_CODE or SELECTOR_KERNEL_CODE. */
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

#endif
