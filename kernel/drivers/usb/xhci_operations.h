/* SPDX-License-Identifier: MIT */
/*
 * Commands to a controller, and transfers to and from devices (xHCI 1.2, 4.6
 * and 4.11).  An operation is started here, and xhci_poll() finds out that it
 * has ended.
 */
#pragma once

#include "xhci_context.h"
#include "xhci_state.h"

/* Only one operation may be in progress.  xhci_result() says how it ended. */
enum xhci_result xhci_result(const struct xhci *xhci);

/* Makes the result XHCI_DONE, as if an operation had ended. */
void xhci_clear_result(struct xhci *xhci);

/* Gives the device a slot (4.3.2).  SLOT_TYPE is that of its root port. */
void xhci_enable_slot(struct xhci *xhci, unsigned device, uint8_t slot_type);

/* Gives the device its USB address (4.3.4).  PACKET_SIZE is the maximum packet
   size of its control endpoint. */
void xhci_address_device(struct xhci *xhci, unsigned device,
                         const struct xhci_topology *topology,
                         uint16_t packet_size);

/* Changes the maximum packet size of the control endpoint (4.6.7). */
void xhci_set_packet_size(struct xhci *xhci, unsigned device,
                          const struct xhci_topology *topology,
                          uint16_t packet_size);

/* Makes the first endpoint of each interface a pipe (4.6.6). */
void xhci_configure(struct xhci *xhci, unsigned device,
                    const struct xhci_topology *topology,
                    const struct usb_configuration *configuration);

/* Takes back the slot and forgets all pipes (4.6.4). */
void xhci_disable_slot(struct xhci *xhci, unsigned device);

/* Two steps after an error on a pipe, or on the control endpoint, whose number
   is XHCI_CONTROL (4.6.8, 4.6.10).  Transfers in progress are discarded. */
#define XHCI_CONTROL XHCI_PIPES
void xhci_reset_endpoint(struct xhci *xhci, unsigned device, unsigned pipe);
void xhci_empty_endpoint(struct xhci *xhci, unsigned device, unsigned pipe);

/* A request to a device (USB 2.0, 9.3) */
struct usb_request {
    uint8_t type, request;
    uint16_t value, index, length;
};

#define USB_TO_HOST 0x80u /* bit of the type */

/* Sends a request (4.11.2.2).  Data sent and received, at most XHCI_DATA_SIZE
   bytes, is in xhci_data().  Data received is followed by zeros. */
void xhci_control(struct xhci *xhci, unsigned device,
                  const struct usb_request *request);
uint8_t *xhci_data(struct xhci *xhci);

/* Starts to receive from a pipe, which must be empty. */
void xhci_listen(struct xhci *xhci, unsigned device, unsigned pipe);

/* The rest is for xhci.c. */

/* Finishes the command in progress, for which the controller returned SLOT.
   Returns false if it has failed or the slot is wrong. */
bool xhci_command_ended(struct xhci *xhci, bool success, uint8_t slot);

/* Starts to receive one more packet from a pipe. */
void xhci_receive_next(struct xhci *xhci, unsigned device, unsigned pipe);
