/* SPDX-License-Identifier: MIT */
#include "arch/port.h"
#include "clock_source.h"

#define RATE 3579545u /* hertz */

static uint16_t port;

static uint32_t read(void)
{
    return port_read32(port);
}

bool clock_acpi_start(struct clock_source *source, const struct acpi *acpi)
{
    uint32_t mask = acpi->timer_long ? 0xFFFFFFFF : 0x00FFFFFF;

    port = acpi->timer;
    *source = (struct clock_source){"ACPI timer", RATE, mask, read};
    return port != 0 && clock_source_counts(source);
}
