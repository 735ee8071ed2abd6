/* SPDX-License-Identifier: MIT */
/*
 * Access to physical memory.  With paging on, the first megabyte is mapped at
 * PHYSICAL_LOW, where PCs have firmware flash, so that null pointers fault.
 */
#pragma once

#include <stdint.h>

#define PHYSICAL_LOW      0xFFC00000u
#define PHYSICAL_LOW_SIZE 0x00100000u

extern uint32_t physical_low; /* PHYSICAL_LOW, or 0 while paging is off */

static inline uint32_t physical_place(uint32_t address)
{
    return address < PHYSICAL_LOW_SIZE ? physical_low + address : address;
}

static inline uint8_t physical_read(uint32_t address)
{
    return *(const volatile uint8_t *)physical_place(address);
}

static inline uint16_t physical_read16(uint32_t address)
{
    return *(const volatile uint16_t *)physical_place(address);
}

static inline void physical_write16(uint32_t address, uint16_t value)
{
    *(volatile uint16_t *)physical_place(address) = value;
}

static inline void physical_write(uint32_t address, uint8_t value)
{
    *(volatile uint8_t *)physical_place(address) = value;
}

/* Returns a pointer to memory that no device changes.  The pointer is valid
   until paging is turned on or off. */
static inline const uint8_t *physical_bytes(uint32_t address)
{
    return (const uint8_t *)physical_place(address);
}
