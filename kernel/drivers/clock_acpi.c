/* SPDX-License-Identifier: MIT */
/*
 * Some old chipsets do not latch the timer, so that a read while it changes may
 * return garbage: on a PIIX4 one read in 24 does (Intel 82371AB errata, "ACPI
 * Timer").  The timer is therefore read until two successive values are close.
 */
#include "arch/io.h"
#include "clock_source.h"

#define RATE  3579545u /* hertz */
#define NEAR  64       /* maximum difference in counts (18 us) */
#define READS 8

static uint16_t port;
static uint32_t mask;

static uint32_t read(void)
{
    uint32_t count = port_read32(port);

    for (unsigned i = 0; i < READS; i++) {
        uint32_t before = count;

        count = port_read32(port);
        if (((count - before) & mask) < NEAR)
            break;
    }
    return count;
}

bool clock_acpi_start(struct clock_source *source, const struct acpi *acpi)
{
    mask = acpi->timer_long ? 0xFFFFFFFF : 0x00FFFFFF;
    port = acpi->timer;
    *source = (struct clock_source){"ACPI timer", RATE, mask, read};
    return port != 0 && clock_source_counts(source);
}
