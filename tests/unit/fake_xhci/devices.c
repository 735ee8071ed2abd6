/* SPDX-License-Identifier: MIT */
/* USB devices behind the fake controller: standard requests (USB 2.0, 9.4),
   those of keyboards (HID 1.11, 7.2), and interrupt endpoints */
#include "internal.h"
#include <string.h>

#define DEVICE        1
#define CONFIGURATION 2
#define INTERFACE     4
#define ENDPOINT      5
#define HID           0x21
#define HUB           0x29

#define TO_HOST 0x80

/* A descriptor under construction */
struct bytes {
    uint8_t at[256];
    unsigned size;
};

/* --------------------------------------------------------- descriptors --- */

static void add(struct bytes *bytes, const uint8_t *from)
{
    memcpy(bytes->at + bytes->size, from, from[0]);
    bytes->size += from[0];
}

static void make_device(const struct fake_model *model, struct bytes *bytes)
{
    uint8_t class = model->interfaces[0].class == 9 ? 9 : 0;
    uint8_t version = model->speed == FAKE_SUPER ? 3 : 2;

    add(bytes, (const uint8_t[]){18, DEVICE, 0, version, class, 0,
                                 class != 0 && model->speed == FAKE_HIGH,
                                 model->packet_size, 0x34, 0x12, 0x78, 0x56, 0,
                                 1, 1, 2, 0, 1});
}

static void make_interface(const struct fake_interface *interface,
                           struct bytes *bytes)
{
    add(bytes, (const uint8_t[]){9, INTERFACE, interface->number,
                                 interface->alternate, 1, interface->class,
                                 interface->subclass, interface->protocol, 0});
    if (interface->class == 3)
        add(bytes, (const uint8_t[]){9, HID, 0x11, 1, 0, 1, 0x22, 63, 0});
    add(bytes, (const uint8_t[]){7, ENDPOINT, interface->endpoint,
                                 interface->attributes,
                                 (uint8_t)interface->packet_size,
                                 (uint8_t)(interface->packet_size >> 8),
                                 interface->interval});
}

static void make_configuration(const struct fake_model *model,
                               struct bytes *bytes)
{
    add(bytes, (const uint8_t[]){9, CONFIGURATION, 0, 0, 1, model->value, 0,
                                 0xA0, 50});
    for (unsigned i = 0; i < model->count; i++)
        make_interface(&model->interfaces[i], bytes);
    bytes->at[2] = (uint8_t)bytes->size;
    bytes->at[3] = (uint8_t)(bytes->size >> 8);
}

static void make_hub(const struct fake_model *model, struct bytes *bytes)
{
    unsigned flags = 0x0009u | (unsigned)model->think_time << 5;

    add(bytes, (const uint8_t[]){11, HUB, model->hub_ports, (uint8_t)flags, 0,
                                 model->power, 100, 0, 0, 0xFF, 0xFF});
}

static bool make(const struct fake_usb *device, uint8_t type,
                 struct bytes *bytes)
{
    if (type == DEVICE)
        make_device(device->model, bytes);
    else if (type == CONFIGURATION)
        make_configuration(device->model, bytes);
    else if (type == HUB && device->model->hub_ports > 0)
        make_hub(device->model, bytes);
    else
        return false;
    for (unsigned i = 0; i < 3; i++)
        if (device->patch[i].type == type)
            bytes->at[device->patch[i].offset] = device->patch[i].value;
    return true;
}

static enum fake_error get_descriptor(const struct fake_usb *device,
                                      const uint8_t setup[8], uint8_t *data,
                                      unsigned *size)
{
    struct bytes bytes = {.size = 0};

    if (!make(device, setup[3], &bytes) || setup[2] != 0)
        return FAKE_STALL;
    *size = bytes.size < fake_16(setup + 6) ? bytes.size : fake_16(setup + 6);
    memcpy(data, bytes.at, *size);
    return FAKE_NONE;
}

/* ------------------------------------------------------------ requests --- */

static enum fake_error set_configuration(struct fake_usb *device,
                                         const uint8_t setup[8])
{
    demand(fake_16(setup + 4) == 0 && fake_16(setup + 6) == 0,
           "Set Configuration has no index and no data");
    if (setup[2] != device->model->value)
        return FAKE_STALL;
    device->state = FAKE_CONFIGURED;
    for (unsigned i = 0; i < 16; i++)
        device->pipes[i].halted = device->pipes[i].toggle = false;
    return FAKE_NONE;
}

static bool has_endpoint(const struct fake_usb *device, unsigned address)
{
    for (unsigned i = 0; i < device->model->count; i++)
        if (device->model->interfaces[i].endpoint == address)
            return true;
    return false;
}

static enum fake_error clear_halt(struct fake_usb *device,
                                  const uint8_t setup[8])
{
    unsigned address = fake_16(setup + 4);

    demand(fake_16(setup + 2) == 0, "endpoints have the feature HALT only");
    demand(has_endpoint(device, address), "there is no such endpoint");
    if (device->state != FAKE_CONFIGURED)
        return FAKE_STALL;
    device->pipes[address & 15].halted = false;
    device->pipes[address & 15].toggle = false;
    return FAKE_NONE;
}

