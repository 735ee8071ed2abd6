/* SPDX-License-Identifier: MIT */
#include "power_button.h"
#include "arch/io.h"

/* Bit of the PM1 status and enable registers (tables 4.13 and 4.14).  In the
   status, it is cleared by writing 1. */
#define POWER_BUTTON 0x0100u

static uint16_t status[2]; /* ports of the status registers, 0 if none */

static void start(uint16_t port, uint8_t length)
{
    uint16_t enable = (uint16_t)(port + length / 2);

    port_write16(port, POWER_BUTTON);
    port_write16(enable, (uint16_t)(port_read16(enable) | POWER_BUTTON));
}

/* The enable register follows the status register.  While ACPI is not enabled,
   the firmware may receive an SMI and switch the PC off by itself. */
void power_button_start(const struct acpi *acpi)
{
    uint16_t ports[] = {acpi->event_a, acpi->event_b};

    for (unsigned i = 0; i < 2; i++) {
        status[i] = acpi->has_button && acpi->event_length >= 4 ? ports[i] : 0;
        if (status[i] != 0)
            start(status[i], acpi->event_length);
    }
}

/* A register that does not respond reads as all ones. */
bool power_button_pressed(void)
{
    bool pressed = false;

    for (unsigned i = 0; i < 2; i++) {
        uint16_t value = status[i] != 0 ? port_read16(status[i]) : 0;

        if (!(value & POWER_BUTTON) || value == UINT16_MAX)
            continue;
        port_write16(status[i], POWER_BUTTON);
        pressed = true;
    }
    return pressed;
}
