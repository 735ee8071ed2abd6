/* SPDX-License-Identifier: MIT */
#include "xhci_operations.h"

#define CONTROL_ID 1 /* endpoint ID of the control endpoint */
#define TRANSFERS  4 /* in progress in a pipe, at most XHCI_RING - 2 */

#define SLOT_TYPE(type)                                                        \
    ((uint32_t)(type) << 16) /* of Enable Slot (6.4.3.2)                       \
                              */

static struct xhci_ring *ring_of(struct xhci *xhci, unsigned device,
                                 unsigned pipe)
{
    struct xhci_device *found = &xhci->devices[device];

    return pipe == XHCI_CONTROL ? &found->control : &found->pipes[pipe].ring;
}

static uint8_t id_of(const struct xhci *xhci, unsigned device, unsigned pipe)
{
    return pipe == XHCI_CONTROL ? CONTROL_ID
                                : xhci->devices[device].pipes[pipe].id;
}

static volatile struct xhci_trb *trbs_of(struct xhci *xhci, unsigned device,
                                         unsigned pipe)
{
    return pipe == XHCI_CONTROL ? xhci->memory->control[device]
                                : xhci->memory->pipe[device][pipe];
}

static void empty_ring(struct xhci *xhci, unsigned device, unsigned pipe)
{
    volatile struct xhci_trb *trbs = trbs_of(xhci, device, pipe);

    xhci_ring_start(ring_of(xhci, device, pipe), trbs,
                    xhci_address_of(xhci, trbs));
}

enum xhci_result xhci_result(const struct xhci *xhci)
{
    return xhci->operation.result;
}

void xhci_clear_result(struct xhci *xhci)
{
    xhci->operation.result = XHCI_DONE;
}

/* ----------------------------------------------------------- commands --- */

/* The operation ends with the TRB added last to RING, which has INDEX. */
static void begin(struct xhci *xhci, unsigned device,
                  enum xhci_trb_type command, const struct xhci_ring *ring,
                  unsigned index)
{
    xhci->operation.result = XHCI_PENDING;
    xhci->operation.command = command;
    xhci->operation.device = (uint8_t)device;
    xhci->operation.last =
        ring->address + index * (uint32_t)sizeof(struct xhci_trb);
    xhci->deadline =
        xhci->now + (command != 0 ? XHCI_COMMAND_US : XHCI_CONTROL_US);
}

/* PARAMETER is an address, and MORE has other bits of the control word. */
static void command(struct xhci *xhci, unsigned device, enum xhci_trb_type type,
                    uint32_t parameter, uint32_t more)
{
    const struct xhci_trb trb = {
        .parameter = {parameter, 0},
        .control = XHCI_TRB_TYPE(type) |
                   XHCI_TRB_SLOT(xhci->devices[device].slot) | more,
    };

    begin(xhci, device, type, &xhci->commands,
          xhci_ring_add(&xhci->commands, &trb));
    xhci_ring_doorbell(xhci, 0, 0);
}

static bool has_slot(const struct xhci *xhci, uint8_t slot)
{
    for (unsigned i = 0; i < XHCI_DEVICES; i++)
        if (xhci->devices[i].slot == slot)
            return true;
    return false;
}

/* A slot that another device has, or that does not exist, is refused. */
static bool take_slot(struct xhci *xhci, unsigned device, uint8_t slot)
{
    if (slot == 0 || slot > xhci->capabilities.slots || has_slot(xhci, slot))
        return false;
    xhci->devices[device].slot = slot;
    return true;
}

/* The controller may write to the context of a slot until that is disabled. */
static void release_slot(struct xhci *xhci, unsigned device)
{
    xhci->memory->contexts[xhci->devices[device].slot] = 0;
    xhci->devices[device].slot = 0;
}

/* A slot that cannot be disabled is not used either, and an endpoint that
   cannot be reset may still be emptied. */
