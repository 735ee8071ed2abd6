/* SPDX-License-Identifier: MIT */
#include "control_block.h"

#define MEGABYTE 0x100000u /* where the kernel begins */

/* Defined in linker.ld */
extern const char engine_code_end[], translated_end[], engine_constants_end[];

static unsigned pages(uint32_t size)
{
    return (unsigned)(size / MEMORY_PAGE);
}

static void add_memory(struct strbuf *text, const struct guest_space *guest)
{
    /* The guard page is not mapped. */
    unsigned private = pages(GUEST_CODE + sizeof guest_data) - 1;
    /* Code and constants of the engines */
    unsigned shared = pages((uint32_t)engine_code_end - MEGABYTE) +
                      pages((uint32_t)(engine_constants_end - translated_end));

    if (guest->memory == 0)
        strbuf_add(text, "Page directory: the kernel's; ");
    else
        strbuf_add(text, "Page directory: %08x; ", (unsigned)guest->memory);
    strbuf_add(text, "pages: %u private, %u shared and read-only", private,
               shared);
}

/* Ranges of linear addresses that ring 3 can access */
static const struct region {
    const void *from, *to;
    bool shared;
    const char *what;
} regions[CONTROL_BLOCK_REGIONS] = {
    {(const void *)MEGABYTE, engine_code_end, true, "r-x  engines' code"},
    {guest_code, guest_code + GUEST_CODE, false,
     "r-x  translated code (rw- while written)"},
    {translated_end, engine_constants_end, true, "r--  engines' constants"},
    {&guest_data.call, &guest_data.engine_state, false,
     "rw-  the call, and the machine's T-state"},
    {&guest_data.engine_state, guest_data.guard, false,
     "rw-  the engine's V-state"},
    {guest_data.stack, guest_data.stack + GUEST_STACK, false,
     "rw-  stack; the page below is not mapped"},
};

void control_block_region(struct strbuf *text, const struct guest_space *guest,
                          unsigned i)
{
    const struct region *region = &regions[i];
    uint32_t physical = region->shared ? (uint32_t)region->from
                                       : guest_physical(guest, region->from);

    strbuf_add(text, "%08x  %08x  %5u  %s  %s", (unsigned)region->from,
               (unsigned)physical,
               pages((uint32_t)region->to - (uint32_t)region->from),
               region->shared ? "shared " : "private", region->what);
}

static void add_registers(struct strbuf *text, const struct trap_frame *frame)
{
    strbuf_add(text,
               "At the last VM exit: EIP %08x ESP %08x EAX %08x EFLAGS %08x",
               (unsigned)frame->eip, (unsigned)frame->esp, (unsigned)frame->eax,
               (unsigned)frame->eflags);
}

static const char *const reasons[VM_EXIT_REASONS] = {
    [VM_EXIT_DONE] = "done",
    [VM_EXIT_EXCEPTION] = "exception",
    [VM_EXIT_OVERRUN] = "overrun",
    [VM_EXIT_SMASHED] = "damaged stack",
    [VM_EXIT_BAD_CALL] = "unknown call",
    [VM_EXIT_WRONG] = "wrong result",
};

static void add_exits(struct strbuf *text, const struct guest_space *guest)
{
    strbuf_add(text, "VM entries: ");
    strbuf_add_grouped(text, guest->entries);
    strbuf_add(text, "; VM exits:");
    for (unsigned i = 0; i < VM_EXIT_REASONS; i++)
        if (guest->exits[i] > 0) {
            strbuf_add(text, " %s ", reasons[i]);
            strbuf_add_grouped(text, guest->exits[i]);
        }
}

const char *control_block_call(const struct guest_entry *entry)
{
    static const char *const calls[] = {
        [ENGINE_START] = "start",     [ENGINE_RUN] = "run",
        [ENGINE_NOTIFY] = "notify",   [ENGINE_LINES_USED] = "lines used",
        [ENGINE_RESTART] = "restart",
    };

    return calls[entry->function];
}

const char *control_block_reason(const struct guest_entry *entry)
{
    static const char *const ends[] = {
        [RUN_BUDGET] = "budget used",
        [RUN_STOP] = "Stop",
        [RUN_HUNG] = "hang",
        [RUN_BREAKPOINT] = "breakpoint",
    };

    if (entry->reason == VM_EXIT_DONE && entry->function == ENGINE_RUN)
        return ends[entry->status];
    return reasons[entry->reason];
}

void control_block_write(struct strbuf *text, const struct guest_space *guest)
{
    add_exits(text, guest);
    strbuf_add(text, "\n");
    add_registers(text, &guest->last.frame);
    strbuf_add(text, "\n");
    add_memory(text, guest);
}
