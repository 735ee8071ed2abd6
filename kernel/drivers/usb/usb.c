/* SPDX-License-Identifier: MIT */
/* Jobs: which one is next, how they proceed, and how they fail */
#include "usb.h"
#include "usb_ports.h"
#include "usb_tree.h"
#include "usb_upkeep.h"
#include "xhci.h"
#include "xhci_registers.h"

#define POLL_US      1000u    /* unless there is an event */
#define CONNECT_US   1000000u /* in which devices connect after the start */
#define RESTARTS     2        /* of a controller that fails */
#define ERRORS       3        /* of pipes, without a packet between them */
#define PORTS_LOOKED 8        /* root ports looked at in one poll */

/* -------------------------------------------------------------- steps --- */

/* A port of a hub that needs more work is looked at again later.  For root
   ports, needs_look() finds that out. */
static void end_job(struct usb *usb)
{
    usb->step = NULL;
    if (usb->hub != USB_NONE && usb->status & USB_PORT_CONNECTED &&
        !(*usb_tries(usb, usb->hub, usb->port) & USB_SETTLED))
        usb->devices[usb->hub].changed |= (uint16_t)(1u << usb->port);
}

static void fail_job(struct usb *usb, enum xhci_result result)
{
    const char *what = usb->step->what;

    if (usb->device != USB_NONE)
        usb_fail(usb, usb->device, what);
    else if (usb->hub != USB_NONE && result != XHCI_DONE)
        usb_fail(usb, usb->hub, what);
    else if (usb->port != 0)
        usb_count_failure(usb, usb->hub, usb->port, what);
    end_job(usb);
}

static void begin_step(struct usb *usb)
{
    usb->until = 0;
    xhci_clear_result(&usb->xhci);
    while (usb->step->begin != NULL && !usb->step->begin(usb))
        usb->step++;
    if (usb->step->begin == NULL)
        end_job(usb);
}

/* After a stall, the controller no longer uses the control endpoint until two
   commands have been executed (xHCI 1.2, 4.8.3).  Returns true if one has been
   started. */
static bool repair_control(struct usb *usb, enum xhci_result result)
{
    if (usb->stall == USB_HEALTHY &&
        (result != XHCI_STALLED || !usb->step->optional))
        return false;
    if (usb->stall == USB_HEALTHY)
        xhci_reset_endpoint(&usb->xhci, usb->asked, XHCI_CONTROL);
    else if (usb->stall == USB_RESETTING)
        xhci_empty_endpoint(&usb->xhci, usb->asked, XHCI_CONTROL);
    usb->stall = (usb->stall + 1) % USB_STALLS;
    return usb->stall != USB_HEALTHY;
}

static void continue_job(struct usb *usb)
{
    enum xhci_result result = xhci_result(&usb->xhci);
    enum usb_next next = USB_NEXT;

    if (result == XHCI_PENDING || usb->xhci.now < usb->until ||
        repair_control(usb, result))
        return;
    if (result != XHCI_DONE)
        next = USB_FAIL;
    else if (usb->step->end != NULL)
        next = usb->step->end(usb);
    if (next == USB_NEXT)
        usb->step++;
    if (next == USB_NEXT || next == USB_AGAIN)
        begin_step(usb);
    else if (next == USB_FAIL)
        fail_job(usb, result);
    else
        end_job(usb);
}

/* ---------------------------------------------------- choice of a job --- */

static void start_job(struct usb *usb, const struct usb_step *job,
                      unsigned device, unsigned index)
{
    usb->step = job;
    usb->device = (uint8_t)device;
    usb->index = (uint8_t)index;
    usb->hub = USB_NONE;
    usb->port = 0;
    usb->status = 0;
    begin_step(usb);
}

static void start_port_job(struct usb *usb, unsigned hub, unsigned port)
{
    usb->step = usb_port_job;
    usb->device = USB_NONE;
    usb->hub = (uint8_t)hub;
    usb->port = (uint8_t)port;
    usb->status = 0;
    usb->quiet = false;
    begin_step(usb);
}

static bool start_removal(struct usb *usb)
{
    for (unsigned i = 0; i < XHCI_DEVICES; i++) {
        if (!usb->devices[i].used || !usb->devices[i].gone)
            continue;
        start_job(usb, usb_removal_job, i, 0);
        return true;
    }
    return false;
}

/* Repairs a pipe, or gives the device up if that does not help. */
static bool start_repair(struct usb *usb)
{
    for (unsigned i = 0; i < XHCI_DEVICES; i++) {
        for (unsigned j = 0; usb->devices[i].used && j < XHCI_PIPES; j++) {
            if (!usb->xhci.devices[i].pipes[j].halted)
                continue;
            if (usb->devices[i].errors++ < ERRORS)
                start_job(usb, usb_repair_job, i, j);
            else
                usb_fail(usb, i, "endpoint");
            return true;
        }
    }
    return false;
}

static bool start_leds(struct usb *usb)
{
    for (unsigned i = 0; i < USB_KEYBOARDS; i++) {
        const struct usb_keyboard *keyboard = &usb->keyboards[i];

        if (!keyboard->used || keyboard->leds == keyboard->leds_shown)
            continue;
        start_job(usb, usb_leds_job, keyboard->device, i);
        return true;
    }
    return false;
}

