/* SPDX-License-Identifier: MIT */
/* The registers of the fake controller, and the rules for access to them */
#include "internal.h"
#include <string.h>

#define OK_COMMAND (RUN | HCRST | INTE | HSEE)

/* ---------------------------------------------------------------- read --- */

static uint32_t read_capability(const struct fake_xhci *fake, uint32_t offset)
{
    const struct fake_options *options = &fake->options;
    unsigned pads = options->scratchpads;

    switch (offset) {
    case 0x00:
        return 0x01200000 | CAPLENGTH;
    case 0x04:
        return options->slots | 1 << 8 |
               (options->usb2 + options->usb3 + options->hidden) << 24;
    case 0x08:
        return (pads & 0x1F) << 27 | (pads >> 5 & 0x1F) << 21;
    case 0x10:
        return EXTENDED / 4 << 16 | (options->power_switches ? 8 : 0) |
               (options->wide ? 4 : 0) | 1;
    case 0x14:
        return DOORBELLS;
    case 0x18:
        return RUNTIME;
    default:
        return 0;
    }
}

static uint32_t protocol_word(uint32_t word, unsigned major, unsigned first,
                              unsigned count, unsigned type, unsigned next)
{
    const uint32_t words[] = {
        major << 24 | next << 8 | 2,
        0x20425355,
        count << 8 | first,
        type,
    };

    return words[word / 4];
}

static uint32_t read_extended(const struct fake_xhci *fake, uint32_t offset)
{
    const struct fake_options *options = &fake->options;

    if (offset < LEGACY + 8)
        return fake->legacy[(offset - LEGACY) / 4];
    if (offset >= PROTOCOL2 && offset < PROTOCOL2 + 16)
        return protocol_word(offset - PROTOCOL2, 2, 1, options->usb2,
                             options->slot_type2, 4);
    if (offset >= PROTOCOL3 && offset < PROTOCOL3 + 16)
        return protocol_word(offset - PROTOCOL3, 3, options->usb2 + 1,
                             options->usb3, options->slot_type3, 0);
    return 0;
}

static uint32_t read_operational(const struct fake_xhci *fake, uint32_t offset)
{
    switch (offset) {
    case USBCMD:
        return fake->command | (fake->resetting != 0 ? HCRST : 0);
    case USBSTS:
        return fake->status | (fake->not_ready != 0 ? CNR : 0) |
               fake->trouble.status;
    case PAGESIZE:
        return fake->options.page_size ? fake->options.page_size : 1;
    case CRCR: /* pointers read as 0 */
        return fake_running(fake) && fake->commands_rung ? 8 : 0;
    case DCBAAP:
        return (uint32_t)fake->contexts;
    case CONFIG:
        return fake->config;
    default:
        return 0;
    }
}

static uint32_t read_runtime(const struct fake_xhci *fake, uint32_t offset)
{
    switch (offset) {
    case MFINDEX:
        return (uint32_t)(fake->now / 125) & 0x3FFF;
    case IMAN:
        return fake->iman;
    case IMOD:
        return fake->imod;
    case ERSTSZ:
        return fake->table_size;
    case ERSTBA:
        return (uint32_t)fake->table;
    case ERDP:
        return (uint32_t)fake->dequeue;
    default:
        return 0;
    }
}

/* Returns the root port of a register set, or 0. */
static unsigned port_of(const struct fake_xhci *fake, uint32_t offset)
{
    unsigned count = fake->options.usb2 + fake->options.usb3;

    return offset >= PORTS && offset < PORTS + 0x10 * count
               ? (offset - PORTS) / 0x10 + 1
               : 0;
}

static uint32_t read32(void *context, uint32_t offset)
{
    struct fake_xhci *fake = context;
    unsigned port = port_of(fake, offset);

    demand(offset % 4 == 0 && offset < FAKE_SIZE,
           "it reads a register that does not exist");
    demand(fake->now >= fake->touchable,
           "no access for a millisecond after a reset");
    if (fake->trouble.dead)
        return UINT32_MAX;
    if (port != 0 && (offset - PORTS) % 0x10 == 0)
        return fake_read_port(fake, port);
    return offset < CAPLENGTH   ? read_capability(fake, offset)
           : offset < RUNTIME   ? read_operational(fake, offset)
           : offset < DOORBELLS ? read_runtime(fake, offset)
           : offset < EXTENDED  ? 0
                                : read_extended(fake, offset);
}

/* --------------------------------------------------------------- write --- */

