/* SPDX-License-Identifier: MIT */
#include "vmm_view.h"
#include "hypervisor/control_block.h"
#include "hypervisor/entry_cost.h"
#include "hypervisor/sensitive.h"

static const struct guest_space *guest_of(const struct engine_space *space)
{
    return (const struct guest_space *)(const void *)space;
}

static void control_block(struct strbuf *text, const struct engine_space *space)
{
    control_block_write(text, guest_of(space));
}

static void region(struct strbuf *text, const struct engine_space *space,
                   unsigned i)
{
    _Static_assert(REGIONS == CONTROL_BLOCK_REGIONS, "same regions");
    control_block_region(text, guest_of(space), i);
}

static struct entry_row entry_row(const struct guest_entry *entry,
                                  uint32_t number)
{
    bool runs = entry->function == ENGINE_RUN;

    return (struct entry_row){
        .number = number,
        .call = control_block_call(entry),
        .budget = runs ? entry->budget : 0,
        .executed = runs ? entry->executed : 0,
        .reason = control_block_reason(entry),
        .cycles = entry->cycles,
    };
}

static unsigned entries(const struct engine_space *space,
                        struct entry_row rows[ENTRY_ROWS])
{
    const struct guest_space *guest = guest_of(space);
    unsigned count =
        guest->entries < ENTRY_ROWS ? (unsigned)guest->entries : ENTRY_ROWS;

    _Static_assert(ENTRY_ROWS <= GUEST_LOG, "enough entries are kept");
    for (unsigned i = 0; i < count; i++) {
        uint32_t number = guest->entries - i;

        rows[i] = entry_row(&guest->log[number % GUEST_LOG], number);
    }
    return count;
}

static uint64_t entry_cycles(const struct engine_space *space,
                             const struct engine_space *from)
{
    return entry_cost(guest_of(space), guest_of(from));
}

static bool try_privileged(struct privileged_row rows[PRIVILEGED_ROWS])
{
    static const enum privileged_result results[] = {
        [SENSITIVE_TRAPS] = PRIVILEGED_TRAPS,
        [SENSITIVE_IGNORED] = PRIVILEGED_IGNORED,
        [SENSITIVE_READS] = PRIVILEGED_READS,
    };
    struct sensitive_row found[SENSITIVE_ROWS];

    _Static_assert(SENSITIVE_ROWS == PRIVILEGED_ROWS, "same rows");
    if (!sensitive_run(found))
        return false;
    for (unsigned i = 0; i < SENSITIVE_ROWS; i++)
        rows[i] = (struct privileged_row){found[i].name, found[i].what,
                                          results[found[i].result]};
    return true;
}

const struct vmm_view vmm_view = {
    .control_block = control_block,
    .region = region,
    .entries = entries,
    .entry_cycles = entry_cycles,
    .try_privileged = try_privileged,
};
