/* SPDX-License-Identifier: MIT */
/*
 * The processor: interrupts, halting, identification.
 */
#pragma once

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

/* Disables interrupts; returns the state for interrupts_restore(). */
static inline uint32_t interrupts_save(void)
{
    uint32_t flags;

    __asm__ volatile("pushfl\n\tpopl %0\n\tcli" : "=r"(flags) : : "memory");
    return flags;
}

static inline void interrupts_restore(uint32_t flags)
{
    __asm__ volatile("pushl %0\n\tpopfl" : : "r"(flags) : "memory", "cc");
}

/* Enables interrupts and halts until the next one.  Call with interrupts off:
   STI delays them by one instruction, so none comes between check and HLT. */
static inline void halt_until_interrupt(void)
{
    __asm__ volatile("sti\n\thlt" : : : "memory");
}

/* Resets the processor: an empty IDT turns INT3 into a triple fault. */
static inline void triple_fault(void)
{
    static const struct {
        uint16_t limit;
        uint32_t base;
    } __attribute__((packed)) empty = {0, 0};

    __asm__ volatile("lidt %0\n\tint3" : : "m"(empty));
}

/* Raises #UD. */
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

/* Returns CR2: the address that the last page fault accessed. */
static inline uint32_t cpu_page_fault_address(void)
{
    uint32_t value;

    __asm__ volatile("movl %%cr2, %0" : "=r"(value));
    return value;
}

_Noreturn static inline void halt_forever(void)
{
    for (;;)
        __asm__ volatile("cli\n\thlt" : : : "memory");
}

/* PAUSE, for polling loops. */
static inline void pause_briefly(void)
{
    __asm__ volatile("rep; nop" : : : "memory");
}

/* The functions below also work on a 386, which has no CPUID. */

/* Treats the processor as a 386 from now on. */
void cpu_treat_as_386(void);

/* Ignores the time stamp counter from now on. */
void cpu_disable_tsc(void);

/* Without CPUID the processor is a 386, or a 486 if it checks alignment. */
struct cpu_info {
    bool cpuid, checks_alignment;
    char vendor[13];        /* 12 characters, or "" */
    unsigned family, model; /* including the extended fields of leaf 1 */
    char brand[49];         /* or "" */
};

struct cpu_info cpu_info(void);

/* Clears CR4 (page formats of later processors), except for machine checks. */
void cpu_disable_extensions(void);

/* Returns whether the processor has CR0.WP: all but a 386 do. */
bool cpu_has_write_protect(void);

/* Returns whether a hypervisor is present (CPUID leaf 1, ECX bit 31). */
bool cpu_has_hypervisor(void);

/* Stores the hypervisor's signature of 12 characters (leaf 0x40000000), such as
   "KVMKVMKVM"; "unnamed" if it has none, "" without a hypervisor. */
#define CPU_NAME_SIZE 13
void cpu_hypervisor_name(char name[CPU_NAME_SIZE]);

/* Returns the time stamp counter, or 0 if there is none (leaf 1, EDX bit 4). */
uint64_t cpu_cycles(void);
