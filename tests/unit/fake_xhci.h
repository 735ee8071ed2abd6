/* SPDX-License-Identifier: MIT */
/*
 * A fake of a USB 3 host controller, its root ports, and USB devices behind it,
 * written from Intel's specification of xHCI 1.2 and from USB 2.0, without the
 * headers of the driver.  It executes commands and transfers from rings in
 * memory as a controller does.  A driver that breaks a rule of the
 * specifications fails the test with a sentence.
 *
 * Time is simulated: fake_tick() does everything that is due.
 */
#pragma once

#include "drivers/usb/xhci_find.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FAKE_SIZE      0x4000u     /* of the registers */
#define FAKE_ADDRESS   0x40000000u /* where the controller sees the memory */
#define FAKE_PORTS     40          /* root ports, numbered from 1 on */
#define FAKE_SLOTS     64
#define FAKE_HUB_PORTS 15
#define FAKE_NEVER     UINT64_MAX
#define FAKE_ANY       (-1)

/* ------------------------------------------------------------- devices --- */

enum fake_speed { FAKE_FULL = 1, FAKE_LOW, FAKE_HIGH, FAKE_SUPER };

/* An interface and its only endpoint (USB 2.0, tables 9-12 and 9-13) */
struct fake_interface {
    uint8_t number, alternate, class, subclass, protocol;
    uint8_t endpoint; /* address with the direction in bit 7 */
    uint8_t attributes;
    uint16_t packet_size;
    uint8_t interval; /* bInterval */
};

/* A kind of device, as data */
struct fake_model {
    enum fake_speed speed;
    uint8_t packet_size; /* of the control endpoint, as in its descriptor */
    uint8_t value;       /* bConfigurationValue */
    uint8_t hub_ports;   /* 0 unless it is a hub */
    uint8_t think_time;  /* of its transaction translator */
    uint8_t power;       /* bPwrOn2PwrGood, in units of 2 ms */
    unsigned count;
    struct fake_interface interfaces[5];
};

extern const struct fake_model fake_keyboard, fake_low_keyboard,
    fake_high_keyboard, fake_mouse_and_keyboard, fake_two_keyboards, fake_disk,
    fake_super_disk, fake_super_hub, fake_hub, fake_full_hub, fake_mouse,
    fake_large_hub;

enum fake_error {
    FAKE_NONE,
    FAKE_STALL,
    FAKE_ERROR, /* USB transaction error, after all retries */
    FAKE_BABBLE,
    FAKE_SILENT, /* NAK forever */
    FAKE_SHORT,  /* half of the data */
    FAKE_TRB,    /* the controller reports a TRB error, at pipes only */
};

/* What a device does with requests: the one after the first AFTER that match
   since the last reset fails, TIMES times in all. */
struct fake_fault {
    enum fake_error error;
    int request; /* bRequest, or FAKE_ANY */
    unsigned after, times, seen;
};

/* A byte that is wrong in a descriptor */
struct fake_patch {
    uint8_t type, offset, value; /* type 0: none */
};

struct fake_packet {
    enum fake_error error;
    unsigned size;
    uint8_t bytes[64];
};

#define FAKE_QUEUE 16

/* What an interrupt IN endpoint will send, and its side of the data toggle */
struct fake_pipe {
    struct fake_packet queue[FAKE_QUEUE];
    unsigned count;
    bool halted, toggle;
    uint64_t next; /* time of the next report of a hub */
};

/* A port of a hub (USB 2.0, tables 11-21 and 11-22) */
struct fake_hub_port {
    struct fake_usb *device;
    uint16_t status, changes;
    uint64_t powered, reset; /* times when these end, or 0 */
    uint64_t connected;      /* since when */
    bool reset_hangs;
    bool disabled; /* true if the driver disabled it */
};

enum fake_state { FAKE_OFF, FAKE_DEFAULT, FAKE_ADDRESSED, FAKE_CONFIGURED };

/* A device.  Zeros and a model are one that is not plugged in. */
struct fake_usb {
    const struct fake_model *model;
    struct fake_xhci *controller; /* NULL if not plugged in */
    struct fake_usb *hub;         /* NULL if at a root port */
    unsigned port;
    enum fake_state state;
    uint8_t address;
    unsigned resets;                 /* in all */
    uint64_t reset_ended, addressed; /* times of the last ones */
    unsigned requests;               /* control requests received in all */
    unsigned address_errors;         /* number of Set Addresses to ignore */
    struct fake_fault fault[2];
    struct fake_patch patch[3];
    struct fake_pipe pipes[16]; /* by endpoint number */
    struct fake_hub_port ports[FAKE_HUB_PORTS + 1];

    /* What the driver has set, by interface number */
    unsigned leds_set[8];
    uint8_t leds[8], protocol[8], idle[8];
};

/* Plugs a device in.  HUB is NULL for a root port. */
void fake_plug(struct fake_xhci *fake, struct fake_usb *device,
               struct fake_usb *hub, unsigned port);
void fake_unplug(struct fake_usb *device);

