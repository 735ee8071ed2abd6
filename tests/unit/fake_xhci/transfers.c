/* SPDX-License-Identifier: MIT */
/* Transfers of the fake controller: control transfers and interrupt IN
   transfers (xHCI 1.2, 4.10, 4.11 and 6.4.1) */
#include "internal.h"
#include <string.h>

#define CONTROL    1
#define STAGE_NONE 0
#define STAGE_OUT  2
#define STAGE_IN   3

static unsigned code_of(enum fake_error error)
{
    static const uint8_t codes[] = {
        [FAKE_NONE] = CODE_SUCCESS,      [FAKE_STALL] = CODE_STALL,
        [FAKE_ERROR] = CODE_TRANSACTION, [FAKE_BABBLE] = CODE_BABBLE,
        [FAKE_TRB] = CODE_TRB,
    };

    return codes[error];
}

/* Posts the event of the TRB at AT, of which LEFT bytes were not transferred.
   After an error, the endpoint halts (4.8.3). */
static void end_transfer(struct fake_xhci *fake, unsigned slot, unsigned id,
                         uint64_t at, unsigned code, unsigned left)
{
    struct fake_endpoint *endpoint = &fake->slots[slot].endpoints[id];

    if (code == CODE_TRB)
        endpoint->state = FAKE_BROKEN;
    else if (code != CODE_SUCCESS && code != CODE_SHORT)
        endpoint->state = FAKE_HALTED;
    fake_post(
        fake,
        &(struct fake_trb){
            {(uint32_t)at, (uint32_t)(at >> 32), (uint32_t)code << 24 | left,
             TRB_TRANSFER << 10 | (uint32_t)id << 16 | (uint32_t)slot << 24}});
}

/* Returns the device of a slot, or NULL if it no longer responds. */
static struct fake_usb *device_of(struct fake_xhci *fake, unsigned slot)
{
    struct fake_usb *device = fake->slots[slot].device;

    return device != NULL && device->resets == fake->slots[slot].resets &&
                   fake_reachable(device)
               ? device
               : NULL;
}

void fake_ring_slot(struct fake_xhci *fake, unsigned number, uint32_t value)
{
    struct fake_slot *slot = &fake->slots[number];

    demand(value >= 1 && value <= 31, "a doorbell has an endpoint as target");
    demand(slot->state > FAKE_SLOT_ENABLED, "a doorbell needs an address");
    demand(slot->endpoints[value].state != FAKE_DISABLED,
           "a doorbell needs an enabled endpoint");
    slot->endpoints[value].rung = true;
    if (slot->endpoints[value].state == FAKE_STOPPED)
        slot->endpoints[value].state = FAKE_RUNNING;
}

/* ------------------------------------------------------------- control --- */

/* The stages of a control transfer */
struct control {
    struct fake_trb setup, data, status;
    uint64_t setup_at, data_at, status_at;
    struct fake_ring ring; /* after them */
    unsigned length;
};

static void check_setup(const struct fake_trb *trb)
{
    unsigned length = trb->word[1] >> 16;
    bool in = trb->word[0] & 0x80;

    demand(TRB_TYPE(trb->word[3]) == TRB_SETUP, "a transfer starts with Setup");
    demand(trb->word[2] == 8, "Setup has 8 bytes");
    demand((trb->word[3] & ~0x3FC21u) == TRB_IDT, "Setup has immediate data");
    demand((trb->word[3] >> 16 & 3) == (length == 0 ? STAGE_NONE
                                        : in        ? STAGE_IN
                                                    : STAGE_OUT),
           "Setup has the direction of the data");
}

static void check_data(const struct fake_xhci *fake,
                       const struct control *control)
{
    const struct fake_trb *trb = &control->data;
    bool in = control->setup.word[0] & 0x80;

    demand(TRB_TYPE(trb->word[3]) == TRB_DATA, "Data follows Setup");
    demand((trb->word[3] & ~0xFC25u) == (in ? TRB_DIR_IN : 0),
           "Data has the direction of the request");
    demand(trb->word[2] == control->length, "Data has the request's length");
    fake_at(fake, trb->word[0] | (uint64_t)trb->word[1] << 32, control->length,
            1, 0x10000, "data");
}

static void check_status(const struct control *control)
{
    const struct fake_trb *trb = &control->status;
    bool in = control->length > 0 && control->setup.word[0] & 0x80;

    demand(TRB_TYPE(trb->word[3]) == TRB_STATUS, "a transfer ends with Status");
    demand((trb->word[0] | trb->word[1] | trb->word[2]) == 0,
           "Status has no data");
    demand((trb->word[3] & ~0xFC01u) == (TRB_IOC | (in ? 0 : TRB_DIR_IN)),
           "Status has the other direction, and causes an event");
}

/* Returns false if not all stages are there. */
static bool fetch_control(const struct fake_xhci *fake,
                          const struct fake_endpoint *endpoint,
                          struct control *control)
{
    control->ring = endpoint->ring;
    control->setup_at = fake_fetch(fake, &control->ring, &control->setup);
    if (control->setup_at == 0)
        return false;
    check_setup(&control->setup);
    control->length = control->setup.word[1] >> 16;
    if (control->length > 0) {
        control->data_at = fake_fetch(fake, &control->ring, &control->data);
        if (control->data_at == 0)
            return false;
        check_data(fake, control);
    }
    control->status_at = fake_fetch(fake, &control->ring, &control->status);
    if (control->status_at != 0)
        check_status(control);
    return control->status_at != 0;
}

