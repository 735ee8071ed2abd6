/* SPDX-License-Identifier: MIT */
#include "xhci_context.h"
#include "xhci_memory.h"

/* Index of a word in the input control context (6.2.5.1) */
#define ADD 1 /* bit N: context N is valid */

/* Fields of a slot context (6.2.2) */
#define SLOT_SPEED(speed)    ((uint32_t)(speed) << 20)
#define SLOT_HUB             0x04000000u
#define SLOT_LAST(id)        ((uint32_t)(id) << 27)
#define SLOT_ROOT_PORT(port) ((uint32_t)(port) << 16)
#define SLOT_PORTS(count)    ((uint32_t)(count) << 24)
#define SLOT_TT_PORT(port)   ((uint32_t)(port) << 8)
#define SLOT_THINK(time)     ((uint32_t)(time) << 16)

/* Fields of an endpoint context (6.2.3) */
#define ENDPOINT_INTERVAL(exponent) ((uint32_t)(exponent) << 16)
#define ENDPOINT_RETRIES            (3u << 1) /* CErr */
#define ENDPOINT_CONTROL            (4u << 3)
#define ENDPOINT_INTERRUPT_IN       (7u << 3)
#define ENDPOINT_PACKET(size)       ((uint32_t)(size) << 16)
#define ENDPOINT_PAYLOAD(size)      ((uint32_t)(size) << 16)
#define SETUP_SIZE                  8u /* average TRB length of control (4.14.1.1) */

#define CONTROL_ID 1
#define FASTEST    3u  /* frame of 1 ms */
#define SLOWEST    10u /* 128 ms, the longest of full and low speed */
#define SLOWEST_HS 15u

/* At full and low speed, bInterval is a number of frames of 1 ms.  At others,
   it is the exponent plus one. */
uint8_t xhci_interval(uint8_t speed, uint8_t b_interval)
{
    unsigned exponent = FASTEST;

    if (speed != USB_FULL_SPEED && speed != USB_LOW_SPEED)
        return b_interval == 0           ? 0
               : b_interval > SLOWEST_HS ? SLOWEST_HS
                                         : (uint8_t)(b_interval - 1);
    while (exponent < SLOWEST && 2u << (exponent - FASTEST) <= b_interval)
        exponent++;
    return (uint8_t)exponent;
}

static volatile uint32_t *context(const struct xhci_input *input,
                                  unsigned number)
{
    return input->words + (number + 1) * input->size;
}

void xhci_input_start(struct xhci_input *input, volatile uint32_t *words,
                      bool wide, const struct xhci_topology *place,
                      uint8_t last_id)
{
    *input = (struct xhci_input){words, wide ? 16 : 8};
    for (unsigned i = 0; i < (XHCI_CONTEXTS + 1) * input->size; i++)
        words[i] = 0;
    words[ADD] = 1;
    volatile uint32_t *slot = context(input, 0);

    slot[0] = place->route | SLOT_SPEED(place->speed) | SLOT_LAST(last_id) |
              (place->hub_ports > 0 ? SLOT_HUB : 0);
    slot[1] = SLOT_ROOT_PORT(place->root_port) | SLOT_PORTS(place->hub_ports);
    slot[2] = place->tt_slot | SLOT_TT_PORT(place->tt_port) |
              SLOT_THINK(place->think_time);
}

void xhci_input_endpoint(struct xhci_input *input,
                         const struct xhci_endpoint *endpoint)
{
    volatile uint32_t *words = context(input, endpoint->id);
    bool control = endpoint->id == CONTROL_ID;
    uint32_t size = endpoint->packet_size;

    input->words[ADD] |= 1u << endpoint->id;
    words[0] = ENDPOINT_INTERVAL(endpoint->interval);
    words[1] = ENDPOINT_RETRIES | ENDPOINT_PACKET(size) |
               (control ? ENDPOINT_CONTROL : ENDPOINT_INTERRUPT_IN);
    words[2] = endpoint->ring;
    words[4] = control ? SETUP_SIZE : size | ENDPOINT_PAYLOAD(size);
}
