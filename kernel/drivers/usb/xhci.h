/* SPDX-License-Identifier: MIT */
/*
 * A running USB 3 host controller: start and stop, commands, control transfers
 * and interrupt IN transfers (xHCI 1.2, 4.2 to 4.11).  No function waits: an
 * operation is started, and xhci_poll() finds out later that it has ended.  The
 * controller is untrusted: all that it writes is checked, and an operation that
 * does not end in time ends as a failure.
 */
#pragma once

#include "xhci_context.h"
#include "xhci_find.h"
#include "xhci_memory.h"

enum xhci_state {
    XHCI_OFF, /* not started, or stopped */
    XHCI_STARTING,
    XHCI_RUNNING,
    XHCI_FAILED, /* stopped after an error */
};

/* How the last operation ended */
enum xhci_result {
    XHCI_PENDING,
    XHCI_DONE,
    XHCI_STALLED,      /* the device does not support the request */
    XHCI_UNSUCCESSFUL, /* any other error, or none within the time limit */
};

/* Interrupt IN transfers from one endpoint */
struct xhci_pipe {
    struct xhci_ring ring;
    uint8_t id;      /* endpoint ID, or 0 if the pipe is not in use */
    uint16_t size;   /* maximum size of a packet */
    unsigned oldest; /* index of the TRB that ends next */
    bool halted;     /* an error has occurred */
};

/* A device.  Its number is an index in xhci.devices. */
struct xhci_device {
    uint8_t slot; /* from 1 on, or 0 if there is none */
    struct xhci_ring control;
    struct xhci_pipe pipes[XHCI_PIPES];
};

/* Receives a packet of 1 to XHCI_PACKET bytes. */
typedef void xhci_receive(void *context, unsigned device, unsigned pipe,
                          const uint8_t *packet, unsigned size);

struct xhci {
    enum xhci_state state;
    const char *failure; /* sentence about the PC, with the last error */
    uint64_t now;        /* of the last call, in microseconds */
    xhci_receive *receive;
    void *context; /* for RECEIVE */

    /* The rest is for xhci*.c only. */
    struct xhci_access access;
    struct xhci_capabilities capabilities;
    struct xhci_memory *memory;
    uint32_t address; /* physical address of the memory */
    struct xhci_handoff handoff;
    unsigned phase;    /* of the start */
    uint64_t deadline; /* of the phase or of the operation */
    struct xhci_ring commands;
    struct xhci_event_ring events;
    struct {
        enum xhci_result result;
        enum xhci_trb_type command; /* or 0 for a control transfer */
        uint8_t device;
        uint32_t last; /* address of the TRB with which it ends */
    } operation;
    struct xhci_device devices[XHCI_DEVICES];
};

/* An operation must end within these times, in microseconds. */
#define XHCI_COMMAND_US 5000000u
#define XHCI_CONTROL_US 1000000u

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

/* Returns the value of PORTSC (5.4.8) of root port PORT, from 1 on, and writes
   to it; bits that would change it inadvertently must not be set. */
uint32_t xhci_read_port(const struct xhci *xhci, unsigned port);
void xhci_write_port(const struct xhci *xhci, unsigned port, uint32_t value);

/* ----------------------------------------------------------- operations --- */

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
