/* SPDX-License-Identifier: MIT */
/*
 * The two 8259A interrupt controllers of the AT.
 */
#ifndef DRIVERS_PIC_H
#define DRIVERS_PIC_H

#include <stdint.h>

#define PIC_VECTOR 32 /* IRQ n arrives at vector PIC_VECTOR + n */

typedef void irq_handler(void);

/* Moves the IRQs away from the processor's own vectors and masks them all. */
void pic_start(void);

/* Calls HANDLER at each IRQ (0 to 15), interrupts off, from now on. */
void pic_handle(unsigned irq, irq_handler *handler);

/* How often IRQ came; and how often one that had gone when it was to be
   acknowledged. */
uint32_t pic_count(unsigned irq);
uint32_t pic_spurious(void);

#endif
