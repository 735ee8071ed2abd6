/* SPDX-License-Identifier: MIT */
/* Root ports of the fake controller (xHCI 1.2, 4.19 and 5.4.8) */
#include "internal.h"

#define LINK_STATE(state) ((uint32_t)(state) << 5)
#define U0                0
#define RX_DETECT         5
#define POLLING           7

static unsigned count(const struct fake_xhci *fake)
{
    return fake->options.usb2 + fake->options.usb3;
}

static bool is_usb3(const struct fake_xhci *fake, unsigned port)
{
    return port > fake->options.usb2;
}

uint32_t fake_read_port(const struct fake_xhci *fake, unsigned port)
{
    return fake->ports[port].value;
}

/* Sets bits that say what has changed, with an event if the first one appears
   (4.19.2). */
static void change(struct fake_xhci *fake, unsigned port, uint32_t changes)
{
    struct fake_port *at = &fake->ports[port];
    bool first = !(at->value & CHANGES);

    at->value |= changes;
    if (!first)
        return;
    fake->status |= PCD;
    fake_post(fake,
              &(struct fake_trb){{port << 24, 0, (uint32_t)CODE_SUCCESS << 24,
                                  TRB_PORT_CHANGE << 10}});
}

static void enable(struct fake_xhci *fake, unsigned port)
{
    struct fake_port *at = &fake->ports[port];

    at->value = (at->value & ~(PLS | SPEED)) | PED | LINK_STATE(U0) |
                (uint32_t)at->device->model->speed << 10;
    fake_reset_device(at->device, FAKE_DEFAULT);
}

/* A port of USB 3 trains its link and enables itself. */
static void connect(struct fake_xhci *fake, unsigned port)
{
    struct fake_port *at = &fake->ports[port];

    at->value |= CCS;
    at->value = (at->value & ~PLS) | LINK_STATE(POLLING);
    at->connected = fake->now;
    if (is_usb3(fake, port) && !at->untrained)
        enable(fake, port);
    change(fake, port, CSC);
}

static void disconnect(struct fake_xhci *fake, unsigned port)
{
    struct fake_port *at = &fake->ports[port];

    if (!(at->value & CCS))
        return;
    at->value &= ~(CCS | PED | PR | SPEED | PLS);
    at->value |= LINK_STATE(RX_DETECT);
    at->reset = 0;
    change(fake, port, CSC);
}

/* A device that was replaced in the last milliseconds may be unnoticed yet. */
void fake_check_debounce(uint64_t connected)
{
    demand(connected >= DEBOUNCE || connected <= 3 * MS,
           "a connection is stable for 100 ms before a reset");
}

static void start_reset(struct fake_xhci *fake, unsigned port, bool warm)
{
    struct fake_port *at = &fake->ports[port];

    if (!(at->value & CCS))
        return;
    if (!is_usb3(fake, port))
        fake_check_debounce(fake->now - at->connected);
    at->value = (at->value & ~PED) | PR;
    at->reset = at->reset_hangs ? FAKE_NEVER : fake->now + RESET_TIME;
    at->disabled = false;
    at->untrained = at->untrained && !warm;
    if (at->device != NULL)
        fake_reset_device(at->device, FAKE_OFF);
}

void fake_write_port(struct fake_xhci *fake, unsigned port, uint32_t value)
{
    struct fake_port *at = &fake->ports[port];

    demand((value & PORT_RSVDZ) == 0, "reserved bits of PORTSC are zero");
    demand(!(value & LWS), "the link state is kept");
    demand(!(value & WPR) || is_usb3(fake, port),
           "only ports of USB 3 have a warm reset");
    demand(((value ^ at->value) & PORT_RW & ~PP) == 0,
           "PORTSC keeps its other bits");
    demand(value & PP, "ports keep their power");
    at->value &= ~(value & CHANGES);
    at->value |= PP;
    if (value & PED && at->value & PED) {
        at->value &= ~PED;
        at->disabled = true;
        if (at->device != NULL)
            fake_reset_device(at->device, FAKE_OFF);
    }
    if (value & (PR | WPR))
        start_reset(fake, port, value & WPR);
}

static void end_reset(struct fake_xhci *fake, unsigned port)
{
    struct fake_port *at = &fake->ports[port];

    at->reset = 0;
    at->value &= ~PR;
    if (at->device != NULL && at->value & CCS && !at->untrained) {
        enable(fake, port);
        at->device->reset_ended = fake->now;
    }
    change(fake, port, PRC);
}