bool xhci_command_ended(struct xhci *xhci, bool success, uint8_t slot)
{
    unsigned device = xhci->operation.device;

    switch (xhci->operation.command) {
    case XHCI_DISABLE_SLOT:
        release_slot(xhci, device);
        return true;
    case XHCI_RESET_ENDPOINT:
        return true;
    case XHCI_ENABLE_SLOT:
        return success && take_slot(xhci, device, slot);
    default:
        return success;
    }
}

void xhci_enable_slot(struct xhci *xhci, unsigned device, uint8_t slot_type)
{
    xhci->devices[device] = (struct xhci_device){.slot = 0};
    command(xhci, device, XHCI_ENABLE_SLOT, 0, SLOT_TYPE(slot_type));
}

void xhci_disable_slot(struct xhci *xhci, unsigned device)
{
    struct xhci_device *found = &xhci->devices[device];

    *found = (struct xhci_device){.slot = found->slot};
    command(xhci, device, XHCI_DISABLE_SLOT, 0, 0);
}

static struct xhci_input start_input(struct xhci *xhci,
                                     const struct xhci_topology *topology,
                                     uint8_t last_id)
{
    struct xhci_input input;

    xhci_input_start(&input, xhci->memory->input,
                     xhci->capabilities.wide_contexts, topology, last_id);
    return input;
}

static void command_input(struct xhci *xhci, unsigned device,
                          enum xhci_trb_type type)
{
    command(xhci, device, type, xhci_address_of(xhci, xhci->memory->input), 0);
}

static void add_control(struct xhci *xhci, unsigned device,
                        struct xhci_input *input, uint16_t packet_size)
{
    const struct xhci_endpoint endpoint = {
        .id = CONTROL_ID,
        .packet_size = packet_size,
        .ring = xhci_ring_position(&xhci->devices[device].control),
    };

    xhci_input_endpoint(input, &endpoint);
}

void xhci_address_device(struct xhci *xhci, unsigned device,
                         const struct xhci_topology *topology,
                         uint16_t packet_size)
{
    struct xhci_input input = start_input(xhci, topology, CONTROL_ID);
    volatile uint8_t *context = xhci->memory->device[device];

    for (unsigned i = 0; i < sizeof xhci->memory->device[device]; i++)
        context[i] = 0;
    xhci->memory->contexts[xhci->devices[device].slot] =
        xhci_address_of(xhci, context);
    empty_ring(xhci, device, XHCI_CONTROL);
    add_control(xhci, device, &input, packet_size);
    command_input(xhci, device, XHCI_ADDRESS_DEVICE);
}

void xhci_set_packet_size(struct xhci *xhci, unsigned device,
                          const struct xhci_topology *topology,
                          uint16_t packet_size)
{
    struct xhci_input input = start_input(xhci, topology, CONTROL_ID);

    add_control(xhci, device, &input, packet_size);
    command_input(xhci, device, XHCI_EVALUATE_CONTEXT);
}

static uint8_t endpoint_id(const struct usb_interface *interface)
{
    return (uint8_t)(2 * interface->endpoint + 1);
}

static uint8_t last_id(const struct usb_configuration *configuration)
{
    uint8_t last = CONTROL_ID;

    for (unsigned i = 0; i < configuration->count; i++)
        if (endpoint_id(&configuration->interfaces[i]) > last)
            last = endpoint_id(&configuration->interfaces[i]);
    return last;
}

/* Makes a pipe and adds it to the input context. */
static void add_pipe(struct xhci *xhci, unsigned device, unsigned number,
                     const struct usb_interface *interface, uint8_t speed,
                     struct xhci_input *input)
{
    struct xhci_pipe *pipe = &xhci->devices[device].pipes[number];
    uint16_t size = interface->packet_size;

    empty_ring(xhci, device, number);
    pipe->id = endpoint_id(interface);
    pipe->size = size < XHCI_PACKET ? size : XHCI_PACKET;
    xhci_input_endpoint(
        input, &(struct xhci_endpoint){
                   .id = pipe->id,
                   .interval = xhci_interval(speed, interface->interval),
                   .packet_size = size,
                   .ring = xhci_ring_position(&pipe->ring),
               });
}

