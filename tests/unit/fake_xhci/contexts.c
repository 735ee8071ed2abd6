/* SPDX-License-Identifier: MIT */
/* Commands with an input context (xHCI 1.2, 4.6.5 to 4.6.7 and 6.2): the fake
   compares each field with the device that is really there. */
#include "internal.h"
#include <string.h>

#define SLOT    0 /* numbers of contexts in a device context */
#define CONTROL 1

#define ENTRIES(word)  ((word) >> 27)
#define TYPE_CONTROL   4
#define TYPE_INTERRUPT 7

struct input {
    const uint32_t *words;
    unsigned size; /* of each context, in words */
};

static unsigned context_size(const struct fake_xhci *fake)
{
    return fake->options.wide ? 16 : 8;
}

static struct input input_of(const struct fake_xhci *fake,
                             const struct fake_trb *trb)
{
    unsigned size = context_size(fake);
    uint64_t address = trb->word[0] | (uint64_t)trb->word[1] << 32;
    struct input input = {
        fake_at(fake, address, 33 * size * 4, 64, 4096, "input context"), size};

    for (unsigned i = 2; i < size; i++)
        demand(input.words[i] == 0, "an input control context ends with zeros");
    return input;
}

static const uint32_t *context(const struct input *input, unsigned number)
{
    return input->words + (number + 1) * input->size;
}

static unsigned slot_of(const struct fake_xhci *fake,
                        const struct fake_usb *device)
{
    for (unsigned i = 1; i <= FAKE_SLOTS; i++)
        if (fake->slots[i].state > FAKE_SLOT_ENABLED &&
            fake->slots[i].device == device &&
            fake->slots[i].resets == device->resets)
            return i;
    return 0;
}

/* ---------------------------------------------------------------- slot --- */

/* Returns the word with the translator of a device: port and slot of the last
   hub of high speed (6.2.2, table 6-6), if the device needs it. */
static uint32_t translator(const struct fake_xhci *fake,
                           const struct fake_usb *device)
{
    unsigned port = device->port;
    const struct fake_usb *hub = device->hub;

    if (device->model->speed != FAKE_LOW && device->model->speed != FAKE_FULL)
        return 0;
    while (hub != NULL && hub->model->speed != FAKE_HIGH) {
        port = hub->port;
        hub = hub->hub;
    }
    return hub != NULL ? slot_of(fake, hub) | port << 8 : 0;
}

static void check_slot(const struct fake_xhci *fake, const struct input *input,
                       const struct fake_usb *device)
{
    const uint32_t *slot = context(input, SLOT);

    demand((slot[0] & 0x01000000) == 0, "reserved bits of a slot are zero");
    demand((slot[0] & 0x02000000) == 0, "no hub has several translators here");
    demand((slot[0] >> 20 & 0xF) == device->model->speed,
           "the slot has the device's speed");
    demand((slot[2] & 0xFFFF) == translator(fake, device),
           "the slot names the translator if the device needs one");
    demand((slot[2] & 0xFFFC0000) == 0, "the slot has the interrupter 0");
    for (unsigned i = 3; i < input->size; i++)
        demand(slot[i] == 0, "a slot context ends with zeros");
}

static void check_hub(const struct input *input, const struct fake_usb *device)
{
    const uint32_t *slot = context(input, SLOT);
    const struct fake_model *model = device->model;
    bool fast = model->speed == FAKE_HIGH;

    demand((slot[0] >> 26 & 1) == (model->hub_ports > 0),
           "the slot says whether the device is a hub");
    demand(slot[1] >> 24 == model->hub_ports,
           "the slot has the number of the hub's ports");
    demand((slot[2] >> 16 & 3) == (fast ? model->think_time : 0),
           "the slot has the think time of a hub of high speed");
}

/* ----------------------------------------------------------- endpoints --- */

static void check_packet_size(unsigned size, const struct fake_usb *device)
{
    switch (device->model->speed) {
    case FAKE_LOW:
        demand(size == 8, "control packets at low speed have 8 bytes");
        break;
    case FAKE_FULL:
        demand(size == 8 || size == 16 || size == 32 || size == 64,
               "control packets at full speed have 8 to 64 bytes");
        break;
    case FAKE_HIGH:
        demand(size == 64, "control packets at high speed have 64 bytes");
        break;
    default:
        demand(size == 512, "control packets of USB 3 have 512 bytes");
    }
}

static void check_endpoint(const struct input *input, unsigned number,
                           unsigned type)
{
    const uint32_t *words = context(input, number);

    demand((words[0] & 0xFF00FFFF) == 0, "no streams, no Mult, no LSA");
    demand((words[1] & 7) == 6, "CErr is 3, and reserved bits are zero");
    demand((words[1] >> 3 & 7) == type, "the endpoint has the right type");
    demand((words[1] & 0xFFC0) == 0, "there are no bursts");
    demand((words[2] & 0xE) == 0, "a dequeue pointer is aligned to 16");
    for (unsigned i = 5; i < input->size; i++)
        demand(words[i] == 0, "an endpoint context ends with zeros");
}

