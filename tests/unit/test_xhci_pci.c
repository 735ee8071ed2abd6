/* SPDX-License-Identifier: MIT */
/* Tests the PCI side of a USB 3 host controller on a fake of PCI. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "drivers/usb/xhci_pci.h"
#include "fake_pci.h"

static unsigned delays; /* of at least a microsecond */

void port_delay(void)
{
    delays++;
}

#define FUNCTION 0xA0
#define COMMAND  1 /* index of the register */
#define LOW      4
#define HIGH     5
#define POWER    0x50 /* offset of the capability */

static const struct xhci_place place = {
    .function = FUNCTION,
    .address = 0xE000000000u,
    .size = 0x10000,
};

/* Adds a controller without capabilities. */
static struct fake_function *add(uint32_t id)
{
    fake_reset();
    delays = 0;
    struct fake_function *function = fake_add(FUNCTION, id, 0x0C0330);

    fake_bar(function, 0, place.address | 4, place.size);
    return function;
}

/* Adds power management; the controller is in power state STATE. */
static void add_power(struct fake_function *function, uint32_t state)
{
    function->value[COMMAND] |= 0x00100000;
    function->value[0x34 / 4] = 0x40;
    function->value[0x40 / 4] = POWER << 8 | 0x05;
    function->value[POWER / 4] = 0x01;
    function->value[POWER / 4 + 1] = state;
    function->writable[POWER / 4 + 1] = UINT32_MAX;
}

static void test_registers_and_memory(void **state)
{
    struct fake_function *function = add(0x000D1B36);

    (void)state;
    function->value[COMMAND] = PCI_COMMAND_IO;
    xhci_power_on(&place, true);
    assert_int_equal(function->value[COMMAND], PCI_COMMAND_IO |
                                                   PCI_COMMAND_MEMORY |
                                                   PCI_COMMAND_BUS_MASTER);
    assert_int_equal(delays, 0);

    xhci_power_on(&place, false);
    assert_int_equal(function->value[COMMAND],
                     PCI_COMMAND_IO | PCI_COMMAND_MEMORY |
                         PCI_COMMAND_BUS_MASTER | PCI_COMMAND_INTX_DISABLE);

    xhci_power_on(&place, true);
    xhci_disconnect(&place);
    assert_int_equal(function->value[COMMAND], PCI_COMMAND_IO |
                                                   PCI_COMMAND_MEMORY |
                                                   PCI_COMMAND_INTX_DISABLE);
}

/* A controller that sleeps is woken, has 10 ms, and gets its address again. */
static void test_power(void **state)
{
    (void)state;
    for (uint32_t sleep = 0; sleep < 4; sleep++) {
        struct fake_function *function = add(0x000D1B36);

        add_power(function, 0x8108 | sleep);
        if (sleep != 0) {
            function->value[LOW] = 4;
            function->value[HIGH] = 0;
        }
        xhci_power_on(&place, false);
        assert_int_equal(function->value[POWER / 4 + 1],
                         sleep == 0 ? 0x8108 : 0x0108);
        assert_int_equal(function->value[LOW], 4);
        assert_int_equal(function->value[HIGH], 0xE0);
        if (sleep == 0)
            assert_int_equal(delays, 0);
        else
            assert_in_range(delays, 10000, 20000);
    }
}

/* The upper half of an address of 32 bits belongs to another register. */
static void test_power_of_a_short_address(void **state)
{
    struct xhci_place low = place;
    struct fake_function *function = add(0x000D1B36);

    (void)state;
    function->value[HIGH] = function->writable[HIGH] = 0;
    fake_bar(function, 0, 0, place.size);
    fake_bar(function, 1, 0xFEB00000, 0x1000);
    add_power(function, 3);
    low.address = 0xFEA00000;
    xhci_power_on(&low, false);
    assert_int_equal(function->value[LOW], 0xFEA00000);
    assert_int_equal(function->value[HIGH], 0xFEB00000);
}

/* Ports that can be switched are; others stay.  Only such a controller is
   written to. */
static void test_routing(void **state)
{
    static const struct {
        uint32_t id;
        bool routed;
    } controllers[] = {
        {0x1E318086, true},  {0x8C318086, true},  {0x9C318086, true},
        {0x9CB18086, true},  {0x8C31106B, false}, {0xA12F8086, false},
        {0x000D1B36, false},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof controllers / sizeof controllers[0]; i++) {
        struct fake_function *function = add(controllers[i].id);

        function->value[0xD4 / 4] = 0x0000000F;
        function->value[0xDC / 4] = 0x00000005;
        function->writable[0xD0 / 4] = function->writable[0xD8 / 4] =
            UINT32_MAX;
        xhci_power_on(&place, false);
        assert_int_equal(function->value[0xD0 / 4],
                         controllers[i].routed ? 0x0F : 0);
        assert_int_equal(function->value[0xD8 / 4],
                         controllers[i].routed ? 0x05 : 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_registers_and_memory),
        cmocka_unit_test(test_power),
        cmocka_unit_test(test_power_of_a_short_address),
        cmocka_unit_test(test_routing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
