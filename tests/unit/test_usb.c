/* SPDX-License-Identifier: MIT */
/* Tests which devices at root ports of a fake USB controller are keyboards, and
   that their reports are received. */
#include "usb_setup.h"

static const struct {
    const struct fake_model *model;
    unsigned endpoint;
} kinds[] = {
    {&fake_low_keyboard, 1},
    {&fake_keyboard, 1},
    {&fake_high_keyboard, 15},
};

/* A keyboard of each speed types, with contexts of both sizes and with various
   numbers of scratchpads. */
static void test_types(void **state)
{
    static const unsigned scratchpads[] = {0, 1, 31, 32, 33, 512};

    (void)state;
    for (unsigned i = 0; i < TESTS(kinds) * TESTS(scratchpads) * 2; i++) {
        unsigned kind = i % TESTS(kinds);
        struct fake_usb keyboard = {.model = kinds[kind].model};
        struct fake_options options = usual;

        options.wide = i & 1;
        options.scratchpads = scratchpads[i / (2 * TESTS(kinds))];
        start_with(&options);
        fake_plug(&pc.fake, &keyboard, NULL, 3);
        run(SECOND);
        assert_int_equal(keyboard_at(3, 0), 0);
        for (unsigned key = 4; key < 14; key++)
            type(&keyboard, kinds[kind].endpoint, 0, (uint8_t)key);
        assert_int_equal(pc.failures, 0);
        assert_int_equal(pc.fake.ports[3].value & 0x00FE0000, 0);
    }
}

/* The rings and the event ring wrap: a thousand reports arrive in order. */
static void test_many_reports(void **state)
{
    struct fake_usb keyboard = {.model = &fake_keyboard};

    (void)state;
    fake_plug(&pc.fake, &keyboard, NULL, 1);
    run(SECOND);
    for (unsigned i = 0; i < 1000; i++)
        type(&keyboard, 1, 0, (uint8_t)i);
}

/* Reports that arrive faster than the driver polls are not lost. */
static void test_burst(void **state)
{
    struct fake_usb keyboard = {.model = &fake_keyboard};

    (void)state;
    fake_plug(&pc.fake, &keyboard, NULL, 1);
    run(SECOND);
    for (unsigned i = 0; i < 4; i++)
        fake_report(&keyboard, 1, &(uint8_t[8]){0, 0, (uint8_t)(4 + i)}, 8);
    for (unsigned i = 0; i < 10; i++)
        fake_tick(&pc.fake, pc.now += MS);
    run(2 * MS);
    assert_int_equal(pc.reports[0], 4);
    assert_int_equal(pc.report[0][2], 7);
}

/* Reports are received in order although the event ring is full of others'. */
static void test_full_event_ring(void **state)
{
    struct fake_usb keyboard = {.model = &fake_keyboard};

    (void)state;
    fake_plug(&pc.fake, &keyboard, NULL, 1);
    run(SECOND);
    for (unsigned i = 0; i < 10; i++) {
        for (unsigned j = 0; j < 400; j++)
            fake_vendor_event(&pc.fake);
        fake_report(&keyboard, 1, &(uint8_t[8]){0, 0, (uint8_t)i}, 8);
        run(50 * MS);
        assert_int_equal(pc.reports[0], i + 1);
        assert_int_equal(pc.report[0][2], i);
    }
    assert_in_range(pc.fake.full_events, 10, 200);
}

/* The driver may be called rarely, or more often than once per millisecond. */
static void test_paces(void **state)
{
    static const unsigned paces[] = {100, 999, 1001, 7000, 50000};

    for (unsigned i = 0; i < TESTS(paces); i++) {
        struct fake_usb keyboard = {.model = &fake_keyboard};

        start(state);
        pc.pace = paces[i];
        fake_plug(&pc.fake, &keyboard, NULL, 2);
        run(4 * SECOND);
        assert_int_equal(keyboard_at(2, 0), 0);
        pc.pace = MS;
        type(&keyboard, 1, 0, 4);
        assert_int_equal(pc.failures, 0);
    }
}

/* The keyboard is the second interface; its mouse is not used. */
static void test_second_interface(void **state)
{
    struct fake_usb device = {.model = &fake_mouse_and_keyboard};

    (void)state;
    fake_plug(&pc.fake, &device, NULL, 1);
    run(SECOND);
    assert_int_equal(keyboards(), 1);
    type(&device, 2, 0, 4);
    fake_report(&device, 1, "\1\2\3", 3);
    run(20 * MS);
    assert_int_equal(pc.reports[0], 1);
    assert_false(fake_is_sent(&device));
}

