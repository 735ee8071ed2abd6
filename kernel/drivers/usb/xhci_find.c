/* SPDX-License-Identifier: MIT */
#include "xhci_find.h"
#include "xhci_registers.h"
#include <stddef.h>

#define NO_RESPONSE      0xFFFFFFFFu /* read from a controller that is gone */
#define CAPABILITIES_MIN 0x1Cu       /* size of the capability registers */
#define EXTENDED_SIZE    16u         /* of the longest part that is read */
#define EXTENDED_MAX     256         /* more than any controller has */
#define FOUR_GIB         0x100000000ull

static uint32_t read(const struct xhci_access *access, uint32_t offset)
{
    return access->read32(access->context, offset);
}

static void write(const struct xhci_access *access, uint32_t offset,
                  uint32_t value)
{
    access->write32(access->context, offset, value);
}

/* ---------------------------------------------------------------- PCI --- */

enum xhci_presence xhci_find(const struct pci *pci, unsigned index,
                             struct xhci_place *place)
{
    const struct pci_function *found = pci_find(pci, PCI_CLASS_XHCI, index);
    struct pci_bar bar;

    if (found == NULL)
        return XHCI_ABSENT;
    *place = (struct xhci_place){.function = found->address};
    if (!pci_read_bar(found->address, 0, &bar) || !bar.memory ||
        bar.address == 0)
        return XHCI_UNASSIGNED;
    place->address = bar.address;
    place->size = bar.size < XHCI_SIZE_MAX ? (uint32_t)bar.size : XHCI_SIZE_MAX;
    return place->address + place->size <= FOUR_GIB ? XHCI_REACHABLE
                                                    : XHCI_HIGH;
}

/* ------------------------------------------------------- capabilities --- */

/* Returns true if LENGTH bytes at OFFSET are between START and SIZE. */
static bool fits(uint32_t offset, uint32_t length, uint32_t start,
                 uint32_t size)
{
    return offset >= start && offset <= size && length <= size - offset;
}

/* Returns true if all registers that the driver uses are there. */
static bool is_valid(const struct xhci_capabilities *found)
{
    uint32_t start = found->operational, size = found->size;

    return start >= CAPABILITIES_MIN && found->slots > 0 && found->ports > 0 &&
           fits(start, XHCI_PORTS_END(found->ports), start, size) &&
           fits(found->runtime, XHCI_RUNTIME_END, start, size) &&
           fits(found->doorbells, XHCI_DOORBELL(found->slots + 1u), start,
                size);
}

bool xhci_read_capabilities(const struct xhci_access *access, uint32_t size,
                            struct xhci_capabilities *capabilities)
{
    if (size < CAPABILITIES_MIN)
        return false;
    uint32_t first = read(access, XHCI_CAPLENGTH);
    uint32_t limits = read(access, XHCI_HCSPARAMS1);
    uint32_t options = read(access, XHCI_HCCPARAMS1);

    *capabilities = (struct xhci_capabilities){
        .size = size,
        .version = (uint16_t)XHCI_VERSION(first),
        .slots = (uint8_t)XHCI_MAX_SLOTS(limits),
        .ports = (uint8_t)XHCI_MAX_PORTS(limits),
        .scratchpads =
            (uint16_t)XHCI_MAX_SCRATCHPADS(read(access, XHCI_HCSPARAMS2)),
        .wide_contexts = options & XHCI_HCC_WIDE_CONTEXTS,
        .operational = XHCI_LENGTH(first),
        .runtime = read(access, XHCI_RTSOFF) & XHCI_RTSOFF_MASK,
        .doorbells = read(access, XHCI_DBOFF) & XHCI_DBOFF_MASK,
        .extended = XHCI_EXTENDED(options),
    };
    return first != NO_RESPONSE && is_valid(capabilities);
}

/* Offsets only grow, so the list ends at the end of the registers at last. */
uint32_t xhci_next_extended(const struct xhci_access *access,
                            const struct xhci_capabilities *capabilities,
                            uint8_t id, uint32_t after)
{
    uint32_t offset = capabilities->extended, size = capabilities->size;

    for (unsigned i = 0; i < EXTENDED_MAX; i++) {
        if (!fits(offset, EXTENDED_SIZE, CAPABILITIES_MIN, size))
            return 0;
        uint32_t value = read(access, offset);

        if (value == NO_RESPONSE)
            return 0;
        if (offset > after && XHCI_EXTENDED_ID(value) == id)
            return offset;
        if (XHCI_EXTENDED_NEXT(value) == 0)
            return 0;
        offset += XHCI_EXTENDED_NEXT(value);
    }
    return 0;
}

