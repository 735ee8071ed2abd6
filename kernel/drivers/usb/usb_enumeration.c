/* SPDX-License-Identifier: MIT */
#include "usb_enumeration.h"
#include "usb_tree.h"

#define ADDRESS_MS 10 /* after Set Address; at least 2 (USB 2.0, 9.2.6.3) */

/* Descriptors (tables 9-5, 9-8, 9-10 and 11-13) */
#define DEVICE_DESCRIPTOR        1
#define CONFIGURATION_DESCRIPTOR 2
#define HUB_DESCRIPTOR           0x29
#define DEVICE_PART              8 /* bytes as far as the packet size */
#define CONFIGURATION_PART       9
#define HUB_PART                 8

#define PACKET_SIZE  7 /* offsets in a device descriptor, ... */
#define TOTAL_LENGTH 2 /* a configuration descriptor, ... */
#define HUB_PORTS    2 /* and a hub descriptor */
#define HUB_FLAGS    3
#define HUB_POWER    5 /* in units of 2 ms */

#define PORT_POWER 8 /* feature of a port (table 11-17) */

#define BOOT_PROTOCOL 0
#define IDLE_FOREVER  0 /* report only when keys change */

static struct usb_device *device_of(struct usb *usb)
{
    return &usb->devices[usb->device];
}

/* --------------------------------------------------- slot and address --- */

/* A device of low or full speed behind a hub of high speed needs that hub's
   transaction translator (USB 2.0, 11.14; xHCI 1.2, 4.3.3). */
static void place_behind(struct usb_device *device, const struct usb *usb)
{
    const struct usb_device *hub = &usb->devices[usb->hub];
    struct xhci_topology *topology = &device->topology;

    device->depth = (uint8_t)(hub->depth + 1);
    topology->route = hub->topology.route | (uint32_t)usb->port
                                                << 4 * hub->depth;
    topology->root_port = hub->topology.root_port;
    if (usb->speed == USB_HIGH_SPEED)
        return;
    topology->tt_slot = hub->topology.tt_slot;
    topology->tt_port = hub->topology.tt_port;
    if (hub->topology.speed == USB_HIGH_SPEED) {
        topology->tt_slot = usb->xhci.devices[usb->hub].slot;
        topology->tt_port = usb->port;
    }
}

/* Size of the first packets of the control endpoint, by speed (USB 2.0, 5.5.3).
   A device of full speed may have a larger one. */
static uint16_t first_packet_size(uint8_t speed)
{
    return speed >= USB_SUPER_SPEED ? 512 : speed == USB_HIGH_SPEED ? 64 : 8;
}

/* The port job has made sure that there is a device that is not in use. */
static bool begin_slot(struct usb *usb)
{
    usb->device = (uint8_t)usb_find_unused(usb);
    struct usb_device *device = device_of(usb);

    *device = (struct usb_device){
        .used = true,
        .parent = usb->hub,
        .port = usb->port,
        .packet_size = first_packet_size(usb->speed),
        .topology = {.root_port = usb->port, .speed = usb->speed},
    };
    for (unsigned i = 0; i < USB_INTERFACES_MAX; i++)
        device->keyboards[i] = USB_NONE;
    if (usb->hub != USB_NONE)
        place_behind(device, usb);
    xhci_enable_slot(
        &usb->xhci, usb->device,
        usb_protocol_of(usb, device->topology.root_port)->slot_type);
    return true;
}

static bool begin_address(struct usb *usb)
{
    xhci_address_device(&usb->xhci, usb->device, &device_of(usb)->topology,
                        device_of(usb)->packet_size);
    return true;
}

static bool begin_address_wait(struct usb *usb)
{
    usb_wait(usb, ADDRESS_MS);
    return true;
}

/* -------------------------------------------------------- descriptors --- */

static void get_descriptor(struct usb *usb, uint8_t type, uint16_t length)
{
    usb_control(usb, usb->device, USB_DEVICE_IN, USB_GET_DESCRIPTOR,
                (uint16_t)(type << 8), 0, length);
}

static bool begin_device_descriptor(struct usb *usb)
{
    get_descriptor(usb, DEVICE_DESCRIPTOR, DEVICE_PART);
    return true;
}

static bool is_packet_size(uint16_t size, uint8_t speed)
{
    if (speed == USB_FULL_SPEED)
        return size == 8 || size == 16 || size == 32 || size == 64;
    return size == first_packet_size(speed);
}

