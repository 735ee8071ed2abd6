/* SPDX-License-Identifier: MIT */
/* Processor control: interrupts, halting and identification. */
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

/* Disables interrupts and returns their state for interrupts_restore(). */
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

/* Enables interrupts and halts until one arrives.  Must be called with
   interrupts disabled: STI takes effect after the HLT, so none is missed. */
static inline void halt_until_interrupt(void)
{
    __asm__ volatile("sti\n\thlt" : : : "memory");
}

/* Resets the processor: with an empty IDT, INT3 causes a triple fault. */
static inline void triple_fault(void)
{
    static const struct {
        uint16_t limit;
        uint32_t base;
    } __attribute__((packed)) empty = {0, 0};

    __asm__ volatile("lidt %0\n\tint3" : : "m"(empty));
}

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

/* Returns CR2, the faulting address of the last page fault. */
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

/* Executes PAUSE, a hint for polling loops. */
static inline void pause_briefly(void)
{
    __asm__ volatile("rep; nop" : : : "memory");
}

/* The functions below also work on a 386, which has no CPUID. */

/* Makes all later checks treat the processor as a 386. */
void cpu_treat_as_386(void);

/* Makes cpu_cycles() return 0, as if there were no time stamp counter. */
void cpu_disable_tsc(void);

/* A processor without CPUID is a 486 if it checks alignment, else a 386. */
struct cpu_info {
    bool cpuid, checks_alignment;
    char vendor[13];        /* vendor string of 12 characters, or "" */
    unsigned family, model; /* includes the extended family and model */
    char brand[49];         /* brand string, or "" */
};

struct cpu_info cpu_info(void);

/* Clears CR4, except for machine checks, to disable newer page formats. */
void cpu_disable_extensions(void);

/* Returns true if pages of 4 MB can be at addresses above 4 GiB (PSE-36), and
   then enables such pages in CR4. */
bool cpu_enable_high_pages(void);

/* Returns true if the processor has CR0.WP, as all but the 386 do. */
bool cpu_has_write_protect(void);

/* Returns true if a hypervisor is present (CPUID leaf 1, ECX bit 31). */
bool cpu_has_hypervisor(void);

/* Stores the hypervisor's 12-character signature (CPUID leaf 0x40000000), such
   as "KVMKVMKVM", or "unnamed" if it has none, or "" without a hypervisor. */
#define CPU_NAME_SIZE 13
void cpu_hypervisor_name(char name[CPU_NAME_SIZE]);

/* Returns the time stamp counter, or 0 if CPUID does not report one. */
uint64_t cpu_cycles(void);
