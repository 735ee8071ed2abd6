/* SPDX-License-Identifier: MIT */
/* Fuzzes the USB drivers with an untrusted controller: its registers, events,
   memory and devices are arbitrary.  For the drivers to get anywhere, the
   controller obeys unless the input says otherwise. */
#include "fuzz.h"
#include "arch/io.h"
#include "drivers/usb/usb.h"
#include "drivers/usb/xhci_registers.h"

#define SIZE        0x2000u
#define OPERATIONAL 0x20u
#define RUNTIME     0x1000u
#define DOORBELLS   0x1400u
#define EXTENDED    0x1800u
#define ADDRESS     0x10000000u /* of the memory, as the controller sees it */

#define SLOTS        40
#define SCRATCHPADS  4 /* fewer than this number */
#define ACTIONS_MAX  200
#define ACCESSES_MAX 400 /* in one poll; a list of capabilities has 256 */
#define MS           1000u

static struct {
    struct input input;
    uint32_t registers[SIZE / 4];
    struct xhci_memory *memory;
    struct usb usb;
    uint64_t now;
    unsigned accesses;   /* in this poll */
    unsigned garbage;    /* number of reads that return arbitrary values */
    unsigned next_event; /* index in the event ring */
    uint32_t cycle;
    bool plugged[USB_KEYBOARDS];
} pc;

/* The drivers in the library that use PCI are not called. */
uint32_t port_read32(uint16_t port)
{
    MUST(port == 0);
    return 0;
}

void port_write32(uint16_t port, uint32_t value)
{
    MUST(port == 0 && value == 0);
}

void port_write(uint16_t port, uint8_t value)
{
    MUST(port == 0 && value == 0);
}

/* ----------------------------------------------------------- registers --- */

static uint32_t *reg(uint32_t offset)
{
    return &pc.registers[offset / 4];
}

static uint32_t read32(void *context, uint32_t offset)
{
    MUST(context == &pc && offset % 4 == 0 && offset < SIZE);
    pc.accesses++;
    if (pc.garbage > 0) {
        pc.garbage--;
        return input_word(&pc.input);
    }
    return *reg(offset);
}

/* A reset or a stop ends at once. */
static void write_command(uint32_t value)
{
    uint32_t *status = reg(OPERATIONAL + XHCI_USBSTS);

    *reg(OPERATIONAL + XHCI_USBCMD) = value & ~XHCI_CMD_RESET;
    if (value & XHCI_CMD_RUN)
        *status &= ~XHCI_STS_HALTED;
    else
        *status |= XHCI_STS_HALTED;
}

/* A port that is reset is enabled at once. */
static void write_port(uint32_t offset, uint32_t value)
{
    uint32_t *port = reg(offset);

    *port &= ~(value & XHCI_PORT_CHANGES);
    *port |= value & XHCI_PORT_POWER;
    if (value & XHCI_PORT_ENABLED)
        *port &= ~XHCI_PORT_ENABLED;
    if (value & (XHCI_PORT_RESET | XHCI_PORT_WARM_RESET) &&
        *port & XHCI_PORT_CONNECTED)
        *port |= XHCI_PORT_ENABLED;
}

static void write32(void *context, uint32_t offset, uint32_t value)
{
    MUST(context == &pc && offset % 4 == 0 && offset < SIZE);
    MUST(offset >= OPERATIONAL);
    pc.accesses++;
    if (offset == OPERATIONAL + XHCI_USBCMD) {
        write_command(value);
    } else if (offset >= OPERATIONAL + XHCI_PORTSC(1) && offset < RUNTIME) {
        write_port(offset, value);
    } else if (offset >= DOORBELLS && offset < EXTENDED) {
        MUST(offset <= DOORBELLS + XHCI_DOORBELL(SLOTS));
        MUST(value < 32);
    } else {
        *reg(offset) = value;
    }
    if (offset == RUNTIME + XHCI_ERSTBA) {
        pc.next_event = 0;
        pc.cycle = 1;
    }
}

static void add_protocol(uint32_t offset, unsigned major, unsigned first,
                         unsigned next)
{
    *reg(offset) = major << 24 | next << 8 | XHCI_ID_PROTOCOL;
    *reg(offset + XHCI_PROTOCOL_NAME) = XHCI_PROTOCOL_USB;
    *reg(offset + XHCI_PROTOCOL_PORTS) = 4u << 8 | first;
}

