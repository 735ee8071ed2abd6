/* SPDX-License-Identifier: MIT */
#include "acpi.h"
#include "arch/physical.h"

/* BIOS data area */
#define BDA_EXTENDED 0x40E /* segment of the extended BIOS data area */
#define BDA_MEMORY   0x413 /* size of conventional memory in KB */

#define EXTENDED_LOWEST 0x80000u
#define EXTENDED_END    0xA0000u
#define EXTENDED_SIZE   0x400u
#define BIOS_START      0xE0000u
#define BIOS_SIZE       0x20000u

#define KB_MIN 256
#define KB_MAX 640

#define BIOS_STEP 16
#define UEFI_STEP 4 /* some UEFI firmware aligns only to 4 bytes */

#define AREAS_MAX 256

static struct acpi_area areas[AREAS_MAX];
static unsigned area_count;

static void add_area(uint32_t start, uint32_t length, unsigned step)
{
    if (area_count == AREAS_MAX)
        return;
    areas[area_count++] = (struct acpi_area){
        .start = start,
        .length = length,
        .bytes = physical_bytes(start),
        .step = step,
    };
}

static void add_bios(void)
{
    uint32_t extended = (uint32_t)physical_read16(BDA_EXTENDED) << 4;

    if (extended >= EXTENDED_LOWEST && extended < EXTENDED_END)
        add_area(extended,
                 EXTENDED_END - extended < EXTENDED_SIZE
                     ? EXTENDED_END - extended
                     : EXTENDED_SIZE,
                 BIOS_STEP);
    add_area(BIOS_START, BIOS_SIZE, BIOS_STEP);
}

/* Returns the end of RAM.  Reserved ranges above it may be device registers and
   are not scanned, but ACPI tables may still be read there. */
static uint32_t memory_end(const struct memory *memory)
{
    uint32_t end = 0;

    for (unsigned i = 0; i < memory->count; i++) {
        enum memory_kind kind = memory->known[i].kind;

        if (kind != MEMORY_TAKEN && kind != MEMORY_RESERVED &&
            memory->known[i].range.end > end)
            end = memory->known[i].range.end;
    }
    return end;
}

static void add_kind(const struct memory *memory, enum memory_kind kind)
{
    uint32_t end = memory_end(memory);

    for (unsigned i = 0; i < memory->count; i++) {
        const struct range *range = &memory->known[i].range;
        bool scan = kind != MEMORY_FREE && range->end <= end;

        if (memory->known[i].kind == kind)
            add_area(range->start, range->end - range->start,
                     scan ? UEFI_STEP : 0);
    }
}

void acpi_start(struct acpi *acpi, const struct memory *memory)
{
    area_count = 0;
    add_bios();
    add_kind(memory, MEMORY_ACPI);
    add_kind(memory, MEMORY_NVS);
    add_kind(memory, MEMORY_RESERVED);
    add_kind(memory, MEMORY_FREE);
    acpi_read(acpi, areas, area_count);
}

bool acpi_has_bios(void)
{
    uint16_t kb = physical_read16(BDA_MEMORY);

    return kb >= KB_MIN && kb <= KB_MAX;
}
