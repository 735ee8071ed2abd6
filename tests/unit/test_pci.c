/* SPDX-License-Identifier: MIT */
/* Tests the PCI driver with a fake configuration space: what is found, that
   nothing is found twice, and that all loops end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "drivers/pci.h"
#include "fake_pci.h"

#define HOST_BRIDGE 0x060000u
#define ID          0x12378086u

static struct pci pci;

static int reset(void **state)
{
    (void)state;
    fake_reset();
    memset(&pci, 0xEE, sizeof pci);
    return 0;
}

/* Adds a function with an ID of its own. */
static struct fake_function *add(unsigned bus, unsigned device,
                                 unsigned function, uint32_t class_code)
{
    return fake_add(fake_address(bus, device, function), ID, class_code);
}

/* Checks the addresses of all functions found, in this order. */
static void check_found(const uint16_t *addresses, unsigned count)
{
    pci_start(&pci);
    assert_int_equal(pci.count, count);
    for (unsigned i = 0; i < count; i++)
        assert_int_equal(pci.function[i].address, addresses[i]);
    assert_int_equal(fake_pci.writes, 0);
}

/* Without PCI, reads return what was last on the bus, or all bits as 1. */
static void test_no_pci(void **state)
{
    static const uint32_t floating[] = {0xFFFFFFFF, 0x00000000, 0x80808080,
                                        0x80008000, 0x00000080};

    (void)state;
    fake_pci.absent = true;
    for (unsigned i = 0; i < sizeof floating / sizeof floating[0]; i++) {
        fake_pci.floats = floating[i];
        fake_pci.reads = 0;
        check_found(NULL, 0);
        assert_int_equal(fake_pci.reads, 1);
        assert_null(pci_find(&pci, HOST_BRIDGE, 0));
    }
}

/* The port CF9, which resets some PCs, must receive no bit. */
static void test_detection_resets_no_pc(void **state)
{
    (void)state;
    fake_pci.absent = true;
    check_found(NULL, 0);
    assert_int_equal(fake_pci.address, 0x80000000);
}

static void test_no_device(void **state)
{
    (void)state;
    check_found(NULL, 0);
}

static void test_ids(void **state)
{
    (void)state;
    fake_add(fake_address(0, 31, 0), 0x000D1B36, PCI_CLASS_XHCI);
    pci_start(&pci);
    assert_int_equal(pci.count, 1);
    assert_int_equal(pci.function[0].address, 0x00F8);
    assert_int_equal(pci.function[0].vendor, 0x1B36);
    assert_int_equal(pci.function[0].device, 0x000D);
    assert_int_equal(pci.function[0].class_code, PCI_CLASS_XHCI);
}

/* Some chipsets return a vendor ID of 0 for an empty slot. */
static void test_impossible_vendors(void **state)
{
    static const uint32_t ids[] = {0x00000000, 0xFFFF0000, 0x0000FFFF};

    (void)state;
    for (unsigned i = 0; i < sizeof ids / sizeof ids[0]; i++)
        fake_add(fake_address(0, i, 0), ids[i], HOST_BRIDGE);
    add(0, 9, 0, HOST_BRIDGE);
    check_found((const uint16_t[]){fake_address(0, 9, 0)}, 1);
}

static void test_multifunction_with_holes(void **state)
{
    static const uint16_t found[] = {0x08, 0x0A, 0x0F};

    (void)state;
    fake_header_type(add(0, 1, 0, 0x060100), 0x80);
    add(0, 1, 2, 0x010180);
    add(0, 1, 7, PCI_CLASS_UHCI);
    check_found(found, 3);
}

/* Some devices respond to all eight function numbers. */
static void test_single_function(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 8; i++)
        add(0, 1, i, 0x020000);
    check_found((const uint16_t[]){0x08}, 1);
}

/* A device without function 0 does not exist. */
static void test_no_function_0(void **state)
{
    (void)state;
    add(0, 1, 1, 0x020000);
    check_found(NULL, 0);
}

