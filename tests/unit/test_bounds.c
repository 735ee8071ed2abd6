/* SPDX-License-Identifier: MIT */
/* Tests that no driver hangs if every port returns a constant, alternates
   between two values or counts, and that absent devices are reported as
   absent. A driver that hangs exceeds its maximum number of port accesses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "arch/cpu.h"
#include "arch/physical.h"
#include "arch/io.h"
#include "arch/traps.h"
#include "drivers/acpi.h"
#include "drivers/clock.h"
#include "drivers/keyboard.h"
#include "drivers/pci.h"
#include "drivers/pic.h"
#include "drivers/power.h"
#include "drivers/uart.h"
#include "drivers/vga.h"

#define PIT_PORT     0x42
#define TSC_STOPS_AT 50000 /* number of port accesses */

/* Values returned by the ports of a faulty PC. */
static const struct kind {
    const char *name;
    uint8_t even, odd;
    unsigned period; /* reads per value, or 0 to count up from 0 */
    bool keeps;      /* true if a port reads back the last value written */
} kinds[] = {
    {"00", 0x00, 0x00, 1, false},
    {"FF", 0xFF, 0xFF, 1, false},
    {"00 FF", 0x00, 0xFF, 1, false},
    {"00 00 FF FF", 0x00, 0xFF, 2, false},
    {"three of each", 0x00, 0xFF, 3, false},
    {"5A A5", 0x5A, 0xA5, 1, false},
    {"01 02", 0x01, 0x02, 1, false},
    {"seven of each", 0x21, 0xDE, 7, false},
    {"0 1 2 3", 0, 1, 0, false},
    {"7F or as written", 0x7F, 0x7F, 1, true},
    {"80 or as written", 0x80, 0x80, 1, true},
};

#define KINDS (sizeof kinds / sizeof kinds[0])

static const struct kind *kind;
static unsigned reads, accesses, limit;
static const char *calling;
static enum { NO_TSC, TSC, TSC_THAT_STOPS, TSCS } tsc;
static int written[0x10000];  /* last value written, or -1 if none */
static unsigned counts_until; /* accesses after which all timers stop */
static trap_handler *traps[VECTORS];

static void count_access(void)
{
    if (++accesses > limit)
        fail_msg("%s, where ports read %s: more than %u accesses", calling,
                 kind->name, limit);
}

static uint8_t next(uint16_t port)
{
    count_access();
    if (kind->keeps && written[port] >= 0)
        return (uint8_t)written[port];
    if (kind->period == 0)
        return (uint8_t)reads++;
    return reads++ / kind->period % 2 == 0 ? kind->even : kind->odd;
}

/* Returns the count of a simulated timer.  Each port access takes 1 us. */
static unsigned now(void)
{
    count_access();
    return accesses < counts_until ? accesses : counts_until;
}

uint8_t port_read(uint16_t port)
{
    static bool high;

    if (port != PIT_PORT || counts_until == 0)
        return next(port);
    high = !high;
    return (uint8_t)(~now() >> (high ? 0 : 8));
}

uint16_t port_read16(uint16_t port)
{
    return (uint16_t)(next(port) * 0x0101);
}

uint32_t port_read32(uint16_t port)
{
    return counts_until > 0 ? 3 * now() : next(port) * 0x01010101u;
}

void port_write(uint16_t port, uint8_t value)
{
    written[port] = value;
    count_access();
}

void port_write16(uint16_t port, uint16_t value)
{
    (void)port;
    (void)value;
    count_access();
}

void port_write32(uint16_t port, uint32_t value)
{
    (void)port;
    (void)value;
    count_access();
}

void port_delay(void)
{
    count_access();
}

uint32_t interrupts_save(void)
{
    return 0;
}

void interrupts_restore(uint32_t flags)
{
    (void)flags;
}

/* Records the interrupt handler, so that tests can call it directly. */
void traps_handle(unsigned vector, trap_handler *to_call)
{
    traps[vector] = to_call;
}

uint64_t cpu_cycles(void)
{
    unsigned us = accesses;

    if (tsc == TSC_THAT_STOPS && us > TSC_STOPS_AT)
        us = TSC_STOPS_AT;
    return tsc == NO_TSC ? 0 : us * 2500ull;
}

bool cpu_has_hypervisor(void)
{
    return true;
}

void triple_fault(void)
{
}

void physical_write16(uint32_t address, uint16_t value)
{
    (void)address;
    (void)value;
}

void physical_write(uint32_t address, uint8_t value)
{
    (void)address;
    (void)value;
}

/* 1 MB of memory, filled with the value that the ports return. */
static uint8_t memory[0x100000];

