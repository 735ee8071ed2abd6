/* SPDX-License-Identifier: MIT */
/* The command ring of the fake controller (xHCI 1.2, 4.6 and 6.4.3) */
#include "internal.h"
#include <string.h>

#define SLOT_OF(trb)     ((trb)->word[3] >> 24)
#define ENDPOINT_OF(trb) ((trb)->word[3] >> 16 & 0x1F)

/* Bits of the control word that a type of command may have, apart from type and
   cycle */
#define WITH_SLOT     0xFF000000u
#define WITH_ENDPOINT 0xFF1F0000u
#define WITH_TYPE     0x001F0000u

static unsigned enable_slot(struct fake_xhci *fake, const struct fake_trb *trb,
                            unsigned *number)
{
    unsigned max = fake->config & 0xFF;

    for (unsigned i = 1; i <= max && i <= FAKE_SLOTS; i++) {
        if (fake->slots[i].state != FAKE_SLOT_DISABLED)
            continue;
        fake->slots[i] = (struct fake_slot){.state = FAKE_SLOT_ENABLED,
                                            .type = ENDPOINT_OF(trb)};
        *number = i;
        return CODE_SUCCESS;
    }
    return CODE_NO_SLOTS;
}

static unsigned disable_slot(struct fake_slot *slot)
{
    *slot = (struct fake_slot){.state = FAKE_SLOT_DISABLED};
    return CODE_SUCCESS;
}

static unsigned reset_endpoint(struct fake_endpoint *endpoint)
{
    if (endpoint->state != FAKE_HALTED)
        return CODE_STATE;
    endpoint->state = FAKE_STOPPED;
    endpoint->toggle = false;
    endpoint->rung = false;
    return CODE_SUCCESS;
}

static unsigned set_dequeue(const struct fake_xhci *fake,
                            struct fake_endpoint *endpoint,
                            const struct fake_trb *trb)
{
    uint64_t pointer = trb->word[0] | (uint64_t)trb->word[1] << 32;

    if (endpoint->state != FAKE_STOPPED && endpoint->state != FAKE_BROKEN)
        return CODE_STATE;
    endpoint->ring = fake_ring_from(fake, pointer);
    endpoint->state = FAKE_STOPPED;
    return CODE_SUCCESS;
}

static unsigned endpoint_command(const struct fake_xhci *fake,
                                 struct fake_slot *slot,
                                 const struct fake_trb *trb)
{
    unsigned id = ENDPOINT_OF(trb);

    demand(id >= 1 && slot->endpoints[id].state != FAKE_DISABLED,
           "commands name endpoints that are enabled");
    return TRB_TYPE(trb->word[3]) == TRB_RESET_EP
               ? reset_endpoint(&slot->endpoints[id])
               : set_dequeue(fake, &slot->endpoints[id], trb);
}

static void check_command(const struct fake_trb *trb)
{
    static const struct {
        uint32_t control;
        bool pointer;
    } allowed[64] = {
        [TRB_ENABLE_SLOT] = {WITH_TYPE, false},
        [TRB_DISABLE_SLOT] = {WITH_SLOT, false},
        [TRB_ADDRESS] = {WITH_SLOT, true},
        [TRB_CONFIGURE] = {WITH_SLOT, true},
        [TRB_EVALUATE] = {WITH_SLOT, true},
        [TRB_RESET_EP] = {WITH_ENDPOINT, false},
        [TRB_SET_DEQUEUE] = {WITH_ENDPOINT, true},
    };
    unsigned type = TRB_TYPE(trb->word[3]);

    demand(allowed[type].control != 0, "there is no such command");
    demand((trb->word[3] & ~(allowed[type].control | 0xFC01u)) == 0,
           "reserved bits of a command are zero");
    demand(allowed[type].pointer || (trb->word[0] | trb->word[1]) == 0,
           "reserved words of a command are zero");
    demand(trb->word[2] == 0, "commands have no status");
}

/* Executes a command and sets the slot that its event names. */
static unsigned execute(struct fake_xhci *fake, const struct fake_trb *trb,
                        unsigned *number)
{
    unsigned type = TRB_TYPE(trb->word[3]);

    *number = SLOT_OF(trb);
    if (type == TRB_ENABLE_SLOT)
        return enable_slot(fake, trb, number);
    demand(*number >= 1 && *number <= fake->options.slots,
           "commands name a slot");
    struct fake_slot *slot = &fake->slots[*number];

    if (slot->state == FAKE_SLOT_DISABLED)
        return CODE_SLOT_DISABLED;
    switch (type) {
    case TRB_DISABLE_SLOT:
        return disable_slot(slot);
    case TRB_ADDRESS:
        return fake_do_address(fake, slot, *number, trb);
    case TRB_CONFIGURE:
        return fake_do_configure(fake, slot, trb);
    case TRB_EVALUATE:
        return fake_do_evaluate(fake, slot, trb);
    default:
        return endpoint_command(fake, slot, trb);
    }
}

/* Returns true if a trouble concerns this type of command. */
static bool is_troubled(const struct fake_xhci *fake, unsigned type)
{
    return fake->trouble.command == 0 || fake->trouble.command == type;
}

static void end_command(struct fake_xhci *fake, uint64_t at,
                        const struct fake_trb *trb)
{
    unsigned type = TRB_TYPE(trb->word[3]), number = SLOT_OF(trb), code;

    fake->executed[type]++;
    if (fake->trouble.times > 0 && is_troubled(fake, type)) {
        fake->trouble.times--;
        code = fake->trouble.code;
    } else {
        code = execute(fake, trb, &number);
    }
    if (type == TRB_ENABLE_SLOT && fake->trouble.slot != FAKE_ANY)
        number = (unsigned)fake->trouble.slot;
    fake_post(fake,
              &(struct fake_trb){
                  {(uint32_t)at, (uint32_t)(at >> 32), (uint32_t)code << 24,
                   TRB_COMPLETION << 10 | (uint32_t)number << 24}});
}

/* Executes one command, unless it takes longer. */
void fake_do_commands(struct fake_xhci *fake)
{
    struct fake_ring ring = fake->commands;
    struct fake_trb trb;

    if (!fake->commands_rung)
        return;
    uint64_t at = fake_fetch(fake, &ring, &trb);

    if (at == 0) {
        fake->commands_rung = false;
        return;
    }
    check_command(&trb);
    if (fake->trouble.command_hangs && is_troubled(fake, TRB_TYPE(trb.word[3])))
        return;
    if (fake->command_ends == 0)
        fake->command_ends = fake->now + fake->trouble.command_us;
    if (fake->now < fake->command_ends)
        return;
    fake->command_ends = 0;
    fake->commands = ring;
    end_command(fake, at, &trb);
}
