/* SPDX-License-Identifier: MIT */
/*
 * What of the PC's memory is there for the kernel, and what for: nothing can be
 * both written and executed, and what nobody uses is not there at all.
 */
#ifndef PLATFORM_MEMORY_PROTECTION_H
#define PLATFORM_MEMORY_PROTECTION_H

#include "arch/multiboot.h"

/*
 * Maps the kernel, each kind of its contents as it is used, low memory, BOOT's
 * modules and screen, and SPARE, out of whose end comes what that takes; and
 * turns paging on.  False: there is no memory for that, and all is open.
 */
bool memory_protection_start(const struct boot_information *boot,
                             struct range *spare);

/* Makes a part of the memory for translated code writable, and nothing of it
   executable; or the other way round. */
void code_make_writable(const void *at, size_t size);
void code_make_executable(const void *at, size_t size);

/* What lies at ADDRESS, in words for a person; "nothing" where it should be
   nothing. */
const char *memory_protection_name(uint32_t address);

#endif
