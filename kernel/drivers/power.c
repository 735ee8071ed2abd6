/* SPDX-License-Identifier: MIT */
#include "power.h"
#include "arch/cpu.h"
#include "arch/port.h"
#include "keyboard.h"

#define RESET_CONTROL 0xCF9 /* Intel PCH and PIIX data sheets, RST_CNT */
#define RESET_HARD    0x02
#define RESET_NOW     0x06

#define QEMU_EXIT 0xF4

/* ACPI's PM1a control register on virtual PCs: SLP_EN and SLP_TYP there. */
static const struct {
    uint16_t port, value;
} virtual_off[] = {
    {0x604, 0x2000},  /* QEMU */
    {0xB004, 0x2000}, /* Bochs, older QEMU */
    {0x4004, 0x3400}, /* VirtualBox */
};

/* With an empty IDT the breakpoint faults, the fault faults, and the third
   fault resets the processor. */
static void triple_fault(void)
{
    static const struct {
        uint16_t limit;
        uint32_t base;
    } __attribute__((packed)) empty = {0, 0};

    __asm__ volatile("lidt %0\n\tint3" : : "m"(empty));
}

void power_reboot(void)
{
    interrupts_off();
    port_write(RESET_CONTROL, RESET_HARD);
    port_delay();
    port_write(RESET_CONTROL, RESET_NOW);
    for (int i = 0; i < 1000; i++)
        port_delay();
    keyboard_reset_processor();
    for (int i = 0; i < 100000; i++)
        port_delay();
    triple_fault();
}

void power_off(void)
{
    if (!cpu_has_hypervisor())
        return;
    for (unsigned i = 0; i < sizeof virtual_off / sizeof virtual_off[0]; i++)
        port_write16(virtual_off[i].port, virtual_off[i].value);
}

void power_exit_qemu(uint8_t code)
{
    port_write(QEMU_EXIT, code);
}