/* Both keyboards of a device are used, and nothing else of it. */
static void test_two_interfaces(void **state)
{
    struct fake_usb device = {.model = &fake_two_keyboards};

    (void)state;
    device.protocol[0] = device.protocol[1] = device.protocol[2] = 1;
    device.idle[0] = device.idle[1] = device.idle[2] = 125;
    fake_plug(&pc.fake, &device, NULL, 1);
    run(SECOND);
    assert_int_equal(keyboards(), 2);
    type(&device, 1, 0, 4);
    type(&device, 3, 1, 5);
    assert_memory_equal(device.protocol, "\0\1\0", 3);
    assert_memory_equal(device.idle, "\0\175\0", 3);
}

/* Devices that are no keyboard keep their slot and address, and do not fail. */
static void test_others(void **state)
{
    static const struct fake_model *const models[] = {
        &fake_disk, &fake_mouse, &fake_super_disk, &fake_super_hub};

    for (unsigned i = 0; i < TESTS(models); i++) {
        struct fake_usb device = {.model = models[i]};
        unsigned port = models[i]->speed == FAKE_SUPER ? 9 : 4;

        start(state);
        fake_plug(&pc.fake, &device, NULL, port);
        run(2 * SECOND);
        assert_int_equal(keyboards(), 0);
        assert_int_equal(pc.failures, 0);
        assert_int_equal(pc.fake.executed[11], 1);
        assert_int_equal(fake_slots_used(&pc.fake), 1);
        assert_int_equal(device.state, FAKE_ADDRESSED);
        assert_true(pc.usb.searched);
    }
}

/* A keyboard types next to a disk, wherever it is. */
static void test_next_to_disk(void **state)
{
    struct fake_usb disk = {.model = &fake_disk};
    struct fake_usb fast = {.model = &fake_super_disk};
    struct fake_usb keyboard = {.model = &fake_low_keyboard};

    (void)state;
    fake_plug(&pc.fake, &disk, NULL, 1);
    fake_plug(&pc.fake, &fast, NULL, 12);
    fake_plug(&pc.fake, &keyboard, NULL, 8);
    run(2 * SECOND);
    assert_int_equal(keyboards(), 1);
    type(&keyboard, 1, keyboard_at(8, 0), 4);
}

/* Keyboards beyond the eighth are ignored, and unplugging one does no harm. */
static void test_too_many_keyboards(void **state)
{
    struct fake_usb keyboard[USB_KEYBOARDS + 2] = {{.model = NULL}};
    struct fake_options options = usual;

    (void)state;
    options.usb2 = 12;
    start_with(&options);
    for (unsigned i = 0; i < USB_KEYBOARDS + 2; i++) {
        keyboard[i].model = &fake_keyboard;
        fake_plug(&pc.fake, &keyboard[i], NULL, 1 + i);
    }
    run(6 * SECOND);
    assert_int_equal(keyboards(), USB_KEYBOARDS);
    for (unsigned i = 0; i < USB_KEYBOARDS; i++)
        type(&keyboard[i], 1, keyboard_at(1 + i, 0), 4);
    fake_report(&keyboard[USB_KEYBOARDS], 1, "\0\0\5\0\0\0\0", 8);
    run(20 * MS);
    fake_unplug(&keyboard[USB_KEYBOARDS]);
    run(SECOND);
    assert_int_equal(pc.unplugs, 0);
    fake_unplug(&keyboard[3]);
    run(SECOND);
    assert_int_equal(pc.unplugs, 1);
    for (unsigned i = 0; i < USB_KEYBOARDS; i++)
        if (i != 3)
            type(&keyboard[i], 1, keyboard_at(1 + i, 0), 5);
    assert_int_equal(pc.failures, 0);
}

