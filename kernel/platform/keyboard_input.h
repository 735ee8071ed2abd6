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

/* USE is an enum keyboard_use.  BIOS: one started this PC, and puts a USB
   keyboard behind the controller; UEFI does not. */
void keys_start(unsigned use, const struct acpi *acpi, bool bios);

enum keys_outlook keys_outlook(void);

/* Hands over to UI the keys that came, and returns how many events. */
uint32_t keys_take(struct ui *ui, uint64_t now);

/* For the last page: whether Enter was pressed since the last call, interrupts
   or not.  One that was held before is not. */
bool keys_enter(void);

#endif
