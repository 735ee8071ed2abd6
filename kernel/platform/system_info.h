/* SPDX-License-Identifier: MIT */
/*
 * The rows of the system information page about the kernel and the PC.
 */
#pragma once

#include "arch/multiboot.h"
#include "drivers/acpi_tables.h"
#include "ui/pages/system_info.h"
#include <stdint.h>

/* Returns version and build.  The build is the start of the linker's build ID,
   a hash of this kernel's contents. */
const char *system_info_version(void);

struct ui;

/* Appends a summary of the devices found, at most 78 characters. */
void system_info_summary(struct strbuf *text, const struct ui *ui);

/* Sources of the information, besides the drivers. */
struct system_info_sources {
    const struct boot_information *boot;
    const struct acpi *acpi;
    bool bios; /* a BIOS started this PC, not UEFI */
    struct range history;
    uint64_t awake, asleep; /* microseconds since the start */
};

/* Counts free memory, once: this is slow if the memory map has many ranges.
   Call before system_info_fill(). */
void system_info_start(const struct memory *memory);

/* Fills in the current values. */
void system_info_fill(struct system_info *system_info,
                      const struct system_info_sources *sources);
