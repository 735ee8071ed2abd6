/* SPDX-License-Identifier: MIT */
/* Tests how a USB 3 controller is found and taken over from the BIOS, with a
   fake register file and fake BIOSes, good and faulty. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "drivers/usb/xhci_find.h"
#include "drivers/usb/xhci_registers.h"
#include "fake_pci.h"

#define SIZE      0x4000u
#define READS_MAX 5000 /* reads before a test is considered hung */

#define LENGTH   0x40u
#define RUNTIME  0x1000u
#define DOORBELL 0x2000u
#define EXTENDED 0x20u /* the first extended capability */
#define LEGACY   0x30u /* the legacy support capability */

#define NEVER 0xFFFFu

/* The BIOS and its controller */
static struct {
    uint32_t registers[SIZE / 4];
    unsigned patience; /* reads until the BIOS releases the controller */
    bool requested;    /* true if the kernel requested the controller */
    bool deaf;         /* true if the kernel's ownership cannot be set */
    bool gone;         /* true if all registers read as FF */
    unsigned reads, writes;
} fake;

/* The BIOS acts in the middle of a read, as an SMI may. */
static void act(void)
{
    if (!fake.requested || fake.patience == NEVER || fake.patience-- > 0)
        return;
    fake.registers[LEGACY / 4] &= ~XHCI_LEGACY_BIOS_OWNED;
    fake.patience = NEVER;
}

static uint32_t read32(void *context, uint32_t offset)
{
    assert_ptr_equal(context, &fake);
    assert_int_equal(offset % 4, 0);
    assert_in_range(offset, 0, SIZE - 4);
    assert_in_range(++fake.reads, 1, READS_MAX);
    act();
    return fake.gone ? UINT32_MAX : fake.registers[offset / 4];
}

/* Only the registers of the legacy support capability are written. */
static void write32(void *context, uint32_t offset, uint32_t value)
{
    assert_ptr_equal(context, &fake);
    fake.writes++;
    if (offset == LEGACY) {
        fake.requested = value & XHCI_LEGACY_OS_OWNED;
        if (fake.deaf)
            value &= ~XHCI_LEGACY_OS_OWNED;
    } else {
        assert_int_equal(offset, LEGACY + 4);
        assert_int_equal(value & 0x1FE00000, 0);
    }
    fake.registers[offset / 4] = value;
}

static const struct xhci_access access = {read32, write32, &fake};
static struct xhci_capabilities capabilities;

static void set(uint32_t offset, uint32_t value)
{
    fake.registers[offset / 4] = value;
}

/* A controller with 64 slots, 8 ports and three extended capabilities: a
   vendor's, legacy support, and supported protocol. */
static int reset(void **state)
{
    (void)state;
    memset(&fake, 0, sizeof fake);
    fake_reset();
    set(XHCI_CAPLENGTH, 0x01100000 | LENGTH);
    set(XHCI_HCSPARAMS1, 0x08000140);
    set(XHCI_HCSPARAMS2, 0x080000F1);
    set(XHCI_HCCPARAMS1, EXTENDED / 4 << 16 | 0x05);
    set(XHCI_DBOFF, DOORBELL | 3);
    set(XHCI_RTSOFF, RUNTIME | 31);
    set(EXTENDED, 0x000004C0);
    set(LEGACY, 0x00010001 | 0x500 / 4 << 8);
    set(LEGACY + 4, 0xE0FFFFFF & ~0x1FE00000);
    return 0;
}

static bool read_capabilities(void)
{
    return xhci_read_capabilities(&access, SIZE, &capabilities);
}

/* ---------------------------------------------------------------- PCI --- */

/* Adds a controller whose first base address register has this value. */
static struct fake_function *add_controller(unsigned device, uint64_t value,
                                            uint64_t size)
{
    struct fake_function *function =
        fake_add(fake_address(0, device, 0), 0x000D1B36, PCI_CLASS_XHCI);

    fake_bar(function, 0, value, size);
    return function;
}

