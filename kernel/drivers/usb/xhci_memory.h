/* SPDX-License-Identifier: MIT */
/*
 * The memory that the driver shares with a controller (xHCI 1.2, 4.2 and 6).
 * Alignment keeps each structure within its boundary (table 6-1).  Scratchpad
 * buffers follow the structure.
 */
#pragma once

#include "descriptors.h"
#include "xhci_ring.h"

#define XHCI_DEVICES     32u /* in use at once */
#define XHCI_PIPES       USB_INTERFACES_MAX
#define XHCI_PACKET      64u   /* bytes kept of a packet of an interrupt pipe */
#define XHCI_DATA_SIZE   1024u /* maximum size of a control transfer in bytes */
#define XHCI_SCRATCHPADS 512u  /* more than any controller needs */
#define XHCI_PAGE        4096u /* size of a scratchpad buffer in bytes */
#define XHCI_CONTEXTS    32u   /* in a device context */
#define XHCI_CONTEXT     64u   /* maximum size of each in bytes */

struct xhci_memory {
    _Alignas(XHCI_PAGE) volatile struct xhci_trb events[XHCI_EVENTS];
    _Alignas(XHCI_PAGE) volatile uint64_t scratchpads[XHCI_SCRATCHPADS];
    _Alignas(XHCI_PAGE) volatile uint64_t contexts[256]; /* by slot; DCBAA */
    volatile uint8_t device[XHCI_DEVICES][XHCI_CONTEXTS * XHCI_CONTEXT];
    _Alignas(XHCI_PAGE) volatile uint32_t
        input[(XHCI_CONTEXTS + 1) * XHCI_CONTEXT / 4];
    _Alignas(XHCI_PAGE) volatile uint8_t data[XHCI_DATA_SIZE];
    volatile uint64_t segments[8]; /* event ring segment table, one entry */
    _Alignas(XHCI_RING * 16u) volatile struct xhci_trb commands[XHCI_RING];
    volatile struct xhci_trb control[XHCI_DEVICES][XHCI_RING];
    volatile struct xhci_trb pipe[XHCI_DEVICES][XHCI_PIPES][XHCI_RING];
    volatile uint8_t packet[XHCI_DEVICES][XHCI_PIPES][XHCI_RING][XHCI_PACKET];
};
