/* SPDX-License-Identifier: MIT */
/* Fake processor for testing drivers.  Each test defines the functions. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

uint32_t interrupts_save(void);
void interrupts_restore(uint32_t flags);
void triple_fault(void);
bool cpu_has_hypervisor(void);
uint64_t cpu_cycles(void);
