/* SPDX-License-Identifier: MIT */
#include "cpu.h"
#include <string.h>

/* The AC flag can be changed only on a 486 or later, and ID only if there is
   CPUID (Intel SDM vol. 1, "Identification of Earlier IA-32 Processors"). */
#define EFLAGS_AC (1u << 18)
#define EFLAGS_ID (1u << 21)

#define CPUID_1_ECX_HYPERVISOR (1u << 31)
#define CPUID_1_EDX_FPU        (1u << 0)
#define CPUID_1_EDX_TSC        (1u << 4)
#define CPUID_1_EDX_PSE_36     (1u << 17)
#define CPUID_HYPERVISOR       0x40000000
#define CPUID_BRAND            0x80000002

#define CR4_LARGE_PAGES   (1u << 4)
#define CR4_MACHINE_CHECK (1u << 6)

static bool is_386;
static enum { UNKNOWN, ABSENT, PRESENT } tsc;

void cpu_treat_as_386(void)
{
    is_386 = true;
    tsc = ABSENT;
}

void cpu_disable_tsc(void)
{
    tsc = ABSENT;
}

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

/* The only use of CPUID.  Callers must check that the instruction exists. */
__attribute__((noinline)) static void cpuid_checked(uint32_t leaf,
                                                    uint32_t out[4])
{
    __asm__ volatile("cpuid"
                     : "=a"(out[0]), "=b"(out[1]), "=c"(out[2]), "=d"(out[3])
                     : "a"(leaf), "c"(0));
}

/* Reads EAX to EDX of a CPUID leaf, or zeros if it does not exist. */
static void cpuid(uint32_t leaf, uint32_t out[4])
{
    out[0] = out[1] = out[2] = out[3] = 0;
    if (is_386 || !flag_can_change(EFLAGS_AC) || !flag_can_change(EFLAGS_ID))
        return;
    cpuid_checked(leaf & 0xFFFF0000, out);
    if (out[0] >= leaf)
        cpuid_checked(leaf, out);
    else
        out[0] = out[1] = out[2] = out[3] = 0;
}

/* Copies LENGTH characters, replacing unprintable ones with '?'. */
static void copy_printable(char *to, const uint32_t *from, size_t length)
{
    memcpy(to, from, length);
    to[length] = '\0';
    for (size_t i = 0; to[i] != '\0'; i++)
        if (to[i] < ' ' || to[i] > '~')
            to[i] = '?';
}

/* Decodes family and model (Intel SDM vol. 2, CPUID, "Version Information"). */
static void read_version(struct cpu_info *info, uint32_t version)
{
    info->family = version >> 8 & 0xF;
    info->model = version >> 4 & 0xF;
    if (info->family == 0xF)
        info->family += version >> 20 & 0xFF;
    if (info->family == 6 || info->family >= 0xF)
        info->model |= version >> 12 & 0xF0;
}

bool cpu_has_write_protect(void)
{
    return !is_386 && flag_can_change(EFLAGS_AC);
}

struct cpu_info cpu_info(void)
{
    struct cpu_info info = {0};
    uint32_t out[4], brand[12];

    info.checks_alignment = cpu_has_write_protect();
    cpuid(0, out);
    info.cpuid = out[1] != 0;
    if (!info.cpuid)
        return info;
    copy_printable(info.vendor, (const uint32_t[]){out[1], out[3], out[2]}, 12);
    cpuid(1, out);
    read_version(&info, out[0]);
    for (unsigned i = 0; i < 3; i++)
        cpuid(CPUID_BRAND + i, brand + 4 * i);
    copy_printable(info.brand, brand, sizeof brand);
    return info;
}

/* CR4 exists if CPUID reports any feature other than an FPU. */
void cpu_disable_extensions(void)
{
    uint32_t out[4], cr4;

    cpuid(1, out);
    if ((out[3] & ~CPUID_1_EDX_FPU) == 0)
        return;
    __asm__ volatile("movl %%cr4, %0" : "=r"(cr4));
    __asm__ volatile("movl %0, %%cr4" : : "r"(cr4 & CR4_MACHINE_CHECK));
}

bool cpu_enable_high_pages(void)
{
    uint32_t out[4], cr4;

    cpuid(1, out);
    if (!(out[3] & CPUID_1_EDX_PSE_36))
        return false;
    __asm__ volatile("movl %%cr4, %0" : "=r"(cr4));
    __asm__ volatile("movl %0, %%cr4" : : "r"(cr4 | CR4_LARGE_PAGES));
    return true;
}

bool cpu_has_hypervisor(void)
{
    uint32_t out[4];

    cpuid(1, out);
    return out[2] & CPUID_1_ECX_HYPERVISOR;
}

void cpu_hypervisor_name(char name[CPU_NAME_SIZE])
{
    uint32_t out[4];

    name[0] = '\0';
    if (!cpu_has_hypervisor())
        return;
    cpuid_checked(CPUID_HYPERVISOR, out);
    copy_printable(name, out + 1, CPU_NAME_SIZE - 1);
    if (name[0] == '\0')
        memcpy(name, "unnamed", sizeof "unnamed");
}

static bool has_tsc(void)
{
    uint32_t out[4];

    if (tsc == UNKNOWN) {
        cpuid(1, out);
        tsc = out[3] & CPUID_1_EDX_TSC ? PRESENT : ABSENT;
    }
    return tsc == PRESENT;
}

/* The only use of RDTSC.  Callers must check that the instruction exists. */
__attribute__((noinline)) static uint64_t tsc_checked(void)
{
    uint64_t count;

    __asm__ volatile("rdtsc" : "=A"(count));
    return count;
}

uint64_t cpu_cycles(void)
{
    return has_tsc() ? tsc_checked() : 0;
}