static void check_size(const struct fake_endpoint *endpoint,
                       const struct fake_usb *device, unsigned size)
{
    unsigned right = device->model->packet_size;

    if (device->model->speed == FAKE_SUPER)
        right = 1u << right;
    demand(size <= 8 || endpoint->packet_size == right,
           "the packet size is right before more than 8 bytes are sent");
}

static void do_control(struct fake_xhci *fake, unsigned slot)
{
    struct fake_endpoint *endpoint = &fake->slots[slot].endpoints[CONTROL];
    struct fake_usb *device = device_of(fake, slot);
    struct control control = {.length = 0};
    unsigned size = 0;

    if (!fetch_control(fake, endpoint, &control)) {
        endpoint->rung = false;
        return;
    }
    if (device == NULL) {
        if (!fake->options.shy)
            end_transfer(fake, slot, CONTROL, control.setup_at,
                         CODE_TRANSACTION, 0);
        return;
    }
    uint64_t at = control.data.word[0] | (uint64_t)control.data.word[1] << 32;
    uint8_t *data = control.length > 0
                        ? fake_at(fake, at, control.length, 1, 0, "data")
                        : NULL;
    enum fake_error error =
        fake_request(device, (uint8_t *)control.setup.word, data, &size);

    check_size(endpoint, device, size);
    endpoint->ring = control.ring;
    if (error == FAKE_SILENT)
        endpoint->rung = false;
    else if (error != FAKE_NONE)
        end_transfer(fake, slot, CONTROL,
                     control.length > 0 ? control.data_at : control.status_at,
                     code_of(error), control.length);
    else
        end_transfer(fake, slot, CONTROL, control.status_at, CODE_SUCCESS, 0);
}

/* ------------------------------------------------------------ interrupts ---
 */

static void check_normal(const struct fake_xhci *fake,
                         const struct fake_trb *trb)
{
    demand(TRB_TYPE(trb->word[3]) == TRB_NORMAL,
           "an interrupt endpoint has Normal TRBs");
    demand((trb->word[3] & ~0xFC05u) == TRB_IOC,
           "a Normal TRB causes an event, and is not chained");
    demand((trb->word[2] & 0xFFFE0000) == 0, "a TD of one TRB has TD size 0");
    demand(trb->word[2] > 0, "a packet needs room");
    fake_at(fake, trb->word[0] | (uint64_t)trb->word[1] << 32, trb->word[2], 1,
            0x10000, "packet");
}

/* Writes a packet to memory.  Returns the code. */
static unsigned store(const struct fake_xhci *fake, const struct fake_trb *trb,
                      const struct fake_packet *packet)
{
    uint64_t to = trb->word[0] | (uint64_t)trb->word[1] << 32;

    if (packet->error != FAKE_NONE)
        return code_of(packet->error);
    if (packet->size > trb->word[2])
        return CODE_BABBLE;
    memcpy(fake_at(fake, to, trb->word[2], 1, 0, "packet"), packet->bytes,
           packet->size);
    return packet->size < trb->word[2] ? CODE_SHORT : CODE_SUCCESS;
}

static void receive(struct fake_xhci *fake, unsigned slot, unsigned id,
                    struct fake_usb *device)
{
    struct fake_endpoint *endpoint = &fake->slots[slot].endpoints[id];
    const struct fake_packet *packet = fake_next_packet(device, id / 2);
    struct fake_ring ring = endpoint->ring;
    struct fake_trb trb;
    bool toggle = device->pipes[id / 2].toggle;

    if (packet == NULL || packet->error == FAKE_SILENT)
        return;
    uint64_t at = fake_fetch(fake, &ring, &trb);

    if (at == 0)
        return;
    check_normal(fake, &trb);
    unsigned left = packet->size < trb.word[2] ? trb.word[2] - packet->size : 0;
    unsigned code = store(fake, &trb, packet);

    fake_packet_sent(device, id / 2);
    if (code == CODE_SUCCESS || code == CODE_SHORT) {
        if (toggle != endpoint->toggle)
            return; /* discarded as one that has been received already */
        endpoint->toggle = !endpoint->toggle;
        endpoint->ring = ring;
    }
    end_transfer(fake, slot, id, at, code, left);
    if (code == CODE_SHORT && fake->options.spurious)
        end_transfer(fake, slot, id, at, CODE_SUCCESS, 0);
}

static void do_interrupt(struct fake_xhci *fake, unsigned slot, unsigned id)
{
    struct fake_endpoint *endpoint = &fake->slots[slot].endpoints[id];
    struct fake_usb *device = device_of(fake, slot);
    struct fake_ring ring = endpoint->ring;
    struct fake_trb trb;

    if (device != NULL) {
        receive(fake, slot, id, device);
        return;
    }
    if (fake->options.shy)
        return;
    uint64_t at = fake_fetch(fake, &ring, &trb);

    if (at != 0)
        end_transfer(fake, slot, id, at, CODE_TRANSACTION, trb.word[2]);
}

/* One transfer of each endpoint */
void fake_do_transfers(struct fake_xhci *fake)
{
    for (unsigned i = 1; i <= FAKE_SLOTS; i++) {
        for (unsigned id = 1;
             id < 32 && fake->slots[i].state > FAKE_SLOT_ENABLED; id++) {
            struct fake_endpoint *endpoint = &fake->slots[i].endpoints[id];

            if (endpoint->state != FAKE_RUNNING || !endpoint->rung)
                continue;
            if (id == CONTROL)
                do_control(fake, i);
            else
                do_interrupt(fake, i, id);
        }
    }
}
