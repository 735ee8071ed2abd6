/* SPDX-License-Identifier: MIT */
/*
 * Keys, from wherever a PC has them: so far the keyboard controller.
 */
#ifndef PLATFORM_KEYBOARD_INPUT_H
#define PLATFORM_KEYBOARD_INPUT_H

#include "drivers/acpi_tables.h"
#include "ui/ui.h"
#include <stdbool.h>
#include <stdint.h>

/* USE is an enum keyboard_use.  BIOS: one started this PC, and puts a USB
   keyboard behind the controller; UEFI does not. */
void keyboard_input_start(unsigned use, const struct acpi *acpi, bool bios);

enum keyboard_presence keyboard_presence(void);

/* Hands over to UI the keys that came, and returns how many events. */
uint32_t keyboard_input_poll(struct ui *ui, uint64_t now);

/* For the last page: whether Enter was pressed since the last call, interrupts
   or not.  One that was held before is not. */
bool keyboard_input_enter_pressed(void);

#endif
