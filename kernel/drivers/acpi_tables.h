/* SPDX-License-Identifier: MIT */
/*
 * Parser for the ACPI tables.  Firmware's tables are untrusted: the parser
 * reads only the given areas, and its run time is bounded.
 *
 * ACPI Specification 6.4: 5.2.5 (root pointer), 5.2.7 and 5.2.8 (RSDT, XSDT),
 * 5.2.9 (FADT); also accepts the shorter tables of ACPI 1.0.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* An area of memory that may contain tables. */
struct acpi_area {
    uint32_t start, length; /* physical address, bytes */
    const uint8_t *bytes;   /* where START is mapped */
    unsigned step;          /* alignment of a root pointer; 0: contains none */
};

enum acpi_space { ACPI_IN_MEMORY, ACPI_IN_PORTS, ACPI_IN_PCI };

/* One byte.  ADDRESS in PCI, bus 0: device, function, offset (16 bits each). */
struct acpi_register {
    uint8_t space; /* enum acpi_space, or another value */
    uint64_t address;
};

/* A port of 0 does not exist. */
struct acpi {
    bool found; /* there is a FADT; else all fields are zero */
    uint8_t revision;

    bool keyboard_known; /* the FADT has the flag KEYBOARD */
    bool keyboard;       /* there is an 8042 */

    uint16_t timer;  /* port of the 3.579545 MHz timer */
    bool timer_long; /* the timer has 32 bits, not 24 */

    bool can_reset; /* writing RESET_VALUE to RESET resets the PC */
    struct acpi_register reset;
    uint8_t reset_value;

    uint16_t control_a, control_b; /* PM1 control blocks */
    uint16_t command;              /* SMI_CMD: ENABLE turns ACPI mode on */
    uint8_t enable;                /* 0: ACPI mode is always on */

    bool can_sleep;           /* SLEEP_A and SLEEP_B are valid */
    uint8_t sleep_a, sleep_b; /* SLP_TYP values of _S5_, "soft off" */
};

/* Searches COUNT AREAS for a root pointer with valid tables and fills *ACPI.
   Returns false if there is none.  Ignores tables above 4 GiB or with a wrong
   checksum. */
bool acpi_read(struct acpi *acpi, const struct acpi_area *areas,
               unsigned count);
