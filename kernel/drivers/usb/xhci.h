/* SPDX-License-Identifier: MIT */
/*
 * A running USB 3 host controller: start and stop, commands, control transfers
 * and interrupt IN transfers (xHCI 1.2, 4.2 to 4.11).  No function waits: an
 * operation is started, and xhci_poll() finds out later that it has ended.  The
 * controller is untrusted: all that it writes is checked, and an operation that
 * does not end in time ends as a failure.
 */
#pragma once

#include "xhci_operations.h"

/* Returns the number of bytes that a controller needs for xhci_start(). */
uint32_t xhci_memory_size(const struct xhci_capabilities *capabilities);

/* Starts a controller, which takes until its state is XHCI_RUNNING or
   XHCI_FAILED.  MEMORY has xhci_memory_size() bytes, is aligned to XHCI_PAGE,
   and the controller sees it at ADDRESS.  A controller that has failed can be
   started again.  RECEIVE and CONTEXT must have been set. */
void xhci_start(struct xhci *xhci, const struct xhci_access *access,
                const struct xhci_capabilities *capabilities,
                struct xhci_memory *memory, uint32_t address, uint64_t now);

/* Must be called at least a millisecond after the last call while the
   controller starts, and as often as possible when it runs. */
void xhci_poll(struct xhci *xhci, uint64_t now);

/* Returns true if xhci_poll() has something to receive.  Reads only memory. */
bool xhci_has_event(const struct xhci *xhci);

/* Acknowledges an interrupt.  Returns false if this controller requested none.
   May be called in an interrupt handler. */
bool xhci_acknowledge(const struct xhci *xhci);

/* Tells the controller to stop, which takes up to 16 ms (5.4.1.1).  Returns
   true when it has stopped. */
bool xhci_stop(struct xhci *xhci);
