/* SPDX-License-Identifier: MIT */
/* Reboot and power-off.  Both return only if every method has failed. */
#pragma once

#include "acpi_tables.h"
#include <stdint.h>

/* Saves a copy of *ACPI.  If not called, methods that need ACPI are skipped. */
void power_start(const struct acpi *acpi);

/* Resets the PC, trying in turn the ACPI reset register, chipset, keyboard
   controller, port 0x92 and a triple fault. */
void power_reboot(void);

/* Switches the PC off through ACPI (ACPI 6.4, 4.8.3.2 and 7.4.2).  Under a
   hypervisor, falls back to the ports of known virtual machines. */
void power_off(void);

/* Exits QEMU with status (CODE << 1) | 1 via isa-debug-exit at port 0xF4. */
void power_exit_qemu(uint8_t code);
