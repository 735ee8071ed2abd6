/* SPDX-License-Identifier: MIT */
#include "memory_protection.h"
#include "arch/gdt.h"
#include "arch/paging.h"
#include "arch/physical.h"
#include "drivers/framebuffer.h"
#include "hypervisor/guest_memory.h"

#define MEGABYTE 0x100000u

/* Defined in linker.ld and header.S. */
extern const char engine_code_end[], translated[], translated_end[];
extern const char engine_constants_end[], constants_end[], kernel_end[];
extern const char stack_guard[], fault_stack_guard[];

/* The parts of the kernel.  Where parts overlap, the first one counts. */
static const struct {
    const void *start, *end; /* page-aligned */
    enum { UNMAPPED = -1, CODE, DATA, ENGINES, GUEST } kind;
    const char *name;
} parts[] = {
    {stack_guard, stack_guard + MEMORY_PAGE, UNMAPPED,
     "stack overflow (guard page)"},
    {fault_stack_guard, fault_stack_guard + MEMORY_PAGE, UNMAPPED,
     "fault stack overflow (guard page)"},
    {guest_data.guard, guest_data.guard + MEMORY_PAGE, UNMAPPED,
     "stack overflow (guard page)"},
    {(const char *)MEGABYTE, engine_code_end, ENGINES, "code of the engines"},
    {engine_code_end, translated, CODE, "kernel code"},
    {guest_code, guest_code + GUEST_CODE, ENGINES, "translated code"},
    {guest_code + GUEST_CODE, translated_end, CODE, "translated code"},
    {translated_end, engine_constants_end, ENGINES, "constants of the engines"},
    {engine_constants_end, constants_end, CODE, "kernel constants"},
    {&guest_data, &guest_data + 1, GUEST, "data of the engine"},
    {constants_end, kernel_end, DATA, "kernel data"},
};

static const enum page_access access_of[] = {
    [CODE] = PAGE_READ,
    [DATA] = PAGE_WRITE,
    [ENGINES] = PAGE_READ | PAGE_USER,
    [GUEST] = PAGE_WRITE | PAGE_USER,
};

#define PARTS (sizeof parts / sizeof parts[0])

static struct range range_of(const void *start, const void *end)
{
    return (struct range){(uint32_t)start, (uint32_t)end};
}

static bool map_kernel(struct range *spare)
{
    for (unsigned i = PARTS; i-- > 0;)
        if (parts[i].kind != UNMAPPED &&
            !paging_map(range_of(parts[i].start, parts[i].end),
                        access_of[parts[i].kind], spare))
            return false;
    for (unsigned i = 0; i < PARTS; i++)
        if (parts[i].kind == UNMAPPED)
            paging_guard((uint32_t)parts[i].start);
    return true;
}

static bool map_modules(const struct boot_information *boot,
                        struct range *spare)
{
    for (unsigned i = 0; i < boot->modules; i++) {
        const struct boot_module *module = &boot->module[i];

        if (!paging_map(
                range_of(module->text, module->text + boot_module_kept(module)),
                PAGE_READ, spare))
            return false;
    }
    return true;
}

static bool map_screen(const struct boot_screen *screen, struct range *spare)
{
    const struct boot_pixels *pixels = &screen->pixels;
    uint32_t start = (uint32_t)pixels->address;

    if (screen->kind != BOOT_SCREEN_GRAPHICS || !framebuffer_is_usable(pixels))
        return true;
    return paging_map(
        (struct range){start, start + pixels->pitch * pixels->height},
        PAGE_WRITE, spare);
}

static bool map_devices(const struct range *devices, unsigned count,
                        struct range *spare)
{
    for (unsigned i = 0; i < count; i++)
        if (!paging_map(devices[i], PAGE_WRITE | PAGE_DEVICE, spare))
            return false;
    return true;
}

bool memory_protection_start(const struct boot_information *boot,
                             const struct range *devices, unsigned count,
                             struct range *spare)
{
    struct range all = *spare;

    /* Map modules first, because one may begin on the kernel's last page. */
    if (!map_modules(boot, spare) || !map_kernel(spare) ||
        !paging_map_low(spare) || !paging_map(all, PAGE_WRITE, spare) ||
        !map_screen(&boot->screen, spare) ||
        !map_devices(devices, count, spare))
        return false;
    paging_start();
    return true;
}

void code_make_writable(const void *at, size_t size)
{
    segments_use_code(SELECTOR_KERNEL_CODE);
    paging_set_access(range_of(at, (const char *)at + size), PAGE_WRITE);
}

void code_make_executable(const void *at, size_t size)
{
    paging_set_access(range_of(at, (const char *)at + size), PAGE_READ);
    segments_use_code(SELECTOR_CODE);
}

const char *memory_protection_name(uint32_t address)
{
    if (address < MEMORY_PAGE)
        return "null pointer";
    for (unsigned i = 0; i < PARTS; i++)
        if (address >= (uint32_t)parts[i].start &&
            address < (uint32_t)parts[i].end)
            return parts[i].name;
    return "outside the kernel";
}
