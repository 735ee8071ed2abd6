/* SPDX-License-Identifier: MIT */
/*
 * 8259A interrupt controllers (Intel 8259A data sheet, "Initialization Command
 * Words").  A BIOS leaves IRQ 0 at vector 8, which is also the double fault, so
 * the IRQs must be remapped before interrupts are enabled.  If a request ends
 * too early, a controller raises a spurious IRQ 7 or 15, whose bit in the
 * in-service register is clear.  No EOI must be sent for it, except to the
 * first controller for IRQ 15.
 */
#include "pic.h"
#include "arch/io.h"
#include "arch/traps.h"
#include <stdbool.h>
#include <stddef.h>

#define FIRST_COMMAND  0x20
#define FIRST_DATA     0x21
#define SECOND_COMMAND 0xA0
#define SECOND_DATA    0xA1

#define INIT_WITH_ICW4   0x11
#define ICW4_8086        0x01
#define CASCADE_IRQ      2
#define READ_IN_SERVICE  0x0B
#define END_OF_INTERRUPT 0x20

#define IRQS 16

static irq_handler *handlers[IRQS];
static volatile uint32_t counts[IRQS], spurious_count;

static void command(uint16_t port, uint8_t value)
{
    port_write(port, value);
    port_delay();
}

static bool in_service(unsigned irq)
{
    uint16_t port = irq < 8 ? FIRST_COMMAND : SECOND_COMMAND;

    port_write(port, READ_IN_SERVICE);
    return port_read(port) >> (irq & 7) & 1;
}

static void dispatch(struct trap_frame *frame)
{
    unsigned irq = frame->vector - PIC_VECTOR;
    bool spurious = (irq & 7) == 7 && !in_service(irq);

    if (spurious)
        spurious_count++;
    else
        counts[irq]++;
    if (!spurious && handlers[irq] != NULL)
        handlers[irq]();
    if (!spurious && irq >= 8)
        port_write(SECOND_COMMAND, END_OF_INTERRUPT);
    if (!spurious || irq >= 8)
        port_write(FIRST_COMMAND, END_OF_INTERRUPT);
}

void pic_start(void)
{
    command(FIRST_COMMAND, INIT_WITH_ICW4);
    command(SECOND_COMMAND, INIT_WITH_ICW4);
    command(FIRST_DATA, PIC_VECTOR);
    command(SECOND_DATA, PIC_VECTOR + 8);
    command(FIRST_DATA, 1 << CASCADE_IRQ);
    command(SECOND_DATA, CASCADE_IRQ);
    command(FIRST_DATA, ICW4_8086);
    command(SECOND_DATA, ICW4_8086);
    command(FIRST_DATA, 0xFF & ~(1 << CASCADE_IRQ));
    command(SECOND_DATA, 0xFF);

    for (unsigned irq = 0; irq < IRQS; irq++)
        traps_handle(PIC_VECTOR + irq, dispatch);
}

void pic_handle(unsigned irq, irq_handler *handler)
{
    uint16_t port = irq < 8 ? FIRST_DATA : SECOND_DATA;

    handlers[irq] = handler;
    port_write(port, (uint8_t)(port_read(port) & ~(1u << (irq & 7))));
}

void pic_mask(unsigned irq)
{
    uint16_t port = irq < 8 ? FIRST_DATA : SECOND_DATA;

    port_write(port, (uint8_t)(port_read(port) | 1u << (irq & 7)));
}

uint32_t pic_count(unsigned irq)
{
    return counts[irq];
}

uint32_t pic_spurious(void)
{
    return spurious_count;
}
