/* SPDX-License-Identifier: MIT */
/* Tests power-off and reset by recording all values written to ports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "drivers/power.c"

#define CONTROL_A 0x404
#define CONTROL_B 0x504
#define COMMAND   0xB2
#define LOOKS_MAX 4000000 /* reads before a test is considered hung */

static struct {
    char written[1024];
    uint16_t control_a, control_b;
    /* number of reads until ACPI is enabled, or 0 if never */
    unsigned enabled_after;
    bool enabling;
    bool hypervisor;
    unsigned looks;
} pc;

static void say(const char *what)
{
    assert_true(strlen(pc.written) + strlen(what) < sizeof pc.written);
    strcat(pc.written, what);
}

/* Records a value written to PORT as DIGITS hexadecimal digits. */
static void note(unsigned port, int digits, unsigned value)
{
    char text[32];

    snprintf(text, sizeof text, "%x=%0*x ", port, digits, value);
    say(text);
}

void port_write(uint16_t port, uint8_t value)
{
    note(port, 2, value);
    if (port == COMMAND)
        pc.enabling = pc.enabled_after > 0;
}

void port_write16(uint16_t port, uint16_t value)
{
    note(port, 4, value);
    if (port == CONTROL_A)
        pc.control_a = value;
    if (port == CONTROL_B)
        pc.control_b = value;
}

void port_write32(uint16_t port, uint32_t value)
{
    note(port, 8, value);
}

/* The PCI driver needs it, but not for a reset. */
uint32_t port_read32(uint16_t port)
{
    fail_msg("port %x is read", port);
    return 0;
}

uint8_t port_read(uint16_t port)
{
    assert_int_equal(port, 0x92);
    return 0x03;
}

uint16_t port_read16(uint16_t port)
{
    assert_in_range(++pc.looks, 1, LOOKS_MAX);
    if (port == CONTROL_B)
        return pc.control_b;
    assert_int_equal(port, CONTROL_A);
    if (pc.enabling && --pc.enabled_after == 0) {
        pc.enabling = false;
        pc.control_a |= 1;
    }
    return pc.control_a;
}

void port_delay(void)
{
    assert_in_range(++pc.looks, 1, LOOKS_MAX);
}

void physical_write16(uint32_t address, uint16_t value)
{
    say("memory ");
    note(address, 4, value);
}

void physical_write(uint32_t address, uint8_t value)
{
    say("memory ");
    note(address, 2, value);
}

bool cpu_has_hypervisor(void)
{
    return pc.hypervisor;
}

void triple_fault(void)
{
    say("fault ");
}

void keyboard_reset_processor(void)
{
    say("8042 ");
}

uint32_t interrupts_save(void)
{
    say("off ");
    return 7;
}

void interrupts_restore(uint32_t flags)
{
    assert_int_equal(flags, 7);
    say("on ");
}

static void begin(const struct acpi *acpi)
{
    memset(&pc, 0, sizeof pc);
    power_start(acpi);
}

#define OTHER_WAYS "cf9=02 cf9=06 8042 92=02 92=03 fault on "

static const struct {
    struct acpi acpi;
    const char *written;
} resets[] = {
    {{.found = false}, "off memory 472=1234 " OTHER_WAYS},
    {{.reset = {ACPI_IN_PORTS, 0xCF9}, .reset_value = 0x0F},
     "off memory 472=1234 " OTHER_WAYS},
    {{.can_reset = true, .reset = {ACPI_IN_PORTS, 0xCF9}, .reset_value = 0x0F},
     "off memory 472=1234 cf9=0f " OTHER_WAYS},
    {{.can_reset = true,
      .reset = {ACPI_IN_MEMORY, 0xFED80000},
      .reset_value = 0x01},
     "off memory 472=1234 memory fed80000=01 " OTHER_WAYS},
    {{.can_reset = true,
      .reset = {ACPI_IN_PCI, 0x001F000300C6},
      .reset_value = 0x0E},
     "off memory 472=1234 cf8=8000fbc4 cfe=0e " OTHER_WAYS},
    /* An unusable reset register must not be written. */
    {{.can_reset = true, .reset = {ACPI_IN_PORTS, 0x10CF9}},
     "off memory 472=1234 " OTHER_WAYS},
    {{.can_reset = true, .reset = {ACPI_IN_MEMORY, 0x100000000}},
     "off memory 472=1234 " OTHER_WAYS},
    {{.can_reset = true, .reset = {3, 0xCF9}},
     "off memory 472=1234 " OTHER_WAYS},
};

