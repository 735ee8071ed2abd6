/* SPDX-License-Identifier: MIT */
/*
 * A fake of PCI configuration space behind the ports CF8 and CFC.  A test adds
 * functions and sets their registers.  A register keeps only the bits that are
 * writable.  A base address register must not change while the function
 * responds, as it would then respond to an address of another device.
 */
#pragma once

#include "arch/io.h"
#include <stdbool.h>
#include <string.h>

#define FAKE_PCI_MAX     2304  /* functions */
#define FAKE_PCI_OFFSETS 64    /* registers of a function */
#define FAKE_READS_MAX   10000 /* per test; a bus takes 32 */

struct fake_function {
    uint16_t address;
    uint32_t value[FAKE_PCI_OFFSETS], writable[FAKE_PCI_OFFSETS];
};

static struct {
    bool absent;      /* true if no host bridge responds */
    uint32_t floats;  /* what is then read from any port */
    uint32_t address; /* last value written to CF8 */
    unsigned reads;   /* number of registers read */
    unsigned writes;  /* number of registers written */
    bool gone;        /* true if all functions stopped responding */
    unsigned count;
    struct fake_function function[FAKE_PCI_MAX];
} fake_pci;

static inline uint16_t fake_address(unsigned bus, unsigned device,
                                    unsigned function)
{
    return (uint16_t)(bus << 8 | device << 3 | function);
}

/* Adds a function with a vendor and device ID and a class code. */
static inline struct fake_function *fake_add(uint16_t address, uint32_t id,
                                             uint32_t class_code)
{
    assert_true(fake_pci.count < FAKE_PCI_MAX);
    struct fake_function *function = &fake_pci.function[fake_pci.count++];

    memset(function, 0, sizeof *function);
    function->address = address;
    function->value[0] = id;
    function->value[2] = class_code << 8;
    function->writable[1] = 0x0407;
    return function;
}

static inline void fake_header_type(struct fake_function *function,
                                    uint8_t type)
{
    function->value[3] = (uint32_t)type << 16;
}

static inline struct fake_function *fake_add_bridge(uint16_t address,
                                                    uint8_t to)
{
    struct fake_function *bridge = fake_add(address, 0x24488086, 0x060400);

    fake_header_type(bridge, 1);
    bridge->value[6] = (uint32_t)to << 8;
    return bridge;
}

/* Adds a base address register, of 64 bits if its type says so. */
static inline void fake_bar(struct fake_function *function, unsigned index,
                            uint64_t address, uint64_t size)
{
    unsigned flags = address & 1 ? 3 : 15;

    function->value[4 + index] = (uint32_t)address;
    function->writable[4 + index] = (uint32_t)-size & ~flags;
    if ((address & 7) != 4)
        return;
    function->value[5 + index] = (uint32_t)(address >> 32);
    function->writable[5 + index] = (uint32_t)(-size >> 32);
}

static inline void fake_reset(void)
{
    memset(&fake_pci, 0, sizeof fake_pci);
    fake_pci.floats = UINT32_MAX;
}

/* Returns the selected function, or NULL. */
static struct fake_function *fake_selected(void)
{
    uint16_t address = (uint16_t)(fake_pci.address >> 8);

    if (!(fake_pci.address & 0x80000000u) || fake_pci.gone)
        return NULL;
    for (unsigned i = 0; i < fake_pci.count; i++)
        if (fake_pci.function[i].address == address)
            return &fake_pci.function[i];
    return NULL;
}

static unsigned fake_register(void)
{
    assert_int_equal(fake_pci.address & 0x7F000003u, 0);
    return (fake_pci.address & 0xFF) / 4;
}

uint32_t port_read32(uint16_t port)
{
    assert_true(port == 0xCF8 || port == 0xCFC);
    assert_in_range(++fake_pci.reads, 1, FAKE_READS_MAX);
    if (fake_pci.absent)
        return fake_pci.floats;
    if (port == 0xCF8)
        return fake_pci.address;
    struct fake_function *function = fake_selected();

    return function ? function->value[fake_register()] : UINT32_MAX;
}

static void fake_write(struct fake_function *function, unsigned index,
                       uint32_t value)
{
    uint32_t writable = function->writable[index];

    if (index >= 4 && index <= 9 && writable != 0)
        assert_int_equal(function->value[1] & 3, 0);
    function->value[index] =
        (function->value[index] & ~writable) | (value & writable);
    /* Bits of the status are cleared by writing 1. */
    if (index == 1)
        function->value[1] &= ~(value & 0xF9000000u);
}

void port_write32(uint16_t port, uint32_t value)
{
    assert_true(port == 0xCF8 || port == 0xCFC);
    if (port == 0xCF8) {
        fake_pci.address = value;
        return;
    }
    struct fake_function *function = fake_selected();

    fake_pci.writes++;
    if (function != NULL)
        fake_write(function, fake_register(), value);
}

void port_write(uint16_t port, uint8_t value)
{
    unsigned shift = 8 * (port - 0xCFCu);
    struct fake_function *function = fake_selected();

    assert_in_range(port, 0xCFC, 0xCFF);
    if (function == NULL)
        return;
    uint32_t old = function->value[fake_register()];

    fake_write(function, fake_register(),
               (old & ~(0xFFu << shift)) | (uint32_t)value << shift);
}
