/* SPDX-License-Identifier: MIT */
/* Extracts the power-off values from AML (ACPI 6.4, 7.4.2 and 20.2). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Searches AML code, which need not be valid, for the package _S5_ and stores
   its SLP_TYP values (0 to 7) for the PM1a and PM1b control registers.  Returns
   false if there is no valid package. */
bool acpi_find_s5(const uint8_t *code, uint32_t length, uint8_t *sleep_a,
                  uint8_t *sleep_b);