static void tick_tree(struct fake_usb *device)
{
    if (device->model->hub_ports == 0)
        return;
    fake_tick_hub(device);
    for (unsigned i = 1; i <= device->model->hub_ports; i++)
        if (device->ports[i].device != NULL)
            tick_tree(device->ports[i].device);
}

/* A port of USB 3 that was disabled detects nothing (4.19.1.2.1). */
static bool may_connect(const struct fake_xhci *fake, unsigned port)
{
    const struct fake_port *at = &fake->ports[port];

    return at->value & PP && at->device != NULL && !(at->value & CCS) &&
           fake->resetting == 0 && !(is_usb3(fake, port) && at->disabled);
}

void fake_tick_ports(struct fake_xhci *fake)
{
    for (unsigned i = 1; i <= count(fake); i++) {
        struct fake_port *at = &fake->ports[i];

        if (may_connect(fake, i))
            connect(fake, i);
        if (at->reset != 0 && fake->now >= at->reset)
            end_reset(fake, i);
        if (at->device != NULL)
            tick_tree(at->device);
    }
}

void fake_reset_ports(struct fake_xhci *fake)
{
    for (unsigned i = 1; i <= count(fake); i++) {
        struct fake_port *at = &fake->ports[i];

        at->value = LINK_STATE(RX_DETECT) |
                    (fake->options.power_switches ? 0 : PP) | 0x02008000;
        at->reset = 0;
        at->disabled = false;
        if (at->device != NULL)
            fake_reset_device(at->device, FAKE_OFF);
    }
}

/* --------------------------------------------------------------- the tree ---
 */

struct fake_usb *fake_find(struct fake_xhci *fake, unsigned root,
                           uint32_t route)
{
    struct fake_usb *device =
        root >= 1 && root <= count(fake) ? fake->ports[root].device : NULL;

    for (; route != 0 && device != NULL; route >>= 4) {
        unsigned port = route & 0xF;

        if (port == 0 || port > device->model->hub_ports)
            return NULL;
        device = device->ports[port].device;
    }
    return device;
}

bool fake_reachable(const struct fake_usb *device)
{
    while (device->controller != NULL && device->hub != NULL) {
        if (!(device->hub->ports[device->port].status & HUB_ENABLE) ||
            device->hub->state != FAKE_CONFIGURED)
            return false;
        device = device->hub;
    }
    return device->controller != NULL &&
           device->controller->ports[device->port].value & PED;
}

void fake_plug(struct fake_xhci *fake, struct fake_usb *device,
               struct fake_usb *hub, unsigned port)
{
    device->controller = fake;
    device->hub = hub;
    device->port = port;
    device->state = FAKE_OFF;
    if (hub == NULL) {
        assert_null(fake->ports[port].device);
        fake->ports[port].device = device;
    } else {
        assert_null(hub->ports[port].device);
        hub->ports[port].device = device;
    }
}

static void disconnect_hub_port(struct fake_usb *hub, unsigned port)
{
    struct fake_hub_port *at = &hub->ports[port];

    at->device = NULL;
    at->reset = 0;
    if (at->status & HUB_CONNECTION)
        at->changes |= HUB_CONNECTION;
    at->status &= (uint16_t) ~(HUB_CONNECTION | HUB_ENABLE | HUB_RESET |
                               HUB_LOW | HUB_HIGH);
}

void fake_unplug(struct fake_usb *device)
{
    if (device->controller == NULL)
        return;
    if (device->hub != NULL) {
        disconnect_hub_port(device->hub, device->port);
    } else {
        device->controller->ports[device->port].device = NULL;
        disconnect(device->controller, device->port);
    }
    fake_reset_device(device, FAKE_OFF);
    device->controller = NULL;
}

void fake_disable(struct fake_usb *device)
{
    if (device->hub != NULL) {
        struct fake_hub_port *at = &device->hub->ports[device->port];

        at->status &= (uint16_t)~HUB_ENABLE;
        at->changes |= HUB_ENABLE;
    } else {
        device->controller->ports[device->port].value &= ~PED;
        change(device->controller, device->port, PEC);
    }
    fake_reset_device(device, FAKE_OFF);
}
