/* SPDX-License-Identifier: MIT */
/* Finds the ACPI tables of the PC. */
#pragma once

#include "acpi_tables.h"
#include "arch/memory_map.h"

/* Reads the ACPI tables into *ACPI, which is zeroed if there are none.  A BIOS
   has the root pointer in the first KB of the extended BIOS data area or
   between E0000 and FFFFF (ACPI 6.4, 5.2.5.1).  UEFI has it in the system
   table, which Multiboot 1 does not provide, so the ACPI, NVS and reserved
   ranges of the memory map are searched, in this order. */
void acpi_start(struct acpi *acpi, const struct memory *memory);

/* Returns true if there is a BIOS data area at 0x400.  UEFI has none, unless it
   includes a compatibility support module (CSM). */
bool acpi_has_bios(void);