/* Newer devices give the exponent of two (USB 3.2, table 9-11). */
static enum usb_next end_device_descriptor(struct usb *usb)
{
    const uint8_t *data = xhci_data(&usb->xhci);
    uint8_t speed = device_of(usb)->topology.speed;
    uint16_t size = data[PACKET_SIZE];

    if (speed >= USB_SUPER_SPEED)
        size = (uint16_t)(size < 16 ? 1u << size : 0);
    if (data[1] != DEVICE_DESCRIPTOR || !is_packet_size(size, speed))
        return USB_FAIL;
    usb->index = size != device_of(usb)->packet_size;
    device_of(usb)->packet_size = size;
    return USB_NEXT;
}

static bool begin_packet_size(struct usb *usb)
{
    if (usb->index == 0)
        return false;
    xhci_set_packet_size(&usb->xhci, usb->device, &device_of(usb)->topology,
                         device_of(usb)->packet_size);
    return true;
}

static bool begin_configuration_length(struct usb *usb)
{
    get_descriptor(usb, CONFIGURATION_DESCRIPTOR, CONFIGURATION_PART);
    return true;
}

static uint16_t total_length(const uint8_t *data)
{
    uint16_t total =
        (uint16_t)(data[TOTAL_LENGTH] | data[TOTAL_LENGTH + 1] << 8);

    return total < XHCI_DATA_SIZE ? total : XHCI_DATA_SIZE;
}

static enum usb_next end_configuration_length(struct usb *usb)
{
    const uint8_t *data = xhci_data(&usb->xhci);

    return data[1] == CONFIGURATION_DESCRIPTOR &&
                   total_length(data) >= CONFIGURATION_PART
               ? USB_NEXT
               : USB_FAIL;
}

static bool begin_configuration(struct usb *usb)
{
    get_descriptor(usb, CONFIGURATION_DESCRIPTOR,
                   total_length(xhci_data(&usb->xhci)));
    return true;
}

/* Keyboards have at most high speed, and a hub of USB 3 is two hubs, of which
   the one of high speed has all keyboards: the other one is not needed. */
static bool is_wanted(const struct usb_device *device,
                      const struct usb_interface *interface)
{
    return interface->function == USB_KEYBOARD ||
           (device->topology.speed < USB_SUPER_SPEED &&
            device->depth < USB_TIERS);
}

static void remove_unwanted(struct usb_device *device)
{
    struct usb_configuration *configuration = &device->configuration;
    unsigned count = 0;

    for (unsigned i = 0; i < configuration->count; i++)
        if (is_wanted(device, &configuration->interfaces[i]))
            configuration->interfaces[count++] = configuration->interfaces[i];
    configuration->count = count;
}

/* A device that is no keyboard and no hub is left alone from here on.  It keeps
   its slot, as the controller would give its address to another device. */
static enum usb_next end_configuration(struct usb *usb)
{
    struct usb_device *device = device_of(usb);

    if (!usb_read_configuration(xhci_data(&usb->xhci), XHCI_DATA_SIZE,
                                &device->configuration))
        return USB_FAIL;
    remove_unwanted(device);
    if (device->configuration.count > 0)
        return USB_NEXT;
    *usb_tries(usb, device->parent, device->port) |= USB_SETTLED;
    return USB_END;
}

static bool is_hub(const struct usb_device *device)
{
    for (unsigned i = 0; i < device->configuration.count; i++)
        if (device->configuration.interfaces[i].function == USB_HUB)
            return true;
    return false;
}

static bool begin_hub_descriptor(struct usb *usb)
{
    if (!is_hub(device_of(usb)))
        return false;
    usb_control(usb, usb->device, USB_HUB_IN, USB_GET_DESCRIPTOR,
                HUB_DESCRIPTOR << 8, 0, HUB_PART);
    return true;
}

static enum usb_next end_hub_descriptor(struct usb *usb)
{
    const uint8_t *data = xhci_data(&usb->xhci);
    struct usb_device *device = device_of(usb);
    uint8_t ports = data[HUB_PORTS];

    if (data[1] != HUB_DESCRIPTOR || ports == 0)
        return USB_FAIL;
    device->topology.hub_ports = ports < USB_HUB_PORTS ? ports : USB_HUB_PORTS;
    device->power_ms = (uint16_t)(2 * data[HUB_POWER]);
    if (device->topology.speed == USB_HIGH_SPEED)
        device->topology.think_time = data[HUB_FLAGS] >> 5 & 3;
    return USB_NEXT;
}

