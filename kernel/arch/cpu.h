/* SPDX-License-Identifier: MIT */
/*
 * The processor: interrupts, halting, and what it is.
 */
#ifndef ARCH_CPU_H
#define ARCH_CPU_H

#include <stdbool.h>
#include <stdint.h>

static inline void interrupts_off(void)
{
    __asm__ volatile("cli" : : : "memory");
}

static inline void interrupts_on(void)
{
    __asm__ volatile("sti" : : : "memory");
}

/* Interrupts off; returns what interrupts_restore() needs. */
static inline uint32_t interrupts_save(void)
{
    uint32_t flags;

    __asm__ volatile("pushfl\n\tpopl %0\n\tcli" : "=r"(flags) : : "memory");
    return flags;
}

/* Interrupts as they were before. */
static inline void interrupts_restore(uint32_t flags)
{
    __asm__ volatile("pushl %0\n\tpopfl" : : "r"(flags) : "memory", "cc");
}

/*
 * Enables interrupts and halts until the next one.  Called with interrupts
 * off: STI holds them back for one more instruction, so none can slip in
 * between the caller's last look and the HLT.
 */
static inline void halt_until_interrupt(void)
{
    __asm__ volatile("sti\n\thlt" : : : "memory");
}

/*
 * Resets the processor as nothing can keep it from: with an empty IDT the
 * breakpoint faults, the fault faults, and the third fault is the end.
 */
static inline void triple_fault(void)
{
    static const struct {
        uint16_t limit;
        uint32_t base;
    } __attribute__((packed)) empty = {0, 0};

    __asm__ volatile("lidt %0\n\tint3" : : "m"(empty));
}

/* What no processor knows: an exception. */
_Noreturn static inline void invalid_opcode(void)
{
    __asm__ volatile("ud2");
    __builtin_unreachable();
}

static inline uint32_t cpu_cr0(void)
{
    uint32_t value;

    __asm__ volatile("movl %%cr0, %0" : "=r"(value));
    return value;
}

/* CR2: where the last page fault was. */
static inline uint32_t cpu_page_fault_address(void)
{
    uint32_t value;

    __asm__ volatile("movl %%cr2, %0" : "=r"(value));
    return value;
}

/* Nothing more to do, ever. */
_Noreturn static inline void halt_for_good(void)
{
    for (;;)
        __asm__ volatile("cli\n\thlt" : : : "memory");
}

/* For a loop that waits: the processor may rest a little. */
static inline void pause_briefly(void)
{
    __asm__ volatile("rep; nop" : : : "memory");
}

/* All of these are safe on a 386, which has no CPUID. */

/* From now on the processor is taken for a 386, or for one without a time
   stamp counter, whatever it is. */
void cpu_take_for_386(void);
void cpu_forget_cycles(void);

/* What the processor says of itself.  One without CPUID is a 386, or a 486 if
   it checks alignment. */
struct cpu_info {
    bool cpuid, checks_alignment;
    char maker[13];         /* twelve letters, or "" */
    unsigned family, model; /* as leaf 1 has them */
    char brand[49];         /* its name in words, or "" */
};

struct cpu_info cpu_info(void);

/* Takes back what firmware and loader have turned on of later processors (CR4):
   other forms of pages, above all.  Machine checks stay on. */
void cpu_forget_extensions(void);

/* Whether it keeps the kernel, too, from writing pages that are read-only: all
   but a 386 do (CR0.WP). */
bool cpu_protects_pages(void);

/* Whether a hypervisor runs this PC (CPUID leaf 1, ECX bit 31). */
bool cpu_has_hypervisor(void);

/* The twelve letters by which the hypervisor names itself (leaf 0x40000000),
   as in "KVMKVMKVM"; "unnamed" if it does not, "" if there is none. */
#define CPU_NAME_SIZE 13
void cpu_hypervisor_name(char name[CPU_NAME_SIZE]);

/* Cycles since the processor started, as the time stamp counter has it (leaf
   1, EDX bit 4); 0 where there is none. */
uint64_t cpu_cycles(void);

#endif
