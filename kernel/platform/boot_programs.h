/* SPDX-License-Identifier: MIT */
/*
 * Fills the program library at boot.
 */
#pragma once

#include "arch/multiboot.h"
#include "services/library.h"

/* Adds the modules of BOOT, which must outlive LIBRARY, and the built-in
   programs. */
void boot_programs_fill(struct library *library,
                        const struct boot_information *boot);
