/* SPDX-License-Identifier: MIT */
/*
 * Leaving: power_reboot() and power_off() return only if nothing worked.
 */
#ifndef DRIVERS_POWER_H
#define DRIVERS_POWER_H

#include "acpi_tables.h"
#include <stdint.h>

/* What ACPI's tables say about it; copied.  Without this nothing is known. */
void power_start(const struct acpi *acpi);

/*
 * Resets the PC: by the register that ACPI names, else the chipset's, the
 * keyboard controller, port 0x92, and last by the processor itself.
 */
void power_reboot(void);

/*
 * Switches the PC off as ACPI says (ACPI 6.4, 4.8.3.2 and 7.4.2).  Where that
 * is not known, or nothing comes of it, what virtual PCs are known to take is
 * written, if the processor says that it is one.
 */
void power_off(void);

/* Ends QEMU with status (CODE << 1) | 1 where it has the isa-debug-exit
   device at port 0xF4. */
void power_exit_qemu(uint8_t code);

#endif