const uint8_t *physical_bytes(uint32_t address)
{
    assert_in_range(address, 0, sizeof memory - 1);
    return memory + address;
}

uint8_t physical_read(uint32_t address)
{
    return memory[address];
}

uint16_t physical_read16(uint32_t address)
{
    return (uint16_t)(memory[address] | memory[address + 1] << 8);
}

/* ACPI tables with every port that the clock and power drivers can use. */
static const struct acpi everywhere = {
    .found = true,
    .timer = 0x608,
    .timer_long = true,
    .can_reset = true,
    .reset = {ACPI_IN_PORTS, 0xCF9},
    .control_a = 0x604,
    .control_b = 0x704,
    .command = 0xB2,
    .enable = 1,
    .can_sleep = true,
};

static uint8_t byte;

static void acpi_begin(void)
{
    static struct memory map;
    struct acpi acpi;

    memset(memory, kind->even, sizeof memory);
    acpi_start(&acpi, &map);
    assert_false(acpi.found);
    if (kind->even == kind->odd)
        assert_false(acpi_has_bios());
}

static void clock_begin(void)
{
    clock_start(&everywhere, false);
}

static void clock_begin_with_interrupts(void)
{
    clock_start(&everywhere, true);
}

static void clock_ask(void)
{
    assert_false(clock_tick_is_reliable());
    uint64_t first = clock_now();

    for (unsigned i = 0; i < 10000; i++)
        clock_now();
    assert_true(clock_now() > first);
    assert_int_equal(clock_info().ticks, 0);
}

static void keyboard_begin(void)
{
    bool found = keyboard_start(false);

    if (kind->even == kind->odd && !kind->keeps)
        assert_false(found);
}

static void keyboard_begin_raw(void)
{
    keyboard_start(true);
}

static void keyboard_use(void)
{
    for (unsigned i = 0; i < 100; i++)
        keyboard_poll();
    for (unsigned i = 0; keyboard_read(&byte); i++)
        assert_in_range(i, 0, 100);
}

static void power_know(void)
{
    power_start(&everywhere);
}

static void power_exit(void)
{
    power_exit_qemu(0);
}

static void uart_begin(void)
{
    for (enum uart uart = 0; uart < UARTS; uart++) {
        bool found = uart_start(uart, 115200);

        if (kind->even == kind->odd && !kind->keeps)
            assert_false(found);
        assert_int_equal(uart_is_present(uart), found);
    }
}

static void uart_use(void)
{
    for (enum uart uart = 0; uart < UARTS; uart++) {
        for (unsigned i = 0; i < 10; i++)
            uart_poll(uart);
        for (unsigned i = 0; uart_read(uart, &byte); i++)
            assert_in_range(i, 0, 4096);
        for (unsigned i = 0; i < 10; i++)
            uart_send(uart, 'a');
        uart_is_idle(uart);
        uart_needs_service(uart);
        uart_data_lost(uart);
    }
}

/* Probes for a VGA with BIOS data for a colour and a monochrome card. */
static void vga_begin(void)
{
    static const uint8_t places[] = {0xD4, 0xB4};
    uint8_t before[2] = {memory[0x463], memory[0x464]};

    for (unsigned i = 0; i < 2; i++) {
        memory[0x463] = places[i];
        memory[0x464] = 0x03;
        enum vga_kind found = vga_probe();

        if (kind->even == kind->odd && !kind->keeps)
            assert_int_equal(found, VGA_NONE);
    }
    memcpy(memory + 0x463, before, sizeof before);
}

/* Calls every function of the VGA driver, whether or not a card was found. */
static void vga_use(void)
{
    static const struct vga_colour colours[16];
    uint8_t glyphs[256 * 16] = {0};

    vga_set_colours(colours);
    vga_get_glyphs(0, 256, glyphs, 16);
    vga_set_glyphs(0, 256, glyphs, 16);
    vga_start(8, true);
    vga_hide_cursor();
    vga_put_cell(49, 79, 0);
}

static void interrupt(void)
{
    struct trap_frame frame = {0};

    for (unsigned vector = 0; vector < VECTORS; vector++) {
        frame.vector = vector;
        if (traps[vector] != NULL)
            traps[vector](&frame);
    }
}

#define CLOCK_LIMIT 24000000

/* Driver functions in the order of boot and shutdown, each with its maximum
   number of port accesses.  An access takes about a microsecond on a real
   PC. */
static struct pci pci;

static void pci_begin(void)
{
    pci_start(&pci);
    assert_true(pci.count <= 65536);
}

