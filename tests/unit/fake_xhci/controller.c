/* SPDX-License-Identifier: MIT */
/* The fake controller as a whole: its start, its reset and its time */
#include "internal.h"
#include <string.h>

bool fake_running(const struct fake_xhci *fake)
{
    return (fake->command & RUN) && !(fake->status & HCHALTED);
}

/* Everything a reset of the controller sets back (4.2, 5.4.1.1) */
void fake_reset_controller(struct fake_xhci *fake)
{
    fake->command = 0;
    fake->status = HCHALTED;
    fake->config = fake->iman = fake->table_size = 0;
    fake->imod = 4000;
    fake->ring_pointer = fake->contexts = fake->table = fake->dequeue = 0;
    fake->halting = fake->starting = fake->command_ends = 0;
    fake->commands_rung = false;
    fake->segment = 0;
    fake->waiting_count = 0;
    fake->full = fake->busy = false;
    memset(fake->slots, 0, sizeof fake->slots);
    fake_reset_ports(fake);
}

/* The BIOS has left it running. */
void fake_start(struct fake_xhci *fake, const struct fake_options *options)
{
    memset(fake, 0, sizeof *fake);
    fake->options = *options;
    fake->trouble = (struct fake_troubles){
        .halt_us = 2 * MS,
        .reset_us = 3 * MS,
        .ready_us = 5 * MS,
        .run_us = 1 * MS,
        .slot = FAKE_ANY,
    };
    fake_reset_controller(fake);
    fake->command = RUN;
    fake->status = 0;
    fake->legacy[0] = options->bios ? 0x00010401 : 0x00000401;
    fake->legacy[1] = 0x0000E011;
}

void fake_set_memory(struct fake_xhci *fake, void *memory, uint32_t size)
{
    fake->memory = memory;
    fake->memory_size = size;
}

void *fake_at(const struct fake_xhci *fake, uint64_t address, unsigned size,
              unsigned alignment, unsigned boundary, const char *what)
{
    uint64_t offset = address - FAKE_ADDRESS;

    if (address < FAKE_ADDRESS || size > fake->memory_size ||
        offset > fake->memory_size - size)
        fail_msg("The %s at %llx is outside the memory.", what,
                 (unsigned long long)address);
    if (address % alignment != 0)
        fail_msg("The %s at %llx must be aligned to %u.", what,
                 (unsigned long long)address, alignment);
    if (boundary != 0 && address / boundary != (address + size - 1) / boundary)
        fail_msg("The %s at %llx crosses a multiple of %u.", what,
                 (unsigned long long)address, boundary);
    return fake->memory + offset;
}

static bool is_over(uint64_t *end, uint64_t now)
{
    if (*end == 0 || now < *end)
        return false;
    *end = 0;
    return true;
}

void fake_tick(struct fake_xhci *fake, uint64_t now)
{
    fake->now = now;
    is_over(&fake->resetting, now);
    is_over(&fake->not_ready, now);
    if (is_over(&fake->halting, now))
        fake->status |= HCHALTED;
    if (is_over(&fake->starting, now) && fake->command & RUN)
        fake->status &= ~HCHALTED;
    if (fake->trouble.status & (HSE | HCE | HCHALTED))
        fake->status |= HCHALTED;
    fake->trouble.status |= fake->trouble.status & HSE ? HCHALTED : 0;
    fake_tick_ports(fake);
    if (!fake_running(fake) || fake->trouble.dead)
        return;
    fake_do_commands(fake);
    fake_do_transfers(fake);
    fake_flush_events(fake);
}

unsigned fake_slots_used(const struct fake_xhci *fake)
{
    unsigned count = 0;

    for (unsigned i = 1; i <= FAKE_SLOTS; i++)
        count += fake->slots[i].state != FAKE_SLOT_DISABLED;
    return count;
}
