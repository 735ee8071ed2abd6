/* SPDX-License-Identifier: MIT */
#include "cpu.h"

/* EFLAGS bits that can be changed only where there is a 486, and CPUID
   (Intel SDM vol. 1, "Identification of Earlier IA-32 Processors"). */
#define EFLAGS_AC (1u << 18)
#define EFLAGS_ID (1u << 21)

#define CPUID_1_ECX_HYPERVISOR (1u << 31)

static bool flag_can_change(uint32_t flag)
{
    uint32_t before, after;

    __asm__ volatile("pushfl\n\t"
                     "popl %0\n\t"
                     "movl %0, %1\n\t"
                     "xorl %2, %1\n\t"
                     "pushl %1\n\t"
                     "popfl\n\t"
                     "pushfl\n\t"
                     "popl %1\n\t"
                     "pushl %0\n\t"
                     "popfl"
                     : "=&r"(before), "=&r"(after)
                     : "ri"(flag)
                     : "cc", "memory");
    return (before ^ after) & flag;
}

/* The one place where CPUID may stand; callers have checked that it exists. */
__attribute__((noinline)) static void cpuid_checked(uint32_t leaf,
                                                    uint32_t out[4])
{
    __asm__ volatile("cpuid"
                     : "=a"(out[0]), "=b"(out[1]), "=c"(out[2]), "=d"(out[3])
                     : "a"(leaf), "c"(0));
}

bool cpu_has_hypervisor(void)
{
    uint32_t out[4];

    if (!flag_can_change(EFLAGS_AC) || !flag_can_change(EFLAGS_ID))
        return false;
    cpuid_checked(0, out);
    if (out[0] < 1)
        return false;
    cpuid_checked(1, out);
    return out[2] & CPUID_1_ECX_HYPERVISOR;
}