/* Uses the last function in the table, or address 0. */
static void pci_use(void)
{
    unsigned last =
        pci.count < PCI_FUNCTIONS_MAX ? pci.count : PCI_FUNCTIONS_MAX;
    uint16_t address = last > 0 ? pci.function[last - 1].address : 0;
    struct pci_bar bar;

    for (unsigned i = 0; i < 6; i++)
        pci_read_bar(address, i, &bar);
    pci_find_capability(address, 1);
    pci_set_command(address, PCI_COMMAND_BUS_MASTER, PCI_COMMAND_IO);
    pci_irq(address);
}

static const struct call {
    const char *driver, *name;
    void (*call)(void);
    unsigned limit;
} calls[] = {
    {"pic", "pic_start", pic_start, 100},
    {"acpi", "acpi_start", acpi_begin, 0},
    {"clock", "clock_start", clock_begin, CLOCK_LIMIT},
    {"clock", "clock_now", clock_ask, 100000},
    {"clock", "clock_start", clock_begin_with_interrupts, CLOCK_LIMIT},
    {"clock", "clock_now", clock_ask, 100000},
    {"pci", "pci_start", pci_begin, 2000000},
    {"pci", "pci_read_bar", pci_use, 1000},
    {"keyboard", "keyboard_start", keyboard_begin, 100000},
    {"keyboard", "keyboard_take", keyboard_use, 200},
    {"keyboard", "keyboard_start", keyboard_begin_raw, 4},
    {"keyboard", "keyboard_take", keyboard_use, 200},
    {"keyboard", "keyboard_reset_processor", keyboard_reset_processor, 50000},
    {"uart", "uart_start", uart_begin, 2000},
    {"uart", "uart_take", uart_use, 20000},
    {"vga", "vga_probe", vga_begin, 100},
    {"vga", "vga_start", vga_use, 500},
    {"uart", "an interrupt", interrupt, 5000},
    {"power", "power_start", power_know, 0},
    {"power", "power_reboot", power_reboot, 600000},
    {"power", "power_off", power_off, 3500000},
    {"power", "power_exit_qemu", power_exit, 1},
};

#define CALLS (sizeof calls / sizeof calls[0])

static void make(const struct call *call)
{
    calling = call->name;
    accesses = reads = 0;
    limit = call->limit;
    call->call();
}

static void begin(const struct kind *of, unsigned with_tsc)
{
    kind = of;
    tsc = with_tsc;
    counts_until = 0;
    memset(written, 0xFF, sizeof written);
}

static void test_every_call_ends(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2 * KINDS; i++) {
        begin(&kinds[i / 2], i % 2 == 0 ? NO_TSC : TSC);
        for (unsigned j = 0; j < CALLS; j++)
            make(&calls[j]);
    }
}

/* The clock must start even if a timer stops while it is being probed. */
static void test_stopping_timers(void **state)
{
    static const struct call starts[] = {
        {"clock", "clock_start", clock_begin, CLOCK_LIMIT},
        {"clock", "clock_start", clock_begin_with_interrupts, CLOCK_LIMIT},
    };

    (void)state;
    for (unsigned i = 0; i < 2 * TSCS; i++) {
        for (unsigned until = 1; until < 100000; until *= 2) {
            begin(&kinds[1], i % TSCS);
            counts_until = until;
            make(&starts[i / TSCS]);
        }
    }
}

static bool uses_ports(const char *file)
{
    char path[128], line[256];
    bool uses = false;

    snprintf(path, sizeof path, "kernel/drivers/%s", file);
    FILE *source = fopen(path, "r");

    assert_non_null(source);
    while (fgets(line, sizeof line, source) != NULL)
        uses |= strstr(line, "#include \"arch/io.h\"") != NULL;
    fclose(source);
    return uses;
}

/* Returns true if the table contains a driver in the given source file. */
static bool is_called(const char *file)
{
    for (unsigned i = 0; i < CALLS; i++) {
        size_t length = strlen(calls[i].driver);

        if (strncmp(calls[i].driver, file, length) == 0 &&
            (file[length] == '.' || file[length] == '_'))
            return true;
    }
    return false;
}

static void test_every_driver_is_tested(void **state)
{
    DIR *folder = opendir("kernel/drivers");
    struct dirent *entry;
    unsigned drivers = 0;

    (void)state;
    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL) {
        size_t length = strlen(entry->d_name);

        if (length < 3 || strcmp(entry->d_name + length - 2, ".c") != 0 ||
            !uses_ports(entry->d_name))
            continue;
        drivers++;
        if (!is_called(entry->d_name))
            fail_msg("nothing of %s is called here", entry->d_name);
    }
    closedir(folder);
    assert_true(drivers >= 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_call_ends),
        cmocka_unit_test(test_stopping_timers),
        cmocka_unit_test(test_every_driver_is_tested),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