static void write_half(uint64_t *value, uint32_t written, bool high)
{
    *value = high ? (uint32_t)*value | (uint64_t)written << 32
                  : (*value & ~0xFFFFFFFFull) | written;
}

static void check_run(const struct fake_xhci *fake)
{
    demand(fake->status & HCHALTED, "Run is set while the controller runs");
    demand(fake->contexts != 0, "DCBAAP is set before Run");
    demand(fake->ring_pointer != 0, "CRCR is set before Run");
    demand((fake->config & 0xFF) != 0, "CONFIG is set before Run");
    demand(fake->table_size != 0, "ERSTSZ is set before Run");
    demand(fake->segment != 0, "ERSTBA is set before Run");
    demand(fake->dequeue != 0, "ERDP is set before Run");
}

/* No slot has a context yet (6.1). */
static void check_contexts(const struct fake_xhci *fake)
{
    const uint64_t *base = fake_at(fake, fake->contexts, 2048, 64, 4096,
                                   "device context base address array");

    for (unsigned i = 1; i < 256; i++)
        demand(base[i] == 0, "slots have no context before Run");
}

static void check_scratchpads(const struct fake_xhci *fake)
{
    unsigned count = fake->options.scratchpads;
    const uint64_t *base = fake_at(fake, fake->contexts, 2048, 64, 4096,
                                   "device context base address array");

    if (count == 0)
        return;
    const uint64_t *array =
        fake_at(fake, base[0], 8 * count, 64, 4096, "scratchpad buffer array");

    for (unsigned i = 0; i < count; i++) {
        void *page = fake_at(fake, array[i], 4096, 4096, 0, "scratchpad");

        memset(page, 0xA5, 4096);
        for (unsigned j = 0; j < i; j++)
            demand(array[i] != array[j], "each scratchpad has its own page");
    }
}

static void write_command(struct fake_xhci *fake, uint32_t value)
{
    const struct fake_troubles *trouble = &fake->trouble;

    demand((value & ~OK_COMMAND) == 0, "reserved bits of USBCMD are zero");
    if (value & HCRST) {
        demand(fake->status & HCHALTED, "a reset needs a halted controller");
        fake->resets++;
        fake_reset_controller(fake);
        fake->resetting = trouble->reset_us == FAKE_NEVER
                              ? FAKE_NEVER
                              : fake->now + trouble->reset_us;
        fake->not_ready = trouble->ready_us == FAKE_NEVER
                              ? FAKE_NEVER
                              : fake->now + trouble->ready_us;
        fake->touchable = fake->now + MS;
        return;
    }
    if (value & RUN && !(fake->command & RUN)) {
        check_run(fake);
        check_contexts(fake);
        check_scratchpads(fake);
        fake->starting = trouble->run_us == FAKE_NEVER
                             ? FAKE_NEVER
                             : fake->now + trouble->run_us;
    }
    if (!(value & RUN) && fake->command & RUN && !(fake->status & HCHALTED))
        fake->halting = trouble->halt_us == FAKE_NEVER
                            ? FAKE_NEVER
                            : fake->now + trouble->halt_us;
    fake->command = value;
}

static void write_command_ring(struct fake_xhci *fake, uint32_t value,
                               bool high)
{
    demand(!fake_running(fake), "CRCR is written while the controller halts");
    demand(high || (value & 0x3E) == 0, "CRCR starts no abort, and is aligned");
    write_half(&fake->ring_pointer, value, high);
    if (high)
        fake->commands = fake_ring_from(fake, fake->ring_pointer);
}

static void write_operational(struct fake_xhci *fake, uint32_t offset,
                              uint32_t value)
{
    switch (offset) {
    case USBCMD:
        write_command(fake, value);
        break;
    case USBSTS:
        demand((value & ~STS_RW1C) == 0, "reserved bits of USBSTS are zero");
        fake->status &= ~(value & STS_RW1C);
        break;
    case CRCR:
    case CRCR + 4:
        write_command_ring(fake, value, offset != CRCR);
        break;
    case DCBAAP:
    case DCBAAP + 4:
        demand(!fake_running(fake), "DCBAAP is written while halted");
        write_half(&fake->contexts, value, offset != DCBAAP);
        break;
    case CONFIG:
        demand(fake->command == 0, "CONFIG is written while halted");
        demand(value <= fake->options.slots, "CONFIG is at most MaxSlots");
        fake->config = value;
        break;
    default:
        demand(false, "no such operational register is written");
    }
}

