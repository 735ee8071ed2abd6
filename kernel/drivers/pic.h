/* SPDX-License-Identifier: MIT */
/* 8259A programmable interrupt controllers. */
#pragma once

#include <stdint.h>

#define PIC_VECTOR 32 /* IRQ n is delivered as vector PIC_VECTOR + n */

typedef void irq_handler(void);

/* Remaps the IRQs away from the processor's exceptions and masks them all. */
void pic_start(void);

/* Installs HANDLER for IRQ (0 to 15) and unmasks it.  The handler is called
   with interrupts disabled. */
void pic_handle(unsigned irq, irq_handler *handler);

/* Masks IRQ, whose handler stays installed. */
void pic_mask(unsigned irq);

/* Returns the number of interrupts received on IRQ, excluding spurious ones. */
uint32_t pic_count(unsigned irq);

uint32_t pic_spurious(void);
