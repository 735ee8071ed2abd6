/* SPDX-License-Identifier: MIT */
/*
 * Runs the drivers for PCI and xHCI on QEMU's devices, whose processor does not
 * run.  Ports and registers are accessed by QEMU's qtest protocol.
 *
 *   driver SOCKET ADDRESS
 *
 * SOCKET is the number of a file descriptor.  No firmware has run, so the
 * program assigns ADDRESS (hexadecimal) to the first xHCI.  It prints:
 *   function ADDRESS VENDOR:DEVICE CLASS
 *   bar ADDRESS.INDEX memory|ports SIZE
 *   xhci PRESENCE ADDRESS SIZE         before, and after the assignment
 *   capabilities VERSION SLOTS PORTS SCRATCHPADS CONTEXT-SIZE
 *   protocol MAJOR FIRST-PORT PORTS
 *   handoff done|failed
 * Numbers are hexadecimal, except for those of slots, ports and buffers.
 */
#define _POSIX_C_SOURCE 200809L
#include "arch/io.h"
#include "drivers/pci.h"
#include "drivers/usb/xhci_find.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BARS 6

static FILE *replies;
static int commands;

/* Sends a command and returns the number in the reply, if there is one. */
static uint64_t command(const char *name, uint64_t address, const char *more)
{
    char line[100];
    int length = snprintf(line, sizeof line, "%s 0x%" PRIx64 "%s\n", name,
                          address, more);

    if (write(commands, line, (size_t)length) != length ||
        fgets(line, sizeof line, replies) == NULL ||
        strncmp(line, "OK", 2) != 0) {
        fprintf(stderr, "QEMU does not reply to %s: %s\n", name, line);
        exit(EXIT_FAILURE);
    }
    return strtoull(line + 2, NULL, 0);
}

static void send(const char *name, uint64_t address, uint32_t value)
{
    char more[20];

    snprintf(more, sizeof more, " 0x%" PRIx32, value);
    command(name, address, more);
}

void port_write(uint16_t port, uint8_t value)
{
    send("outb", port, value);
}

void port_write32(uint16_t port, uint32_t value)
{
    send("outl", port, value);
}

uint32_t port_read32(uint16_t port)
{
    return (uint32_t)command("inl", port, "");
}

static uint32_t read32(void *context, uint32_t offset)
{
    return (uint32_t)command("readl", *(uint64_t *)context + offset, "");
}

static void write32(void *context, uint32_t offset, uint32_t value)
{
    send("writel", *(uint64_t *)context + offset, value);
}

static void print_function(const struct pci_function *function)
{
    struct pci_bar bar;

    printf("function %x %04x:%04x %06" PRIx32 "\n", function->address,
           function->vendor, function->device, function->class_code);
    for (unsigned i = 0; i < BARS; i++)
        if (pci_read_bar(function->address, i, &bar))
            printf("bar %x.%u %s %" PRIx64 "\n", function->address, i,
                   bar.memory ? "memory" : "ports", bar.size);
}

static enum xhci_presence print_place(const struct pci *pci,
                                      struct xhci_place *place)
{
    static const char *const names[] = {
        [XHCI_ABSENT] = "absent",
        [XHCI_UNASSIGNED] = "unassigned",
        [XHCI_REACHABLE] = "reachable",
        [XHCI_HIGH] = "high",
    };

    *place = (struct xhci_place){.function = 0};
    enum xhci_presence presence = xhci_find(pci, 0, place);

    printf("xhci %s %" PRIx64 " %" PRIx32 "\n", names[presence], place->address,
           place->size);
    return presence;
}

static void print_registers(struct xhci_place *place)
{
    const struct xhci_access access = {read32, write32, &place->address};
    struct xhci_protocol protocols[XHCI_PROTOCOLS_MAX];
    struct xhci_capabilities found;
    struct xhci_handoff handoff;

    if (!xhci_read_capabilities(&access, place->size, &found))
        return;
    printf("capabilities %x %u %u %u %s\n", found.version, found.slots,
           found.ports, found.scratchpads, found.wide_contexts ? "64" : "32");
    unsigned count = xhci_read_protocols(&access, &found, protocols);

    for (unsigned i = 0; i < count; i++)
        printf("protocol %u %u %u\n", protocols[i].major,
               protocols[i].first_port, protocols[i].ports);
    xhci_handoff_start(&handoff, &access, &found);
    while (xhci_handoff_step(&handoff, &access) < XHCI_HANDOFF_DONE)
        ;
    printf("handoff %s\n",
           handoff.state == XHCI_HANDOFF_DONE ? "done" : "failed");
}

int main(int count, char **arguments)
{
    static struct pci pci;
    struct xhci_place place;

    if (count != 3)
        return EXIT_FAILURE;
    commands = atoi(arguments[1]);
    replies = fdopen(dup(commands), "r");
    uint64_t address = strtoull(arguments[2], NULL, 16);

    pci_start(&pci);
    for (unsigned i = 0; i < pci.count; i++)
        print_function(&pci.function[i]);
    if (print_place(&pci, &place) == XHCI_ABSENT)
        return EXIT_SUCCESS;
    pci_write(place.function, 0x10, (uint32_t)address);
    pci_write(place.function, 0x14, (uint32_t)(address >> 32));
    pci_set_command(place.function, PCI_COMMAND_MEMORY, 0);
    print_place(&pci, &place);
    print_registers(&place);
    return EXIT_SUCCESS;
}
