/* SPDX-License-Identifier: MIT */
/* Functions that xhci.c and xhci_operations.c share */
#pragma once

#include "xhci.h"

/* Returns the physical address of a place in the shared memory. */
uint32_t xhci_address_of(const struct xhci *xhci, const volatile void *at);

/* Tells the controller that a ring has new TRBs.  SLOT is 0 for commands;
   TARGET is the endpoint ID. */
void xhci_ring_doorbell(const struct xhci *xhci, uint8_t slot, uint8_t target);

/* Finishes the command in progress, for which the controller returned SLOT.
   Returns false if it has failed or the slot is wrong. */
bool xhci_command_ended(struct xhci *xhci, bool success, uint8_t slot);

/* Starts to receive one more packet from a pipe. */
void xhci_receive_next(struct xhci *xhci, unsigned device, unsigned pipe);
