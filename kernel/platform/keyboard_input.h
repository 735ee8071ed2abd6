/* SPDX-License-Identifier: MIT */
/* Keyboard input for the console. */
#pragma once

#include "drivers/acpi_tables.h"
#include "ui/ui.h"
#include <stdbool.h>
#include <stdint.h>

/* Starts the keyboard.  USE is one of enum keyboard_use.  BIOS is true if a
   BIOS started the PC: unlike UEFI, it presents USB keyboards as an 8042. */
void keyboard_input_start(unsigned use, const struct acpi *acpi, bool bios);

enum keyboard_presence keyboard_presence(void);

/* Sends pending key events to the console and returns their number. */
uint32_t keyboard_input_poll(struct ui *ui, uint64_t now);

/* Returns true if Enter was pressed since the last call, ignoring key repeats.
   Works without interrupts, for the panic screen. */
bool keyboard_input_enter_pressed(void);
