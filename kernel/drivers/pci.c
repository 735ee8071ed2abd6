/* SPDX-License-Identifier: MIT */
/*
 * PCI by configuration mechanism 1 (PCI Local Bus Specification 3.0,
 * 3.2.2.3.2): a register is selected by port CF8 and accessed by port CFC.  All
 * loops are bounded, because buses may be misconfigured and devices may fail.
 */
#include "pci.h"
#include "arch/io.h"
#include <stddef.h>

#define ADDRESS 0xCF8
#define DATA    0xCFC
#define ENABLE  0x80000000u

/* Offsets in configuration space (6.1, figure 6-1) */
#define ID           0x00
#define COMMAND      0x04 /* status in the upper half */
#define CLASS        0x08 /* class code in bits 8 to 31 */
#define HEADER       0x0C /* header type in bits 16 to 23 */
#define BASE_ADDRESS 0x10
#define BUS_NUMBERS  0x18 /* of a bridge; secondary bus in bits 8 to 15 */
#define CAPABILITIES 0x34 /* offset of the first capability in bits 0 to 7 */
#define INTERRUPT    0x3C /* line in bits 0 to 7, pin in bits 8 to 15 */

#define HAS_CAPABILITIES 0x00100000u /* bit 4 of the status (6.2.3) */
#define MULTIFUNCTION    0x80        /* of the header type (6.2.1) */

#define CLASS_BRIDGE 0x0604 /* PCI-to-PCI bridge: base class and subclass */

/* Bits of a base address register (6.2.5.1) */
#define BAR_PORTS     0x01u
#define BAR_TYPE      0x06u
#define BAR_64_BITS   0x04u
#define MEMORY_FLAGS  0x0Fu
#define PORT_FLAGS    0x03u
#define BRIDGE_BARS   2 /* PCI-to-PCI Bridge Specification 1.2, 3.2.5 */
#define ORDINARY_BARS 6

#define BUSES             256
#define DEVICES           32
#define FUNCTIONS         8
#define HEADER_SIZE       0x40 /* capabilities are behind the header */
#define CAPABILITIES_MAX  48   /* of four bytes each, in the other 192 bytes */
#define VENDOR_ABSENT     0xFFFF
#define VENDOR_IMPOSSIBLE 0x0000 /* returned by some chipsets */

static void select(uint16_t address, unsigned offset)
{
    port_write32(ADDRESS, ENABLE | (uint32_t)address << 8 | (offset & 0xFC));
}

uint32_t pci_read(uint16_t address, unsigned offset)
{
    select(address, offset);
    return port_read32(DATA);
}

void pci_write(uint16_t address, unsigned offset, uint32_t value)
{
    select(address, offset);
    port_write32(DATA, value);
}

void pci_write_byte(uint16_t address, unsigned offset, uint8_t value)
{
    select(address, offset);
    port_write((uint16_t)(DATA + (offset & 3)), value);
}

/* Only a host bridge returns the address written.  The value clears the port
   CF9 of chipsets without mechanism 1, by which other values reset the PC. */
static bool has_pci(void)
{
    port_write32(ADDRESS, ENABLE);
    return port_read32(ADDRESS) == ENABLE;
}

/* The buses found, in the order in which they are scanned */
struct buses {
    unsigned count;
    uint8_t number[BUSES];
};

/* Adds a bus, unless it is known: a bridge that is not configured leads to bus
   0, and a misconfigured one may lead to its own bus. */
static void add_bus(struct buses *buses, uint8_t number)
{
    for (unsigned i = 0; i < buses->count; i++)
        if (buses->number[i] == number)
            return;
    buses->number[buses->count++] = number;
}

static void add_function(struct pci *pci, const struct pci_function *function)
{
    if (pci->count < PCI_FUNCTIONS_MAX)
        pci->function[pci->count] = *function;
    pci->count++;
}

/* Returns false if there is no such function. */
static bool scan_function(struct pci *pci, struct buses *buses,
                          uint16_t address)
{
    uint32_t id = pci_read(address, ID);
    struct pci_function function = {
        .address = address,
        .vendor = (uint16_t)id,
        .device = (uint16_t)(id >> 16),
    };

    if (function.vendor == VENDOR_ABSENT ||
        function.vendor == VENDOR_IMPOSSIBLE)
        return false;
    function.class_code = pci_read(address, CLASS) >> 8;
    add_function(pci, &function);
    if (function.class_code >> 8 == CLASS_BRIDGE)
        add_bus(buses, (uint8_t)(pci_read(address, BUS_NUMBERS) >> 8));
    return true;
}

static uint8_t header_type(uint16_t address)
{
    return (uint8_t)(pci_read(address, HEADER) >> 16);
}

/* Every device has function 0.  Others are looked for only if it reports them,
   as some devices respond to every function number (3.2.2.3.4). */
