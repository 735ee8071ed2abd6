/* SPDX-License-Identifier: MIT */
/* The power button of a PC with ACPI (ACPI 6.4, 4.8.2.2 and 4.8.3.1) */
#pragma once

#include "acpi_tables.h"
#include <stdbool.h>

/* Starts to watch the button.  Has no effect without ACPI, or if the button is
   known only to AML, which is not interpreted. */
void power_button_start(const struct acpi *acpi);

/* Returns true if the button was pressed since the last call. */
bool power_button_pressed(void);