static void reset_registers(void)
{
    memset(pc.registers, 0, sizeof pc.registers);
    *reg(XHCI_CAPLENGTH) = 0x01000000u | OPERATIONAL;
    *reg(XHCI_HCSPARAMS1) = 8u << 24 | SLOTS;
    *reg(XHCI_HCSPARAMS2) = (uint32_t)(input_byte(&pc.input) % SCRATCHPADS)
                            << 27;
    *reg(XHCI_HCCPARAMS1) = EXTENDED / 4 << 16 | (input_byte(&pc.input) & 4);
    *reg(XHCI_DBOFF) = DOORBELLS;
    *reg(XHCI_RTSOFF) = RUNTIME;
    *reg(OPERATIONAL + XHCI_USBSTS) = XHCI_STS_HALTED;
    *reg(OPERATIONAL + XHCI_PAGESIZE) = 1;
    add_protocol(EXTENDED, 2, 1, 4);
    add_protocol(EXTENDED + 16, 3, 5, 0);
}

/* -------------------------------------------------------------- client --- */

static void plugged(void *context, unsigned keyboard,
                    struct usb_location location)
{
    MUST(context == &pc && keyboard < USB_KEYBOARDS && !pc.plugged[keyboard]);
    MUST(location.port >= 1 && location.hubs <= USB_TIERS);
    pc.plugged[keyboard] = true;
}

static void report(void *context, unsigned keyboard, const uint8_t *bytes,
                   unsigned size)
{
    uint8_t copy[XHCI_PACKET];

    MUST(context == &pc && keyboard < USB_KEYBOARDS && pc.plugged[keyboard]);
    MUST(size >= 1 && size <= XHCI_PACKET);
    memcpy(copy, bytes, size);
    usb_set_leds(&pc.usb, keyboard, copy[0] & 7);
}

static void unplugged(void *context, unsigned keyboard)
{
    MUST(context == &pc && keyboard < USB_KEYBOARDS && pc.plugged[keyboard]);
    pc.plugged[keyboard] = false;
}

static void failed(void *context, struct usb_location location,
                   const char *what)
{
    MUST(context == &pc && what != NULL && what[0] != '\0');
    MUST(location.port >= 1 && location.hubs <= USB_TIERS + 1);
}

static void check_keyboards(void)
{
    for (unsigned i = 0; i < USB_KEYBOARDS; i++)
        MUST(pc.usb.keyboards[i].used == pc.plugged[i]);
}

static void check_slots(void)
{
    for (unsigned i = 0; i < XHCI_DEVICES; i++) {
        uint8_t slot = pc.usb.xhci.devices[i].slot;

        MUST(slot <= SLOTS);
        for (unsigned j = 0; slot != 0 && j < i; j++)
            MUST(pc.usb.xhci.devices[j].slot != slot);
    }
}

static void poll(uint64_t time)
{
    pc.now += time;
    pc.accesses = 0;
    usb_poll(&pc.usb, pc.now);
    MUST(pc.accesses <= ACCESSES_MAX);
    check_keyboards();
}

/* Returns memory of exactly the right size, so that an access beyond it is
   found.  It is used again by later inputs. */
static struct xhci_memory *allocate(const struct xhci_capabilities *found)
{
    static struct xhci_memory *memory[SCRATCHPADS];
    struct xhci_memory **kept = &memory[found->scratchpads];
    uint32_t size = xhci_memory_size(found);

    if (*kept == NULL)
        *kept = aligned_alloc(XHCI_PAGE, size);
    MUST(*kept != NULL);
    memset(*kept, 0xA5, size);
    return *kept;
}

static void start(void)
{
    const struct xhci_access access = {read32, write32, &pc};
    struct xhci_capabilities found;
    struct usb_client client = {&pc, plugged, report, unplugged, failed};

    MUST(xhci_read_capabilities(&access, SIZE, &found));
    pc.memory = allocate(&found);
    pc.usb.client = client;
    usb_start(&pc.usb, &access, &found, pc.memory, ADDRESS, pc.now);
}

/* -------------------------------------------------------------- events --- */

static void post(const struct xhci_trb *event, uint32_t cycle)
{
    volatile struct xhci_trb *to = &pc.memory->events[pc.next_event];

    to->parameter[0] = event->parameter[0];
    to->parameter[1] = event->parameter[1];
    to->status = event->status;
    to->control = (event->control & ~XHCI_TRB_CYCLE) | cycle;
    if (++pc.next_event == XHCI_EVENTS) {
        pc.next_event = 0;
        pc.cycle ^= XHCI_TRB_CYCLE;
    }
}

