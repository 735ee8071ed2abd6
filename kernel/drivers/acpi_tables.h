/* SPDX-License-Identifier: MIT */
/*
 * What ACPI's tables say, read out of memory that a firmware may have filled
 * with anything: nothing outside the areas given is looked at, and whatever
 * stands in them, reading comes to an end.
 *
 * ACPI Specification 6.4: 5.2.5 (root pointer), 5.2.7 and 5.2.8 (RSDT, XSDT),
 * 5.2.9 (FADT); tables as ACPI 1.0 has them are shorter, and taken as well.
 */
#ifndef DRIVERS_ACPI_TABLES_H
#define DRIVERS_ACPI_TABLES_H

#include <stdbool.h>
#include <stdint.h>

/* LENGTH bytes of physical memory from START on, which are at BYTES. */
struct acpi_area {
    uint32_t start, length;
    const uint8_t *bytes;
    unsigned step; /* the root pointer may stand every STEP bytes; 0: nowhere */
};

enum acpi_space { ACPI_IN_MEMORY, ACPI_IN_PORTS, ACPI_IN_PCI };

/* A register of one byte.  ADDRESS in PCI: device, function and offset, 16
   bits each, on bus 0. */
struct acpi_register {
    uint8_t space; /* enum acpi_space; there are more */
    uint64_t address;
};

/* Ports that are 0 are not there. */
struct acpi {
    bool found; /* a FADT, that is; else all of this is zero */
    uint8_t revision;

    bool keyboard_known; /* the FADT is of those that tell of an 8042 .. */
    bool keyboard;       /* .. and this one says that there is one */

    uint16_t timer;  /* 3.579545 MHz */
    bool timer_long; /* it has 32 bits, not 24 */

    bool can_reset; /* by writing RESET_VALUE to RESET */
    struct acpi_register reset;
    uint8_t reset_value;

    uint16_t control_a, control_b; /* PM1 control blocks */
    uint16_t command;              /* where ENABLE makes the firmware let go */
    uint8_t enable;                /* 0: it need not */

    bool can_sleep; /* the values of _S5_, "soft off", are known */
    uint8_t sleep_a, sleep_b;
};

/*
 * Looks in the COUNT AREAS for a root pointer whose tables are whole, and
 * fills *ACPI.  False: there is none.  A table whose sum is not 0 counts for
 * nothing; addresses beyond 4 GiB are none.
 */
bool acpi_read(struct acpi *acpi, const struct acpi_area *areas,
               unsigned count);

#endif