static void test_bridges(void **state)
{
    static const uint16_t found[] = {0x0000, 0x0008, 0x0010, 0x0018,
                                     0x0100, 0x0508, 0x0700};

    (void)state;
    add(0, 0, 0, HOST_BRIDGE);
    fake_add_bridge(fake_address(0, 1, 0), 1);
    fake_add_bridge(fake_address(0, 2, 0), 5);
    fake_add_bridge(fake_address(0, 3, 0), 9);
    add(1, 0, 0, 0x030000);
    fake_add_bridge(fake_address(5, 1, 0), 7);
    add(7, 0, 0, PCI_CLASS_XHCI);
    add(6, 0, 0, PCI_CLASS_XHCI); /* no bridge leads there */
    check_found(found, 7);
}

/* A bridge in a device with several functions */
static void test_bridge_in_multifunction(void **state)
{
    static const uint16_t found[] = {0x00E0, 0x00E5, 0x0300};

    (void)state;
    fake_header_type(fake_add_bridge(0x00E0, 0), 0x81);
    fake_add_bridge(0x00E5, 3);
    add(3, 0, 0, 0x020000);
    check_found(found, 3);
}

/* Bridges that lead to their own bus, to bus 0, to each other and to the same
   bus */
static void test_bridge_loops(void **state)
{
    static const uint16_t found[] = {0x0008, 0x0010, 0x0018, 0x0100,
                                     0x0108, 0x0110, 0x0200};

    (void)state;
    fake_add_bridge(0x0008, 0);
    fake_add_bridge(0x0010, 1);
    fake_add_bridge(0x0018, 1);
    fake_add_bridge(0x0100, 1);
    fake_add_bridge(0x0108, 2);
    fake_add_bridge(0x0110, 0);
    fake_add_bridge(0x0200, 1);
    check_found(found, 7);
}

/* A chain of bridges to each of the 256 buses, the last of which leads to
   bus 0. */
static void test_all_buses(void **state)
{
    (void)state;
    for (unsigned bus = 0; bus < 256; bus++)
        fake_add_bridge(fake_address(bus, 31, 0), (uint8_t)(bus + 1));
    pci_start(&pci);
    assert_int_equal(pci.count, 256);
    assert_int_equal(pci.function[255].address, 0xFFF8);
}

/* Only a PCI-to-PCI bridge has a secondary bus. */
static void test_other_bridges(void **state)
{
    static const uint16_t found[] = {0x0008, 0x0010};

    (void)state;
    fake_add_bridge(0x0008, 1)->value[2] = 0x06010000;
    fake_add_bridge(0x0010, 1)->value[2] = 0x08040000;
    add(1, 0, 0, PCI_CLASS_XHCI);
    check_found(found, 2);
}

/* Functions beyond the size of the table are only counted. */
static void test_too_many_functions(void **state)
{
    static struct {
        struct pci pci;
        struct pci_function after;
    } table;

    (void)state;
    for (unsigned device = 0; device < 32; device++)
        for (unsigned i = 0; i < 8; i++)
            fake_header_type(add(0, device, i, 0x020000), 0x80);
    fake_pci.function[1].value[2] = 0x06040000;
    fake_pci.function[1].value[6] = 1 << 8;
    add(1, 0, 0, PCI_CLASS_XHCI);
    table.after = (struct pci_function){.class_code = PCI_CLASS_EHCI};
    pci_start(&table.pci);
    assert_int_equal(table.pci.count, PCI_FUNCTIONS_MAX + 1);
    assert_int_equal(table.pci.function[PCI_FUNCTIONS_MAX - 1].address, 0x00FF);
    assert_int_equal(table.after.class_code, PCI_CLASS_EHCI);
    assert_null(pci_find(&table.pci, PCI_CLASS_XHCI, 0));
    assert_null(pci_find(&table.pci, PCI_CLASS_EHCI, 0));
}

static void test_find(void **state)
{
    (void)state;
    add(0, 1, 0, PCI_CLASS_EHCI);
    add(0, 2, 0, PCI_CLASS_XHCI);
    add(0, 3, 0, PCI_CLASS_XHCI);
    pci_start(&pci);
    assert_int_equal(pci_find(&pci, PCI_CLASS_XHCI, 0)->address, 0x10);
    assert_int_equal(pci_find(&pci, PCI_CLASS_XHCI, 1)->address, 0x18);
    assert_null(pci_find(&pci, PCI_CLASS_XHCI, 2));
    assert_null(pci_find(&pci, PCI_CLASS_OHCI, 0));
}

