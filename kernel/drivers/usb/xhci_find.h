/* SPDX-License-Identifier: MIT */
/*
 * Finds a USB 3 host controller (xHCI), reads what it is capable of, and takes
 * it over from the firmware ("eXtensible Host Controller Interface for
 * Universal Serial Bus", revision 1.2, chapters 5 and 7, and 4.22.1).  The
 * controller is untrusted: all values are checked, and all loops are bounded.
 * No function waits.
 */
#pragma once

#include "drivers/pci.h"
#include <stdbool.h>
#include <stdint.h>

/* Access to the registers of a controller, in memory or simulated.  OFFSET is
   relative to the base address and divisible by four. */
struct xhci_access {
    uint32_t (*read32)(void *context, uint32_t offset);
    void (*write32)(void *context, uint32_t offset, uint32_t value);
    void *context;
};

enum xhci_presence {
    XHCI_ABSENT,     /* no such controller */
    XHCI_UNASSIGNED, /* the firmware has assigned it no address */
    XHCI_REACHABLE,  /* its registers are below 4 GiB */
    XHCI_HIGH,       /* its registers must be mapped to an address below */
};

struct xhci_place {
    uint16_t function; /* address of its PCI function */
    uint64_t address;  /* physical address of its registers */
    uint32_t size;     /* of its registers, at most XHCI_SIZE_MAX */
};

#define XHCI_SIZE_MAX 0x100000u /* 1 MB; controllers have 64 KB or less */

/* Finds the INDEX-th controller on PCI, from 0 on.  PLACE is valid unless it is
   absent.  The controller must not be in use (see pci_read_bar). */
enum xhci_presence xhci_find(const struct pci *pci, unsigned index,
                             struct xhci_place *place);

/* What the capability registers say (5.3).  Offsets are from the base. */
struct xhci_capabilities {
    uint32_t size;        /* of the registers in bytes */
    uint16_t version;     /* such as 0x0110 for 1.1 */
    uint8_t slots, ports; /* maximum numbers, at least 1 */
    uint16_t scratchpads; /* number of buffers that the controller needs */
    bool wide_contexts;   /* true if contexts have 64 bytes, not 32 */
    uint32_t operational, runtime, doorbells;
    uint32_t extended; /* first extended capability, or 0 */
};

/* Returns false if there is no valid controller: registers overlap the end of
   SIZE, or the controller does not respond. */
bool xhci_read_capabilities(const struct xhci_access *access, uint32_t size,
                            struct xhci_capabilities *capabilities);

/* Returns the offset of the next extended capability with this ID behind the
   one at AFTER, or of the first one if AFTER is 0.  Returns 0 if there is no
   other. */
uint32_t xhci_next_extended(const struct xhci_access *access,
                            const struct xhci_capabilities *capabilities,
                            uint8_t id, uint32_t after);

/* A range of root ports of one protocol (7.2) */
struct xhci_protocol {
    uint8_t major;             /* 2 or 3 */
    uint8_t first_port, ports; /* ports are numbered from 1 on */
    uint8_t slot_type;         /* for the command Enable Slot */
};

#define XHCI_PROTOCOLS_MAX 16

/* Reads the ranges of ports that speak USB, without those that do not exist,
   and returns their number. */
unsigned
xhci_read_protocols(const struct xhci_access *access,
                    const struct xhci_capabilities *capabilities,
                    struct xhci_protocol protocols[XHCI_PROTOCOLS_MAX]);

/*
 * The hand-off from the BIOS (4.22.1, 7.1): the kernel requests the controller,
 * and the BIOS releases it.  A BIOS that does not is overruled.  In the end the
 * controller causes no SMI.
 */
enum xhci_handoff_state {
    XHCI_HANDOFF_REQUEST, /* about to request the controller */
    XHCI_HANDOFF_WAIT,    /* waiting for the BIOS */
    XHCI_HANDOFF_DONE,    /* the kernel owns the controller */
    XHCI_HANDOFF_FORCED,  /* it does, but the BIOS did not release it */
    XHCI_HANDOFF_FAILED,  /* the controller does not respond */
};

struct xhci_handoff {
    enum xhci_handoff_state state;
    uint32_t offset; /* of the legacy support capability, or 0 if none */
    unsigned steps;  /* number of times the BIOS was waited for */
};

/* The BIOS has a second if xhci_handoff_step() is called once per ms. */
#define XHCI_HANDOFF_STEPS 1000

void xhci_handoff_start(struct xhci_handoff *handoff,
                        const struct xhci_access *access,
                        const struct xhci_capabilities *capabilities);

/* Takes one step and returns the new state.  The last three states are final:
   further steps do nothing. */
enum xhci_handoff_state xhci_handoff_step(struct xhci_handoff *handoff,
                                          const struct xhci_access *access);
