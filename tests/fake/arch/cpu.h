/* SPDX-License-Identifier: MIT */
/*
 * Interrupts for drivers under test: the test brings them when they are on.
 */
#ifndef ARCH_CPU_H
#define ARCH_CPU_H

#include <stdint.h>

uint32_t interrupts_save(void);
void interrupts_restore(uint32_t flags);

#endif
