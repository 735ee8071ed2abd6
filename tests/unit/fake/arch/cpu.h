/* SPDX-License-Identifier: MIT */
/*
 * The processor for drivers under test: interrupts, which the test brings when
 * they are on, and whatever the test says that it is.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

uint32_t interrupts_save(void);
void interrupts_restore(uint32_t flags);
void triple_fault(void);
bool cpu_has_hypervisor(void);
uint64_t cpu_cycles(void);
