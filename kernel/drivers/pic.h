/* SPDX-License-Identifier: MIT */
/*
 * The two 8259A interrupt controllers of the AT.
 */
#ifndef DRIVERS_PIC_H
#define DRIVERS_PIC_H

#define PIC_VECTOR 32 /* IRQ n arrives at vector PIC_VECTOR + n */

typedef void irq_handler(void);

/* Moves the IRQs away from the processor's own vectors and masks them all. */
void pic_start(void);

/* Calls HANDLER at each IRQ (0 to 15), interrupts off, from now on. */
void pic_handle(unsigned irq, irq_handler *handler);

#endif