/* A function and its base address registers */
static struct fake_function *add_with_bars(uint8_t type)
{
    struct fake_function *function = add(0, 4, 0, PCI_CLASS_XHCI);

    fake_header_type(function, type);
    function->value[1] = 0x01000007;
    return function;
}

static const struct {
    const char *what;
    uint64_t value; /* of the register, with its type */
    uint64_t size;
    struct pci_bar bar;
} bars[] = {
    {"32 bits", 0xFEBF0000, 0x4000, {true, 0xFEBF0000, 0x4000}},
    {"the smallest", 0xFEBFFFF0, 16, {true, 0xFEBFFFF0, 16}},
    {"prefetchable", 0xE0000008, 1 << 24, {true, 0xE0000000, 1 << 24}},
    {"2 GiB", 0x80000000, 1u << 31, {true, 0x80000000, 1u << 31}},
    {"ports", 0xC041, 0x20, {false, 0xC040, 0x20}},
    {"four ports, of which bit 2 is set", 0xC045, 4, {false, 0xC044, 4}},
    {"64 bits below 4 GiB", 0xFEBF0004, 0x10000, {true, 0xFEBF0000, 0x10000}},
    {"64 bits above 4 GiB", 0xE000000004, 0x4000, {true, 0xE000000000, 0x4000}},
    {"64 bits of 8 GiB",
     0x4000000000C,
     1ull << 33,
     {true, 0x40000000000, 1ull << 33}},
    {"not assigned", 0x00000004, 0x10000, {true, 0, 0x10000}},
};

#define BARS (sizeof bars / sizeof bars[0])

/* Checks that all registers are as they were. */
static void check_unchanged(const struct fake_function *function,
                            const struct fake_function *before)
{
    assert_memory_equal(function->value, before->value, sizeof before->value);
}

static void test_bars(void **state)
{
    (void)state;
    for (unsigned i = 0; i < BARS; i++)
        for (unsigned index = 0; index < 5; index++) {
            struct pci_bar bar;

            fake_reset();
            struct fake_function *function = add_with_bars(0);

            for (unsigned other = 0; other < 6; other++)
                fake_bar(function, other, 0xFEB00000, 0x1000);
            fake_bar(function, index, bars[i].value, bars[i].size);
            struct fake_function before = *function;

            assert_true(pci_read_bar(function->address, index, &bar));
            assert_int_equal(bar.memory, bars[i].bar.memory);
            assert_int_equal(bar.address, bars[i].bar.address);
            assert_int_equal(bar.size, bars[i].bar.size);
            check_unchanged(function, &before);
        }
}

/* Registers of 64, 64, 32 and 32 bits, of which the first two look as if their
   upper halves had 64 bits, too. */
static void test_upper_halves(void **state)
{
    static const bool begins[] = {true, false, true, false, true, true};
    struct fake_function *function = add_with_bars(0);
    struct pci_bar bar;

    (void)state;
    fake_bar(function, 0, 0x1400000004, 0x4000);
    fake_bar(function, 2, 0x2400000004, 0x4000);
    fake_bar(function, 4, 0xFEBF0000, 0x4000);
    fake_bar(function, 5, 0xFEBE0000, 0x4000);
    for (unsigned i = 0; i < 6; i++)
        assert_int_equal(pci_read_bar(function->address, i, &bar), begins[i]);
}

/* The upper half of a register for ports may be fixed at 0. */
static void test_bar_of_16_bit_ports(void **state)
{
    struct fake_function *function = add_with_bars(0);
    struct pci_bar bar;

    (void)state;
    fake_bar(function, 0, 0xC041, 0x20);
    function->writable[4] &= 0xFFFF;
    assert_true(pci_read_bar(function->address, 0, &bar));
    assert_int_equal(bar.size, 0x20);
}

