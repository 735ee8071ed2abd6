/* SPDX-License-Identifier: MIT */
#include "xhci_state.h"
#include "xhci_registers.h"

uint32_t xhci_read(const struct xhci *xhci, uint32_t offset)
{
    return xhci->access.read32(xhci->access.context, offset);
}

void xhci_write(const struct xhci *xhci, uint32_t offset, uint32_t value)
{
    xhci->access.write32(xhci->access.context, offset, value);
}

void xhci_write_address(const struct xhci *xhci, uint32_t offset,
                        uint32_t address)
{
    xhci_write(xhci, offset, address);
    xhci_write(xhci, offset + 4, 0);
}

uint32_t xhci_operational(const struct xhci *xhci, uint32_t offset)
{
    return xhci->capabilities.operational + offset;
}

uint32_t xhci_runtime(const struct xhci *xhci, uint32_t offset)
{
    return xhci->capabilities.runtime + offset;
}

void xhci_ring_doorbell(const struct xhci *xhci, uint8_t slot, uint8_t target)
{
    xhci_write(xhci, xhci->capabilities.doorbells + XHCI_DOORBELL(slot),
               target);
}

uint32_t xhci_address_of(const struct xhci *xhci, const volatile void *at)
{
    return xhci->address + (uint32_t)((uintptr_t)at - (uintptr_t)xhci->memory);
}

uint32_t xhci_read_port(const struct xhci *xhci, unsigned port)
{
    return xhci_read(xhci, xhci_operational(xhci, XHCI_PORTSC(port)));
}

void xhci_write_port(const struct xhci *xhci, unsigned port, uint32_t value)
{
    xhci_write(xhci, xhci_operational(xhci, XHCI_PORTSC(port)), value);
}
