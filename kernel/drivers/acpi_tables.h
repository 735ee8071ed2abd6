/* SPDX-License-Identifier: MIT */
/*
 * Parser for the ACPI tables (ACPI Specification 6.4): root pointer (5.2.5),
 * RSDT and XSDT (5.2.7, 5.2.8) and FADT (5.2.9), including the shorter tables
 * of ACPI 1.0.  Firmware's tables are untrusted: the parser reads only the
 * given areas, and its run time is bounded.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* A memory area that may contain ACPI tables. */
struct acpi_area {
    uint32_t start, length; /* physical address and length in bytes */
    const uint8_t *bytes;   /* pointer to the mapped area */
    unsigned step;          /* root pointer alignment, or 0 to skip the scan */
};

enum acpi_space { ACPI_IN_MEMORY, ACPI_IN_PORTS, ACPI_IN_PCI };

/* A one-byte register.  A PCI address has 16-bit fields for device, function
   and offset, and is on bus 0. */
struct acpi_register {
    uint8_t space; /* enum acpi_space, or an unknown value */
    uint64_t address;
};

/* Summary of the FADT and _S5_.  Missing ports are 0. */
struct acpi {
    bool found; /* true if there is a FADT; otherwise all fields are 0 */
    uint8_t revision;

    bool keyboard_known; /* true if the FADT reports whether there is an 8042 */
    bool keyboard;       /* true if there is an 8042 keyboard controller */

    uint16_t timer;  /* port of the 3.579545 MHz timer */
    bool timer_long; /* true if the timer has 32 bits rather than 24 */

    bool can_reset; /* true if writing reset_value to `reset` resets the PC */
    struct acpi_register reset;
    uint8_t reset_value;

    uint16_t control_a, control_b; /* PM1a and PM1b control ports */
    uint16_t command;              /* SMI_CMD port for the `enable` command */
    uint8_t enable;                /* command to enable ACPI mode, 0 if none */

    bool has_button; /* true if the PM1 registers report the power button */
    uint16_t event_a, event_b; /* PM1a and PM1b event ports */
    uint8_t event_length;      /* of the status and enable registers in bytes */

    bool can_sleep;           /* true if sleep_a and sleep_b are valid */
    uint8_t sleep_a, sleep_b; /* SLP_TYP values for S5 (soft off) */
};

/* Fills *ACPI from the first valid root pointer in AREAS, or returns false if
   there is none.  Tables above 4 GiB or with a wrong checksum are ignored. */
bool acpi_read(struct acpi *acpi, const struct acpi_area *areas,
               unsigned count);
