/* SPDX-License-Identifier: MIT */
/*
 * Which programs are at hand on this boot.
 */
#ifndef PLATFORM_BOOT_PROGRAMS_H
#define PLATFORM_BOOT_PROGRAMS_H

#include "arch/multiboot.h"
#include "services/library.h"

/*
 * Fills LIBRARY with the modules of BOOT, which must live on, and then with
 * the programs that ship in the kernel.
 */
void files_fill(struct library *library, const struct boot_information *boot);

#endif
