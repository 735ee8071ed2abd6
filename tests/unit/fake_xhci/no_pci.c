/* SPDX-License-Identifier: MIT */
/* PCI ports for tests without PCI: the library of drivers has functions that
   use them, and no test here calls one. */
#include "internal.h"
#include "arch/io.h"

uint32_t port_read32(uint16_t port)
{
    fail_msg("The port %x is read.", port);
    return 0;
}

void port_write32(uint16_t port, uint32_t value)
{
    fail_msg("%x is written to the port %x.", value, port);
}

void port_write(uint16_t port, uint8_t value)
{
    fail_msg("%x is written to the port %x.", value, port);
}
