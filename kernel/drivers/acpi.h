/* SPDX-License-Identifier: MIT */
/*
 * Locates the ACPI tables of this PC.
 */
#pragma once

#include "acpi_tables.h"
#include "arch/memory_map.h"

/* Finds the tables and fills *ACPI: all zero if there are none.  Only reads
   memory.  A BIOS has the root pointer in the first KB of its extended data
   area or between E0000 and FFFFF (ACPI 6.4, 5.2.5.1).  UEFI has it in its
   system table, which a Multiboot 1 kernel does not receive; so the ranges of
   the map of kind ACPI, then NVS, then reserved are searched. */
void acpi_start(struct acpi *acpi, const struct memory *memory);

/* Returns whether there is a BIOS data area at 0x400.  UEFI has none, unless it
   includes a BIOS compatibility module (CSM). */
bool acpi_has_bios(void);
