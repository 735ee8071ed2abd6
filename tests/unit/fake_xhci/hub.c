/* SPDX-License-Identifier: MIT */
/* A USB hub (USB 2.0, 11.24): its ports and their requests */
#include "internal.h"
#include <string.h>

#define PORT_ENABLE  1
#define PORT_RESET   4
#define PORT_POWER   8
#define FIRST_CHANGE 16
#define LAST_CHANGE  20

/* All ports lose their power. */
void fake_reset_hub(struct fake_usb *hub)
{
    for (unsigned i = 1; i <= hub->model->hub_ports; i++) {
        struct fake_hub_port *port = &hub->ports[i];

        port->status = port->changes = 0;
        port->powered = port->reset = 0;
        if (port->device != NULL && port->device->state != FAKE_OFF)
            fake_reset_device(port->device, FAKE_OFF);
    }
}

static void connect(struct fake_usb *hub, struct fake_hub_port *port)
{
    static const uint16_t speeds[] = {
        [FAKE_FULL] = 0, [FAKE_LOW] = HUB_LOW, [FAKE_HIGH] = 0};

    port->status |= HUB_CONNECTION | speeds[port->device->model->speed];
    port->changes |= HUB_CONNECTION;
    port->connected = hub->controller->now;
}

/* A device of high speed runs at full speed behind a hub of full speed. */
static void end_reset(struct fake_usb *hub, struct fake_hub_port *port)
{
    port->reset = 0;
    port->status &= (uint16_t)~HUB_RESET;
    port->changes |= HUB_RESET;
    if (!(port->status & HUB_CONNECTION) || port->device == NULL)
        return;
    port->status |= HUB_ENABLE;
    if (port->device->model->speed == FAKE_HIGH) {
        demand(hub->model->speed == FAKE_HIGH,
               "(test) no fast device behind a slow hub");
        port->status |= HUB_HIGH;
    }
    fake_reset_device(port->device, FAKE_DEFAULT);
    port->device->reset_ended = hub->controller->now;
}

/* Interval of its interrupt endpoint in microseconds (table 9-13) */
static uint64_t interval(const struct fake_model *model)
{
    unsigned value = model->interfaces[0].interval;

    return model->speed == FAKE_HIGH ? 125ull << (value - 1) : value * MS;
}

static void report_changes(struct fake_usb *hub)
{
    unsigned number = hub->model->interfaces[0].endpoint & 15u;
    struct fake_pipe *pipe = &hub->pipes[number];
    unsigned ports = 0;

    for (unsigned i = 1; i <= hub->model->hub_ports; i++)
        ports |= hub->ports[i].changes != 0 ? 1u << i : 0;
    if (ports == 0 || pipe->count > 0 || hub->controller->now < pipe->next ||
        hub->state != FAKE_CONFIGURED)
        return;
    const uint8_t bytes[] = {(uint8_t)ports, (uint8_t)(ports >> 8)};

    fake_report(hub, number, bytes, 1 + hub->model->hub_ports / 8u);
    pipe->next = hub->controller->now + interval(hub->model);
}

void fake_tick_hub(struct fake_usb *hub)
{
    uint64_t now = hub->controller->now;

    for (unsigned i = 1; i <= hub->model->hub_ports; i++) {
        struct fake_hub_port *port = &hub->ports[i];

        if (port->device != NULL && port->status & HUB_POWER &&
            now >= port->powered && !(port->status & HUB_CONNECTION))
            connect(hub, port);
        if (port->reset != 0 && now >= port->reset)
            end_reset(hub, port);
    }
    report_changes(hub);
}

/* ------------------------------------------------------------ requests --- */

static void start_reset(struct fake_usb *hub, struct fake_hub_port *port)
{
    uint64_t now = hub->controller->now;

    demand(port->status & HUB_POWER, "a port has power before its reset");
    if (!(port->status & HUB_CONNECTION))
        return;
    fake_check_debounce(now - port->connected);
    port->status =
        (uint16_t)((port->status & ~(HUB_ENABLE | HUB_HIGH)) | HUB_RESET);
    port->reset = port->reset_hangs ? FAKE_NEVER : now + RESET_TIME;
    port->disabled = false;
    if (port->device != NULL)
        fake_reset_device(port->device, FAKE_OFF);
}

static void set_power(struct fake_usb *hub, struct fake_hub_port *port)
{
    if (!(port->status & HUB_POWER))
        port->powered =
            hub->controller->now + 2 * MS * (uint64_t)hub->model->power;
    port->status |= HUB_POWER;
}

static enum fake_error set_feature(struct fake_usb *hub,
                                   struct fake_hub_port *port, unsigned feature)
{
    if (feature == PORT_RESET)
        start_reset(hub, port);
    else if (feature == PORT_POWER)
        set_power(hub, port);
    else
        return FAKE_STALL;
    return FAKE_NONE;
}

static enum fake_error clear_feature(struct fake_hub_port *port,
                                     unsigned feature)
{
    if (feature >= FIRST_CHANGE && feature <= LAST_CHANGE) {
        port->changes &= (uint16_t) ~(1u << (feature - FIRST_CHANGE));
    } else if (feature == PORT_ENABLE) {
        port->disabled = port->status & HUB_ENABLE;
        port->status &= (uint16_t)~HUB_ENABLE;
        if (port->device != NULL)
            fake_reset_device(port->device, FAKE_OFF);
    } else {
        return FAKE_STALL;
    }
    return FAKE_NONE;
}

static enum fake_error get_status(const struct fake_usb *hub,
                                  const struct fake_hub_port *port,
                                  uint8_t *data, unsigned *size)
{
    const uint8_t bytes[] = {
        (uint8_t)port->status, (uint8_t)(port->status >> 8),
        (uint8_t)port->changes, (uint8_t)(port->changes >> 8)};

    demand(!(port->status & HUB_POWER) || hub->controller->now >= port->powered,
           "a hub has time to power its ports before they are looked at");
    memcpy(data, bytes, sizeof bytes);
    *size = sizeof bytes;
    return FAKE_NONE;
}

enum fake_error fake_hub_request(struct fake_usb *hub, const uint8_t setup[8],
                                 uint8_t *data, unsigned *size)
{
    unsigned kind = setup[0] << 8 | setup[1];
    unsigned feature = fake_16(setup + 2), number = fake_16(setup + 4);

    demand(hub->state == FAKE_CONFIGURED,
           "a hub is configured before its ports are used");
    demand(number >= 1 && number <= hub->model->hub_ports,
           "the hub has no such port");
    struct fake_hub_port *port = &hub->ports[number];

    if (kind == 0xA300) {
        demand(fake_16(setup + 6) == 4, "the state of a port has four bytes");
        return get_status(hub, port, data, size);
    }
    demand(fake_16(setup + 6) == 0, "requests to ports have no data");
    if (kind == 0x2303)
        return set_feature(hub, port, feature);
    return kind == 0x2301 ? clear_feature(port, feature) : FAKE_STALL;
}