static const struct {
    uint64_t value, size; /* of the base address register */
    enum xhci_presence presence;
    struct xhci_place place;
} places[] = {
    {0xFEBF0004, 0x4000, XHCI_REACHABLE, {0x18, 0xFEBF0000, 0x4000}},
    {0xFEBF0000, 0x10000, XHCI_REACHABLE, {0x18, 0xFEBF0000, 0x10000}},
    {0xFFFF0004, 0x10000, XHCI_REACHABLE, {0x18, 0xFFFF0000, 0x10000}},
    {0x100000004, 0x4000, XHCI_HIGH, {0x18, 0x100000000, 0x4000}},
    {0xE000000004, 0x4000, XHCI_HIGH, {0x18, 0xE000000000, 0x4000}},
    {0x8000000000000004, 0x4000, XHCI_HIGH, {0x18, 1ull << 63, 0x4000}},
    {0x40000004, 1 << 28, XHCI_REACHABLE, {0x18, 0x40000000, 1 << 20}},
    {0x00000004, 0x4000, XHCI_UNASSIGNED, {0x18, 0, 0}},
    {0x0000C001, 0x40, XHCI_UNASSIGNED, {0x18, 0, 0}},
};

#define PLACES (sizeof places / sizeof places[0])

static void test_places(void **state)
{
    static struct pci pci;

    (void)state;
    for (unsigned i = 0; i < PLACES; i++) {
        struct xhci_place place;

        fake_reset();
        add_controller(3, places[i].value, places[i].size);
        pci_start(&pci);
        assert_int_equal(xhci_find(&pci, 0, &place), places[i].presence);
        assert_int_equal(place.function, places[i].place.function);
        assert_int_equal(place.address, places[i].place.address);
        assert_int_equal(place.size, places[i].place.size);
        assert_int_equal(xhci_find(&pci, 1, &place), XHCI_ABSENT);
    }
}

static void test_two_controllers(void **state)
{
    static struct pci pci;
    struct xhci_place place;

    (void)state;
    fake_add(fake_address(0, 1, 0), 0x12348086, PCI_CLASS_EHCI);
    add_controller(2, 0xFEBF0004, 0x4000);
    add_controller(5, 0xFEBE0004, 0x4000);
    pci_start(&pci);
    assert_int_equal(xhci_find(&pci, 0, &place), XHCI_REACHABLE);
    assert_int_equal(place.function, 0x10);
    assert_int_equal(xhci_find(&pci, 1, &place), XHCI_REACHABLE);
    assert_int_equal(place.function, 0x28);
    assert_int_equal(xhci_find(&pci, 2, &place), XHCI_ABSENT);
}

/* ------------------------------------------------------- capabilities --- */

static void test_capabilities(void **state)
{
    (void)state;
    assert_true(read_capabilities());
    assert_int_equal(capabilities.size, SIZE);
    assert_int_equal(capabilities.version, 0x0110);
    assert_int_equal(capabilities.slots, 64);
    assert_int_equal(capabilities.ports, 8);
    assert_int_equal(capabilities.scratchpads, 1);
    assert_true(capabilities.wide_contexts);
    assert_int_equal(capabilities.operational, LENGTH);
    assert_int_equal(capabilities.runtime, RUNTIME);
    assert_int_equal(capabilities.doorbells, DOORBELL);
    assert_int_equal(capabilities.extended, EXTENDED);
    assert_int_equal(fake.writes, 0);
    set(XHCI_HCCPARAMS1, 0x01);
    set(XHCI_HCSPARAMS2, 0xFBE00000);
    assert_true(read_capabilities());
    assert_false(capabilities.wide_contexts);
    assert_int_equal(capabilities.scratchpads, 1023);
    assert_int_equal(capabilities.extended, 0);
}

/* Values of one register, and whether the controller is valid with it */
static const struct {
    uint32_t offset, value;
    bool valid;
} values[] = {
    {XHCI_CAPLENGTH, 0xFFFFFFFF, false},
    {XHCI_CAPLENGTH, 0x00000000, false},
    {XHCI_CAPLENGTH, 0x0110001B, false},
    {XHCI_CAPLENGTH, 0x0110001C, true},
    {XHCI_HCSPARAMS1, 0x00000140, false}, /* no port */
    {XHCI_HCSPARAMS1, 0x08000100, false}, /* no slot */
    {XHCI_HCSPARAMS1, 0xFF0001FF, true},
    {XHCI_RTSOFF, 0x00000000, false}, /* among the capability registers */
    {XHCI_RTSOFF, 0x00003FC0, true},
    {XHCI_RTSOFF, 0x00003FE0, false},
    {XHCI_RTSOFF, 0xFFFFFFE0, false},
    {XHCI_DBOFF, 0x00000000, false},
    {XHCI_DBOFF, 0x00003EFC, true}, /* room for 65 doorbells */
    {XHCI_DBOFF, 0x00003F00, false},
    {XHCI_DBOFF, 0xFFFFFFFC, false},
};