void xhci_configure(struct xhci *xhci, unsigned device,
                    const struct xhci_topology *topology,
                    const struct usb_configuration *configuration)
{
    struct xhci_input input =
        start_input(xhci, topology, last_id(configuration));

    for (unsigned i = 0; i < configuration->count; i++)
        add_pipe(xhci, device, i, &configuration->interfaces[i],
                 topology->speed, &input);
    command_input(xhci, device, XHCI_CONFIGURE_ENDPOINT);
}

void xhci_reset_endpoint(struct xhci *xhci, unsigned device, unsigned pipe)
{
    command(xhci, device, XHCI_RESET_ENDPOINT, 0,
            XHCI_TRB_ENDPOINT(id_of(xhci, device, pipe)));
}

void xhci_empty_endpoint(struct xhci *xhci, unsigned device, unsigned pipe)
{
    empty_ring(xhci, device, pipe);
    command(xhci, device, XHCI_SET_DEQUEUE,
            xhci_ring_position(ring_of(xhci, device, pipe)),
            XHCI_TRB_ENDPOINT(id_of(xhci, device, pipe)));
}

/* ---------------------------------------------------------- transfers --- */

uint8_t *xhci_data(struct xhci *xhci)
{
    return (uint8_t *)xhci->memory->data;
}

static uint32_t stage_of(const struct usb_request *request)
{
    return request->length == 0          ? XHCI_STAGE_NONE
           : request->type & USB_TO_HOST ? XHCI_STAGE_IN
                                         : XHCI_STAGE_OUT;
}

void xhci_control(struct xhci *xhci, unsigned device,
                  const struct usb_request *request)
{
    struct xhci_ring *ring = &xhci->devices[device].control;
    bool in = request->length > 0 && (request->type & USB_TO_HOST);
    const struct xhci_trb setup = {
        .parameter = {request->type | request->request << 8 |
                          (uint32_t)request->value << 16,
                      request->index | (uint32_t)request->length << 16},
        .status = 8,
        .control = XHCI_TRB_TYPE(XHCI_SETUP) | XHCI_TRB_IMMEDIATE |
                   XHCI_TRB_STAGE(stage_of(request)),
    };
    const struct xhci_trb data = {
        .parameter = {xhci_address_of(xhci, xhci->memory->data), 0},
        .status = request->length,
        .control = XHCI_TRB_TYPE(XHCI_DATA) | (in ? XHCI_TRB_IN : 0),
    };
    const struct xhci_trb status = {
        .control = XHCI_TRB_TYPE(XHCI_STATUS) | XHCI_TRB_INTERRUPT |
                   (in ? 0 : XHCI_TRB_IN),
    };

    for (unsigned i = 0; in && i < XHCI_DATA_SIZE; i++)
        xhci->memory->data[i] = 0;
    xhci_ring_add(ring, &setup);
    if (request->length > 0)
        xhci_ring_add(ring, &data);
    begin(xhci, device, 0, ring, xhci_ring_add(ring, &status));
    xhci_ring_doorbell(xhci, xhci->devices[device].slot, CONTROL_ID);
}

void xhci_receive_next(struct xhci *xhci, unsigned device, unsigned pipe)
{
    struct xhci_pipe *to = &xhci->devices[device].pipes[pipe];
    unsigned index = to->ring.next;
    const struct xhci_trb trb = {
        .parameter = {xhci_address_of(
                          xhci, xhci->memory->packet[device][pipe][index]),
                      0},
        .status = to->size,
        .control = XHCI_TRB_TYPE(XHCI_NORMAL) | XHCI_TRB_INTERRUPT,
    };

    xhci_ring_add(&to->ring, &trb);
    xhci_ring_doorbell(xhci, xhci->devices[device].slot, to->id);
}

void xhci_listen(struct xhci *xhci, unsigned device, unsigned pipe)
{
    xhci->devices[device].pipes[pipe].oldest = 0;
    xhci->devices[device].pipes[pipe].halted = false;
    for (unsigned i = 0; i < TRANSFERS; i++)
        xhci_receive_next(xhci, device, pipe);
}
