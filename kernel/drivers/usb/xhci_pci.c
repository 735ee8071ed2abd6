/* SPDX-License-Identifier: MIT */
#include "xhci_pci.h"
#include "arch/io.h"
#include <stddef.h>

#define BAR_LOW  0x10 /* base address register 0, of 64 bits */
#define BAR_HIGH 0x14

#define BAR_64_BITS 0x04u

/* Power management (PCI Bus Power Management Interface 1.2, 3.2.4) */
#define CAPABILITY_POWER 1
#define POWER_STATUS     4 /* offset in the capability */
#define POWER_STATE      0x0003u
#define POWER_EVENTS     0x8000u /* PME status: cleared by writing 1 */
#define WAKE_DELAYS      10000   /* of at least 1 us; 10 ms (5.4) */

/* Routing of ports from EHCI to xHCI (Intel 7 Series Chipset Family PCH
   datasheet, 17.1.33 to 17.1.36): each port whose bit is in a mask can be
   switched by the register next to it. */
#define ROUTE_USB_2      0xD0
#define ROUTE_USB_2_MASK 0xD4
#define ROUTE_USB_3      0xD8
#define ROUTE_USB_3_MASK 0xDC

/* Controllers that have these registers: vendor ID, and device ID above it */
static const uint32_t switchable[] = {
    0x1E318086, /* 7 Series */
    0x8C318086, /* 8 Series */
    0x9C318086, /* 8 Series, low power */
    0x9CB18086, /* 9 Series, low power */
};

/* A device may forget its addresses when its power comes back (5.4.1). */
static void wake(const struct xhci_place *place, unsigned capability)
{
    uint32_t status = pci_read(place->function, capability + POWER_STATUS);

    if ((status & POWER_STATE) == 0)
        return;
    pci_write(place->function, capability + POWER_STATUS,
              status & ~(POWER_STATE | POWER_EVENTS));
    for (unsigned i = 0; i < WAKE_DELAYS; i++)
        port_delay();
    pci_set_command(place->function, 0, PCI_COMMAND_MEMORY);
    pci_write(place->function, BAR_LOW, (uint32_t)place->address);
    if (pci_read(place->function, BAR_LOW) & BAR_64_BITS)
        pci_write(place->function, BAR_HIGH, (uint32_t)(place->address >> 32));
}

static void route_ports(uint16_t function)
{
    uint32_t id = pci_read(function, 0);

    for (unsigned i = 0; i < sizeof switchable / sizeof switchable[0]; i++) {
        if (switchable[i] != id)
            continue;
        pci_write(function, ROUTE_USB_3, pci_read(function, ROUTE_USB_3_MASK));
        pci_write(function, ROUTE_USB_2, pci_read(function, ROUTE_USB_2_MASK));
    }
}

void xhci_power_on(const struct xhci_place *place, bool interrupt)
{
    uint16_t intx = PCI_COMMAND_INTX_DISABLE;
    unsigned capability =
        pci_find_capability(place->function, CAPABILITY_POWER);

    if (capability != 0)
        wake(place, capability);
    route_ports(place->function);
    pci_set_command(place->function,
                    PCI_COMMAND_MEMORY | PCI_COMMAND_BUS_MASTER |
                        (interrupt ? 0 : intx),
                    interrupt ? intx : 0);
}

void xhci_disconnect(const struct xhci_place *place)
{
    pci_set_command(place->function, PCI_COMMAND_INTX_DISABLE,
                    PCI_COMMAND_BUS_MASTER);
}
