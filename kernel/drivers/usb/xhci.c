/* SPDX-License-Identifier: MIT */
#include "xhci.h"
#include "xhci_registers.h"
#include <string.h>

#define NO_RESPONSE 0xFFFFFFFFu /* read from a controller that is gone */
#define EVENTS_MAX  32          /* number received in one call */
#define CONTROL_ID  1           /* endpoint ID of the control endpoint */
#define CODE_STALL  6u

/* Shortest time between interrupts, in units of 250 ns (5.5.2.2): 1 ms */
#define MODERATION 4000u

uint32_t xhci_memory_size(const struct xhci_capabilities *capabilities)
{
    return (uint32_t)sizeof(struct xhci_memory) +
           capabilities->scratchpads * XHCI_PAGE;
}

/* ----------------------------------------------------- start and stop --- */

/* During a reset, and while the controller is not ready, it must not be written
   to (5.4.1, 5.4.2).  It then does not run either. */
static void clear_run(const struct xhci *xhci)
{
    uint32_t command = xhci_read(xhci, xhci_operational(xhci, XHCI_USBCMD));
    uint32_t status = xhci_read(xhci, xhci_operational(xhci, XHCI_USBSTS));

    if (!(command & XHCI_CMD_RESET) && !(status & XHCI_STS_NOT_READY))
        xhci_write(xhci, xhci_operational(xhci, XHCI_USBCMD), 0);
}

static void fail(struct xhci *xhci, const char *failure)
{
    clear_run(xhci);
    xhci->state = XHCI_FAILED;
    xhci->failure = failure;
    if (xhci->operation.result == XHCI_PENDING)
        xhci->operation.result = XHCI_UNSUCCESSFUL;
}

static void command_halt(struct xhci *xhci)
{
    xhci_write(xhci, xhci_operational(xhci, XHCI_USBCMD), 0);
}

static void command_reset(struct xhci *xhci)
{
    xhci_write(xhci, xhci_operational(xhci, XHCI_USBCMD), XHCI_CMD_RESET);
}

static void set_up_memory(struct xhci *xhci)
{
    struct xhci_memory *memory = xhci->memory;
    uint32_t size = xhci_memory_size(&xhci->capabilities);
    uint32_t buffers = xhci->address + (uint32_t)sizeof *memory;

    memset(memory, 0, size);
    memset(xhci->devices, 0, sizeof xhci->devices);
    for (unsigned i = 0; i < xhci->capabilities.scratchpads; i++)
        memory->scratchpads[i] = buffers + i * XHCI_PAGE;
    memory->contexts[0] = xhci_address_of(xhci, memory->scratchpads);
    memory->segments[0] = xhci_address_of(xhci, memory->events);
    memory->segments[1] = XHCI_EVENTS;
    xhci_ring_start(&xhci->commands, memory->commands,
                    xhci_address_of(xhci, memory->commands));
    xhci_events_start(&xhci->events, memory->events,
                      xhci_address_of(xhci, memory->events));
}

/* The address of the segment table is written last, as it starts the event ring
   (4.9.4). */
static void set_up_registers(struct xhci *xhci)
{
    struct xhci_memory *memory = xhci->memory;
    uint8_t slots = xhci->capabilities.slots;

    xhci_write(xhci, xhci_operational(xhci, XHCI_CONFIG),
               slots < XHCI_DEVICES ? slots : XHCI_DEVICES);
    xhci_write_address(xhci, xhci_operational(xhci, XHCI_DCBAAP),
                       xhci_address_of(xhci, memory->contexts));
    xhci_write_address(xhci, xhci_operational(xhci, XHCI_CRCR),
                       xhci_ring_position(&xhci->commands));
    xhci_write(xhci, xhci_runtime(xhci, XHCI_ERSTSZ), 1);
    xhci_write_address(xhci, xhci_runtime(xhci, XHCI_ERDP),
                       xhci_event_position(&xhci->events));
    xhci_write_address(xhci, xhci_runtime(xhci, XHCI_ERSTBA),
                       xhci_address_of(xhci, memory->segments));
    xhci_write(xhci, xhci_runtime(xhci, XHCI_IMOD), MODERATION);
    xhci_write(xhci, xhci_runtime(xhci, XHCI_IMAN),
               XHCI_IMAN_PENDING | XHCI_IMAN_ENABLE);
}

/* Scratchpad buffers are pages of the controller (4.20), which may be large. */
static bool has_enough_memory(const struct xhci *xhci)
{
    return xhci->capabilities.scratchpads <= XHCI_SCRATCHPADS &&
           xhci_read(xhci, xhci_operational(xhci, XHCI_PAGESIZE)) &
               XHCI_PAGES_4K;
}