/* The same for more devices than the driver has memory for */
static void test_too_many_devices(void **state)
{
    struct fake_usb device[XHCI_DEVICES + 2] = {{.model = NULL}};
    struct fake_options options = usual;

    (void)state;
    options.usb2 = XHCI_DEVICES + 2;
    options.slots = 64;
    start_with(&options);
    for (unsigned i = 0; i < XHCI_DEVICES + 2; i++) {
        device[i].model = &fake_keyboard;
        fake_plug(&pc.fake, &device[i], NULL, 1 + i);
    }
    run(16 * SECOND);
    assert_int_equal(keyboards(), USB_KEYBOARDS);
    assert_int_equal(fake_slots_used(&pc.fake), XHCI_DEVICES);
    assert_true(pc.usb.searched);
    type(&device[0], 1, keyboard_at(1, 0), 4);
    fake_unplug(&device[XHCI_DEVICES]);
    fake_unplug(&device[0]);
    run(SECOND);
    fake_plug(&pc.fake, &device[0], NULL, 1);
    run(SECOND);
    type(&device[0], 1, keyboard_at(1, 0), 5);
    assert_int_equal(pc.failures, 0);
}

/* A controller with fewer slots than devices: the others fail, once each. */
static void test_no_slots(void **state)
{
    struct fake_usb device[4] = {{.model = NULL}};
    struct fake_options options = usual;

    (void)state;
    options.slots = 2;
    start_with(&options);
    for (unsigned i = 0; i < 4; i++) {
        device[i].model = &fake_keyboard;
        fake_plug(&pc.fake, &device[i], NULL, 1 + i);
    }
    run(5 * SECOND);
    assert_int_equal(keyboards(), 2);
    assert_int_equal(pc.failures, 2);
    assert_string_equal(pc.failed, "slot");
    type(&device[1], 1, keyboard_at(2, 0), 4);
}

/* The fake checks the interval of the endpoint. */
static void test_intervals(void **state)
{
    for (unsigned i = 0; i < 3 * 256; i++) {
        struct fake_model model = *kinds[i / 256].model;
        struct fake_usb keyboard = {.model = &model};

        model.interfaces[0].interval = (uint8_t)i;
        start(state);
        fake_plug(&pc.fake, &keyboard, NULL, 1);
        run(600 * MS);
        type(&keyboard, kinds[i / 256].endpoint, 0, 4);
    }
}

/* Events that nobody waits for, as of a faulty controller */
static const struct fake_trb foreign[] = {
    {{0xFFFFFFF0, 0, 0x01000000, 33 << 10 | 1 << 24}},
    {{0, 0, 0x01000000, 33 << 10 | 5 << 24}},
    {{0, 0, 0x05000000, 33 << 10}},
    {{0, 0, 0x01000000, 32 << 10 | 0xC8010000}},
    {{0, 0, 0x06000000, 32 << 10 | 0x00030000}},
    {{0, 0, 0x06000000, 32 << 10 | 0x01000000}},
    {{0, 0, 0x06000000, 32 << 10 | 0x01050000}},
    {{0, 0, 0x06000000, 32 << 10 | 0x02010000}},
    {{0, 0, 0x01000000, 32 << 10 | 0x01010000}},
    {{0, 0, 0x0D000000, 32 << 10 | 0x01010000}},
    {{0, 0, 0x01000000, 32 << 10 | 0x01030000}},
    {{0, 0, 0x01000000, 34 << 10}},
    {{0, 0, 0xFFFFFFFF, 0xFFFFFFFE}},
};

static void test_foreign_events(void **state)
{
    for (unsigned i = 0; i < TESTS(foreign); i++) {
        struct fake_usb keyboard = {.model = &fake_keyboard};

        start(state);
        run_start();
        fake_plug(&pc.fake, &keyboard, NULL, 1);
        for (unsigned j = 0; j < 500; j++) {
            fake_post(&pc.fake, &foreign[i]);
            step();
        }
        for (uint8_t j = 0; j < 10; j++) {
            fake_post(&pc.fake, &foreign[i]);
            type(&keyboard, 1, 0, j);
        }
        assert_int_equal(pc.failures, 0);
        assert_int_equal(pc.unplugs, 0);
        assert_int_equal(pc.usb.restarts, 0);
    }
}

/* Events that do not end a request to the device in slot 2: they are of another
   device, endpoint or TRB. */
static const struct fake_trb of_others[] = {
    {{0, 0, 0x06000000, 32 << 10 | 0x01010000}},
    {{0, 0, 0x06000000, 32 << 10 | 0x02030000}},
    {{0, 0, 0x06000000, 33 << 10 | 0x02000000}},
    {{0, 0, 0x01000000, 32 << 10 | 0x02010000}},
    {{0, 0, 0x0D000000, 32 << 10 | 0x02010000}},
};

