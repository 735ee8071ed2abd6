/* SPDX-License-Identifier: MIT */
/*
 * Keyboard input for the console.
 */
#pragma once

#include "drivers/acpi_tables.h"
#include "ui/ui.h"
#include <stdbool.h>
#include <stdint.h>

/* USE is an enum keyboard_use.  BIOS: whether a BIOS started this PC; it
   presents a USB keyboard as an 8042, which UEFI does not. */
void keyboard_input_start(unsigned use, const struct acpi *acpi, bool bios);

enum keyboard_presence keyboard_presence(void);

/* Sends pending key events to UI and returns their number. */
uint32_t keyboard_input_poll(struct ui *ui, uint64_t now);

/* For the panic screen: whether Enter was pressed since the last call.  Works
   without interrupts; repeats of a held key do not count. */
bool keyboard_input_enter_pressed(void);
