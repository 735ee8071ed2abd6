/* SPDX-License-Identifier: MIT */
#include "descriptors.h"

/* Every descriptor starts with its length and its type (9.5). */
#define LENGTH 0
#define TYPE   1

#define HEADER_SIZE 2

/* Types (table 9-5), each with the least length of such a descriptor */
#define TYPE_CONFIGURATION 2
#define TYPE_INTERFACE     4
#define TYPE_ENDPOINT      5

#define CONFIGURATION_SIZE 9
#define INTERFACE_SIZE     9
#define ENDPOINT_SIZE      7

/* Offsets in a configuration descriptor (table 9-10) */
#define TOTAL_LENGTH        2
#define CONFIGURATION_VALUE 5

/* Offsets in an interface descriptor (table 9-12) */
#define INTERFACE_NUMBER   2
#define ALTERNATE_SETTING  3
#define INTERFACE_CLASS    5
#define INTERFACE_SUBCLASS 6
#define INTERFACE_PROTOCOL 7

/* Offsets in an endpoint descriptor (table 9-13) and their fields */
#define ENDPOINT_ADDRESS 2
#define ATTRIBUTES       3
#define PACKET_SIZE      4
#define INTERVAL         6

#define ENDPOINT_NUMBER 0x0F
#define ENDPOINT_IN     0x80
#define TRANSFER_TYPE   0x03
#define INTERRUPT       0x03
#define PACKET_MASK     0x7FFu
#define PACKET_SIZE_MAX 1024u

#define ANY 0xFFu /* matches every subclass and protocol */

/* Protocols of hubs differ by speed and by their transaction translators. */
static const struct {
    uint8_t class, subclass, protocol;
    enum usb_function function;
} functions[] = {
    {3, 1, 1, USB_KEYBOARD},
    {9, ANY, ANY, USB_HUB},
};

static uint16_t read_16(const uint8_t *at)
{
    return (uint16_t)(at[0] | at[1] << 8);
}

static bool matches(uint8_t expected, uint8_t value)
{
    return expected == ANY || expected == value;
}

static enum usb_function find_function(const uint8_t *descriptor)
{
    if (descriptor[ALTERNATE_SETTING] != 0)
        return USB_OTHER;
    for (unsigned i = 0; i < sizeof functions / sizeof functions[0]; i++)
        if (functions[i].class == descriptor[INTERFACE_CLASS] &&
            matches(functions[i].subclass, descriptor[INTERFACE_SUBCLASS]) &&
            matches(functions[i].protocol, descriptor[INTERFACE_PROTOCOL]))
            return functions[i].function;
    return USB_OTHER;
}

/* The endpoints that follow an interface descriptor belong to it.  Those behind
   one that is too short belong to none. */
static void read_interface(const uint8_t *descriptor,
                           struct usb_interface *interface)
{
    *interface = (struct usb_interface){.function = USB_OTHER};
    if (descriptor[LENGTH] < INTERFACE_SIZE)
        return;
    interface->function = find_function(descriptor);
    interface->number = descriptor[INTERFACE_NUMBER];
}

/* Returns false if this is not a valid interrupt IN endpoint. */
static bool read_endpoint(const uint8_t *descriptor,
                          struct usb_interface *interface)
{
    if (descriptor[LENGTH] < ENDPOINT_SIZE)
        return false;
    uint8_t address = descriptor[ENDPOINT_ADDRESS];
    uint8_t interval = descriptor[INTERVAL];

    interface->endpoint = address & ENDPOINT_NUMBER;
    interface->packet_size = read_16(descriptor + PACKET_SIZE) & PACKET_MASK;
    interface->interval = interval > 0 ? interval : 1;
    return address & ENDPOINT_IN && interface->endpoint > 0 &&
           (descriptor[ATTRIBUTES] & TRANSFER_TYPE) == INTERRUPT &&
           interface->packet_size > 0 &&
           interface->packet_size <= PACKET_SIZE_MAX;
}

static bool is_taken(const struct usb_configuration *configuration,
                     const struct usb_interface *interface)
{
    for (unsigned i = 0; i < configuration->count; i++)
        if (configuration->interfaces[i].number == interface->number ||
            configuration->interfaces[i].endpoint == interface->endpoint)
            return true;
    return false;
}

/* Adds an interface and its endpoint, unless either is there already. */
static void add(struct usb_configuration *configuration,
                const struct usb_interface *interface)
{
    if (configuration->count < USB_INTERFACES_MAX &&
        !is_taken(configuration, interface))
        configuration->interfaces[configuration->count++] = *interface;
}

/* Reads one descriptor.  INTERFACE is the one that it belongs to. */
static void read_descriptor(const uint8_t *descriptor,
                            struct usb_interface *interface,
                            struct usb_configuration *configuration)
{
    if (descriptor[TYPE] == TYPE_INTERFACE)
        read_interface(descriptor, interface);
    else if (descriptor[TYPE] == TYPE_ENDPOINT &&
             interface->function != USB_OTHER &&
             read_endpoint(descriptor, interface))
        add(configuration, interface);
}

bool usb_read_configuration(const uint8_t *bytes, size_t size,
                            struct usb_configuration *configuration)
{
    struct usb_interface interface = {.function = USB_OTHER};

    *configuration = (struct usb_configuration){.count = 0};
    if (size < CONFIGURATION_SIZE || bytes[LENGTH] < CONFIGURATION_SIZE ||
        bytes[TYPE] != TYPE_CONFIGURATION)
        return false;
    size_t total = read_16(bytes + TOTAL_LENGTH);
    size_t left = total < size ? total : size;

    configuration->value = bytes[CONFIGURATION_VALUE];
    while (left >= HEADER_SIZE && bytes[LENGTH] >= HEADER_SIZE &&
           bytes[LENGTH] <= left) {
        read_descriptor(bytes, &interface, configuration);
        left -= bytes[LENGTH];
        bytes += bytes[LENGTH];
    }
    return true;
}
