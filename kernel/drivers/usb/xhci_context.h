/* SPDX-License-Identifier: MIT */
/*
 * Input contexts: what a command tells the controller about a device and its
 * endpoints (xHCI 1.2, 6.2).
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Speeds as numbered by default in the registers of ports (7.2.2.1.1) */
enum usb_speed {
    USB_FULL_SPEED = 1,  /* 12 Mbit/s */
    USB_LOW_SPEED = 2,   /* 1.5 Mbit/s */
    USB_HIGH_SPEED = 3,  /* 480 Mbit/s */
    USB_SUPER_SPEED = 4, /* 5 Gbit/s; higher numbers are faster still */
};

/* A device, as a slot context describes it (6.2.2) */
struct xhci_topology {
    uint32_t route;           /* ports of hubs, four bits each (8.9) */
    uint8_t root_port;        /* from 1 on */
    uint8_t speed;            /* enum usb_speed or more */
    uint8_t hub_ports;        /* 0 unless the device is a hub */
    uint8_t think_time;       /* of a high-speed hub, 0 to 3 (TTT) */
    uint8_t tt_slot, tt_port; /* hub that translates transactions, or 0 */
};

/* An endpoint (6.2.3).  ID is 1 for the control endpoint; for others, 2 x
   number
   + 1 for IN (4.5.1). */
struct xhci_endpoint {
    uint8_t id;
    uint8_t interval; /* exponent: 125 us x 2^interval; 0 for control */
    uint16_t packet_size;
    uint32_t ring; /* address of the next TRB, with the cycle bit */
};

/* Returns the exponent for bInterval (6.2.3.6, USB 2.0 table 9-13). */
uint8_t xhci_interval(uint8_t speed, uint8_t b_interval);

/* An input context under construction */
struct xhci_input {
    volatile uint32_t *words;
    unsigned size; /* of a context in words, 8 or 16 */
};

/* Clears the context and fills in the slot, whose endpoints have IDs up to
   LAST_ID. */
void xhci_input_start(struct xhci_input *input, volatile uint32_t *words,
                      bool wide, const struct xhci_topology *place,
                      uint8_t last_id);

void xhci_input_endpoint(struct xhci_input *input,
                         const struct xhci_endpoint *endpoint);