#define VALUES (sizeof values / sizeof values[0])

static void test_invalid_capabilities(void **state)
{
    for (unsigned i = 0; i < VALUES; i++) {
        reset(state);
        set(values[i].offset, values[i].value);
        assert_int_equal(read_capabilities(), values[i].valid);
    }
}

/* The ports' registers end at 400h + LENGTH + 10h * 8. */
static void test_registers_too_small(void **state)
{
    static const uint32_t sizes[] = {0, 16, 0x1B, 0x4BC};

    (void)state;
    assert_false(xhci_read_capabilities(&access, 0x1B, &capabilities));
    assert_int_equal(fake.reads, 0);
    set(XHCI_RTSOFF, 0x200);
    set(XHCI_DBOFF, 0x200);
    for (unsigned i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        assert_false(xhci_read_capabilities(&access, sizes[i], &capabilities));
    assert_true(xhci_read_capabilities(&access, 0x4C0, &capabilities));
}

/* ---------------------------------------------- extended capabilities --- */

static uint32_t next(uint8_t id, uint32_t after)
{
    return xhci_next_extended(&access, &capabilities, id, after);
}

static void test_extended(void **state)
{
    (void)state;
    set(LEGACY + 0x100, 0x02000002 | 0x20 / 4 << 8);
    set(LEGACY, 0x00010001 | 0x100 / 4 << 8);
    set(LEGACY + 0x120, 0x03000002);
    read_capabilities();
    assert_int_equal(next(XHCI_ID_LEGACY, 0), LEGACY);
    assert_int_equal(next(XHCI_ID_LEGACY, LEGACY), 0);
    assert_int_equal(next(XHCI_ID_PROTOCOL, 0), LEGACY + 0x100);
    assert_int_equal(next(XHCI_ID_PROTOCOL, LEGACY + 0x100), LEGACY + 0x120);
    assert_int_equal(next(XHCI_ID_PROTOCOL, LEGACY + 0x120), 0);
    fake.reads = 0;
    assert_int_equal(next(10, 0), 0);
    assert_int_equal(fake.reads, 4);
    capabilities.extended = 0;
    assert_int_equal(next(XHCI_ID_LEGACY, 0), 0);
}

/* A capability must be inside the registers: the last offset is SIZE - 16. */
static void test_extended_at_the_end(void **state)
{
    static const uint32_t outside[] = {SIZE - 12, SIZE - 4, SIZE, 0x3FFFC};

    (void)state;
    read_capabilities();
    set(SIZE - 16, 0xFF02);
    capabilities.extended = SIZE - 16;
    assert_int_equal(next(2, 0), SIZE - 16);
    assert_int_equal(next(2, SIZE - 16), 0);
    for (unsigned i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        if (outside[i] < SIZE)
            set(outside[i], 2);
        capabilities.extended = outside[i];
        assert_int_equal(next(2, 0), 0);
    }
}

/* The list is read for 256 entries. */
static void test_endless_list(void **state)
{
    (void)state;
    read_capabilities();
    for (uint32_t offset = EXTENDED; offset < SIZE; offset += 4)
        set(offset, 0x01C0);
    fake.reads = 0;
    assert_int_equal(next(2, 0), 0);
    assert_int_equal(fake.reads, 256);
    set(EXTENDED + 4 * 255, 0x0002);
    assert_int_equal(next(2, 0), EXTENDED + 4 * 255);
}

static void test_gone(void **state)
{
    (void)state;
    read_capabilities();
    fake.gone = true;
    fake.reads = 0;
    assert_int_equal(next(0xFF, 0), 0);
    assert_int_equal(fake.reads, 1);
    assert_false(read_capabilities());
}

/* Adds a supported protocol at OFFSET, with the next one 16 bytes on. */
static void set_protocol(uint32_t offset, unsigned major, uint32_t name,
                         unsigned first, unsigned count, unsigned slot_type)
{
    set(offset, major << 24 | 4 << 8 | XHCI_ID_PROTOCOL);
    set(offset + 4, name);
    set(offset + 8, 0x30180000 | count << 8 | first);
    set(offset + 12, 0xFFFFFFE0 | slot_type);
}

static unsigned read_protocols(struct xhci_protocol *protocols)
{
    return xhci_read_protocols(&access, &capabilities, protocols);
}

static void test_protocols(void **state)
{
    struct xhci_protocol found[XHCI_PROTOCOLS_MAX];

    (void)state;
    read_capabilities();
    set_protocol(0x530, 2, XHCI_PROTOCOL_USB, 5, 4, 0);
    set_protocol(0x540, 3, XHCI_PROTOCOL_USB, 1, 4, 7);
    set(LEGACY, 0x00010001 | 0x10 / 4 << 8);
    set(0x40, 0xFFC0);
    set(0x43C, 0xF4 / 4 << 8 | 0xC0);
    assert_int_equal(read_protocols(found), 2);
    assert_int_equal(found[0].major, 2);
    assert_int_equal(found[0].first_port, 5);
    assert_int_equal(found[0].ports, 4);
    assert_int_equal(found[0].slot_type, 0);
    assert_int_equal(found[1].major, 3);
    assert_int_equal(found[1].first_port, 1);
    assert_int_equal(found[1].slot_type, 7);
}

/* Ranges of ports of a controller with 8 ports, and how many of them exist */
static const struct {
    unsigned major, first, count, exist;
    uint32_t name;
} ranges[] = {
    {2, 1, 8, 8, XHCI_PROTOCOL_USB}, {3, 8, 1, 1, XHCI_PROTOCOL_USB},
    {2, 1, 9, 8, XHCI_PROTOCOL_USB}, {2, 7, 255, 2, XHCI_PROTOCOL_USB},
    {2, 9, 1, 0, XHCI_PROTOCOL_USB}, {2, 255, 255, 0, XHCI_PROTOCOL_USB},
    {2, 0, 4, 0, XHCI_PROTOCOL_USB}, {2, 1, 0, 0, XHCI_PROTOCOL_USB},
    {1, 1, 4, 0, XHCI_PROTOCOL_USB}, {4, 1, 4, 0, XHCI_PROTOCOL_USB},
    {2, 1, 4, 0, 0x20495350},
};

static void test_ranges_of_ports(void **state)
{
    struct xhci_protocol found[XHCI_PROTOCOLS_MAX];

    (void)state;
    read_capabilities();
    capabilities.extended = 0x3000;
    for (unsigned i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        set_protocol(0x3000, ranges[i].major, ranges[i].name, ranges[i].first,
                     ranges[i].count, 0);
        assert_int_equal(read_protocols(found), ranges[i].exist > 0);
        if (ranges[i].exist > 0)
            assert_int_equal(found[0].ports, ranges[i].exist);
    }
}

static void test_too_many_protocols(void **state)
{
    struct {
        struct xhci_protocol found[XHCI_PROTOCOLS_MAX], after;
    } table;

    (void)state;
    read_capabilities();
    capabilities.extended = 0x3000;
    for (unsigned i = 0; i < XHCI_PROTOCOLS_MAX + 1; i++)
        set_protocol(0x3000 + 16 * i, 2, XHCI_PROTOCOL_USB, 1, 1, 0);
    table.after.ports = 99;
    assert_int_equal(read_protocols(table.found), XHCI_PROTOCOLS_MAX);
    assert_int_equal(table.after.ports, 99);
}

/* ----------------------------------------------------------- hand-off --- */

static struct xhci_handoff handoff;

/* Takes steps until the end, at most MAX, and returns their number. */
static unsigned hand_off(unsigned max)
{
    unsigned steps = 0;

    assert_true(read_capabilities());
    xhci_handoff_start(&handoff, &access, &capabilities);
    while (handoff.state < XHCI_HANDOFF_DONE) {
        unsigned reads = fake.reads, writes = fake.writes;

        assert_in_range(++steps, 1, max);
        enum xhci_handoff_state now = xhci_handoff_step(&handoff, &access);

        assert_int_equal(now, handoff.state);
        assert_in_range(fake.reads - reads, 1, 2);
        assert_in_range(fake.writes - writes, 0, 2);
    }
    return steps;
}

/* The kernel owns the controller, and it causes no SMI. */
static void check_owned(void)
{
    assert_int_equal(fake.registers[LEGACY / 4] >> 16, 0x0100);
    assert_int_equal(fake.registers[LEGACY / 4 + 1], 0xE00E1FEE);
}

static void test_handoff(void **state)
{
    static const unsigned patience[] = {0, 1, 2, 500, 998};

    for (unsigned i = 0; i < sizeof patience / sizeof patience[0]; i++) {
        reset(state);
        fake.patience = patience[i];
        assert_int_equal(hand_off(1001), patience[i] + 2);
        assert_int_equal(handoff.state, XHCI_HANDOFF_DONE);
        check_owned();
    }
}

/* Without a BIOS that uses the controller, the kernel also requests it. */
static void test_handoff_without_owner(void **state)
{
    (void)state;
    fake.registers[LEGACY / 4] &= ~XHCI_LEGACY_BIOS_OWNED;
    hand_off(2);
    assert_int_equal(handoff.state, XHCI_HANDOFF_DONE);
    check_owned();
}

static void test_handoff_without_capability(void **state)
{
    (void)state;
    set(LEGACY, 0x00C0);
    assert_int_equal(hand_off(0), 0);
    assert_int_equal(handoff.state, XHCI_HANDOFF_DONE);
    assert_int_equal(fake.writes, 0);
}

static void test_handoff_is_forced(void **state)
{
    (void)state;
    fake.patience = NEVER;
    assert_int_equal(hand_off(2000), XHCI_HANDOFF_STEPS + 1);
    assert_int_equal(handoff.state, XHCI_HANDOFF_FORCED);
    check_owned();
}

/* A controller that does not remember the request is not owned. */
static void test_handoff_to_the_deaf(void **state)
{
    (void)state;
    fake.deaf = true;
    hand_off(2000);
    assert_int_equal(handoff.state, XHCI_HANDOFF_FORCED);
}

static void test_handoff_of_a_gone_controller(void **state)
{
    (void)state;
    fake.patience = NEVER;
    for (unsigned steps = 0; steps < 3; steps++) {
        fake.gone = false;
        assert_true(read_capabilities());
        xhci_handoff_start(&handoff, &access, &capabilities);
        for (unsigned i = 0; i < steps; i++)
            xhci_handoff_step(&handoff, &access);
        fake.gone = true;
        fake.writes = 0;
        assert_int_equal(xhci_handoff_step(&handoff, &access),
                         XHCI_HANDOFF_FAILED);
        assert_int_equal(fake.writes, 0);
    }
}

/* After the end, a step does nothing. */
static void test_steps_after_the_end(void **state)
{
    (void)state;
    hand_off(10);
    fake.reads = fake.writes = 0;
    for (unsigned i = 0; i < 10; i++)
        assert_int_equal(xhci_handoff_step(&handoff, &access),
                         XHCI_HANDOFF_DONE);
    assert_int_equal(fake.reads + fake.writes, 0);
}

#define TEST(name) cmocka_unit_test_setup(name, reset)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_places),
        TEST(test_two_controllers),
        TEST(test_capabilities),
        TEST(test_invalid_capabilities),
        TEST(test_registers_too_small),
        TEST(test_extended),
        TEST(test_extended_at_the_end),
        TEST(test_endless_list),
        TEST(test_gone),
        TEST(test_protocols),
        TEST(test_ranges_of_ports),
        TEST(test_too_many_protocols),
        TEST(test_handoff),
        TEST(test_handoff_without_owner),
        TEST(test_handoff_without_capability),
        TEST(test_handoff_is_forced),
        TEST(test_handoff_to_the_deaf),
        TEST(test_handoff_of_a_gone_controller),
        TEST(test_steps_after_the_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
