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

/* Nothing more to do, ever. */
_Noreturn static inline void halt_for_good(void)
{
    for (;;)
        __asm__ volatile("cli\n\thlt" : : : "memory");
}

/*
 * Whether CPUID exists and says that a hypervisor runs this PC (leaf 1, ECX
 * bit 31).  Safe on a 386.
 */
bool cpu_has_hypervisor(void);

#endif