static void test_no_bar(void **state)
{
    struct fake_function *function = add_with_bars(0);
    struct pci_bar bar;

    (void)state;
    for (unsigned index = 0; index < 8; index++)
        assert_false(pci_read_bar(function->address, index, &bar));
    assert_false(pci_read_bar(fake_address(3, 3, 3), 0, &bar));
    assert_int_equal(function->value[1], 0x01000007);
}

/* A register of 64 bits does not fit into the last index, a bridge has two
   registers, and CardBus bridges and unknown headers have none. */
static void test_last_bar(void **state)
{
    static const struct {
        uint8_t type;
        unsigned index;
        bool fits;
    } cases[] = {{0x00, 4, true},  {0x00, 5, false}, {0x80, 4, true},
                 {0x01, 0, true},  {0x01, 1, false}, {0x81, 2, false},
                 {0x02, 0, false}, {0x7F, 0, false}};

    (void)state;
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct pci_bar bar;

        fake_reset();
        struct fake_function *function = add_with_bars(cases[i].type);

        fake_bar(function, cases[i].index, 0xE000000004, 0x4000);
        assert_int_equal(pci_read_bar(function->address, cases[i].index, &bar),
                         cases[i].fits);
    }
}

/* Bits of the status are cleared by writing 1, so they must be written as 0. */
static void test_command(void **state)
{
    struct fake_function *function = add(0, 4, 0, PCI_CLASS_XHCI);

    (void)state;
    function->value[1] = 0xF9100001;
    pci_set_command(function->address,
                    PCI_COMMAND_MEMORY | PCI_COMMAND_BUS_MASTER, 0);
    assert_int_equal(function->value[1], 0xF9100007);
    pci_set_command(function->address, PCI_COMMAND_INTX_DISABLE,
                    PCI_COMMAND_IO | PCI_COMMAND_BUS_MASTER);
    assert_int_equal(function->value[1], 0xF9100402);
    pci_set_command(function->address, 0, PCI_COMMAND_INTX_DISABLE);
    assert_int_equal(function->value[1], 0xF9100002);
}

/* A function with capabilities, as {offset, ID, next} */
static struct fake_function *
add_capabilities(uint8_t first, const uint8_t list[][3], unsigned count)
{
    struct fake_function *function = add(0, 4, 0, PCI_CLASS_XHCI);

    function->value[1] = 0x00100000;
    function->value[13] = 0xABCDEF00u | first;
    for (unsigned i = 0; i < count; i++)
        function->value[list[i][0] / 4] =
            0x12340000u | (uint32_t)list[i][2] << 8 | list[i][1];
    return function;
}

static void test_capabilities(void **state)
{
    static const uint8_t list[][3] = {
        {0x40, 0x01, 0x90}, {0x90, 0x11, 0xFC}, {0xFC, 0x05, 0x00}};
    struct fake_function *function = add_capabilities(0x43, list, 3);

    (void)state;
    assert_int_equal(pci_find_capability(function->address, 0x01), 0x40);
    assert_int_equal(pci_find_capability(function->address, 0x11), 0x90);
    assert_int_equal(pci_find_capability(function->address, 0x05), 0xFC);
    assert_int_equal(pci_find_capability(function->address, 0x10), 0);
    assert_int_equal(pci_find_capability(0x0FF8, 0x01), 0);
    function->value[1] = 0;
    assert_int_equal(pci_find_capability(function->address, 0x01), 0);
}

/* The list ends where it leads into the header, and if it never ends. */
static void test_capability_loops(void **state)
{
    static const uint8_t to_itself[][3] = {{0x40, 0x01, 0x40}};
    static const uint8_t in_turn[][3] = {{0x40, 0x01, 0xC0},
                                         {0xC0, 0x05, 0x40}};
    static const uint8_t to_header[][3] = {{0x40, 0x01, 0x3C}};
    uint16_t address = add_capabilities(0x40, to_itself, 1)->address;

    (void)state;
    assert_int_equal(pci_find_capability(address, 0x05), 0);
    fake_reset();
    add_capabilities(0x40, in_turn, 2);
    assert_int_equal(pci_find_capability(address, 0x05), 0xC0);
    assert_int_equal(pci_find_capability(address, 0x11), 0);
    fake_reset();
    add_capabilities(0x40, to_header, 1)->value[15] = 0x11;
    assert_int_equal(pci_find_capability(address, 0x11), 0);
}