/* Requests to the keyboard or mouse of an interface */
static enum fake_error hid_request(struct fake_usb *device,
                                   const uint8_t setup[8], const uint8_t *data)
{
    unsigned number = fake_16(setup + 4);

    demand(number < 8, "there is no such interface");
    demand(device->state == FAKE_CONFIGURED,
           "a device is configured before requests to interfaces");
    if (setup[1] == 9) {
        demand(fake_16(setup + 2) == 0x200 && fake_16(setup + 6) == 1,
               "the LEDs are an output report of one byte");
        device->leds[number] = data[0];
        device->leds_set[number]++;
    } else if (setup[1] == 10) {
        device->idle[number] = setup[3];
    } else if (setup[1] == 11) {
        device->protocol[number] = setup[2];
    } else {
        return FAKE_STALL;
    }
    return FAKE_NONE;
}

static enum fake_error answer(struct fake_usb *device, const uint8_t setup[8],
                              uint8_t *data, unsigned *size)
{
    unsigned kind = setup[0] << 8 | setup[1];

    *size = setup[0] & TO_HOST ? 0 : fake_16(setup + 6);
    if (kind == 0x8006)
        return get_descriptor(device, setup, data, size);
    if (kind == 0x0009)
        return set_configuration(device, setup);
    if (kind == 0x0201)
        return clear_halt(device, setup);
    if (setup[0] == 0x21)
        return hid_request(device, setup, data);
    if (kind == 0xA006 && device->model->hub_ports > 0)
        return get_descriptor(device, setup, data, size);
    if (device->model->hub_ports > 0)
        return fake_hub_request(device, setup, data, size);
    return FAKE_STALL;
}

/* Returns the error that a fault demands now. */
static enum fake_error find_fault(struct fake_usb *device,
                                  const uint8_t setup[8])
{
    for (unsigned i = 0; i < 2; i++) {
        struct fake_fault *fault = &device->fault[i];

        if (fault->times == 0 ||
            (fault->request != FAKE_ANY && fault->request != setup[1]))
            continue;
        if (fault->seen++ != fault->after)
            continue;
        fault->times--;
        return fault->error;
    }
    return FAKE_NONE;
}

enum fake_error fake_request(struct fake_usb *device, const uint8_t setup[8],
                             uint8_t *data, unsigned *size)
{
    demand(device->controller->now - device->addressed >= ADDRESSING,
           "a device has 2 ms to recover after Set Address");
    demand(!(setup[0] & TO_HOST) || fake_16(setup + 6) > 0,
           "a request for data asks for some");
    device->requests++;
    enum fake_error error = find_fault(device, setup);

    if (error != FAKE_NONE && error != FAKE_SHORT)
        return error;
    if (!(setup[0] & TO_HOST))
        return answer(device, setup, data, size);
    uint8_t bytes[256];
    bool half = error == FAKE_SHORT;

    error = answer(device, setup, bytes, size);
    if (half)
        *size /= 2;
    memcpy(data, bytes, *size);
    return error;
}

/* ---------------------------------------------------------- interrupts --- */

void fake_report(struct fake_usb *device, unsigned endpoint, const void *bytes,
                 unsigned size)
{
    struct fake_pipe *pipe = &device->pipes[endpoint];

    assert_in_range(pipe->count, 0, FAKE_QUEUE - 1);
    struct fake_packet *packet = &pipe->queue[pipe->count++];

    assert_in_range(size, 0, sizeof packet->bytes);
    packet->error = FAKE_NONE;
    packet->size = size;
    memcpy(packet->bytes, bytes, size);
}

void fake_break(struct fake_usb *device, unsigned endpoint,
                enum fake_error error)
{
    fake_report(device, endpoint, "", 0);
    device->pipes[endpoint].queue[device->pipes[endpoint].count - 1].error =
        error;
}

bool fake_is_sent(const struct fake_usb *device)
{
    for (unsigned i = 0; i < 16; i++)
        if (device->pipes[i].count > 0)
            return false;
    return true;
}

const struct fake_packet *fake_next_packet(struct fake_usb *device,
                                           unsigned number)
{
    static const struct fake_packet stall = {.error = FAKE_STALL};
    struct fake_pipe *pipe = &device->pipes[number];

    if (device->state != FAKE_CONFIGURED)
        return NULL;
    if (pipe->halted)
        return &stall;
    return pipe->count > 0 ? &pipe->queue[0] : NULL;
}

void fake_packet_sent(struct fake_usb *device, unsigned number)
{
    struct fake_pipe *pipe = &device->pipes[number];

    if (pipe->halted || pipe->count == 0)
        return;
    if (pipe->queue[0].error == FAKE_STALL)
        pipe->halted = true;
    else if (pipe->queue[0].error == FAKE_NONE)
        pipe->toggle = !pipe->toggle;
    pipe->count--;
    memmove(pipe->queue, pipe->queue + 1, pipe->count * sizeof pipe->queue[0]);
}

void fake_reset_device(struct fake_usb *device, enum fake_state state)
{
    device->resets++;
    device->state = state;
    device->address = 0;
    device->fault[0].seen = device->fault[1].seen = 0;
    for (unsigned i = 0; i < 16; i++)
        device->pipes[i] = (struct fake_pipe){.count = 0};
    if (device->model->hub_ports > 0)
        fake_reset_hub(device);
}
