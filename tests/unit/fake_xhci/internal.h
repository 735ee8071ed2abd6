/* SPDX-License-Identifier: MIT */
/* Functions that the parts of the fake share */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "spec.h"
#include "tests/unit/fake_xhci.h"

/* Fails the test unless the driver obeys a rule. */
#define demand(holds, sentence)                                                \
    do {                                                                       \
        if (!(holds))                                                          \
            fail_msg("The driver breaks a rule: %s.", sentence);               \
    } while (0)

/* --------------------------------------------------------------- rings --- */

/* Returns a place in the shared memory, which must be aligned and must not
   cross a multiple of BOUNDARY. */
void *fake_at(const struct fake_xhci *fake, uint64_t address, unsigned size,
              unsigned alignment, unsigned boundary, const char *what);

/* Reads the next TRB, follows links, and advances RING.  Returns the physical
   address of the TRB, or 0 if there is none. */
uint64_t fake_fetch(const struct fake_xhci *fake, struct fake_ring *ring,
                    struct fake_trb *trb);

void fake_flush_events(struct fake_xhci *fake);
void fake_start_events(struct fake_xhci *fake);

bool fake_running(const struct fake_xhci *fake);

/* --------------------------------------------------------------- parts --- */

void fake_reset_controller(struct fake_xhci *fake);
void fake_do_commands(struct fake_xhci *fake);
void fake_ring_slot(struct fake_xhci *fake, unsigned slot, uint32_t value);
void fake_do_transfers(struct fake_xhci *fake);

/* Commands with an input context.  They return a completion code. */
unsigned fake_do_address(struct fake_xhci *fake, struct fake_slot *slot,
                         unsigned number, const struct fake_trb *trb);
unsigned fake_do_evaluate(struct fake_xhci *fake, struct fake_slot *slot,
                          const struct fake_trb *trb);
unsigned fake_do_configure(struct fake_xhci *fake, struct fake_slot *slot,
                           const struct fake_trb *trb);

/* Returns the address of the dequeue pointer of an endpoint context or of a
   command, whose bit 0 is the cycle bit. */
struct fake_ring fake_ring_from(const struct fake_xhci *fake, uint64_t pointer);

/* --------------------------------------------------------------- ports --- */

uint32_t fake_read_port(const struct fake_xhci *fake, unsigned port);
void fake_write_port(struct fake_xhci *fake, unsigned port, uint32_t value);
void fake_check_debounce(uint64_t connected);
void fake_tick_ports(struct fake_xhci *fake);
void fake_reset_ports(struct fake_xhci *fake);

/* Returns the device with a route from a root port, or NULL. */
struct fake_usb *fake_find(struct fake_xhci *fake, unsigned root,
                           uint32_t route);

/* Returns true if all ports up to the device are enabled. */
bool fake_reachable(const struct fake_usb *device);

/* ------------------------------------------------------------- devices --- */

/* The port of a device was reset, or lost power (STATE is FAKE_OFF). */
void fake_reset_device(struct fake_usb *device, enum fake_state state);

/* Executes a control request.  DATA has wLength bytes, and *SIZE is set to the
   number that the device transferred. */
enum fake_error fake_request(struct fake_usb *device, const uint8_t setup[8],
                             uint8_t *data, unsigned *size);
enum fake_error fake_hub_request(struct fake_usb *hub, const uint8_t setup[8],
                                 uint8_t *data, unsigned *size);
void fake_tick_hub(struct fake_usb *hub);
void fake_reset_hub(struct fake_usb *hub);

/* Returns the packet that endpoint NUMBER sends now, or NULL. */
const struct fake_packet *fake_next_packet(struct fake_usb *device,
                                           unsigned number);
void fake_packet_sent(struct fake_usb *device, unsigned number);

static inline unsigned fake_16(const uint8_t *at)
{
    return at[0] | (unsigned)at[1] << 8;
}