static uint8_t unused_slot(void)
{
    for (uint8_t slot = 1;; slot++) {
        bool used = false;

        for (unsigned i = 0; i < XHCI_DEVICES; i++)
            used |= pc.usb.xhci.devices[i].slot == slot;
        if (!used)
            return slot;
    }
}

/* Device descriptors by speed */
static const uint8_t device_descriptors[][8] = {
    [USB_FULL_SPEED] = {18, 1, 0, 2, 9, 0, 0, 64},
    [USB_LOW_SPEED] = {18, 1, 0, 2, 9, 0, 0, 8},
    [USB_HIGH_SPEED] = {18, 1, 0, 2, 9, 0, 0, 64},
    [USB_SUPER_SPEED] = {18, 1, 0, 3, 9, 0, 0, 9},
};
static const uint8_t hub_descriptor[] = {9, 0x29, 4, 0, 0, 1, 0, 0, 0xFF};

/* Two keyboards, or a hub */
static const uint8_t configurations[][59] = {
    {9,    2, 59, 0,  2,    1,    0, 0xA0, 50, 9,    4,  0, 0, 1, 3,
     1,    1, 0,  9,  0x21, 0x11, 1, 0,    1,  0x22, 63, 0, 7, 5, 0x81,
     3,    8, 0,  10, 9,    4,    1, 0,    1,  3,    1,  1, 0, 9, 0x21,
     0x11, 1, 0,  1,  0x22, 63,   0, 7,    5,  0x82, 3,  8, 0, 10},
    {9, 2, 25, 0, 1, 1, 0, 0xE0, 0, 9, 4, 0,  0,
     1, 9, 0,  0, 0, 7, 5, 0x81, 3, 1, 0, 255},
};

static void give(const uint8_t *bytes, unsigned size)
{
    memcpy((uint8_t *)pc.memory->data, bytes, size);
}

/* Returns the setup packet of the transfer in progress: type and request in the
   lower half, value in the upper one. */
static uint32_t find_setup(unsigned device)
{
    const struct xhci_ring *ring = &pc.usb.xhci.devices[device].control;
    unsigned index = (pc.usb.xhci.operation.last - ring->address) / 16;

    for (unsigned i = 0; i < XHCI_RING - 1; i++) {
        volatile struct xhci_trb *trb =
            &pc.memory->control[device][index % (XHCI_RING - 1)];

        if (XHCI_TYPE_OF(trb->control) == XHCI_SETUP)
            return trb->parameter[0];
        index += XHCI_RING - 2;
    }
    return 0;
}

/* What a good device sends; which kind of device it is depends on the input. */
static void give_data(void)
{
    unsigned device = pc.usb.xhci.operation.device;
    unsigned speed = pc.usb.devices[device].topology.speed;
    uint32_t setup = find_setup(device);
    uint32_t status = 0x00000103u | input_byte(&pc.input) << 16;

    switch (setup & 0xFFFF) {
    case 0x0680:
        if (setup >> 24 == 1)
            give(device_descriptors[speed > USB_SUPER_SPEED ? 0 : speed], 8);
        else
            give(configurations[input_byte(&pc.input) & 1],
                 sizeof configurations[0]);
        break;
    case 0x06A0:
        give(hub_descriptor, sizeof hub_descriptor);
        break;
    case 0x00A3:
        give((const uint8_t *)&status, sizeof status);
        break;
    default:
        break;
    }
}

/* Ends the operation in progress with a completion code. */
static void answer(uint32_t code)
{
    const struct xhci *xhci = &pc.usb.xhci;
    bool command = xhci->operation.command != 0;
    uint8_t slot = xhci->devices[xhci->operation.device].slot;

    if (xhci->operation.result != XHCI_PENDING)
        return;
    if (xhci->operation.command == XHCI_ENABLE_SLOT)
        slot = unused_slot();
    const struct xhci_trb event = {
        .parameter = {xhci->operation.last, 0},
        .status = code << 24,
        .control = XHCI_TRB_SLOT(slot) |
                   (command ? XHCI_TRB_TYPE(XHCI_COMMAND_EVENT)
                            : XHCI_TRB_TYPE(XHCI_TRANSFER_EVENT) |
                                  XHCI_TRB_ENDPOINT(1)),
    };

    post(&event, pc.cycle);
}

static void answer_well(void)
{
    if (pc.usb.xhci.operation.result != XHCI_PENDING)
        return;
    if (pc.usb.xhci.operation.command == 0)
        give_data();
    answer(XHCI_SUCCESS);
}

/* ------------------------------------------------------------- actions --- */

static void do_wait(void)
{
    poll(input_byte(&pc.input) * 40 * MS);
}

