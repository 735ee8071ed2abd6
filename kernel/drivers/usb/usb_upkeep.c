/* SPDX-License-Identifier: MIT */
#include "usb_upkeep.h"
#include "usb_ports.h"
#include "usb_tree.h"

#define ENDPOINT_HALT 0 /* feature (USB 2.0, table 9-6) */
#define ENDPOINT_IN   0x80u
#define OUTPUT_REPORT (2 << 8) /* type of report (HID 1.11, 7.2.1) */

static bool begin_removal(struct usb *usb)
{
    usb->hub = usb->devices[usb->device].parent;
    usb->port = usb->devices[usb->device].port;
    usb->devices[usb->device].used = false;
    if (usb->xhci.devices[usb->device].slot != 0)
        xhci_disable_slot(&usb->xhci, usb->device);
    usb->device = USB_NONE;
    return true;
}

const struct usb_step usb_removal_job[] = {
    {begin_removal, NULL, .what = NULL},
    {usb_disable_port, NULL, .optional = true, .what = "state of the port"},
    {.begin = NULL},
};

static bool begin_pipe_reset(struct usb *usb)
{
    xhci_reset_endpoint(&usb->xhci, usb->device, usb->index);
    return true;
}

static bool begin_pipe_empty(struct usb *usb)
{
    xhci_empty_endpoint(&usb->xhci, usb->device, usb->index);
    return true;
}

/* Both sides begin with DATA0 again (USB 2.0, 9.4.5). */
static bool begin_pipe_clear(struct usb *usb)
{
    const struct usb_interface *interface =
        &usb->devices[usb->device].configuration.interfaces[usb->index];

    usb_control(usb, usb->device, USB_ENDPOINT_OUT, USB_CLEAR_FEATURE,
                ENDPOINT_HALT, (uint16_t)(interface->endpoint | ENDPOINT_IN),
                0);
    return true;
}

static enum usb_next end_pipe_clear(struct usb *usb)
{
    xhci_listen(&usb->xhci, usb->device, usb->index);
    return USB_NEXT;
}

const struct usb_step usb_repair_job[] = {
    {begin_pipe_reset, NULL, .what = "endpoint"},
    {begin_pipe_empty, NULL, .what = "endpoint"},
    {begin_pipe_clear, end_pipe_clear, .optional = true, .what = "endpoint"},
    {.begin = NULL},
};

static bool begin_leds(struct usb *usb)
{
    struct usb_keyboard *keyboard = &usb->keyboards[usb->index];
    const struct usb_device *device = &usb->devices[usb->device];

    keyboard->leds_shown = keyboard->leds;
    xhci_data(&usb->xhci)[0] = keyboard->leds;
    usb_control(
        usb, usb->device, USB_INTERFACE_OUT, USB_SET_REPORT, OUTPUT_REPORT,
        device->configuration.interfaces[keyboard->interface].number, 1);
    return true;
}

const struct usb_step usb_leds_job[] = {
    {begin_leds, NULL, .optional = true, .what = "LEDs"},
    {.begin = NULL},
};
