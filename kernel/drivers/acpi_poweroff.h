/* SPDX-License-Identifier: MIT */
/*
 * How a PC is switched off, as its firmware says in AML (ACPI Specification
 * 6.4, 7.4.2 and 20.2).
 */
#ifndef DRIVERS_ACPI_POWEROFF_H
#define DRIVERS_ACPI_POWEROFF_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Looks in LENGTH bytes of CODE, any bytes at all, for the package _S5_ and
 * takes out of it what SLP_TYP of the two PM1 control registers must be, 0 to
 * 7.  False: it is not there, or is not made as it should be.
 */
bool acpi_find_sleep(const uint8_t *code, uint32_t length, uint8_t *sleep_a,
                     uint8_t *sleep_b);

#endif
