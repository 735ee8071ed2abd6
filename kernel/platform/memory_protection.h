/* SPDX-License-Identifier: MIT */
/*
 * What of the PC's memory is there for the kernel, and what for: nothing can be
 * both written and executed, and what nobody uses is not there at all.
 */
#ifndef KERNEL_PROTECT_H
#define KERNEL_PROTECT_H

#include "arch/multiboot.h"

/*
 * Maps the kernel, each kind of its contents as it is used, low memory, BOOT's
 * modules and screen, and SPARE, out of whose end comes what that takes; and
 * turns paging on.  False: there is no memory for that, and all is open.
 */
bool protect_start(const struct boot_information *boot, struct range *spare);

/* Makes a part of the memory for translated code writable, and nothing of it
   executable; or the other way round. */
void protect_open(const void *at, size_t size);
void protect_seal(const void *at, size_t size);

/* What lies at ADDRESS, in words for a person; "nothing" where it should be
   nothing. */
const char *protect_name(uint32_t address);

#endif
