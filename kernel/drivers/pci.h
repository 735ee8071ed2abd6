/* SPDX-License-Identifier: MIT */
/*
 * PCI: finds the functions of all devices, and reads and writes their
 * configuration space (PCI Local Bus Specification 3.0, chapter 6).  PCI
 * Express devices have the same registers in the first 256 bytes.
 *
 * A function's address is that of a configuration cycle (3.2.2.3.2): the bus in
 * bits 8 to 15, the device in bits 3 to 7 and the function in bits 0 to 2.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define PCI_FUNCTIONS_MAX 256

/* Class codes of USB controllers: base class, subclass and programming
   interface (PCI Code and ID Assignment Specification, base class 0Ch) */
#define PCI_CLASS_UHCI 0x0C0300u
#define PCI_CLASS_OHCI 0x0C0310u
#define PCI_CLASS_EHCI 0x0C0320u
#define PCI_CLASS_XHCI 0x0C0330u

struct pci_function {
    uint16_t address;
    uint16_t vendor, device; /* vendor ID and device ID (6.2.1) */
    uint32_t class_code;     /* 24 bits */
};

struct pci {
    unsigned count; /* number of functions found, or 0 if there is no PCI */
    struct pci_function function[PCI_FUNCTIONS_MAX]; /* the first ones found */
};

/* Finds all functions on bus 0 and on the buses behind its bridges, each once.
   Writes to no device.  Buses of a second host bridge are not found.  Without
   PCI, as on a 386, this costs one write and one read of a port. */
void pci_start(struct pci *pci);

/* Returns the INDEX-th function of a class, from 0 on, or NULL. */
const struct pci_function *pci_find(const struct pci *pci, uint32_t class_code,
                                    unsigned index);

/* Accesses four bytes of configuration space.  OFFSET is 0 to 252 and divisible
   by four.  If there is no such function, all bits read as 1. */
uint32_t pci_read(uint16_t address, unsigned offset);
void pci_write(uint16_t address, unsigned offset, uint32_t value);

/* Writes one byte, at OFFSET 0 to 255. */
void pci_write_byte(uint16_t address, unsigned offset, uint8_t value);

/* Bits of the command register (6.2.2, table 6-1) */
#define PCI_COMMAND_IO           0x0001u /* the device responds to ports */
#define PCI_COMMAND_MEMORY       0x0002u /* the device responds to memory */
#define PCI_COMMAND_BUS_MASTER   0x0004u /* the device may access memory */
#define PCI_COMMAND_INTX_DISABLE 0x0400u /* the device raises no interrupt */

/* Sets the bits of SET in the command register and clears those of CLEAR. */
void pci_set_command(uint16_t address, uint16_t set, uint16_t clear);

/* A range of ports or memory to which a function responds (6.2.5) */
struct pci_bar {
    bool memory;            /* true for memory, false for ports */
    uint64_t address, size; /* ADDRESS is 0 if the firmware assigned none */
};

/* Reads base address register INDEX, 0 to 5.  A register of 64 bits also takes
   the next index.  Returns false if no register begins at INDEX.  The device
   does not respond while its size is determined, so nobody may use it. */
bool pci_read_bar(uint16_t address, unsigned index, struct pci_bar *bar);

/* Returns the offset of the first capability with this ID, or 0 (6.7). */
unsigned pci_find_capability(uint16_t address, uint8_t id);

/* Returns the IRQ that the firmware has assigned, 1 to 15, or PCI_NO_IRQ if
   there is none (6.2.4). */
#define PCI_NO_IRQ 0xFF
uint8_t pci_irq(uint16_t address);