static void test_resets(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof resets / sizeof resets[0]; i++) {
        begin(&resets[i].acpi);
        power_reboot();
        assert_string_equal(pc.written, resets[i].written);
    }
}

#define VIRTUAL "604=2000 b004=2000 4004=3400 "

static const struct acpi soft_off = {
    .control_a = CONTROL_A,
    .control_b = CONTROL_B,
    .command = COMMAND,
    .enable = 0xF1,
    .can_sleep = true,
    .sleep_a = 5,
    .sleep_b = 3,
};

/* Control registers must keep all bits other than the sleep type. */
static void test_soft_off(void **state)
{
    (void)state;
    begin(&soft_off);
    pc.control_a = 0xFC03;
    pc.control_b = 0x0200;
    power_off();
    assert_string_equal(pc.written,
                        "off 404=d403 504=0e00 404=f403 504=2e00 on ");
}

static void test_soft_off_without_second_block(void **state)
{
    struct acpi acpi = soft_off;

    (void)state;
    acpi.control_b = 0;
    begin(&acpi);
    pc.control_a = 1;
    power_off();
    assert_string_equal(pc.written, "off 404=1401 404=3401 on ");
}

static void test_enable_acpi_first(void **state)
{
    (void)state;
    begin(&soft_off);
    pc.enabled_after = 100;
    power_off();
    assert_string_equal(pc.written,
                        "off b2=f1 404=1401 504=0c00 404=3401 504=2c00 on ");
}

/* The registers must be written even if the firmware never enables ACPI. */
static void test_acpi_never_enabled(void **state)
{
    (void)state;
    begin(&soft_off);
    power_off();
    assert_string_equal(pc.written,
                        "off b2=f1 404=1400 504=0c00 404=3400 504=2c00 on ");
}

static void test_acpi_already_enabled(void **state)
{
    struct acpi acpi = soft_off;

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        acpi.command = i == 0 ? 0 : COMMAND;
        acpi.enable = i == 0 ? 0xF1 : 0;
        begin(&acpi);
        power_off();
        assert_string_equal(pc.written,
                            "off 404=1400 504=0c00 404=3400 504=2c00 on ");
    }
}

static void test_unknown_pc(void **state)
{
    struct acpi no_values = soft_off, no_block = soft_off;
    const struct acpi nothing = {.found = false};

    (void)state;
    no_values.can_sleep = false;
    no_block.control_a = 0;
    const struct acpi *tables[] = {&nothing, &no_values, &no_block};

    for (unsigned i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        begin(tables[i]);
        power_off();
        assert_string_equal(pc.written, "off on ");
        begin(tables[i]);
        pc.hypervisor = true;
        power_off();
        assert_string_equal(pc.written, "off " VIRTUAL "on ");
    }
}

static void test_virtual_ports_last(void **state)
{
    (void)state;
    begin(&soft_off);
    pc.control_a = 1;
    pc.hypervisor = true;
    power_off();
    assert_string_equal(
        pc.written, "off 404=1401 504=0c00 404=3401 504=2c00 " VIRTUAL "on ");
}

static void test_exit(void **state)
{
    (void)state;
    begin(&soft_off);
    power_exit_qemu(0x10);
    assert_string_equal(pc.written, "f4=10 ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_resets),
        cmocka_unit_test(test_soft_off),
        cmocka_unit_test(test_soft_off_without_second_block),
        cmocka_unit_test(test_enable_acpi_first),
        cmocka_unit_test(test_acpi_never_enabled),
        cmocka_unit_test(test_acpi_already_enabled),
        cmocka_unit_test(test_unknown_pc),
        cmocka_unit_test(test_virtual_ports_last),
        cmocka_unit_test(test_exit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
