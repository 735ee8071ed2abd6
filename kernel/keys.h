/* SPDX-License-Identifier: MIT */
/*
 * Keys, from wherever a PC has them: so far the keyboard controller.
 */
#ifndef KEYS_H
#define KEYS_H

#include "drivers/acpi_tables.h"
#include "ui/ui.h"
#include <stdbool.h>
#include <stdint.h>

/* What may be hoped for. */
enum keys_outlook {
    KEYS_NONE,     /* no controller: no key will ever come */
    KEYS_DOUBTFUL, /* there is one, but this looks like a PC whose keyboard is
                      on USB: UEFI started it, or its tables deny the 8042 */
    KEYS_LIKELY,   /* as on any PC with a BIOS; or a key came already */
};

/* USE is an enum keyboard_use. */
void keys_start(unsigned use, const struct acpi *acpi);

enum keys_outlook keys_outlook(void);

/* Hands over to UI the keys that came, and returns how many events. */
uint32_t keys_take(struct ui *ui, uint64_t now);

#endif
