/* SPDX-License-Identifier: MIT */
#include "usb_ports.h"
#include "usb_enumeration.h"
#include "usb_tree.h"
#include "xhci_registers.h"

#define DEBOUNCE_MS 100 /* for a connection to become stable (TATTDB) */
#define POLL_MS     10
#define RESET_US    1000000u /* a reset takes 10 to 50 ms */
#define RECOVERY_MS 20       /* after a reset; at least 10 (TRSTRCY) */

/* Features of a port of a hub (table 11-17).  Each change is cleared by the
   feature whose number is that of its bit in the status. */
#define PORT_ENABLE  1
#define PORT_RESET   4
#define FIRST_CHANGE 16

static bool is_root(const struct usb *usb)
{
    return usb->hub == USB_NONE;
}

static void write_root(struct usb *usb, uint32_t bits)
{
    uint32_t value = xhci_read_port(&usb->xhci, usb->port);

    xhci_write_port(&usb->xhci, usb->port, (value & XHCI_PORT_KEEP) | bits);
}

/* Ports of USB 3 route packets, so other devices do not receive them. */
bool usb_disable_port(struct usb *usb)
{
    if (is_root(usb)) {
        if (usb_protocol_of(usb, usb->port)->major == 2)
            write_root(usb, XHCI_PORT_ENABLED);
        return true;
    }
    const struct usb_device *hub = &usb->devices[usb->hub];

    if (!hub->used || hub->gone)
        return false;
    usb_control(usb, usb->hub, USB_PORT_OUT, USB_CLEAR_FEATURE, PORT_ENABLE,
                usb->port, 0);
    return true;
}

/* ------------------------------------------------------------- status --- */

static bool begin_status(struct usb *usb)
{
    if (!is_root(usb)) {
        usb_control(usb, usb->hub, USB_PORT_IN, USB_GET_STATUS, 0, usb->port,
                    4);
        return true;
    }
    uint32_t value = xhci_read_port(&usb->xhci, usb->port);

    usb->status =
        value & (USB_PORT_CONNECTED | USB_PORT_ENABLED | USB_PORT_RESETTING);
    if (value & XHCI_PORT_CONNECT_CHANGE)
        usb->status |= USB_PORT_RECONNECTED;
    usb->speed = XHCI_PORT_SPEED(value);
    return true;
}

static uint8_t speed_of(uint32_t status)
{
    return status & USB_PORT_LOW_SPEED    ? USB_LOW_SPEED
           : status & USB_PORT_HIGH_SPEED ? USB_HIGH_SPEED
                                          : USB_FULL_SPEED;
}

static void end_status(struct usb *usb)
{
    const uint8_t *data = xhci_data(&usb->xhci);

    if (is_root(usb))
        return;
    usb->status = data[0] | data[1] << 8 | (uint32_t)data[2] << 16;
    usb->speed = speed_of(usb->status);
}

/* A device whose port is disabled, after an error of the bus, is set up again,
   as is one that was unplugged for a moment. */
static enum usb_next end_look(struct usb *usb)
{
    unsigned device = usb_device_at(usb, usb->hub, usb->port);
    uint8_t *tries = usb_tries(usb, usb->hub, usb->port);
    bool connected, same;

    end_status(usb);
    connected = usb->status & USB_PORT_CONNECTED;
    same = connected && !(usb->status & USB_PORT_RECONNECTED);
    if (!same)
        *tries = 0;
    if (device == USB_NONE)
        return USB_NEXT;
    if (!same || !(usb->status & USB_PORT_ENABLED)) {
        *tries &= (uint8_t)~USB_SETTLED;
        usb_drop(usb, device);
    }
    return USB_NEXT;
}

/* Clears all changes of a root port, or the first one of a hub's port. */
static bool begin_clear(struct usb *usb)
{
    unsigned change = FIRST_CHANGE;

    if (is_root(usb)) {
        write_root(usb, XHCI_PORT_CHANGES);
        usb->status &= ~USB_PORT_CHANGES;
        return true;
    }
    if (!(usb->status & USB_PORT_CHANGES))
        return true;
    while (!(usb->status >> change & 1))
        change++;
    usb->status &= ~(1u << change);
    usb_control(usb, usb->hub, USB_PORT_OUT, USB_CLEAR_FEATURE,
                (uint16_t)change, usb->port, 0);
    return true;
}

static enum usb_next end_clear(struct usb *usb)
{
    return usb->status & USB_PORT_CHANGES ? USB_AGAIN : USB_NEXT;
}

/* A device that is gone is removed first.  If there are too many devices, the
   port is not looked at again. */
static enum usb_next end_first_clear(struct usb *usb)
{
    uint8_t *tries = usb_tries(usb, usb->hub, usb->port);

    if (usb->status & USB_PORT_CHANGES)
        return USB_AGAIN;
    if (!(usb->status & USB_PORT_CONNECTED) || *tries & USB_SETTLED ||
        usb_device_at(usb, usb->hub, usb->port) != USB_NONE)
        return USB_END;
    if (usb_find_unused(usb) != USB_NONE)
        return USB_NEXT;
    *tries |= USB_SETTLED;
    return USB_END;
}

/* -------------------------------------------------------------- reset --- */

static bool begin_debounce(struct usb *usb)
{
    usb_wait(usb, DEBOUNCE_MS);
    return true;
}

static enum usb_next end_debounce(struct usb *usb)
{
    end_status(usb);
    return usb->status & USB_PORT_CONNECTED &&
                   !(usb->status & USB_PORT_RECONNECTED)
               ? USB_NEXT
               : USB_END;
}

/* A port of USB 3 enables itself; if it has not, only a warm reset helps (xHCI
   1.2, 4.19.1.2). */
static bool begin_reset(struct usb *usb)
{
    usb->limit = usb->xhci.now + RESET_US;
    if (!is_root(usb))
        usb_control(usb, usb->hub, USB_PORT_OUT, USB_SET_FEATURE, PORT_RESET,
                    usb->port, 0);
    else if (usb_protocol_of(usb, usb->port)->major == 2)
        write_root(usb, XHCI_PORT_RESET);
    else if (!(usb->status & USB_PORT_ENABLED))
        write_root(usb, XHCI_PORT_WARM_RESET);
    return true;
}

static bool begin_enabled(struct usb *usb)
{
    usb_wait(usb, POLL_MS);
    return begin_status(usb);
}

static enum usb_next end_enabled(struct usb *usb)
{
    end_status(usb);
    if (!(usb->status & USB_PORT_CONNECTED))
        return USB_END;
    if (usb->status & USB_PORT_ENABLED && !(usb->status & USB_PORT_RESETTING))
        return USB_NEXT;
    return usb->xhci.now < usb->limit ? USB_AGAIN : USB_FAIL;
}

static bool begin_recovery(struct usb *usb)
{
    usb_wait(usb, RECOVERY_MS);
    return true;
}

static enum usb_next end_recovery(struct usb *usb)
{
    usb->step = usb_enumeration_job;
    return USB_AGAIN;
}

const struct usb_step usb_port_job[] = {
    {begin_status, end_look, .what = "state of the port"},
    {begin_clear, end_first_clear, .optional = true,
     .what = "state of the port"},
    {begin_debounce, NULL, .what = NULL},
    {begin_status, end_debounce, .what = "state of the port"},
    {begin_reset, NULL, .what = "reset"},
    {begin_enabled, end_enabled, .what = "reset"},
    {begin_clear, end_clear, .optional = true, .what = "reset"},
    {begin_recovery, end_recovery, .what = NULL},
    {.begin = NULL},
};