static void command_run(struct xhci *xhci)
{
    if (!has_enough_memory(xhci)) {
        fail(xhci, "its USB controller needs too much memory");
        return;
    }
    set_up_memory(xhci);
    set_up_registers(xhci);
    xhci_write(xhci, xhci_operational(xhci, XHCI_USBCMD),
               XHCI_CMD_RUN | XHCI_CMD_INTERRUPT_ENABLE);
}

/* Phases of the start (4.2).  Each begins with a command and ends when the bits
   of a register have the value awaited.  While a controller is not ready, it
   may be read only; and one of Intel's must not be accessed for a millisecond
   after a reset. */
static const struct {
    void (*command)(struct xhci *xhci);
    uint8_t offset;
    uint32_t mask, value;
    uint32_t limit; /* in microseconds */
    const char *failure;
} phases[] = {
    {NULL, XHCI_USBSTS, XHCI_STS_NOT_READY, 0, 1000000,
     "its USB controller is never ready"},
    {command_halt, XHCI_USBSTS, XHCI_STS_HALTED, XHCI_STS_HALTED, 100000,
     "its USB controller does not halt"},
    {command_reset, XHCI_USBCMD, XHCI_CMD_RESET, 0, 1000000,
     "its USB controller does not end its reset"},
    {NULL, XHCI_USBSTS, XHCI_STS_NOT_READY, 0, 1000000,
     "its USB controller is not ready after its reset"},
    {command_run, XHCI_USBSTS, XHCI_STS_HALTED, 0, 100000,
     "its USB controller does not run"},
};

#define PHASES (sizeof phases / sizeof phases[0])

static void enter_phase(struct xhci *xhci, unsigned phase)
{
    if (phase == PHASES) {
        xhci->state = XHCI_RUNNING;
        return;
    }
    xhci->phase = phase;
    xhci->deadline = xhci->now + phases[phase].limit;
    if (phases[phase].command != NULL)
        phases[phase].command(xhci);
}

static void start_step(struct xhci *xhci)
{
    if (xhci->handoff.state < XHCI_HANDOFF_DONE) {
        if (xhci_handoff_step(&xhci->handoff, &xhci->access) >=
            XHCI_HANDOFF_DONE)
            enter_phase(xhci, 0);
        return;
    }
    uint32_t value =
        xhci_read(xhci, xhci_operational(xhci, phases[xhci->phase].offset));

    if (value == NO_RESPONSE)
        fail(xhci, "its USB controller does not respond");
    else if ((value & phases[xhci->phase].mask) == phases[xhci->phase].value)
        enter_phase(xhci, xhci->phase + 1);
    else if (xhci->now >= xhci->deadline)
        fail(xhci, phases[xhci->phase].failure);
}

void xhci_start(struct xhci *xhci, const struct xhci_access *access,
                const struct xhci_capabilities *capabilities,
                struct xhci_memory *memory, uint32_t address, uint64_t now)
{
    xhci->access = *access;
    xhci->capabilities = *capabilities;
    xhci->memory = memory;
    xhci->address = address;
    xhci->now = now;
    xhci->state = XHCI_STARTING;
    xhci->operation.result = XHCI_DONE;
    xhci_handoff_start(&xhci->handoff, access, capabilities);
    if (xhci->handoff.state == XHCI_HANDOFF_DONE)
        enter_phase(xhci, 0);
}

/* A controller that has just been reset must not even be read. */
bool xhci_stop(struct xhci *xhci)
{
    bool resetting = xhci->state == XHCI_STARTING &&
                     xhci->handoff.state >= XHCI_HANDOFF_DONE &&
                     phases[xhci->phase].command == command_reset;

    xhci->state = XHCI_OFF;
    if (resetting)
        return true;
    clear_run(xhci);
    return xhci_read(xhci, xhci_operational(xhci, XHCI_USBSTS)) &
           XHCI_STS_HALTED;
}

/* ------------------------------------------------------------- events --- */

static void command_ended(struct xhci *xhci, const struct xhci_trb *event)
{
    uint8_t slot = (uint8_t)XHCI_SLOT_OF(event->control);
    uint32_t code = XHCI_CODE_OF(event->status);

    if (xhci->operation.result != XHCI_PENDING || !xhci->operation.command ||
        event->parameter[0] != xhci->operation.last)
        return;
    bool success = xhci_command_ended(xhci, code == XHCI_SUCCESS, slot);

    xhci->operation.result = success ? XHCI_DONE : XHCI_UNSUCCESSFUL;
}

/* Success counts only at the end of the status stage. */
static void control_ended(struct xhci *xhci, unsigned device,
                          const struct xhci_trb *event)
{
    uint32_t code = XHCI_CODE_OF(event->status);

    if (xhci->operation.result != XHCI_PENDING || xhci->operation.command ||
        device != xhci->operation.device || code == XHCI_SHORT_PACKET)
        return;
    if (code != XHCI_SUCCESS)
        xhci->operation.result =
            code == CODE_STALL ? XHCI_STALLED : XHCI_UNSUCCESSFUL;
    else if (event->parameter[0] == xhci->operation.last)
        xhci->operation.result = XHCI_DONE;
}