/* Returns false if the ports do not speak USB or do not exist. */
static bool read_protocol(const struct xhci_access *access, uint32_t offset,
                          unsigned max, struct xhci_protocol *protocol)
{
    uint32_t ports = read(access, offset + XHCI_PROTOCOL_PORTS);
    unsigned first = XHCI_PROTOCOL_FIRST_PORT(ports);
    unsigned count = XHCI_PROTOCOL_PORT_COUNT(ports);

    if (read(access, offset + XHCI_PROTOCOL_NAME) != XHCI_PROTOCOL_USB ||
        first == 0 || first > max || count == 0)
        return false;
    if (count > max - first + 1)
        count = max - first + 1;
    *protocol = (struct xhci_protocol){
        .major = (uint8_t)XHCI_PROTOCOL_MAJOR(read(access, offset)),
        .first_port = (uint8_t)first,
        .ports = (uint8_t)count,
        .slot_type = (uint8_t)XHCI_PROTOCOL_SLOT_TYPE(
            read(access, offset + XHCI_PROTOCOL_SLOT)),
    };
    return protocol->major == 2 || protocol->major == 3;
}

unsigned xhci_read_protocols(const struct xhci_access *access,
                             const struct xhci_capabilities *capabilities,
                             struct xhci_protocol protocols[XHCI_PROTOCOLS_MAX])
{
    unsigned count = 0;
    uint32_t offset = 0;

    while (count < XHCI_PROTOCOLS_MAX &&
           (offset = xhci_next_extended(access, capabilities, XHCI_ID_PROTOCOL,
                                        offset)) != 0)
        count += read_protocol(access, offset, capabilities->ports,
                               &protocols[count]);
    return count;
}

/* ----------------------------------------------------------- hand-off --- */

void xhci_handoff_start(struct xhci_handoff *handoff,
                        const struct xhci_access *access,
                        const struct xhci_capabilities *capabilities)
{
    *handoff = (struct xhci_handoff){
        .offset = xhci_next_extended(access, capabilities, XHCI_ID_LEGACY, 0)};
    handoff->state =
        handoff->offset != 0 ? XHCI_HANDOFF_REQUEST : XHCI_HANDOFF_DONE;
}

static void disable_smi(const struct xhci_handoff *handoff,
                        const struct xhci_access *access)
{
    uint32_t offset = handoff->offset + XHCI_LEGACY_CONTROL;
    uint32_t control = read(access, offset) & XHCI_LEGACY_CONTROL_KEEP;

    write(access, offset, control | XHCI_LEGACY_CONTROL_EVENTS);
}

/* Returns the state that follows when the BIOS has been waited for once. */
static enum xhci_handoff_state wait_once(struct xhci_handoff *handoff,
                                         const struct xhci_access *access,
                                         uint32_t owners)
{
    if ((owners & XHCI_LEGACY_OS_OWNED) && !(owners & XHCI_LEGACY_BIOS_OWNED)) {
        disable_smi(handoff, access);
        return XHCI_HANDOFF_DONE;
    }
    if (++handoff->steps < XHCI_HANDOFF_STEPS)
        return XHCI_HANDOFF_WAIT;
    write(access, handoff->offset,
          (owners & ~XHCI_LEGACY_BIOS_OWNED) | XHCI_LEGACY_OS_OWNED);
    disable_smi(handoff, access);
    return XHCI_HANDOFF_FORCED;
}

enum xhci_handoff_state xhci_handoff_step(struct xhci_handoff *handoff,
                                          const struct xhci_access *access)
{
    if (handoff->state != XHCI_HANDOFF_REQUEST &&
        handoff->state != XHCI_HANDOFF_WAIT)
        return handoff->state;
    uint32_t owners = read(access, handoff->offset);

    if (owners == NO_RESPONSE) {
        handoff->state = XHCI_HANDOFF_FAILED;
    } else if (handoff->state == XHCI_HANDOFF_REQUEST) {
        write(access, handoff->offset, owners | XHCI_LEGACY_OS_OWNED);
        handoff->state = XHCI_HANDOFF_WAIT;
    } else {
        handoff->state = wait_once(handoff, access, owners);
    }
    return handoff->state;
}
