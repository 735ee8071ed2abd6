/* SPDX-License-Identifier: MIT */
/* No page is both writable and executable, and unused memory is not mapped. */
#pragma once

#include "arch/multiboot.h"

/* Maps the sections of the kernel, low memory, the boot modules, the screen,
   the registers of COUNT DEVICES and SPARE, and enables paging.  Page tables
   are allocated from the end of SPARE.  Returns false, with paging still
   disabled, if there is not enough memory. */
bool memory_protection_start(const struct boot_information *boot,
                             const struct range *devices, unsigned count,
                             struct range *spare);

/* Makes memory for translated code writable.  No translated code can run until
   code_make_executable() is called. */
void code_make_writable(const void *at, size_t size);
void code_make_executable(const void *at, size_t size);

/* Returns a description of the memory at ADDRESS, for the panic screen. */
const char *memory_protection_name(uint32_t address);