static void scan_device(struct pci *pci, struct buses *buses, uint16_t address)
{
    if (!scan_function(pci, buses, address) ||
        !(header_type(address) & MULTIFUNCTION))
        return;
    for (unsigned i = 1; i < FUNCTIONS; i++)
        scan_function(pci, buses, (uint16_t)(address | i));
}

void pci_start(struct pci *pci)
{
    struct buses buses = {.count = 0};

    pci->count = 0;
    if (has_pci())
        add_bus(&buses, 0);
    for (unsigned i = 0; i < buses.count; i++)
        for (unsigned device = 0; device < DEVICES; device++)
            scan_device(pci, &buses,
                        (uint16_t)(buses.number[i] << 8 | device << 3));
}

const struct pci_function *pci_find(const struct pci *pci, uint32_t class_code,
                                    unsigned index)
{
    for (unsigned i = 0; i < pci->count && i < PCI_FUNCTIONS_MAX; i++)
        if (pci->function[i].class_code == class_code && index-- == 0)
            return &pci->function[i];
    return NULL;
}

/* The status is written as 0, which leaves its bits as they are (6.2.3). */
static void write_command(uint16_t address, uint16_t command)
{
    pci_write(address, COMMAND, command);
}

void pci_set_command(uint16_t address, uint16_t set, uint16_t clear)
{
    uint16_t command = (uint16_t)pci_read(address, COMMAND);

    write_command(address, (uint16_t)((command & ~clear) | set));
}

/* Returns the number of base address registers, by the kind of header. */
static unsigned bar_count(uint16_t address)
{
    static const uint8_t counts[] = {ORDINARY_BARS, BRIDGE_BARS};
    unsigned kind = header_type(address) & ~MULTIFUNCTION;

    return kind < sizeof counts ? counts[kind] : 0;
}

static bool has_64_bits(uint16_t address, unsigned index)
{
    uint32_t low = pci_read(address, BASE_ADDRESS + 4 * index);

    return !(low & BAR_PORTS) && (low & BAR_TYPE) == BAR_64_BITS;
}

/* Returns true if this is the upper half of the register before it. */
static bool is_upper_half(uint16_t address, unsigned index)
{
    unsigned i = 0;

    while (i < index)
        i += has_64_bits(address, i) ? 2 : 1;
    return i > index;
}

/* Returns which bits of a base address register can be written. */
static uint32_t writable_bits(uint16_t address, unsigned offset)
{
    uint32_t old = pci_read(address, offset);

    pci_write(address, offset, UINT32_MAX);
    uint32_t bits = pci_read(address, offset);

    pci_write(address, offset, old);
    return bits;
}

/* Reads one register, or two that hold 64 bits.  The size is the value of the
   lowest bit that can be written (6.2.5.1).  Returns false if there is none. */
static bool read_bar(uint16_t address, unsigned offset, bool wide,
                     struct pci_bar *bar)
{
    uint32_t low = pci_read(address, offset);
    uint32_t flags = low & BAR_PORTS ? PORT_FLAGS : MEMORY_FLAGS;
    uint64_t bits = writable_bits(address, offset) & ~flags;

    bar->memory = !(low & BAR_PORTS);
    bar->address = low & ~flags;
    if (wide) {
        bar->address |= (uint64_t)pci_read(address, offset + 4) << 32;
        bits |= (uint64_t)writable_bits(address, offset + 4) << 32;
    }
    bar->size = bits & -bits;
    return bits != 0;
}

bool pci_read_bar(uint16_t address, unsigned index, struct pci_bar *bar)
{
    unsigned count = bar_count(address);

    if (index >= count || is_upper_half(address, index))
        return false;
    bool wide = has_64_bits(address, index);

    if (wide && index + 1 >= count)
        return false;
    uint16_t command = (uint16_t)pci_read(address, COMMAND);

    pci_set_command(address, 0, PCI_COMMAND_IO | PCI_COMMAND_MEMORY);
    bool found = read_bar(address, BASE_ADDRESS + 4 * index, wide, bar);

    write_command(address, command);
    return found;
}

unsigned pci_find_capability(uint16_t address, uint8_t id)
{
    if (bar_count(address) == 0 ||
        !(pci_read(address, COMMAND) & HAS_CAPABILITIES))
        return 0;
    uint32_t offset = pci_read(address, CAPABILITIES) & 0xFC;

    for (unsigned i = 0; i < CAPABILITIES_MAX && offset >= HEADER_SIZE; i++) {
        uint32_t capability = pci_read(address, offset);

        if ((uint8_t)capability == id)
            return offset;
        offset = capability >> 8 & 0xFC;
    }
    return 0;
}

/* Line 0 is the timer's, so it means that no IRQ is assigned. */
uint8_t pci_irq(uint16_t address)
{
    uint32_t interrupt = pci_read(address, INTERRUPT);
    uint8_t line = (uint8_t)interrupt, pin = (uint8_t)(interrupt >> 8);

    return pin != 0 && line > 0 && line < 16 ? line : PCI_NO_IRQ;
}
