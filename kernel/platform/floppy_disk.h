/* SPDX-License-Identifier: MIT */
/* Offers the console to save programs on the floppy from which the PC was
   booted, if it was and has a file for them. */
#pragma once

#include "arch/multiboot.h"
#include "ui/ui.h"

/* Finds the boot module SAVED.ASM and copies it to the end of MEMORY.  Accesses
   no drive.  Must be called after paging has been enabled. */
void floppy_disk_start(struct ui *ui, const struct boot_information *boot,
                       struct range *memory);

/* Does what is due.  Must be called every millisecond while it is busy. */
void floppy_disk_poll(uint64_t now);
bool floppy_disk_is_busy(void);

/* Abandons a save and turns the motor off.  SAVED.ASM stays valid. */
void floppy_disk_stop(void);