static bool start_hub_port(struct usb *usb)
{
    for (unsigned i = 0; i < XHCI_DEVICES; i++) {
        struct usb_device *hub = &usb->devices[i];
        unsigned port = 1;

        if (!hub->used || hub->changed == 0)
            continue;
        while (!(hub->changed >> port & 1))
            port++;
        hub->changed &= (uint16_t) ~(1u << port);
        start_port_job(usb, i, port);
        return true;
    }
    return false;
}

static bool needs_look(struct usb *usb, unsigned port)
{
    uint32_t value = xhci_read_port(&usb->xhci, port);
    uint8_t tries = usb->tries[port];
    bool known = usb_device_at(usb, USB_NONE, port) != USB_NONE;

    if (!(value & XHCI_PORT_POWER)) {
        xhci_write_port(&usb->xhci, port,
                        (value & XHCI_PORT_KEEP) | XHCI_PORT_POWER);
        return known;
    }
    if (!(value & XHCI_PORT_CONNECTED))
        return known || tries != 0;
    return !(tries & USB_SETTLED) || value & XHCI_PORT_CONNECT_CHANGE ||
           (known && !(value & XHCI_PORT_ENABLED));
}

/* The search is over when all root ports were looked at in a round that began
   after devices had had time to connect, and no hub had anything to do. */
static void end_round(struct usb *usb)
{
    usb->next_port = 1;
    if (usb->quiet)
        usb->searched = true;
    usb->quiet = usb->xhci.now >= usb->ready;
}

static void start_root_port(struct usb *usb)
{
    for (unsigned i = 0; i < PORTS_LOOKED; i++) {
        unsigned port = usb->next_port;

        if (port > usb->xhci.capabilities.ports) {
            end_round(usb);
            return;
        }
        usb->next_port++;
        if (usb_protocol_of(usb, port) != NULL && needs_look(usb, port)) {
            start_port_job(usb, USB_NONE, port);
            return;
        }
    }
}

static void start_next_job(struct usb *usb)
{
    if (!start_removal(usb) && !start_repair(usb) && !start_leds(usb) &&
        !start_hub_port(usb))
        start_root_port(usb);
}

/* ------------------------------------------------------------- public --- */

static uint16_t ports_of(const struct usb_device *hub, const uint8_t *packet,
                         unsigned size)
{
    unsigned ports = packet[0] | (size > 1 ? packet[1] << 8 : 0);
    unsigned all = (2u << hub->topology.hub_ports) - 2u;

    return (uint16_t)(ports & all);
}

static void receive(void *context, unsigned number, unsigned pipe,
                    const uint8_t *packet, unsigned size)
{
    struct usb *usb = context;
    struct usb_device *device = &usb->devices[number];

    if (device->gone)
        return;
    device->errors = 0;
    *usb_tries(usb, device->parent, device->port) = USB_SETTLED;
    if (device->configuration.interfaces[pipe].function == USB_HUB)
        device->changed |= ports_of(device, packet, size);
    else if (device->keyboards[pipe] != USB_NONE)
        usb->client.report(usb->client.context, device->keyboards[pipe], packet,
                           size);
}

void usb_restart(struct usb *usb, uint64_t now)
{
    xhci_start(&usb->xhci, &usb->xhci.access, &usb->xhci.capabilities,
               usb->xhci.memory, usb->xhci.address, now);
}

static void restart_failed(struct usb *usb)
{
    usb_forget_all(usb);
    if (usb->restarts++ < RESTARTS)
        usb_restart(usb, usb->xhci.now);
    else
        usb->searched = true;
}

void usb_start(struct usb *usb, const struct xhci_access *access,
               const struct xhci_capabilities *capabilities,
               struct xhci_memory *memory, uint32_t address, uint64_t now)
{
    usb->protocols = xhci_read_protocols(access, capabilities, usb->protocol);
    usb->xhci.receive = receive;
    usb->xhci.context = usb;
    usb->next_port = 1;
    xhci_start(&usb->xhci, access, capabilities, memory, address, now);
}

void usb_poll(struct usb *usb, uint64_t now)
{
    enum xhci_state before = usb->xhci.state;

    if (now - usb->polled < POLL_US && !xhci_has_event(&usb->xhci))
        return;
    usb->polled = now;
    xhci_poll(&usb->xhci, now);
    if (usb->xhci.state == XHCI_FAILED && before != XHCI_FAILED)
        restart_failed(usb);
    if (usb->xhci.state != XHCI_RUNNING)
        return;
    if (before == XHCI_STARTING)
        usb->ready = now + CONNECT_US;
    if (usb->step != NULL)
        continue_job(usb);
    else
        start_next_job(usb);
}

void usb_set_leds(struct usb *usb, unsigned keyboard, uint8_t leds)
{
    usb->keyboards[keyboard].leds = leds;
}

bool usb_stop(struct usb *usb)
{
    usb_forget_all(usb);
    return xhci_stop(&usb->xhci);
}
