/* SPDX-License-Identifier: MIT */
/* Fake port I/O for testing drivers.  Each test defines the functions. */
#pragma once

#include <stdint.h>

void port_write(uint16_t port, uint8_t value);
void port_write16(uint16_t port, uint16_t value);
void port_write32(uint16_t port, uint32_t value);
uint8_t port_read(uint16_t port);
uint16_t port_read16(uint16_t port);
uint32_t port_read32(uint16_t port);
void port_delay(void);
