/* SPDX-License-Identifier: MIT */
#include "usb_tree.h"
#include <string.h>

uint8_t *usb_tries(struct usb *usb, unsigned hub, unsigned port)
{
    return hub == USB_NONE ? &usb->tries[port] : &usb->devices[hub].tries[port];
}

unsigned usb_device_at(const struct usb *usb, unsigned hub, unsigned port)
{
    for (unsigned i = 0; i < XHCI_DEVICES; i++)
        if (usb->devices[i].used && usb->devices[i].parent == hub &&
            usb->devices[i].port == port)
            return i;
    return USB_NONE;
}

unsigned usb_find_unused(const struct usb *usb)
{
    for (unsigned i = 0; i < XHCI_DEVICES; i++)
        if (!usb->devices[i].used)
            return i;
    return USB_NONE;
}

const struct xhci_protocol *usb_protocol_of(const struct usb *usb,
                                            unsigned port)
{
    for (unsigned i = 0; i < usb->protocols; i++)
        if (port >= usb->protocol[i].first_port &&
            port - usb->protocol[i].first_port < usb->protocol[i].ports)
            return &usb->protocol[i];
    return NULL;
}

struct usb_location usb_locate(const struct usb_device *device)
{
    return (struct usb_location){device->port, device->depth};
}

void usb_wait(struct usb *usb, unsigned ms)
{
    usb->until = usb->xhci.now + (uint64_t)ms * 1000u;
}

void usb_control(struct usb *usb, unsigned device, uint8_t type,
                 uint8_t request, uint16_t value, uint16_t index,
                 uint16_t length)
{
    const struct usb_request sent = {type, request, value, index, length};

    usb->asked = (uint8_t)device;
    xhci_control(&usb->xhci, device, &sent);
}

/* ----------------------------------------------------------- failures --- */

static void unplug(struct usb *usb, struct usb_device *device)
{
    for (unsigned i = 0; i < USB_INTERFACES_MAX; i++) {
        unsigned keyboard = device->keyboards[i];

        device->keyboards[i] = USB_NONE;
        if (keyboard == USB_NONE)
            continue;
        usb->keyboards[keyboard].used = false;
        usb->client.unplugged(usb->client.context, keyboard);
    }
}

/* Devices behind the hub were found after it, but may have lower numbers. */
void usb_drop(struct usb *usb, unsigned device)
{
    bool more = true;

    usb->devices[device].gone = true;
    while (more) {
        more = false;
        for (unsigned i = 0; i < XHCI_DEVICES; i++) {
            struct usb_device *each = &usb->devices[i];

            if (each->used && !each->gone && each->parent != USB_NONE &&
                usb->devices[each->parent].gone)
                more = each->gone = true;
            if (each->used && each->gone)
                unplug(usb, each);
        }
    }
}

void usb_count_failure(struct usb *usb, unsigned hub, unsigned port,
                       const char *what)
{
    uint8_t *tries = usb_tries(usb, hub, port);
    uint8_t count = (uint8_t)((*tries & ~USB_SETTLED) + 1);
    uint8_t hubs = hub == USB_NONE ? 0 : usb->devices[hub].depth + 1;

    *tries = count < USB_TRIES ? count : count | USB_SETTLED;
    if (count >= USB_TRIES)
        usb->client.failed(usb->client.context,
                           (struct usb_location){(uint8_t)port, hubs}, what);
}

void usb_fail(struct usb *usb, unsigned device, const char *what)
{
    const struct usb_device *failed = &usb->devices[device];

    if (failed->gone)
        return;
    usb_drop(usb, device);
    usb_count_failure(usb, failed->parent, failed->port, what);
    if (failed->parent != USB_NONE)
        usb->devices[failed->parent].changed |= (uint16_t)(1u << failed->port);
}

/* Forgets all devices of a controller that has stopped. */
void usb_forget_all(struct usb *usb)
{
    for (unsigned i = 0; i < XHCI_DEVICES; i++) {
        if (usb->devices[i].used)
            unplug(usb, &usb->devices[i]);
        usb->devices[i].used = false;
    }
    memset(usb->tries, 0, sizeof usb->tries);
    usb->step = NULL;
    usb->stall = USB_HEALTHY;
    usb->quiet = false;
    usb->next_port = 1;
}