static void packet_received(struct xhci *xhci, unsigned device, unsigned number,
                            uint32_t left)
{
    struct xhci_pipe *pipe = &xhci->devices[device].pipes[number];
    volatile uint8_t *from = xhci->memory->packet[device][number][pipe->oldest];
    unsigned size = left < pipe->size ? pipe->size - left : 0;
    uint8_t packet[XHCI_PACKET];

    for (unsigned i = 0; i < size; i++)
        packet[i] = from[i];
    pipe->oldest = (pipe->oldest + 1) % (XHCI_RING - 1);
    xhci_receive_next(xhci, device, number);
    if (size > 0)
        xhci->receive(xhci->context, device, number, packet, size);
}

/* Some controllers report a short packet twice, so only the transfer that is to
   end next counts. */
static void pipe_event(struct xhci *xhci, unsigned device, unsigned number,
                       const struct xhci_trb *event)
{
    struct xhci_pipe *pipe = &xhci->devices[device].pipes[number];
    uint32_t code = XHCI_CODE_OF(event->status);
    uint32_t expected =
        pipe->ring.address + pipe->oldest * (uint32_t)sizeof(struct xhci_trb);

    if (pipe->halted)
        return;
    if (code != XHCI_SUCCESS && code != XHCI_SHORT_PACKET)
        pipe->halted = true;
    else if (event->parameter[0] == expected)
        packet_received(xhci, device, number, XHCI_LEFT_OF(event->status));
}

static void transfer_ended(struct xhci *xhci, const struct xhci_trb *event)
{
    uint8_t slot = (uint8_t)XHCI_SLOT_OF(event->control);
    uint8_t id = (uint8_t)XHCI_ENDPOINT_OF(event->control);
    unsigned device = 0;

    while (device < XHCI_DEVICES && xhci->devices[device].slot != slot)
        device++;
    if (slot == 0 || device == XHCI_DEVICES)
        return;
    if (id == CONTROL_ID)
        control_ended(xhci, device, event);
    for (unsigned i = 0; i < XHCI_PIPES; i++)
        if (id != 0 && xhci->devices[device].pipes[i].id == id)
            pipe_event(xhci, device, i, event);
}

static void receive_events(struct xhci *xhci)
{
    struct xhci_trb event;
    unsigned count = 0;

    while (count < EVENTS_MAX && xhci_event_next(&xhci->events, &event)) {
        count++;
        if (XHCI_TYPE_OF(event.control) == XHCI_COMMAND_EVENT)
            command_ended(xhci, &event);
        else if (XHCI_TYPE_OF(event.control) == XHCI_TRANSFER_EVENT)
            transfer_ended(xhci, &event);
    }
    if (count > 0)
        xhci_write_address(xhci, xhci_runtime(xhci, XHCI_ERDP),
                           xhci_event_position(&xhci->events) | XHCI_ERDP_BUSY);
}

/* A device that does not respond is the device's fault; a command that does not
   end is the controller's. */
static void check_deadline(struct xhci *xhci)
{
    if (xhci->operation.result != XHCI_PENDING || xhci->now < xhci->deadline)
        return;
    if (xhci->operation.command)
        fail(xhci, "its USB controller does not execute commands");
    else
        xhci->operation.result = XHCI_UNSUCCESSFUL;
}

static void run_step(struct xhci *xhci)
{
    uint32_t status = xhci_read(xhci, xhci_operational(xhci, XHCI_USBSTS));

    if (status == NO_RESPONSE)
        fail(xhci, "its USB controller does not respond");
    else if (status & (XHCI_STS_HOST_ERROR | XHCI_STS_ERROR))
        fail(xhci, "its USB controller reports an error");
    else if (status & XHCI_STS_HALTED)
        fail(xhci, "its USB controller has halted");
    else
        receive_events(xhci);
    check_deadline(xhci);
}

void xhci_poll(struct xhci *xhci, uint64_t now)
{
    xhci->now = now;
    if (xhci->state == XHCI_STARTING)
        start_step(xhci);
    else if (xhci->state == XHCI_RUNNING)
        run_step(xhci);
}

bool xhci_has_event(const struct xhci *xhci)
{
    return xhci->state == XHCI_RUNNING && xhci_event_waits(&xhci->events);
}

bool xhci_acknowledge(const struct xhci *xhci)
{
    uint32_t iman = xhci_read(xhci, xhci_runtime(xhci, XHCI_IMAN));

    if (!(iman & XHCI_IMAN_PENDING) || iman == NO_RESPONSE)
        return false;
    xhci_write(xhci, xhci_operational(xhci, XHCI_USBSTS), XHCI_STS_EVENT);
    xhci_write(xhci, xhci_runtime(xhci, XHCI_IMAN),
               XHCI_IMAN_PENDING | XHCI_IMAN_ENABLE);
    return true;
}
