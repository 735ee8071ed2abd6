/* SPDX-License-Identifier: MIT */
/* Fake physical memory for testing drivers, defined by each test. */
#pragma once

#include <stdint.h>

uint8_t physical_read(uint32_t address);
uint16_t physical_read16(uint32_t address);
void physical_write16(uint32_t address, uint16_t value);
void physical_write(uint32_t address, uint8_t value);
const uint8_t *physical_bytes(uint32_t address);