/* The exponent of the interval in units of 125 us (6.2.3.6).  bInterval is 1 to
   255 or, at high speed, to 16. */
static unsigned exponent(enum fake_speed speed, unsigned interval)
{
    unsigned found = 0;

    if (interval == 0)
        interval = 1;
    if (speed == FAKE_HIGH)
        return interval < 16 ? interval - 1 : 15;
    for (unsigned units = 8 * interval; units > 1; units /= 2)
        found++;
    return found;
}

static const struct fake_interface *
find_interface(const struct fake_model *model, unsigned number)
{
    for (unsigned i = 0; i < model->count; i++)
        if (model->interfaces[i].alternate == 0 &&
            (model->interfaces[i].endpoint & 15u) * 2 +
                    (model->interfaces[i].endpoint >> 7) ==
                number)
            return &model->interfaces[i];
    fail_msg("The device has no endpoint %u.", number);
    return NULL;
}

static void check_pipe(const struct input *input, unsigned number,
                       const struct fake_model *model)
{
    const struct fake_interface *interface = find_interface(model, number);
    const uint32_t *words = context(input, number);

    check_endpoint(input, number, TYPE_INTERRUPT);
    demand(words[1] >> 16 == interface->packet_size,
           "the endpoint has the device's packet size");
    demand((words[0] >> 16 & 0xFF) ==
               exponent(model->speed, interface->interval),
           "the endpoint has the device's interval");
    demand(words[4] >> 16 == interface->packet_size,
           "the maximum payload is a packet");
    demand((words[4] & 0xFFFF) > 0 &&
               (words[4] & 0xFFFF) <= interface->packet_size,
           "the average length of a TRB is that of a packet");
}

static void enable_endpoint(const struct fake_xhci *fake,
                            struct fake_slot *slot, const struct input *input,
                            unsigned number)
{
    const uint32_t *words = context(input, number);

    slot->endpoints[number] = (struct fake_endpoint){
        .state = FAKE_RUNNING,
        .ring = fake_ring_from(fake, words[2] | (uint64_t)words[3] << 32),
        .packet_size = words[1] >> 16,
    };
}

/* -------------------------------------------------- the output context --- */

static uint32_t *output_of(const struct fake_xhci *fake, unsigned number)
{
    const uint64_t *base = fake_at(fake, fake->contexts, 2048, 64, 4096,
                                   "device context base address array");
    unsigned size = 32 * 4 * context_size(fake);

    for (unsigned i = 1; i <= FAKE_SLOTS; i++)
        demand(i == number || fake->slots[i].state <= FAKE_SLOT_ENABLED ||
                   base[i] + size <= base[number] ||
                   base[number] + size <= base[i],
               "each slot has a device context of its own");
    return fake_at(fake, base[number], size, 64, 4096, "device context");
}

static void check_output(const struct fake_xhci *fake, unsigned number)
{
    const uint32_t *words = output_of(fake, number);

    for (unsigned i = 0; i < 32 * context_size(fake); i++)
        demand(words[i] == 0, "a device context is all zeros at first");
}

/* Copies the contexts whose bits are set in ADDED, and sets their states. */
static void write_output(const struct fake_xhci *fake, unsigned number,
                         const struct input *input, uint32_t added)
{
    static const uint8_t states[] = {0, 1, 2, 3};
    const struct fake_slot *slot = &fake->slots[number];
    uint32_t *output = output_of(fake, number);

    for (unsigned i = 0; i < 32; i++) {
        if (!(added >> i & 1))
            continue;
        memcpy(output + i * input->size, context(input, i), 4 * input->size);
        if (i > 0)
            output[i * input->size] |= slot->endpoints[i].state;
    }
    output[3] = (uint32_t)states[slot->state] << 27 | slot->address;
}

/* ------------------------------------------------------------ commands --- */

static bool is_on_bus_of(const struct fake_usb *one, const struct fake_usb *two)
{
    while (one->hub != NULL)
        one = one->hub;
    while (two->hub != NULL)
        two = two->hub;
    return one == two;
}

/* Calls itself for all devices behind a hub.  Returns true if another device on
   the bus would respond to the address as well. */
static bool collides(const struct fake_usb *at, const struct fake_usb *device,
                     uint8_t address)
{
    if (at != device && at->state != FAKE_OFF && fake_reachable(at) &&
        at->address == address && is_on_bus_of(at, device))
        return true;
    for (unsigned i = 1; i <= at->model->hub_ports; i++)
        if (at->ports[i].device != NULL &&
            collides(at->ports[i].device, device, address))
            return true;
    return false;
}

