/* SPDX-License-Identifier: MIT */
/* Power-off does not run _PTS, because that would take an AML interpreter. */
#include "power.h"
#include "arch/cpu.h"
#include "arch/io.h"
#include "arch/physical.h"
#include "keyboard.h"
#include "pci.h"
#include <stdbool.h>

/* Reset flag in the BIOS data area, which controls the next POST */
#define BDA_RESET_FLAG 0x472
#define NO_MEMORY_TEST 0x1234

#define RESET_CONTROL 0xCF9 /* RST_CNT in Intel PCH and PIIX data sheets */
#define RESET_HARD    0x02
#define RESET_NOW     0x06

#define SYSTEM_CONTROL 0x92 /* control port A, IBM PS/2 Technical Reference */
#define FAST_RESET     0x01

/* PM1 control register (ACPI 6.4, table 4.15) */
#define SCI_ENABLED 0x0001u
#define SLEEP_TYPE  10 /* SLP_TYP is in bits 10 to 12 */
#define SLEEP_TYPES 0x1C00u
#define SLEEP_NOW   0x2000u

#define QEMU_EXIT 0xF4

/* Timeouts, in polls or delays of at least 1 us each */
#define RESET_LIMIT  100000
#define OFF_LIMIT    1000000
#define ENABLE_LIMIT 1000000

/* Power-off ports and values (SLP_EN and SLP_TYP) of virtual machines */
static const struct {
    uint16_t port, value;
} hypervisor_off[] = {
    {0x604, 0x2000},  /* QEMU */
    {0xB004, 0x2000}, /* Bochs and older QEMU */
    {0x4004, 0x3400}, /* VirtualBox */
};

static struct acpi known;

void power_start(const struct acpi *acpi)
{
    known = *acpi;
}

static void wait(unsigned delays)
{
    for (unsigned i = 0; i < delays; i++)
        port_delay();
}

/* The address is that of a register of a device on PCI bus 0. */
static void reset_by_pci(uint64_t address, uint8_t value)
{
    uint32_t device = (uint32_t)(address >> 32) & 0x1F;
    uint32_t function = (uint32_t)address >> 16 & 0x07;

    pci_write_byte((uint16_t)(device << 3 | function), address & 0xFF, value);
}

static void reset_by_acpi(void)
{
    uint64_t address = known.reset.address;

    if (!known.can_reset)
        return;
    if (known.reset.space == ACPI_IN_PORTS && address <= UINT16_MAX)
        port_write((uint16_t)address, known.reset_value);
    else if (known.reset.space == ACPI_IN_MEMORY && address <= UINT32_MAX)
        physical_write((uint32_t)address, known.reset_value);
    else if (known.reset.space == ACPI_IN_PCI)
        reset_by_pci(address, known.reset_value);
}

static void reset_by_chipset(void)
{
    port_write(RESET_CONTROL, RESET_HARD);
    port_delay();
    port_write(RESET_CONTROL, RESET_NOW);
}

/* The PC is reset by a rising edge of the bit, so clear it first. */
static void reset_by_port_92(void)
{
    uint8_t control = port_read(SYSTEM_CONTROL);

    port_write(SYSTEM_CONTROL, control & (uint8_t)~FAST_RESET);
    port_delay();
    port_write(SYSTEM_CONTROL, control | FAST_RESET);
}

void power_reboot(void)
{
    static void (*const methods[])(void) = {
        reset_by_acpi,    reset_by_chipset, keyboard_reset_processor,
        reset_by_port_92, triple_fault,
    };
    uint32_t flags = interrupts_save();

    physical_write16(BDA_RESET_FLAG, NO_MEMORY_TEST);
    for (unsigned i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        methods[i]();
        wait(RESET_LIMIT);
    }
    interrupts_restore(flags);
}

/* Enables ACPI mode.  Until then, the firmware owns the PM1 registers. */
static void enable_acpi(void)
{
    if (known.command == 0 || known.enable == 0 ||
        (port_read16(known.control_a) & SCI_ENABLED))
        return;
    port_write(known.command, known.enable);
    for (int i = 0; i < ENABLE_LIMIT; i++) {
        if (port_read16(known.control_a) & SCI_ENABLED)
            return;
        port_delay();
    }
}

static void set_sleep(uint16_t port, uint8_t type, uint16_t now)
{
    if (port == 0)
        return;
    uint16_t control =
        port_read16(port) & (uint16_t) ~(SLEEP_TYPES | SLEEP_NOW);

    port_write16(port, (uint16_t)(control | type << SLEEP_TYPE | now));
}

/* SLP_TYP must be set in both registers before SLP_EN is set in either. */
static void off_by_acpi(void)
{
    enable_acpi();
    set_sleep(known.control_a, known.sleep_a, 0);
    set_sleep(known.control_b, known.sleep_b, 0);
    set_sleep(known.control_a, known.sleep_a, SLEEP_NOW);
    set_sleep(known.control_b, known.sleep_b, SLEEP_NOW);
    wait(OFF_LIMIT);
}

void power_off(void)
{
    uint32_t flags = interrupts_save();

    if (known.can_sleep && known.control_a != 0)
        off_by_acpi();
    for (unsigned i = 0; i < sizeof hypervisor_off / sizeof hypervisor_off[0];
         i++)
        if (cpu_has_hypervisor())
            port_write16(hypervisor_off[i].port, hypervisor_off[i].value);
    wait(RESET_LIMIT);
    interrupts_restore(flags);
}

void power_exit_qemu(uint8_t code)
{
    port_write(QEMU_EXIT, code);
}