static void do_polls(void)
{
    for (unsigned i = input_byte(&pc.input) % 32; i > 0; i--)
        poll(MS);
}

static void do_well(void)
{
    for (unsigned i = input_byte(&pc.input) % 128; i > 0; i--) {
        answer_well();
        poll(25 * MS);
    }
}

static void do_corrupt(void)
{
    answer_well();
    for (unsigned i = input_byte(&pc.input) % 8; i > 0; i--)
        pc.memory->data[input_byte(&pc.input)] = input_byte(&pc.input);
    poll(MS);
}

static void do_code(void)
{
    answer(input_byte(&pc.input));
    poll(MS);
}

static void do_event(void)
{
    struct xhci_trb event;
    uint8_t right = input_byte(&pc.input);

    input_read(&pc.input, &event, sizeof event);
    post(&event, right & 1 ? pc.cycle : event.control & 1);
    if (right & 2)
        poll(0);
}

/* A transfer from a pipe ends, with a packet that is often the right one. */
static void do_packet(void)
{
    unsigned choice = input_byte(&pc.input), length = input_byte(&pc.input);
    unsigned device = choice % XHCI_DEVICES;
    unsigned number = choice / XHCI_DEVICES % XHCI_PIPES;
    const struct xhci_pipe *pipe = &pc.usb.xhci.devices[device].pipes[number];
    uint8_t code = input_byte(&pc.input);
    const struct xhci_trb event = {
        .parameter = {pipe->ring.address + 16 * (pipe->oldest + (length >> 6))},
        .status = (length & 63u) | (uint32_t)(code < 128 ? 1 : code - 128u)
                                       << 24,
        .control = XHCI_TRB_TYPE(XHCI_TRANSFER_EVENT) |
                   XHCI_TRB_ENDPOINT(pipe->id) |
                   XHCI_TRB_SLOT(pc.usb.xhci.devices[device].slot),
    };
    uint8_t *packet =
        (uint8_t *)pc.memory->packet[device][number][pipe->oldest];

    input_read(&pc.input, packet, code % 8);
    post(&event, pc.cycle);
    poll(MS);
}

static void do_port(void)
{
    unsigned port = 1 + input_byte(&pc.input) % 8;
    uint32_t low = input_byte(&pc.input) | input_byte(&pc.input) << 8;

    *reg(OPERATIONAL + XHCI_PORTSC(port)) =
        low | (uint32_t)input_byte(&pc.input) << 16;
}

static void do_register(void)
{
    uint32_t offset =
        (input_byte(&pc.input) | input_byte(&pc.input) << 8) & (SIZE - 4);

    if (offset >= OPERATIONAL)
        *reg(offset) = input_word(&pc.input);
    poll(MS);
}

static void do_garbage(void)
{
    pc.garbage = input_byte(&pc.input) % 16;
    poll(MS);
    pc.garbage = 0;
}

static void do_memory(void)
{
    uint32_t at = input_word(&pc.input) % (sizeof *pc.memory / 4);

    ((volatile uint32_t *)pc.memory)[at] = input_word(&pc.input);
    poll(MS);
}

static void do_leds(void)
{
    usb_set_leds(&pc.usb, input_byte(&pc.input) % USB_KEYBOARDS,
                 input_byte(&pc.input));
    poll(MS);
}

static void do_acknowledge(void)
{
    xhci_acknowledge(&pc.usb.xhci);
    poll(0);
}

static void do_stop(void)
{
    usb_stop(&pc.usb);
    check_keyboards();
    usb_start(&pc.usb, &pc.usb.xhci.access, &pc.usb.xhci.capabilities,
              pc.memory, ADDRESS, pc.now);
    do_polls();
}

static void (*const actions[])(void) = {
    do_wait,    do_polls,  do_well,   do_well,        do_corrupt, do_corrupt,
    do_code,    do_event,  do_packet, do_packet,      do_port,    do_register,
    do_garbage, do_memory, do_leds,   do_acknowledge, do_stop,
};

#define ACTIONS (sizeof actions / sizeof actions[0])

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    memset(&pc, 0, sizeof pc);
    pc.input = (struct input){data, size};
    reset_registers();
    start();
    for (unsigned i = 0; i < ACTIONS_MAX && pc.input.left > 0; i++) {
        actions[input_byte(&pc.input) % ACTIONS]();
        check_slots();
    }
    usb_stop(&pc.usb);
    check_keyboards();
    for (unsigned i = 0; i < USB_KEYBOARDS; i++)
        MUST(!pc.plugged[i]);
    return 0;
}
