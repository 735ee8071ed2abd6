/* SPDX-License-Identifier: MIT */
/*
 * Reboot and power off; both return only if all methods failed.
 */
#pragma once

#include "acpi_tables.h"
#include <stdint.h>

/* Copies *ACPI; without this call, only methods without ACPI are used. */
void power_start(const struct acpi *acpi);

/* Resets the PC.  Methods, in order: ACPI's reset register, chipset, keyboard
   controller, port 0x92, triple fault. */
void power_reboot(void);

/* Switches the PC off by ACPI (ACPI 6.4, 4.8.3.2 and 7.4.2).  If that fails and
   there is a hypervisor, tries the ports of known virtual PCs. */
void power_off(void);

/* Ends QEMU with status (CODE << 1) | 1, by isa-debug-exit at port 0xF4. */
void power_exit_qemu(uint8_t code);