static void test_events_of_others(void **state)
{
    for (unsigned i = 0; i < TESTS(of_others); i++) {
        struct fake_usb first = {.model = &fake_low_keyboard};
        struct fake_usb second = {.model = &fake_keyboard,
                                  .fault = {{FAKE_SILENT, 6, 1, 1, 0}}};

        start(state);
        fake_plug(&pc.fake, &first, NULL, 1);
        fake_plug(&pc.fake, &second, NULL, 2);
        while (second.fault[0].times > 0)
            step();
        fake_post(&pc.fake, &of_others[i]);
        run(20 * MS);
        assert_int_equal(xhci_result(&pc.usb.xhci), XHCI_PENDING);
    }
}

/* Data that a device does not send is zero. */
static void test_short_data(void **state)
{
    const struct usb_request request = {0x80, 6, 0x0100, 0, 8};
    struct fake_usb keyboard = {.model = &fake_keyboard};

    (void)state;
    fake_plug(&pc.fake, &keyboard, NULL, 1);
    run(SECOND);
    memset(xhci_data(&pc.usb.xhci), 0xFF, XHCI_DATA_SIZE);
    keyboard.fault[0] = (struct fake_fault){FAKE_SHORT, 6, 0, 1, 0};
    xhci_control(&pc.usb.xhci, 0, &request);
    run(5 * MS);
    assert_int_equal(xhci_result(&pc.usb.xhci), XHCI_DONE);
    assert_memory_equal(xhci_data(&pc.usb.xhci), "\22\1\0\2\0\0\0\0", 8);
}

/* Disks at a port of USB 3 may be replaced, also by a keyboard at the port of
   USB 2 next to it. */
static void test_replaced_disks(void **state)
{
    struct fake_usb disk = {.model = &fake_super_disk};
    struct fake_usb slow = {.model = &fake_disk};
    struct fake_usb keyboard = {.model = &fake_keyboard};

    (void)state;
    fake_plug(&pc.fake, &slow, NULL, 2);
    for (unsigned i = 1; i <= 4; i++) {
        fake_plug(&pc.fake, &disk, NULL, 9);
        run(SECOND);
        assert_int_equal(pc.fake.executed[11], 1 + i);
        fake_unplug(&disk);
        run(SECOND);
    }
    fake_unplug(&slow);
    fake_plug(&pc.fake, &keyboard, NULL, 2);
    run(SECOND);
    type(&keyboard, 1, keyboard_at(2, 0), 4);
}

/* A port of USB 3 that does not enable itself needs a warm reset. */
static void test_warm_reset(void **state)
{
    struct fake_usb disk = {.model = &fake_super_disk};

    (void)state;
    pc.fake.ports[10].untrained = true;
    fake_plug(&pc.fake, &disk, NULL, 10);
    run(2 * SECOND);
    assert_int_equal(pc.fake.executed[11], 1);
    assert_int_equal(pc.failures, 0);
    assert_true(pc.usb.searched);
}

/* Ports of no protocol are not used. */
static void test_hidden_ports(void **state)
{
    struct fake_usb keyboard = {.model = &fake_keyboard};
    struct fake_options options = usual;

    (void)state;
    options.hidden = 20;
    start_with(&options);
    fake_plug(&pc.fake, &keyboard, NULL, 8);
    run(SECOND);
    type(&keyboard, 1, keyboard_at(8, 0), 4);
}

/* Ports of some controllers have no power after a reset. */
static void test_power_switches(void **state)
{
    struct fake_usb keyboard = {.model = &fake_keyboard};
    struct fake_options options = usual;

    (void)state;
    options.power_switches = true;
    start_with(&options);
    fake_plug(&pc.fake, &keyboard, NULL, 5);
    run(SECOND);
    type(&keyboard, 1, keyboard_at(5, 0), 4);
}

#define TEST(name) cmocka_unit_test_setup(name, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_types),
        TEST(test_many_reports),
        TEST(test_burst),
        TEST(test_full_event_ring),
        TEST(test_paces),
        TEST(test_second_interface),
        TEST(test_two_interfaces),
        TEST(test_others),
        TEST(test_next_to_disk),
        TEST(test_too_many_keyboards),
        TEST(test_too_many_devices),
        TEST(test_no_slots),
        TEST(test_power_switches),
        TEST(test_intervals),
        TEST(test_foreign_events),
        TEST(test_events_of_others),
        TEST(test_short_data),
        TEST(test_replaced_disks),
        TEST(test_warm_reset),
        TEST(test_hidden_ports),
    };

    return cmocka_run_group_tests(tests, NULL, finish);
}
