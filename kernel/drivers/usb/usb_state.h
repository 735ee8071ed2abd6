/* SPDX-License-Identifier: MIT */
/* The devices and ports of one USB controller, and the job in progress */
#pragma once

#include "xhci_context.h"
#include "xhci_state.h"

#define USB_KEYBOARDS  8  /* in use at once */
#define USB_HUB_PORTS  15 /* per hub, as many as a route can name (8.9) */
#define USB_TIERS      5  /* hubs between a root port and a device (4.1.1) */
#define USB_ROOT_PORTS 256

/* Where a device is: for a sentence on the screen */
struct usb_location {
    uint8_t port; /* of the controller or of the last hub, from 1 on */
    uint8_t hubs; /* number of hubs between the controller and the device */
};

/* Receives what happens; called by usb_poll() only. */
struct usb_client {
    void *context;
    /* Keyboard number KEYBOARD, below USB_KEYBOARDS, was plugged in. */
    void (*plugged)(void *context, unsigned keyboard,
                    struct usb_location location);
    /* It sent a report (console/usb_report.h). */
    void (*report)(void *context, unsigned keyboard, const uint8_t *report,
                   unsigned size);
    /* It was unplugged, or has failed.  Its number may be used again. */
    void (*unplugged)(void *context, unsigned keyboard);
    /* A device failed three times, the last time at WHAT. */
    void (*failed)(void *context, struct usb_location location,
                   const char *what);
};

#define USB_NONE 0xFFu /* no device, port or keyboard */

/* A device in use.  Its number is an index in usb.devices. */
struct usb_device {
    bool used;
    bool gone;            /* unplugged or failed: it must be removed */
    uint8_t parent;       /* number of the hub, or USB_NONE for a root port */
    uint8_t port;         /* of the parent, from 1 on */
    uint8_t depth;        /* number of hubs between it and the controller */
    uint8_t errors;       /* errors of its pipes since the last packet */
    uint16_t packet_size; /* of the control endpoint */
    uint16_t power_ms;    /* of a hub: time until a port has power */
    struct xhci_topology topology;
    struct usb_configuration configuration;
    uint8_t keyboards[USB_INTERFACES_MAX]; /* number, or USB_NONE */
    uint16_t changed; /* of a hub: bit N if port N needs a look */
    uint8_t tries[USB_HUB_PORTS + 1]; /* of a hub, see usb_tries() */
};

struct usb_keyboard {
    bool used;
    uint8_t device, interface;
    uint8_t leds, leds_shown; /* wanted, and sent to the keyboard */
};

struct usb;

enum usb_next {
    USB_NEXT,  /* go on with the next step */
    USB_AGAIN, /* begin usb.step again */
    USB_END,   /* the job is over */
    USB_FAIL,  /* the device has failed */
};

/* A step of a job.  A job is an array of steps, whose last one is empty. */
struct usb_step {
    /* Starts an operation of the controller, a wait, or both.  Returns false if
       the step is not needed. */
    bool (*begin)(struct usb *usb);
    /* What to do when they have ended successfully; NULL is USB_NEXT. */
    enum usb_next (*end)(struct usb *usb);
    bool optional;    /* devices need not support the request */
    const char *what; /* what has failed if the step fails */
};

struct usb {
    struct xhci xhci;
    struct usb_client client;
    bool searched; /* all devices present at the start have been found */

    /* The rest is for usb*.c only. */
    unsigned restarts;  /* of a controller that has failed */
    uint64_t polled;    /* time of the last poll */
    uint64_t ready;     /* time when devices have had time to connect */
    bool quiet;         /* no port has needed a look in this round */
    unsigned next_port; /* root port to look at next */
    uint8_t tries[USB_ROOT_PORTS]; /* by root port, see usb_tries() */
    unsigned protocols;
    struct xhci_protocol protocol[XHCI_PROTOCOLS_MAX];
    struct usb_device devices[XHCI_DEVICES];
    struct usb_keyboard keyboards[USB_KEYBOARDS];

    /* The job in progress */
    const struct usb_step *step; /* NULL if none */
    uint8_t device; /* number of the device it works on, or USB_NONE */
    uint8_t hub,
        port;        /* port it works on; the hub is USB_NONE for a root port */
    uint8_t index;   /* of an interface, a pipe, a keyboard or a port */
    uint8_t speed;   /* of the device at the port */
    uint32_t status; /* of the port (USB 2.0, tables 11-21 and 11-22) */
    uint64_t until;  /* time until which the step waits */
    uint64_t limit;  /* time when a step that repeats has failed */
    uint8_t asked;   /* device to which the last request was sent */
    /* Progress after it stalled the request */
    enum { USB_HEALTHY, USB_RESETTING, USB_EMPTYING, USB_STALLS } stall;
};