/* Makes its port disable itself, as after an error. */
void fake_disable(struct fake_usb *device);

/* Queues a report for an endpoint number, or an error. */
void fake_report(struct fake_usb *device, unsigned endpoint, const void *bytes,
                 unsigned size);
void fake_break(struct fake_usb *device, unsigned endpoint,
                enum fake_error error);

/* Returns true if the device has nothing more to send. */
bool fake_is_sent(const struct fake_usb *device);

/* ---------------------------------------------------------- controller --- */

/* How the controller is built */
struct fake_options {
    bool wide; /* contexts of 64 bytes */
    unsigned scratchpads;
    unsigned usb2, usb3; /* numbers of ports; those of USB 2 come first */
    unsigned hidden;     /* ports behind those, which no protocol has */
    unsigned slots;
    uint8_t slot_type2, slot_type3;
    bool power_switches; /* ports have no power at first (PPC) */
    bool bios;           /* it has legacy support */
    bool spurious;       /* reports short packets twice */
    bool shy;            /* transfers to lost devices end without an event */
    uint8_t page_size;   /* PAGESIZE, 1 by default: 4 KB */
};

struct fake_port {
    struct fake_usb *device;
    uint32_t value;     /* PORTSC */
    uint64_t reset;     /* when the reset ends, or 0 */
    uint64_t connected; /* since when */
    bool reset_hangs;
    bool untrained; /* of USB 3: enabled by a warm reset only */
    bool disabled;  /* true if the driver disabled it */
};

/* A ring of TRBs, as its consumer sees it */
struct fake_ring {
    uint64_t at; /* physical address */
    bool cycle;
};

enum fake_endpoint_state {
    FAKE_DISABLED,
    FAKE_RUNNING,
    FAKE_HALTED,
    FAKE_STOPPED,
    FAKE_BROKEN, /* "Error" */
};

struct fake_endpoint {
    enum fake_endpoint_state state;
    struct fake_ring ring;
    unsigned packet_size;
    bool toggle, rung; /* doorbell rung */
};

enum fake_slot_state {
    FAKE_SLOT_DISABLED,
    FAKE_SLOT_ENABLED, /* 4.5.3 "Enabled": not in a slot context */
    FAKE_SLOT_ADDRESSED,
    FAKE_SLOT_CONFIGURED,
};

struct fake_slot {
    enum fake_slot_state state;
    uint8_t type, address;
    struct fake_usb *device;
    unsigned resets; /* of the device when it was addressed */
    struct fake_endpoint endpoints[32];
};

/* Faults of the controller */
struct fake_troubles {
    uint64_t halt_us, reset_us, ready_us, run_us; /* durations */
    bool dead;            /* all registers read as ones */
    uint32_t status;      /* bits of USBSTS that appear */
    unsigned command;     /* type of command for the next two, or 0: any */
    bool command_hangs;   /* such a command never ends */
    unsigned code, times; /* the next TIMES end with this code */
    int slot;             /* what Enable Slot returns, or FAKE_ANY: right */
    uint64_t command_us;  /* duration of each command */
};

struct fake_trb {
    uint32_t word[4];
};

#define FAKE_EVENTS 1024

struct fake_xhci {
    struct fake_options options;
    struct fake_troubles trouble;
    uint64_t now;
    uint8_t *memory;
    uint32_t memory_size;

    /* Registers */
    uint32_t command, status, config, iman, imod, table_size, legacy[2];
    uint64_t ring_pointer, contexts, table, dequeue;
    uint32_t half; /* offset of a 64-bit register half written, or 0 */
    uint64_t halting, resetting, not_ready, starting; /* ends, or 0 */
    uint64_t touchable; /* no access before this time */
    struct fake_port ports[FAKE_PORTS + 1];

    /* Commands */
    struct fake_ring commands;
    bool commands_rung;
    uint64_t command_ends;
    struct fake_slot slots[FAKE_SLOTS + 1];

    /* The event ring, and events that wait for room in it */
    uint64_t segment, enqueue;
    uint32_t segment_size;         /* in TRBs */
    bool events_cycle, full, busy; /* busy: EHB */
    struct fake_trb waiting[FAKE_EVENTS];
    unsigned waiting_count;

    /* Statistics, by type of command */
    unsigned executed[64], resets, full_events;
};

/* Makes a controller.  MEMORY has SIZE bytes at the physical address
   FAKE_ADDRESS. */
void fake_start(struct fake_xhci *fake, const struct fake_options *options);
void fake_set_memory(struct fake_xhci *fake, void *memory, uint32_t size);

struct xhci_access fake_access(struct fake_xhci *fake);

void fake_tick(struct fake_xhci *fake, uint64_t now);

void fake_post(struct fake_xhci *fake, const struct fake_trb *event);

/* Posts an event of a type that is the vendor's (table 6-91). */
void fake_vendor_event(struct fake_xhci *fake);

/* Number of slots that are not disabled */
unsigned fake_slots_used(const struct fake_xhci *fake);
