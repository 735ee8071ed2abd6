/* SPDX-License-Identifier: MIT */
/*
 * Where ACPI's tables are on this PC.
 */
#ifndef DRIVERS_ACPI_H
#define DRIVERS_ACPI_H

#include "acpi_tables.h"
#include "arch/memory_map.h"

/*
 * Finds the tables in the memory that the loader told of, and fills *ACPI:
 * all zero if there are none.  A BIOS has the root pointer in the first KB of
 * its extended data or between E0000 and FFFFF (ACPI 6.4, 5.2.5.1); UEFI has
 * it where only its system table tells, which a Multiboot 1 kernel is not
 * given, so what the map calls ACPI's, then NVS, then reserved is searched.
 * Nothing is written.
 */
void acpi_start(struct acpi *acpi, const struct memory *memory);

/*
 * Whether a BIOS has left its data at 0x400.  Under UEFI nothing is there,
 * unless that can imitate a BIOS (CSM).
 */
bool acpi_has_bios(void);

#endif
