/* SPDX-License-Identifier: MIT */
/*
 * Transfer request blocks (TRBs) and the rings that hold them (xHCI 1.2, 4.9,
 * 4.11 and 6.4).  The driver adds TRBs to rings of commands and of transfers,
 * and the controller adds events to the event ring.  The cycle bit of a TRB
 * says whether the other side has written it in this pass around the ring.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct xhci_trb {
    uint32_t parameter[2]; /* an address of 64 bits, or data */
    uint32_t status;
    uint32_t control;
};

/* Fields of the control word (6.4) */
#define XHCI_TRB_CYCLE         0x00000001u
#define XHCI_TRB_TOGGLE        0x00000002u /* link: the cycle bit changes */
#define XHCI_TRB_INTERRUPT     0x00000020u /* IOC: event on completion */
#define XHCI_TRB_IMMEDIATE     0x00000040u /* the parameter is the data */
#define XHCI_TRB_IN            0x00010000u /* direction of data or status */
#define XHCI_TRB_TYPE(type)    ((uint32_t)(type) << 10)
#define XHCI_TRB_STAGE(stage)  ((uint32_t)(stage) << 16) /* of a setup TRB */
#define XHCI_TRB_ENDPOINT(id)  ((uint32_t)(id) << 16)
#define XHCI_TRB_SLOT(slot)    ((uint32_t)(slot) << 24)
#define XHCI_TYPE_OF(control)  ((control) >> 10 & 0x3Fu)
#define XHCI_ENDPOINT_OF(word) ((word) >> 16 & 0x1Fu)
#define XHCI_SLOT_OF(word)     ((word) >> 24)

/* The status word of an event: completion code, and for transfers the number of
   bytes not transferred */
#define XHCI_CODE_OF(status) ((status) >> 24)
#define XHCI_LEFT_OF(status) (0xFFFFFFu & (status))

/* Types of TRB (6.4.6, table 6-91) */
enum xhci_trb_type {
    XHCI_NORMAL = 1,
    XHCI_SETUP = 2,
    XHCI_DATA = 3,
    XHCI_STATUS = 4,
    XHCI_LINK = 6,
    XHCI_ENABLE_SLOT = 9,
    XHCI_DISABLE_SLOT = 10,
    XHCI_ADDRESS_DEVICE = 11,
    XHCI_CONFIGURE_ENDPOINT = 12,
    XHCI_EVALUATE_CONTEXT = 13,
    XHCI_RESET_ENDPOINT = 14,
    XHCI_SET_DEQUEUE = 16,
    XHCI_TRANSFER_EVENT = 32,
    XHCI_COMMAND_EVENT = 33,
};

/* Completion codes (6.4.5, table 6-90) */
#define XHCI_SUCCESS      1u
#define XHCI_SHORT_PACKET 13u

/* Values of XHCI_TRB_STAGE: the data stage that follows */
#define XHCI_STAGE_NONE 0u
#define XHCI_STAGE_OUT  2u
#define XHCI_STAGE_IN   3u

/* --------------------------------------------- commands and transfers --- */

/* Number of TRBs in each ring, the last of which links to the first */
#define XHCI_RING 8u

/* At most XHCI_RING - 2 TRBs may be in use at once. */
struct xhci_ring {
    volatile struct xhci_trb *trbs; /* XHCI_RING of them */
    uint32_t address;               /* physical address of the first one */
    unsigned next;                  /* index of the TRB to be written next */
    uint32_t cycle;                 /* its cycle bit when it is in use */
};

/* Makes an empty ring of XHCI_RING TRBs, aligned to its size. */
void xhci_ring_start(struct xhci_ring *ring, volatile struct xhci_trb *trbs,
                     uint32_t address);

/* Adds a copy of TRB with the right cycle bit.  Returns its index. */
unsigned xhci_ring_add(struct xhci_ring *ring, const struct xhci_trb *trb);

/* Returns the physical address of the TRB to be added next, and its cycle bit
   in bit 0. */
uint32_t xhci_ring_position(const struct xhci_ring *ring);

/* ------------------------------------------------------------- events --- */

#define XHCI_EVENTS 256u

struct xhci_event_ring {
    volatile struct xhci_trb *trbs; /* XHCI_EVENTS of them */
    uint32_t address;               /* physical address of the first one */
    unsigned next;                  /* index of the event to be read next */
    uint32_t cycle;                 /* its cycle bit when it has been written */
};

void xhci_events_start(struct xhci_event_ring *ring,
                       volatile struct xhci_trb *trbs, uint32_t address);

bool xhci_event_waits(const struct xhci_event_ring *ring);

/* Copies the next event to *EVENT.  Returns false if there is none. */
bool xhci_event_next(struct xhci_event_ring *ring, struct xhci_trb *event);

/* Returns the physical address of the event to be read next. */
uint32_t xhci_event_position(const struct xhci_event_ring *ring);
