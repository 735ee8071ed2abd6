/* SPDX-License-Identifier: MIT */
/*
 * The two 8259A interrupt controllers of the AT.
 */
#pragma once

#include <stdint.h>

#define PIC_VECTOR 32 /* IRQ n arrives at vector PIC_VECTOR + n */

typedef void irq_handler(void);

/* Moves the IRQs away from the processor's own vectors and masks all. */
void pic_start(void);

/* Unmasks IRQ (0 to 15) and calls HANDLER for it, with interrupts off. */
void pic_handle(unsigned irq, irq_handler *handler);

/* Returns the number of interrupts of IRQ, without spurious ones. */
uint32_t pic_count(unsigned irq);

/* Returns the number of spurious interrupts. */
uint32_t pic_spurious(void);
