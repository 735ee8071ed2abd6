/* SPDX-License-Identifier: MIT */
/* Fuzzes the reader of USB configuration descriptors with arbitrary bytes,
   which are allocated exactly, so that a read beyond them is found. */
#include "fuzz.h"
#include "drivers/usb/descriptors.h"

static void check(const struct usb_interface *interface)
{
    MUST(interface->function == USB_KEYBOARD || interface->function == USB_HUB);
    MUST(interface->endpoint >= 1 && interface->endpoint <= 15);
    MUST(interface->packet_size >= 1 && interface->packet_size <= 1024);
    MUST(interface->interval >= 1);
}

/* No two interfaces share a number or an endpoint. */
static void check_all(const struct usb_configuration *configuration)
{
    MUST(configuration->count <= USB_INTERFACES_MAX);
    for (unsigned i = 0; i < configuration->count; i++) {
        const struct usb_interface *each = &configuration->interfaces[i];

        check(each);
        for (unsigned j = 0; j < i; j++) {
            MUST(configuration->interfaces[j].number != each->number);
            MUST(configuration->interfaces[j].endpoint != each->endpoint);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct usb_configuration configuration;
    uint8_t *bytes = malloc(size + 1);

    MUST(bytes != NULL);
    if (size > 0)
        memcpy(bytes + 1, data, size);
    memset(&configuration, 0xA5, sizeof configuration);
    bool found = usb_read_configuration(bytes + 1, size, &configuration);

    free(bytes);
    check_all(&configuration);
    MUST(found || configuration.count == 0);
    return 0;
}
