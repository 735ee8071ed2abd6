/* SPDX-License-Identifier: MIT */
/* A fake of what a PC shows of its hypervisor, with the widest values. */
#pragma once

#include "emu/text/strbuf.h"
#include "ui/base/view.h"

static bool fill_privileged(struct privileged_row rows[PRIVILEGED_ROWS])
{
    static const struct privileged_row row = {
        "mov eax, cr0", "reads the privilege level of a segment",
        PRIVILEGED_READS};

    for (unsigned i = 0; i < PRIVILEGED_ROWS; i++)
        rows[i] = row;
    rows[3].result = PRIVILEGED_TRAPS;
    rows[PRIVILEGED_ROWS - 1].result = PRIVILEGED_IGNORED;
    return true;
}

static void write_block(struct strbuf *text, const struct engine_space *space)
{
    (void)space;
    strbuf_add(text, "%077u!\n%077u!\n%077u!", 1, 2, 3);
}

static void write_region(struct strbuf *text, const struct engine_space *space,
                         unsigned i)
{
    (void)space;
    strbuf_add(text, "%077u!", i);
}

static unsigned fill_entries(const struct engine_space *space,
                             struct entry_row rows[ENTRY_ROWS])
{
    static const struct entry_row widest = {UINT32_MAX,      "lines used",
                                            UINT32_MAX,      UINT32_MAX,
                                            "damaged stack", 123456789012};

    (void)space;
    for (unsigned i = 0; i < ENTRY_ROWS; i++)
        rows[i] = widest;
    rows[1] = (struct entry_row){1, "start", 0, 0, "done", 0};
    return ENTRY_ROWS;
}

static uint64_t cycles_of_entry; /* 0 if they are not counted */

/* Entries after another guest was used cost more. */
static uint64_t entry_cycles(const struct engine_space *space,
                             const struct engine_space *from)
{
    return cycles_of_entry * (space == from ? 1 : 10);
}

static const struct vmm_view fake_vmm = {
    .control_block = write_block,
    .region = write_region,
    .entries = fill_entries,
    .entry_cycles = entry_cycles,
    .try_privileged = fill_privileged,
};
