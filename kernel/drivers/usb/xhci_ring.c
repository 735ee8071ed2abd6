/* SPDX-License-Identifier: MIT */
#include "xhci_ring.h"

#define LAST (XHCI_RING - 1)

/* Writes a TRB.  The cycle bit is in the last word, so the controller sees no
   TRB that is written in part. */
static void write_trb(volatile struct xhci_trb *to, const struct xhci_trb *trb,
                      uint32_t cycle)
{
    to->parameter[0] = trb->parameter[0];
    to->parameter[1] = trb->parameter[1];
    to->status = trb->status;
    to->control = (trb->control & ~XHCI_TRB_CYCLE) | cycle;
}

void xhci_ring_start(struct xhci_ring *ring, volatile struct xhci_trb *trbs,
                     uint32_t address)
{
    static const struct xhci_trb none;

    *ring = (struct xhci_ring){trbs, address, 0, XHCI_TRB_CYCLE};
    for (unsigned i = 0; i < XHCI_RING; i++)
        write_trb(&trbs[i], &none, 0);
}

/* The link is written when it is reached, with the cycle bit of its pass. */
static void follow_link(struct xhci_ring *ring)
{
    const struct xhci_trb link = {
        .parameter = {ring->address, 0},
        .control = XHCI_TRB_TYPE(XHCI_LINK) | XHCI_TRB_TOGGLE,
    };

    write_trb(&ring->trbs[LAST], &link, ring->cycle);
    ring->next = 0;
    ring->cycle ^= XHCI_TRB_CYCLE;
}

unsigned xhci_ring_add(struct xhci_ring *ring, const struct xhci_trb *trb)
{
    unsigned index = ring->next++;

    write_trb(&ring->trbs[index], trb, ring->cycle);
    if (ring->next == LAST)
        follow_link(ring);
    return index;
}

uint32_t xhci_ring_position(const struct xhci_ring *ring)
{
    return (ring->address + ring->next * (uint32_t)sizeof(struct xhci_trb)) |
           ring->cycle;
}

void xhci_events_start(struct xhci_event_ring *ring,
                       volatile struct xhci_trb *trbs, uint32_t address)
{
    static const struct xhci_trb none;

    *ring = (struct xhci_event_ring){trbs, address, 0, XHCI_TRB_CYCLE};
    for (unsigned i = 0; i < XHCI_EVENTS; i++)
        write_trb(&trbs[i], &none, 0);
}

bool xhci_event_waits(const struct xhci_event_ring *ring)
{
    return (ring->trbs[ring->next].control & XHCI_TRB_CYCLE) == ring->cycle;
}

bool xhci_event_next(struct xhci_event_ring *ring, struct xhci_trb *event)
{
    volatile struct xhci_trb *from = &ring->trbs[ring->next];

    event->control = from->control;
    if ((event->control & XHCI_TRB_CYCLE) != ring->cycle)
        return false;
    event->parameter[0] = from->parameter[0];
    event->parameter[1] = from->parameter[1];
    event->status = from->status;
    if (++ring->next == XHCI_EVENTS) {
        ring->next = 0;
        ring->cycle ^= XHCI_TRB_CYCLE;
    }
    return true;
}

uint32_t xhci_event_position(const struct xhci_event_ring *ring)
{
    return ring->address + ring->next * (uint32_t)sizeof(struct xhci_trb);
}
