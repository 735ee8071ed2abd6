/* SPDX-License-Identifier: MIT */
/* Fills the program library at boot. */
#pragma once

#include "arch/multiboot.h"
#include "services/library.h"

/* Adds the boot modules and built-in programs.  BOOT must outlive LIBRARY. */
void boot_programs_fill(struct library *library,
                        const struct boot_information *boot);