/* The longest list has 48 entries. */
static void test_longest_capability_list(void **state)
{
    uint8_t list[48][3];

    (void)state;
    for (unsigned i = 0; i < 48; i++) {
        list[i][0] = (uint8_t)(0x40 + 4 * i);
        list[i][1] = 0x09;
        list[i][2] = (uint8_t)(0x44 + 4 * i);
    }
    list[47][1] = 0x11;
    uint16_t address = add_capabilities(0x40, list, 48)->address;

    assert_int_equal(pci_find_capability(address, 0x11), 0xFC);
}

/* A CardBus bridge has another register at 34h. */
static void test_no_capabilities_of_other_headers(void **state)
{
    static const uint8_t list[][3] = {{0x40, 0x01, 0x00}};
    struct fake_function *function = add_capabilities(0x40, list, 1);

    (void)state;
    fake_header_type(function, 2);
    assert_int_equal(pci_find_capability(function->address, 0x01), 0);
}

static void test_irq(void **state)
{
    static const struct {
        uint32_t interrupt;
        uint8_t irq;
    } cases[] = {
        {0x0000010B, 11},         {0x00000401, 1},
        {0x0000010F, 15},         {0x00000110, PCI_NO_IRQ},
        {0x000001FF, PCI_NO_IRQ}, {0x00000100, PCI_NO_IRQ},
        {0x0000000B, PCI_NO_IRQ}, {0xFFFFFFFF, PCI_NO_IRQ},
    };
    struct fake_function *function = add(0, 4, 0, PCI_CLASS_XHCI);

    (void)state;
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        function->value[15] = cases[i].interrupt;
        assert_int_equal(pci_irq(function->address), cases[i].irq);
    }
}

static void test_access(void **state)
{
    struct fake_function *function = add(0xA5, 0x15, 6, PCI_CLASS_XHCI);

    (void)state;
    function->value[63] = 0x12345678;
    function->writable[63] = UINT32_MAX;
    assert_int_equal(pci_read(0xA5AE, 0xFC), 0x12345678);
    pci_write(0xA5AE, 0xFC, 0xCAFE0000);
    assert_int_equal(function->value[63], 0xCAFE0000);
    pci_write_byte(0xA5AE, 0xFD, 0x42);
    assert_int_equal(function->value[63], 0xCAFE4200);
    pci_write_byte(0xA5AE, 0xFF, 0x99);
    assert_int_equal(function->value[63], 0x99FE4200);
}

/* A function that stops responding reads as FF. */
static void test_gone(void **state)
{
    struct fake_function *function = add_with_bars(0);
    struct pci_bar bar;

    (void)state;
    fake_bar(function, 0, 0xFEBF0000, 0x4000);
    fake_pci.gone = true;
    assert_false(pci_read_bar(function->address, 0, &bar));
    assert_int_equal(pci_find_capability(function->address, 0x01), 0);
    assert_int_equal(pci_irq(function->address), PCI_NO_IRQ);
    pci_set_command(function->address, PCI_COMMAND_MEMORY, 0);
}

#define TEST(name) cmocka_unit_test_setup(name, reset)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_no_pci),
        TEST(test_detection_resets_no_pc),
        TEST(test_no_device),
        TEST(test_ids),
        TEST(test_impossible_vendors),
        TEST(test_multifunction_with_holes),
        TEST(test_single_function),
        TEST(test_no_function_0),
        TEST(test_bridges),
        TEST(test_bridge_in_multifunction),
        TEST(test_bridge_loops),
        TEST(test_all_buses),
        TEST(test_other_bridges),
        TEST(test_too_many_functions),
        TEST(test_find),
        TEST(test_bars),
        TEST(test_upper_halves),
        TEST(test_bar_of_16_bit_ports),
        TEST(test_no_bar),
        TEST(test_last_bar),
        TEST(test_command),
        TEST(test_capabilities),
        TEST(test_capability_loops),
        TEST(test_longest_capability_list),
        TEST(test_no_capabilities_of_other_headers),
        TEST(test_irq),
        TEST(test_access),
        TEST(test_gone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
