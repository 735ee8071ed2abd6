/* SPDX-License-Identifier: MIT */
/* Rings of TRBs: commands and transfers that the fake consumes, and events that
   it produces (xHCI 1.2, 4.9) */
#include "internal.h"
#include <string.h>

#define SEGMENT   0x10000u /* no segment crosses a multiple of it */
#define LINKS_MAX 2        /* in a row */

struct fake_ring fake_ring_from(const struct fake_xhci *fake, uint64_t pointer)
{
    demand((pointer & 0xE) == 0, "a dequeue pointer is aligned to 16");
    fake_at(fake, pointer & ~0xFull, 16, 16, SEGMENT, "TRB");
    return (struct fake_ring){pointer & ~0xFull, pointer & 1};
}

static void follow(const struct fake_xhci *fake, struct fake_ring *ring,
                   const struct fake_trb *link)
{
    demand((link->word[0] & 0xF) == 0, "a link is aligned to 16");
    demand((link->word[2] & 0x3FFFFF) == 0, "a link has no length");
    demand((link->word[3] & ~0xFC33u) == 0, "reserved bits of a link are zero");
    ring->at = link->word[0] | (uint64_t)link->word[1] << 32;
    if (link->word[3] & TRB_TC)
        ring->cycle = !ring->cycle;
    fake_at(fake, ring->at, 16, 16, SEGMENT, "target of a link");
}

uint64_t fake_fetch(const struct fake_xhci *fake, struct fake_ring *ring,
                    struct fake_trb *trb)
{
    for (unsigned i = 0; i < LINKS_MAX; i++) {
        uint64_t at = ring->at;

        memcpy(trb, fake_at(fake, at, 16, 16, SEGMENT, "TRB"), sizeof *trb);
        if ((trb->word[3] & TRB_CYCLE) != ring->cycle)
            return 0;
        if (TRB_TYPE(trb->word[3]) != TRB_LINK) {
            ring->at += 16;
            return at;
        }
        follow(fake, ring, trb);
    }
    demand(false, "a link leads to a TRB that is none");
    return 0;
}

/* -------------------------------------------------------------- events --- */

/* Reads the segment table, which must have one entry (6.5). */
void fake_start_events(struct fake_xhci *fake)
{
    demand(fake->table_size == 1, "the event ring has one segment here");
    const uint32_t *entry =
        fake_at(fake, fake->table, 16, 64, 0, "event ring segment table");

    fake->segment = entry[0] | (uint64_t)entry[1] << 32;
    fake->segment_size = entry[2];
    demand(entry[2] >= 16 && entry[2] <= 4096, "a segment has 16 to 4096 TRBs");
    demand(entry[3] == 0, "reserved words of the segment table are zero");
    fake_at(fake, fake->segment, 16 * entry[2], 64, SEGMENT,
            "event ring segment");
    demand(fake->dequeue == fake->segment, "ERDP is set to the first event");
    fake->enqueue = fake->segment;
    fake->events_cycle = true;
}

/* Number of events for which there is room; one TRB stays empty. */
static unsigned room(const struct fake_xhci *fake)
{
    unsigned size = fake->segment_size;
    unsigned used =
        (unsigned)((fake->enqueue - fake->dequeue) / 16 + size) % size;

    return size - 1 - used;
}

/* The word with the cycle bit is written last. */
static void write_event(struct fake_xhci *fake, const struct fake_trb *event)
{
    volatile uint32_t *to =
        fake_at(fake, fake->enqueue, 16, 16, SEGMENT, "event");

    for (unsigned i = 0; i < 3; i++)
        to[i] = event->word[i];
    to[3] = (event->word[3] & ~TRB_CYCLE) | fake->events_cycle;
    fake->enqueue += 16;
    if (fake->enqueue == fake->segment + 16ull * fake->segment_size) {
        fake->enqueue = fake->segment;
        fake->events_cycle = !fake->events_cycle;
    }
}

static void interrupt(struct fake_xhci *fake)
{
    fake->status |= EINT;
    if (!fake->busy)
        fake->iman |= IMAN_IP;
    fake->busy = true;
}

/* When room for one event is left, it is used for the event "event ring full";
   others wait until the driver has received events (4.9.4). */
void fake_flush_events(struct fake_xhci *fake)
{
    static const struct fake_trb full = {
        {0, 0, (uint32_t)CODE_RING_FULL << 24, TRB_CONTROLLER << 10}};
    unsigned count = 0;

    if (!fake_running(fake) || fake->segment == 0 || fake->full)
        return;
    while (count < fake->waiting_count && room(fake) > 1)
        write_event(fake, &fake->waiting[count++]);
    if (count > 0)
        interrupt(fake);
    fake->waiting_count -= count;
    memmove(fake->waiting, fake->waiting + count,
            fake->waiting_count * sizeof fake->waiting[0]);
    if (fake->waiting_count > 0) {
        fake->full = true;
        fake->full_events++;
        write_event(fake, &full);
    }
}

void fake_post(struct fake_xhci *fake, const struct fake_trb *event)
{
    if (!fake_running(fake) || fake->segment == 0)
        return;
    assert_in_range(fake->waiting_count, 0, FAKE_EVENTS - 1);
    fake->waiting[fake->waiting_count++] = *event;
}

void fake_vendor_event(struct fake_xhci *fake)
{
    static const struct fake_trb event = {
        {0x12345670, 0, 0x01000000, TRB_VENDOR << 10 | 1 << 24 | 1 << 16}};

    fake_post(fake, &event);
}
