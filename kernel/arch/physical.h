/* SPDX-License-Identifier: MIT */
/*
 * Memory at fixed places: the BIOS's data, and registers of devices.
 */
#ifndef ARCH_PHYSICAL_H
#define ARCH_PHYSICAL_H

#include <stdint.h>

static inline uint8_t physical_read(uint32_t address)
{
    return *(const volatile uint8_t *)address;
}

static inline uint16_t physical_read16(uint32_t address)
{
    return *(const volatile uint16_t *)address;
}

static inline void physical_write16(uint32_t address, uint16_t value)
{
    *(volatile uint16_t *)address = value;
}

static inline void physical_write(uint32_t address, uint8_t value)
{
    *(volatile uint8_t *)address = value;
}

/* The bytes from ADDRESS on, for memory that nothing but we changes. */
static inline const uint8_t *physical_bytes(uint32_t address)
{
    return (const uint8_t *)address;
}

#endif
