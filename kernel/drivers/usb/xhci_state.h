/* SPDX-License-Identifier: MIT */
/*
 * The state of a USB 3 host controller, and access to its registers (xHCI 1.2,
 * chapter 5) and to the memory that it shares with the driver.
 */
#pragma once

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

    /* The rest is for xhci*.c only, as are the functions below. */
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

uint32_t xhci_read(const struct xhci *xhci, uint32_t offset);
void xhci_write(const struct xhci *xhci, uint32_t offset, uint32_t value);

/* Writes a register of 64 bits. */
void xhci_write_address(const struct xhci *xhci, uint32_t offset,
                        uint32_t address);

/* Return the offset of an operational or runtime register. */
uint32_t xhci_operational(const struct xhci *xhci, uint32_t offset);
uint32_t xhci_runtime(const struct xhci *xhci, uint32_t offset);

/* Tells the controller that a ring has new TRBs.  SLOT is 0 for commands;
   TARGET is the endpoint ID. */
void xhci_ring_doorbell(const struct xhci *xhci, uint8_t slot, uint8_t target);

/* Returns the physical address of a place in the shared memory. */
uint32_t xhci_address_of(const struct xhci *xhci, const volatile void *at);

/* Returns the value of PORTSC (5.4.8) of root port PORT, from 1 on, and writes
   to it; bits that would change it inadvertently must not be set. */
uint32_t xhci_read_port(const struct xhci *xhci, unsigned port);
void xhci_write_port(const struct xhci *xhci, unsigned port, uint32_t value);
