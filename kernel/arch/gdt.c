/* SPDX-License-Identifier: MIT */
#include "gdt.h"
#include "memory_map.h"

/* Type and privilege, with present set; pages as the limit's unit, 32 bits.
   The Accessed bits are set already, so that no load of a register writes. */
#define CODE_READABLE 0x00C09B0000000000
#define DATA_WRITABLE 0x00C0930000000000
#define TASK          0x0000890000000000

#define WHOLE 0x100000u /* pages in 4 GB */

#define NO_PORTS (sizeof(struct task_state) << 16) /* no map of them */
#define FLAGS    2u                                /* interrupts off */

void gdt_load(const struct segments_table *pointer);

/* From linker.ld and header.S. */
extern const char translated[], translated_end[];
extern const char fault_stack_top[];

static struct task_state task, fault_task;
static uint64_t gdt[SELECTOR_FAULT_TASK / 8 + 1];

/* A segment from BASE on, of so many UNITS. */
static uint64_t descriptor(uint64_t kind, uint32_t base, uint32_t units)
{
    uint32_t limit = units - 1;

    return kind | (uint64_t)(limit & 0xFFFF) |
           (uint64_t)(limit & 0xF0000) << 32 |
           (uint64_t)(base & 0xFFFFFF) << 16 |
           (uint64_t)(base & 0xFF000000) << 32;
}

static uint32_t pages_until(const char *end)
{
    return (uint32_t)end / MEMORY_PAGE;
}

static void set(unsigned selector, uint64_t value)
{
    gdt[selector / 8] = value;
}

void segments_start(void (*entry)(void))
{
    struct segments_table pointer = {sizeof gdt - 1, (uint32_t)gdt};

    set(SELECTOR_CODE,
        descriptor(CODE_READABLE, 0, pages_until(translated_end)));
    set(SELECTOR_KERNEL_CODE,
        descriptor(CODE_READABLE, 0, pages_until(translated)));
    set(SELECTOR_DATA, descriptor(DATA_WRITABLE, 0, WHOLE));
    set(SELECTOR_TASK, descriptor(TASK, (uint32_t)&task, sizeof task));
    set(SELECTOR_FAULT_TASK,
        descriptor(TASK, (uint32_t)&fault_task, sizeof fault_task));

    task.trap_and_ports = NO_PORTS;
    fault_task = (struct task_state){
        .eip = (uint32_t)entry,
        .eflags = FLAGS,
        .esp = (uint32_t)fault_stack_top,
        .cs = SELECTOR_KERNEL_CODE,
        .ds = SELECTOR_DATA,
        .es = SELECTOR_DATA,
        .fs = SELECTOR_DATA,
        .gs = SELECTOR_DATA,
        .ss = SELECTOR_DATA,
        .trap_and_ports = NO_PORTS,
    };
    gdt_load(&pointer);
    __asm__ volatile("ltr %w0" : : "r"(SELECTOR_TASK));
}

const struct task_state *segments_interrupted(void)
{
    return &task;
}

void segments_set_directory(uint32_t cr3)
{
    fault_task.cr3 = cr3;
}