static void check_address(struct fake_xhci *fake, const struct fake_usb *device,
                          uint8_t address)
{
    const struct fake_usb *root = device;

    while (root->hub != NULL)
        root = root->hub;
    demand(fake->now - device->reset_ended >= RECOVERY,
           "a device has 10 ms to recover after a reset");
    demand(!collides(root, device, 0),
           "only one device on a bus has no address yet");
    demand(!collides(root, device, address),
           "no device that the driver has forgotten has this address");
}

/* Addresses are those of free slots, as in some controllers. */
static unsigned address_device(struct fake_xhci *fake, struct fake_slot *slot,
                               unsigned number, struct fake_usb *device)
{
    if (device == NULL || !fake_reachable(device) ||
        device->state != FAKE_DEFAULT)
        return CODE_TRANSACTION;
    demand(slot_of(fake, device) == 0, "a device has only one slot");
    check_address(fake, device, (uint8_t)number);
    if (device->address_errors > 0) {
        device->address_errors--;
        return CODE_TRANSACTION;
    }
    device->state = FAKE_ADDRESSED;
    device->address = (uint8_t)number;
    device->addressed = fake->now;
    slot->state = FAKE_SLOT_ADDRESSED;
    slot->address = device->address;
    slot->device = device;
    slot->resets = device->resets;
    return CODE_SUCCESS;
}

static uint8_t type_of_port(const struct fake_xhci *fake, unsigned port)
{
    return port <= fake->options.usb2 ? fake->options.slot_type2
                                      : fake->options.slot_type3;
}

unsigned fake_do_address(struct fake_xhci *fake, struct fake_slot *slot,
                         unsigned number, const struct fake_trb *trb)
{
    struct input input = input_of(fake, trb);
    const uint32_t *words = context(&input, SLOT);
    unsigned root = words[1] >> 16 & 0xFF;
    struct fake_usb *device = fake_find(fake, root, words[0] & 0xFFFFF);

    if (slot->state != FAKE_SLOT_ENABLED)
        return CODE_STATE;
    demand(root >= 1 && root <= fake->options.usb2 + fake->options.usb3,
           "there is no such root port");
    demand(type_of_port(fake, root) == slot->type,
           "the slot has the type of its root port");
    demand(input.words[0] == 0 && input.words[1] == 3,
           "Address Device has a slot and a control endpoint");
    demand(ENTRIES(words[0]) == 1, "only the control endpoint has a context");
    check_output(fake, number);
    check_endpoint(&input, CONTROL, TYPE_CONTROL);
    demand(context(&input, CONTROL)[0] == 0, "control has no interval");
    demand(context(&input, CONTROL)[4] == 8,
           "the average length of a control TRB is 8");
    if (device != NULL && fake_reachable(device)) {
        check_slot(fake, &input, device);
        check_packet_size(context(&input, CONTROL)[1] >> 16, device);
    }
    unsigned code = address_device(fake, slot, number, device);

    if (code == CODE_SUCCESS) {
        enable_endpoint(fake, slot, &input, CONTROL);
        write_output(fake, number, &input, 3);
    }
    return code;
}

unsigned fake_do_evaluate(struct fake_xhci *fake, struct fake_slot *slot,
                          const struct fake_trb *trb)
{
    struct input input = input_of(fake, trb);
    unsigned size = context(&input, CONTROL)[1] >> 16;

    if (slot->state < FAKE_SLOT_ADDRESSED)
        return CODE_STATE;
    demand(input.words[0] == 0 && (input.words[1] & ~3u) == 0,
           "Evaluate Context has a slot and a control endpoint");
    if (!(input.words[1] & 2))
        return CODE_SUCCESS;
    check_packet_size(size, slot->device);
    slot->endpoints[CONTROL].packet_size = size;
    return CODE_SUCCESS;
}

unsigned fake_do_configure(struct fake_xhci *fake, struct fake_slot *slot,
                           const struct fake_trb *trb)
{
    struct input input = input_of(fake, trb);
    uint32_t added = input.words[1];
    unsigned last = 1;

    if (slot->state < FAKE_SLOT_ADDRESSED)
        return CODE_STATE;
    demand(input.words[0] == 0, "there is no endpoint to drop");
    demand((added & 3) == 1, "Configure Endpoint has a slot but no control");
    for (unsigned i = 2; i < 32; i++) {
        if (!(added >> i & 1))
            continue;
        demand(slot->endpoints[i].state == FAKE_DISABLED,
               "an endpoint is added once");
        check_pipe(&input, i, slot->device->model);
        enable_endpoint(fake, slot, &input, i);
        last = i;
    }
    demand(ENTRIES(context(&input, SLOT)[0]) == last,
           "the number of contexts is that of the last endpoint");
    if (fake_reachable(slot->device))
        check_slot(fake, &input, slot->device);
    check_hub(&input, slot->device);
    slot->state = FAKE_SLOT_CONFIGURED;
    write_output(fake, (unsigned)(slot - fake->slots), &input, added);
    return CODE_SUCCESS;
}