static void write_dequeue(struct fake_xhci *fake, uint32_t value, bool high)
{
    write_half(&fake->dequeue, value & ~(ERDP_EHB | 7u), high);
    if (!high && value & ERDP_EHB)
        fake->busy = false;
    if (high && fake->segment != 0) {
        demand(fake->dequeue >= fake->segment &&
                   fake->dequeue < fake->segment + 16ull * fake->segment_size,
               "ERDP points to the event ring");
        fake->full = false;
        fake_flush_events(fake);
    }
}

static void write_runtime(struct fake_xhci *fake, uint32_t offset,
                          uint32_t value)
{
    switch (offset) {
    case IMAN:
        demand((value & ~3u) == 0, "reserved bits of IMAN are zero");
        fake->iman = (fake->iman & (value & IMAN_IP ? ~3u : ~IMAN_IE)) |
                     (value & IMAN_IE);
        break;
    case IMOD:
        fake->imod = value;
        break;
    case ERSTSZ:
        demand((value & 0xFFFF0000u) == 0, "ERSTSZ has 16 bits");
        fake->table_size = value;
        break;
    case ERSTBA:
    case ERSTBA + 4:
        demand(!fake_running(fake), "ERSTBA is written while halted");
        demand(fake->table_size > 0, "ERSTSZ is written before ERSTBA");
        write_half(&fake->table, value, offset != ERSTBA);
        if (offset != ERSTBA)
            fake_start_events(fake);
        break;
    case ERDP:
    case ERDP + 4:
        write_dequeue(fake, value, offset != ERDP);
        break;
    default:
        demand(false, "no such runtime register is written");
    }
}

static void write_extended(struct fake_xhci *fake, uint32_t offset,
                           uint32_t value)
{
    demand(offset < LEGACY + 8, "no such extended register is written");
    if (offset == LEGACY) {
        fake->legacy[0] = (fake->legacy[0] & 0xFFFF) | (value & 0x01000000);
        return;
    }
    demand((value & 0x1FE00000) == 0, "reserved bits of USBLEGCTLSTS are zero");
    fake->legacy[1] = value & 0x0000FFFF;
}

/* The halves of a register of 64 bits are written one after the other. */
static void check_halves(struct fake_xhci *fake, uint32_t offset)
{
    static const uint32_t wide[] = {CRCR, DCBAAP, ERSTBA, ERDP};

    demand(fake->half == 0 || offset == fake->half + 4,
           "the upper half of a register is written after the lower one");
    for (unsigned i = 0; i < sizeof wide / sizeof wide[0]; i++) {
        demand(offset != wide[i] + 4 || fake->half == wide[i],
               "the lower half of a register is written first");
        if (offset == wide[i]) {
            fake->half = offset;
            return;
        }
    }
    fake->half = 0;
}

static void write_doorbell(struct fake_xhci *fake, unsigned slot,
                           uint32_t value)
{
    demand(fake_running(fake), "doorbells ring while the controller runs");
    demand(slot <= fake->options.slots, "there is no such doorbell");
    if (slot > 0) {
        fake_ring_slot(fake, slot, value);
        return;
    }
    demand(value == 0, "the doorbell of commands has the target 0");
    fake->commands_rung = true;
}

static void write32(void *context, uint32_t offset, uint32_t value)
{
    struct fake_xhci *fake = context;
    unsigned port = port_of(fake, offset);

    demand(offset % 4 == 0 && offset >= CAPLENGTH && offset < FAKE_SIZE,
           "it writes a register that does not exist");
    if (fake->trouble.dead)
        return;
    demand(fake->now >= fake->touchable,
           "no access for a millisecond after a reset");
    demand(fake->resetting == 0 || offset >= EXTENDED,
           "no register is written while HCRST is 1");
    demand(fake->not_ready == 0 || offset == USBSTS || offset >= EXTENDED,
           "no register but USBSTS is written while CNR is 1");
    check_halves(fake, offset);
    if (port != 0) {
        demand((offset - PORTS) % 0x10 == 0, "only PORTSC is written");
        fake_write_port(fake, port, value);
    } else if (offset < RUNTIME) {
        write_operational(fake, offset, value);
    } else if (offset < DOORBELLS) {
        write_runtime(fake, offset, value);
    } else if (offset < EXTENDED) {
        write_doorbell(fake, (offset - DOORBELLS) / 4, value);
    } else {
        write_extended(fake, offset, value);
    }
}

struct xhci_access fake_access(struct fake_xhci *fake)
{
    return (struct xhci_access){read32, write32, fake};
}