/* ------------------------------------------------------ configuration --- */

static bool begin_endpoints(struct usb *usb)
{
    xhci_configure(&usb->xhci, usb->device, &device_of(usb)->topology,
                   &device_of(usb)->configuration);
    return true;
}

static bool begin_set_configuration(struct usb *usb)
{
    usb->index = 0;
    usb_control(usb, usb->device, USB_DEVICE_OUT, USB_SET_CONFIGURATION,
                device_of(usb)->configuration.value, 0, 0);
    return true;
}

/* Sends a request for each keyboard, the first one at or after INDEX. */
static bool begin_keyboards(struct usb *usb, uint8_t request, uint16_t value)
{
    const struct usb_configuration *found = &device_of(usb)->configuration;

    while (usb->index < found->count &&
           found->interfaces[usb->index].function != USB_KEYBOARD)
        usb->index++;
    if (usb->index >= found->count) {
        usb->index = 0;
        return false;
    }
    usb_control(usb, usb->device, USB_INTERFACE_OUT, request, value,
                found->interfaces[usb->index].number, 0);
    return true;
}

static bool begin_protocol(struct usb *usb)
{
    return begin_keyboards(usb, USB_SET_PROTOCOL, BOOT_PROTOCOL);
}

static bool begin_idle(struct usb *usb)
{
    return begin_keyboards(usb, USB_SET_IDLE, IDLE_FOREVER);
}

static enum usb_next end_one(struct usb *usb)
{
    usb->index++;
    return USB_AGAIN;
}

static bool begin_power(struct usb *usb)
{
    if (usb->index >= device_of(usb)->topology.hub_ports)
        return false;
    usb_control(usb, usb->device, USB_PORT_OUT, USB_SET_FEATURE, PORT_POWER,
                (uint16_t)(usb->index + 1), 0);
    return true;
}

static bool begin_power_wait(struct usb *usb)
{
    usb_wait(usb, device_of(usb)->power_ms);
    return device_of(usb)->topology.hub_ports > 0;
}

/* ---------------------------------------------------------------- use --- */

/* Keyboards beyond the last number are not used. */
static void add_keyboard(struct usb *usb, unsigned interface)
{
    unsigned number = 0;

    while (number < USB_KEYBOARDS && usb->keyboards[number].used)
        number++;
    if (number == USB_KEYBOARDS)
        return;
    device_of(usb)->keyboards[interface] = (uint8_t)number;
    usb->keyboards[number] = (struct usb_keyboard){
        .used = true,
        .device = usb->device,
        .interface = (uint8_t)interface,
    };
    usb->client.plugged(usb->client.context, number,
                        usb_locate(device_of(usb)));
}

static bool begin_use(struct usb *usb)
{
    struct usb_device *device = device_of(usb);

    *usb_tries(usb, device->parent, device->port) |= USB_SETTLED;
    device->changed = (uint16_t)((2u << device->topology.hub_ports) - 2u);
    for (unsigned i = 0; i < device->configuration.count; i++) {
        xhci_listen(&usb->xhci, usb->device, i);
        if (device->configuration.interfaces[i].function == USB_KEYBOARD)
            add_keyboard(usb, i);
    }
    return true;
}

const struct usb_step usb_enumeration_job[] = {
    {begin_slot, NULL, .what = "slot"},
    {begin_address, NULL, .what = "address"},
    {begin_address_wait, NULL, .what = NULL},
    {begin_device_descriptor, end_device_descriptor,
     .what = "device descriptor"},
    {begin_packet_size, NULL, .what = "packet size"},
    {begin_configuration_length, end_configuration_length,
     .what = "configuration descriptor"},
    {begin_configuration, end_configuration,
     .what = "configuration descriptor"},
    {begin_hub_descriptor, end_hub_descriptor, .what = "hub descriptor"},
    {begin_endpoints, NULL, .what = "endpoints"},
    {begin_set_configuration, NULL, .what = "configuration"},
    {begin_protocol, end_one, .optional = true, .what = "boot protocol"},
    {begin_idle, end_one, .optional = true, .what = "idle rate"},
    {begin_power, end_one, .optional = true, .what = "power of the ports"},
    {begin_power_wait, NULL, .what = NULL},
    {begin_use, NULL, .what = NULL},
    {.begin = NULL},
};
