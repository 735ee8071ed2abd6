/* SPDX-License-Identifier: MIT */
#include "control_block.h"
#include "emu/text/si.h"

#define MEGABYTE 0x100000u /* where the kernel begins */

/* Defined in linker.ld */
extern const char engine_code_end[], translated_end[], engine_constants_end[];

static unsigned pages(uint32_t size)
{
    return (unsigned)(size / MEMORY_PAGE);
}

/* The engines' code and constants */
static unsigned shared_pages(void)
{
    return pages((uint32_t)engine_code_end - MEGABYTE) +
           pages((uint32_t)(engine_constants_end - translated_end));
}

static void add_memory(struct strbuf *text, const struct guest_space *guest)
{
    unsigned data = pages(sizeof guest_data) - 1; /* without the guard page */

    if (guest->memory == 0)
        strbuf_add(text, "Pages: directory of the kernel; ");
    else
        strbuf_add(text, "Pages: directory at %08x; ", (unsigned)guest->memory);
    strbuf_add(text, "private %u data and %u code; shared %u read-only", data,
               pages(GUEST_CODE), shared_pages());
}

static void add_registers(struct strbuf *text, const struct trap_frame *frame)
{
    strbuf_add(text,
               "At the last VM exit: EIP %08x ESP %08x EAX %08x EFLAGS %08x",
               (unsigned)frame->eip, (unsigned)frame->esp, (unsigned)frame->eax,
               (unsigned)frame->eflags);
}

static void add_exits(struct strbuf *text, const struct guest_space *guest)
{
    static const char *const reasons[VM_EXIT_REASONS] = {
        [VM_EXIT_DONE] = "done (INT)",
        [VM_EXIT_EXCEPTION] = "exception",
        [VM_EXIT_OVERRUN] = "timer (overrun)",
        [VM_EXIT_SMASHED] = "damaged stack",
        [VM_EXIT_BAD_CALL] = "unknown call",
        [VM_EXIT_WRONG] = "impossible result",
    };

    strbuf_add(text, "VM entries: ");
    strbuf_add_grouped(text, guest->entries);
    strbuf_add(text, "; exit reason: %s", reasons[guest->last.reason]);
    if (guest->last.cycles > 0) {
        strbuf_add(text, " after ");
        strbuf_add_si(text, guest->last.cycles, 0, SI_PURE);
        strbuf_add(text, " cycles");
    }
}

void control_block_write(struct strbuf *text, const struct engine_space *space)
{
    const struct guest_space *guest =
        (const struct guest_space *)(const void *)space;

    add_exits(text, guest);
    strbuf_add(text, "\n");
    add_registers(text, &guest->last.frame);
    strbuf_add(text, "\n");
    add_memory(text, guest);
}
