/* SPDX-License-Identifier: MIT */
/* Fills the program library at boot. */
#pragma once

#include "arch/multiboot.h"
#include "services/library.h"

/* Adds the boot modules and then the built-in programs.  Of a module SAVED.ASM,
   each program is added.  Returns the number of programs in modules.  BOOT must
   outlive LIBRARY. */
unsigned boot_programs_fill(struct library *library,
                            const struct boot_information *boot);
