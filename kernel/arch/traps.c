/* SPDX-License-Identifier: MIT */
/*
 * Layouts: Intel SDM vol. 3, "Segment Descriptors" and "IDT Descriptors".
 */
#include "traps.h"
#include <stddef.h>

#define CODE_SELECTOR  0x08
#define STUB_SIZE      16
#define INTERRUPT_GATE 0x8E00u /* present, ring 0, 32-bit, interrupts off */

struct table_pointer {
    uint16_t limit;
    uint32_t base;
} __attribute__((packed));

void gdt_load(const struct table_pointer *pointer);
void trap_dispatch(struct trap_frame *frame);
extern const char trap_stubs[];

/* Flat 4 GB segments: null, code, data.  The Accessed bits are set already,
   so that the table may lie on a read-only page. */
static const uint64_t gdt[] = {
    0,
    0x00CF9B000000FFFF,
    0x00CF93000000FFFF,
};

static uint64_t idt[VECTORS];
static trap_handler *handlers[VECTORS];
static uint32_t unexpected;

static uint64_t gate_to(uint32_t address)
{
    uint32_t low = (uint32_t)CODE_SELECTOR << 16 | (address & 0xFFFF);
    uint32_t high = (address & 0xFFFF0000u) | INTERRUPT_GATE;

    return (uint64_t)high << 32 | low;
}

void trap_dispatch(struct trap_frame *frame)
{
    trap_handler *handler = handlers[frame->vector];

    if (handler != NULL)
        handler(frame);
    else
        unexpected++;
}

uint32_t traps_unexpected(void)
{
    return unexpected;
}

void traps_start(trap_handler *on_exception)
{
    struct table_pointer gdtr = {sizeof gdt - 1, (uint32_t)gdt};
    struct table_pointer idtr = {sizeof idt - 1, (uint32_t)idt};

    gdt_load(&gdtr);
    for (unsigned vector = 0; vector < VECTORS; vector++)
        idt[vector] = gate_to((uint32_t)trap_stubs + vector * STUB_SIZE);
    for (unsigned vector = 0; vector < VECTOR_EXCEPTIONS; vector++)
        handlers[vector] = on_exception;
    __asm__ volatile("lidt %0" : : "m"(idtr) : "memory");
}

void traps_handle(unsigned vector, trap_handler *handler)
{
    handlers[vector] = handler;
}
