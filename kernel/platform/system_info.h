/* SPDX-License-Identifier: MIT */
/* Collects the system information about the kernel and the PC. */
#pragma once

#include "arch/multiboot.h"
#include "drivers/acpi_tables.h"
#include "drivers/pci.h"
#include "ui/pages/system_info.h"
#include <stdint.h>

/* Returns the version and the start of the build ID, a hash of the contents. */
const char *system_info_version(void);

struct ui;

/* Appends a summary of the devices found, at most 78 characters long. */
void system_info_summary(struct strbuf *text, const struct ui *ui);

/* Sources of system information other than the drivers. */
struct system_info_sources {
    const struct boot_information *boot;
    const struct acpi *acpi;
    const struct pci *pci;
    bool bios; /* true if started by a BIOS, false if by UEFI */
    struct range history;
    uint64_t awake, asleep; /* microseconds awake and asleep since the start */
};

/* Counts the free memory, which is slow if the memory map has many ranges.
   Must be called once before system_info_fill(). */
void system_info_start(const struct memory *memory);

void system_info_fill(struct system_info *system_info,
                      const struct system_info_sources *sources);
