/* SPDX-License-Identifier: MIT */
#include "gdt.h"
#include "memory_map.h"

/* Present, ring 0, 32-bit segments with limits in pages.  The Accessed bit is
   set so that loading a segment register does not write to the GDT. */
#define CODE_READABLE 0x00C09B0000000000
#define DATA_WRITABLE 0x00C0930000000000
#define TASK          0x0000890000000000
#define USER          0x0000600000000000 /* for a segment of ring 3 */

#define WHOLE 0x100000u /* number of pages in 4 GiB */

#define NO_IO_MAP (sizeof(struct task_state) << 16)
#define FLAGS     2u /* EFLAGS with interrupts disabled */

extern const char translated[], translated_end[]; /* defined in linker.ld */
extern const char fault_stack_top[];              /* defined in stacks.S */

static struct task_state task, fault_task;
static uint64_t gdt[SELECTOR_USER_DATA / 8 + 1];

/* Builds a descriptor.  SIZE is in pages or bytes, depending on KIND. */
static uint64_t descriptor(uint64_t kind, uint32_t base, uint32_t size)
{
    uint32_t limit = size - 1;

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

static void load_gdt(const struct segments_table *pointer)
{
    __asm__ volatile("lgdt %0\n\t"
                     "ljmp %1, $1f\n"
                     "1:\tmovl %2, %%ds\n\t"
                     "movl %2, %%es\n\t"
                     "movl %2, %%fs\n\t"
                     "movl %2, %%gs\n\t"
                     "movl %2, %%ss"
                     :
                     : "m"(*pointer), "i"(SELECTOR_CODE), "r"(SELECTOR_DATA)
                     : "memory");
}

void segments_start(void (*entry)(void))
{
    struct segments_table pointer = {sizeof gdt - 1, (uint32_t)gdt};

    set(SELECTOR_CODE,
        descriptor(CODE_READABLE, 0, pages_until(translated_end)));
    set(SELECTOR_KERNEL_CODE,
        descriptor(CODE_READABLE, 0, pages_until(translated)));
    set(SELECTOR_DATA, descriptor(DATA_WRITABLE, 0, WHOLE));
    set(SELECTOR_USER_DATA, descriptor(DATA_WRITABLE | USER, 0, WHOLE));
    segments_set_user_end(translated);
    set(SELECTOR_TASK, descriptor(TASK, (uint32_t)&task, sizeof task));
    set(SELECTOR_FAULT_TASK,
        descriptor(TASK, (uint32_t)&fault_task, sizeof fault_task));

    task.ss0 = SELECTOR_DATA;
    task.trap_and_io_map = NO_IO_MAP;
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
        .trap_and_io_map = NO_IO_MAP,
    };
    load_gdt(&pointer);
    __asm__ volatile("ltr %w0" : : "r"(SELECTOR_TASK));
}

const struct task_state *segments_faulted_state(void)
{
    return &task;
}

void segments_set_directory(uint32_t cr3)
{
    fault_task.cr3 = cr3;
}

void segments_set_user_end(const void *end)
{
    set(SELECTOR_USER_CODE,
        descriptor(CODE_READABLE | USER, 0, pages_until(end)));
}

uint32_t *segments_trap_stack(void)
{
    return &task.esp0;
}
