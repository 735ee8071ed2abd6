/* SPDX-License-Identifier: MIT */
/*
 * Memory protection: no page is both writable and executable, and unused memory
 * is not mapped.
 */
#pragma once

#include "arch/multiboot.h"

/*
 * Maps the sections of the kernel, low memory, BOOT's modules and screen, and
 * SPARE, and turns paging on.  Takes the page tables from the end of SPARE.
 * Returns false, with no protection, if there is not enough memory.
 */
bool memory_protection_start(const struct boot_information *boot,
                             struct range *spare);

/* Make part of the memory for translated code writable and all of it not
   executable, or the reverse. */
void code_make_writable(const void *at, size_t size);
void code_make_executable(const void *at, size_t size);

/* Names what is at ADDRESS, for the panic screen. */
const char *memory_protection_name(uint32_t address);
